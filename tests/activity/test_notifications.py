"""Who is told of what, by which channel, and that nobody hears of it twice."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tandem.activity import commands as activity
from tandem.activity.letters import token_of
from tandem.activity.live import Changes, Watch
from tandem.activity.models import Notification
from tandem.activity.queries import choices_of, get_notification, notifications, unread_count
from tandem.activity.rules import next_digest
from tandem.core.errors import Missing
from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tandem.people.recall import still_signed_in
from tests.proof import refused
from tests.world import WEDNESDAY, World, build, fresh


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00", tick=False):
        yield build()


def told(person: Person) -> list[str]:
    return [one.kind for one in notifications(person)]


def test_each_hears_what_concerns_them_and_once(world: World) -> None:
    objective = world.objective()
    root = okr.add_comment(world.ben, objective, text="@林小雨, which week?")
    assert (told(world.ada), told(world.lin), told(world.ben)) == (["comment"], ["mention"], [])
    okr.reply(world.ada, root, text="The first, @Ben.")
    assert told(world.ben) == ["mention"], "named and asked: told once"
    okr.reply(world.ben, root, text="Thanks.")
    assert told(world.ada) == ["reply", "comment"]


def test_whoever_follows_hears_of_check_ins(world: World) -> None:
    key_result = world.key_result(world.objective())
    okr.follow_objective(world.lin, key_result.objective)
    okr.check_in(world.ada, key_result, value=3)
    assert (told(world.lin), told(world.ada)) == (["goal"], [])
    okr.mute_objective(world.lin, fresh(key_result.objective))
    okr.check_in(world.ada, key_result, value=4)
    assert told(world.lin) == ["goal"]


def test_a_units_lead_owns_its_goals(world: World) -> None:
    okr.add_comment(world.ada, world.objective(world.web), text="Why?")
    okr.add_comment(world.ada, world.objective(world.data, title="Data"), text="Why?")
    assert told(world.lin) == ["comment"]
    assert told(world.wei) == ["comment"], "stands in where nobody leads"


def test_rewording_tells_whom_it_names_for_the_first_time(world: World) -> None:
    root = okr.add_comment(world.ben, world.objective(), text="@林小雨?")
    okr.edit_comment(world.ben, root, text="@林小雨 and @Otto?")
    assert (told(world.lin), told(world.otto)) == (["mention"], ["mention"])


def test_leavers_hear_nothing(world: World) -> None:
    objective = world.objective()
    okr.add_comment(world.ben, objective, text="x")
    people.leave_company(SYSTEM, world.ben)
    okr.add_comment(world.ada, objective, text="y", mentions=[world.leo])
    assert told(world.ben) == told(world.leo) == []


def test_what_was_switched_off_is_not_told(world: World) -> None:
    activity.choose_notifications(world.ada, world.ada, channels={"comment": {"app": False, "digest": False}})
    objective = world.objective()
    okr.add_comment(world.ben, objective, text="x")
    assert not Notification.objects.filter(person=world.ada).exists()
    okr.add_comment(world.ben, objective, text="@Ada Byron")
    assert told(world.ada) == ["mention"]
    assert choices_of(world.ada).kinds["comment"].digest is False
    assert choices_of(world.ada).kinds["mention"].mail is True


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"channels": {"gossip": {"app": True}}}, "channels"),
        ({"channels": {"comment": {"pigeon": True}}}, "channels"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"hour": 24}, "hour"),
        ({"weekday": 7}, "weekday"),
    ],
)
def test_what_cannot_be_chosen(world: World, wanted: dict[str, object], field: str) -> None:
    with refused(422, field=field):
        activity.choose_notifications(world.ada, world.ada, **wanted)


def test_reading(world: World) -> None:
    objective = world.objective()
    for number in range(3):
        okr.add_comment(world.ben, objective, text=f"{number}")
    first = notifications(world.ada)[0]
    activity.mark_read(world.ada, Notification.objects.get(pk=first.id))
    assert unread_count(world.ada) == 2
    with refused(403):
        activity.mark_read(world.ben, Notification.objects.get(pk=first.id))
    assert activity.mark_all_read(world.ada, world.ada) == 2
    assert (unread_count(world.ada), notifications(world.ada, unread=True)) == (0, [])
    with pytest.raises(Missing):
        get_notification(world.ben, first.id)


SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DUE = [
    ((10, 14, 9), SHANGHAI, "daily", 8, 0, (10, 15, 0)),
    ((10, 13, 23), SHANGHAI, "daily", 8, 0, (10, 14, 0)),
    ((10, 14, 0), SHANGHAI, "daily", 8, 0, (10, 15, 0)),
    ((10, 14, 9), SHANGHAI, "weekly", 8, 4, (10, 16, 0)),
    ((10, 16, 1), SHANGHAI, "weekly", 8, 4, (10, 23, 0)),
    ((10, 14, 9), BERLIN, "daily", 8, 0, (10, 15, 6)),
    ((10, 24, 9), BERLIN, "daily", 8, 0, (10, 25, 7)),
    ((10, 14, 9), BERLIN, "never", 8, 0, None),
]


@pytest.mark.parametrize(("after", "zone", "rhythm", "hour", "weekday", "due"), DUE)
def test_a_digest_comes_at_the_readers_hour(
    after: tuple[int, int, int], zone: ZoneInfo, rhythm: str, hour: int, weekday: int, due: tuple[int, int, int] | None
) -> None:
    moment = datetime(2026, *after, tzinfo=UTC)
    expected = None if due is None else datetime(2026, *due, tzinfo=UTC)
    assert next_digest(moment, zone, rhythm, hour, weekday) == expected


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_of_notifications(world: World, client: Client, language: str) -> None:
    objective = world.objective()
    okr.add_comment(world.ben, objective, text="@Ada Byron, which?")
    people.edit_profile(world.ada, world.ada, language=language)
    client.force_login(fresh(world.ada))
    page = client.get(reverse("notifications"))
    assert "“New customers love the first week”" in page.content.decode()
    assert 'class="bell-count num">1<' in client.get(reverse("me")).content.decode()
    [one] = notifications(world.ada)
    opened = client.get(reverse("notification", args=[one.id]))
    assert opened.headers["Location"].startswith(reverse("objective", args=[objective.pk]) + "#comment-")
    assert "bell-count" not in client.get(reverse("notification_bell")).content.decode()
    assert client.get(reverse("notifications") + "?show=all").content.decode().count("told-row") == 1
    client.post(reverse("notification_read", args=[one.id]), {"read": "0"})
    assert unread_count(world.ada) == 1
    client.post(reverse("notifications_read"), {"up_to": str(one.id)})
    assert unread_count(world.ada) == 0


def test_the_page_of_choices(world: World, client: Client) -> None:
    client.force_login(world.ada)
    path = reverse("notification_choices")
    assert client.get(path).status_code == 200
    sent = {"mention.app": "1", "rhythm": "weekly", "hour": "7", "weekday": "2"}
    assert client.post(path, sent).status_code == 302
    found = choices_of(world.ada)
    assert (found.digest.rhythm, found.digest.hour, found.digest.weekday) == ("weekly", 7, 2)
    assert (found.kinds["mention"].app, found.kinds["mention"].mail, found.kinds["goal"].app) == (True, False, False)


@pytest.mark.django_db(transaction=True)
def test_choices_that_make_no_sense_are_refused(client: Client) -> None:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00", tick=False):
        world = build()
        client.force_login(world.ada)
        for sent in (
            {"rhythm": "weekly", "hour": "99", "weekday": "1"},
            {"rhythm": "x", "hour": "1", "weekday": "1"},
            {},
        ):
            assert client.post(reverse("notification_choices"), sent).status_code == 422, sent


def test_letters_are_stopped_without_signing_in(world: World, client: Client) -> None:
    path = reverse("mail_off", args=[token_of(world.ada.pk, "mention")])
    assert client.get(path).status_code == 200
    assert choices_of(world.ada).kinds["mention"].mail is True, "a look changes nothing"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices_of(world.ada).kinds["mention"].mail is False
    client.post(reverse("mail_off", args=[token_of(world.ada.pk, "digest")]))
    assert choices_of(world.ada).digest.rhythm == "never"
    for forged in ("x", path.split("/")[-2] + "x", signing.dumps([world.ada.pk, "mention"], salt="other")):
        assert client.post(reverse("mail_off", args=[forged])).status_code == 404
    assert client.post(reverse("mail_off", args=[token_of(999, "mention")])).status_code == 404


def test_a_goal_that_became_secret_takes_its_news_with_it(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    objective = world.objective()
    okr.follow_objective(world.otto, objective)
    okr.add_comment(world.ben, objective, text="@Otto and @Ada Byron")
    assert (unread_count(world.otto), unread_count(world.ada)) == (1, 1)
    with django_assert_num_queries(1):
        unread_count(world.otto)
    okr.set_visibility(world.ada, objective, visibility="people")
    assert (unread_count(world.otto), notifications(world.otto), unread_count(world.ada)) == (0, [], 1)
    hidden = Notification.objects.get(person=world.otto)
    client.force_login(world.otto)
    assert client.get(reverse("notification", args=[hidden.pk])).status_code == 404
    before = Notification.objects.filter(person=world.otto).count()
    okr.add_comment(world.ada, fresh(objective), text="@Otto, not for you")
    assert Notification.objects.filter(person=world.otto).count() == before


def test_an_open_page_hears_of_what_it_may_see(world: World, client: Client) -> None:
    shown, hidden = world.objective(), world.objective(title="Hidden")
    okr.set_visibility(world.ada, hidden, visibility="people")
    client.force_login(world.otto)
    assert client.get(reverse("live")).status_code == 204, "where no front door keeps answers open"
    told: dict[str, object] = {}
    names = {"about": [f"objective:{shown.pk}", f"objective:{hidden.pk}", "unit:1", "objective:x"]}
    client.get(reverse("live"), names, **{"tandem.live": told})
    assert told["person"] == world.otto.pk
    assert told["about"] == {f"objective:{shown.pk}", "unit:1", "objective:x"}


def test_what_changed_is_seen_once(world: World) -> None:
    watch = Watch()
    assert watch.look() == Changes()
    objective = world.objective(world.ben)
    watch.look()
    okr.add_comment(world.ada, objective, text="x")
    changes = watch.look()
    assert f"objective:{objective.pk}" in changes.names
    assert changes.people == {world.ben.pk}
    assert watch.look() == Changes()


def test_a_session_that_ended_is_no_longer_told(world: World, client: Client) -> None:
    client.force_login(world.ada)
    key = client.session.session_key
    assert key is not None
    assert still_signed_in({key: world.ada.pk, "gone": world.ben.pk}) == {key}
    people.leave_company(SYSTEM, world.ada)
    assert still_signed_in({key: world.ada.pk}) == set()
