"""Letters at once and in digests: what they say, to whom, and never twice."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tandem.activity import commands as activity
from tandem.activity import letters
from tandem.activity.commands.telling import tell_everybody
from tandem.activity.letters import send_due_digests, write_letter
from tandem.activity.models import Event, Notification
from tandem.activity.queries import notifications
from tandem.config import settings as product
from tandem.config.jobs import remind_of_check_ins
from tandem.core.clock import now
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import Comment
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.world import WEDNESDAY, World, build, fresh

Work = Callable[[], None]


@pytest.fixture(autouse=True)
def _letters_are_kept(settings: Settings) -> None:
    settings.EMAIL_BACKEND = product.EMAIL_BACKEND
    settings.OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PERIODIC_JOBS = {}
    settings.BASE_URL = "https://goals.example.com"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller) -> World:
    return build()


def sent_to(person: str) -> list[str]:
    return [one.subject for one in mail.outbox if one.to == [f"{person}@example.com"]]


def test_whoever_is_mentioned_gets_a_letter_that_reads_well(world: World, work: Work) -> None:
    objective = world.objective()
    okr.add_comment(world.ben, objective, text="@Ada Byron, which week?\nThe *first*?")
    work()
    work()
    [letter] = mail.outbox
    assert letter.subject == "Ben commented on “New customers love the first week”"
    body = letter.body.replace(letter.extra_headers["List-Unsubscribe"].strip("<>"), "OFF")
    comment = Comment.objects.get()
    assert body == (
        "Ben commented on “New customers love the first week”\n\n"
        "> @Ada Byron, which week?\n> The *first*?\n\n"
        f"Read and answer: https://goals.example.com/objectives/{objective.pk}/#comment-{comment.pk}\n\n"
        "-- \nYou get this letter because of: you are mentioned.\n"
        "No more letters of this kind: OFF\n"
        "Everything you hear of: https://goals.example.com/notifications/settings/\n"
    )
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_is_in_its_readers_language(world: World, work: Work) -> None:
    people.edit_profile(world.ada, world.ada, language="zh-hans")
    okr.add_comment(world.ben, world.objective(title="新用户爱上第一周"), text="@Ada Byron 哪一周？")
    work()
    work()
    [letter] = mail.outbox
    assert letter.subject == "Ben 评论了“新用户爱上第一周”"
    assert "你收到这封邮件" in letter.body


def test_a_letter_is_written_once(world: World) -> None:
    okr.add_comment(world.ben, world.objective(), text="@Ada Byron?")
    row = Notification.objects.get(person=world.ada)
    said = [write_letter.call(row.event_id, world.ada.pk) for _time in range(2)]
    assert said == ["handed over", "was done"]


def test_who_left_meanwhile_gets_no_letter(world: World, work: Work) -> None:
    okr.add_comment(world.ben, world.objective(), text="@Otto?")
    people.leave_company(SYSTEM, world.otto)
    work()
    work()
    assert mail.outbox == []


def test_a_digest_comes_once_at_its_hour(world: World, work: Work, clock: time_machine.Traveller) -> None:
    objective = world.objective()
    okr.add_comment(world.ben, objective, text="One")
    okr.add_comment(world.ben, objective, text="Two")
    send_due_digests()
    work()
    assert mail.outbox == [], "not before its hour"
    clock.move_to(now() + timedelta(days=1))
    for _time in range(2):
        send_due_digests()
        work()
    [digest] = mail.outbox
    assert digest.to == ["ada@example.com"]
    assert digest.subject == "2 pieces of news about your goals"
    assert digest.body.count("Ben commented on") == 2
    assert digest.body.count("/objectives/") == 2


def test_what_was_read_or_sent_at_once_is_not_repeated(world: World, work: Work, clock: time_machine.Traveller) -> None:
    okr.add_comment(world.ben, world.objective(), text="@林小雨")
    activity.mark_all_read(world.ada, world.ada)
    work()
    work()
    clock.move_to(now() + timedelta(days=1))
    send_due_digests()
    work()
    assert (sent_to("ada"), len(sent_to("lin"))) == ([], 1)


def test_another_hour_moves_what_waits(world: World, work: Work, clock: time_machine.Traveller) -> None:
    okr.add_comment(world.ben, world.objective(), text="x")
    activity.choose_notifications(world.ada, world.ada, rhythm="weekly", weekday=4, hour=17)
    clock.move_to(now() + timedelta(days=1))
    send_due_digests()
    work()
    assert sent_to("ada") == []
    activity.choose_notifications(world.ada, world.ada, rhythm="never")
    clock.move_to(now() + timedelta(days=9))
    send_due_digests()
    work()
    assert sent_to("ada") == []


def test_a_digest_run_asks_the_same_for_two_and_for_ten(world: World, clock: time_machine.Traveller) -> None:
    def run(readers: int) -> int:
        for number in range(readers):
            who = people.add_person(
                SYSTEM, world.web, name=f"P{readers}{number}", email=f"p{readers}{number}@example.com"
            )
            okr.add_comment(world.ben, world.objective(who, title=f"{readers} {number}"), text="x")
        clock.move_to(now() + timedelta(days=1))
        with CaptureQueriesContext(connection) as queries:
            send_due_digests()
        reads = [one for one in queries if one["sql"].startswith("SELECT")]
        letters_ = [one for one in queries if one["sql"].startswith("INSERT")]
        assert len(letters_) == readers
        return len(reads)

    assert run(2) == run(10)


def test_many_readers_are_told_in_batches(
    world: World, work: Work, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "BATCH", 2)
    for who in (world.ada, world.otto, world.nia, world.hana, world.grace):
        okr.add_comment(world.ben, world.objective(who, title=who.name), text="x")
    clock.move_to(now() + timedelta(days=1))
    send_due_digests()
    work()
    assert len(mail.outbox) == 5


def test_a_new_phase_is_told_to_everybody_once(world: World, work: Work) -> None:
    cycles.enter_phase(world.chen, world.quarter, phase="run")
    work()
    event = Event.objects.get(verb="cycle.phase.run")
    assert tell_everybody.call(event.pk, "cycle") == 0, "said again, nobody hears it twice"
    told = set(Notification.objects.filter(event=event).values_list("person", flat=True))
    assert world.ada.pk in told
    assert not told & {world.chen.pk, world.leo.pk}


def test_the_reminder_of_the_day(world: World, clock: time_machine.Traveller) -> None:
    key_result = world.key_result(world.objective())
    world.key_result(key_result.objective)
    world.key_result(world.objective(world.ben))
    clock.move_to(f"{fresh(key_result).next_due_on}T01:00+00:00")
    okr.check_in(world.ben, world.key_result(world.objective(world.ben, title="Other")), value=1)
    for _time in range(2):
        remind_of_check_ins()
    assert [one.sentence for one in notifications(world.ada)] == ["Key results to update today: 2"]


def test_no_letter_tells_of_what_became_secret(world: World, work: Work, clock: time_machine.Traveller) -> None:
    objective = world.objective()
    okr.follow_objective(world.lin, objective)
    okr.add_comment(world.otto, objective, text="@Ben?")
    okr.set_visibility(world.ada, objective, visibility="people")
    work()
    work()
    clock.move_to(now() + timedelta(days=1))
    send_due_digests()
    work()
    assert {one for letter in mail.outbox for one in letter.to} == {"ada@example.com"}
