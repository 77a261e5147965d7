"""Who has not scored yet is reminded, once a day, and nobody else."""

import pytest
import time_machine

from tandem.activity.models import Event, Notification
from tandem.activity.queries import address_of, notifications
from tandem.core.errors import Invalid, NotAllowed
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.commands import reminders
from tandem.okr.queries import MissingScores, get_goal_set, missing_scores, owners_to_score
from tandem.people.actors import SYSTEM
from tests.world import World, fresh

refusing = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction, which must not be the test's own."""


@pytest.fixture
def waiting(world: World) -> World:
    """Ada, Web (Lin leads it) and Data (Wei stands in) have not scored; Ben has."""
    for owner in (world.ada, world.web, world.data):
        world.key_result(world.objective(owner), given=60)
    done = world.key_result(world.objective(world.ben), given=60)
    world.quarter = cycles.enter_phase(world.chen, world.quarter, phase="review")
    okr.score_key_result(world.ben, done, score="0.6")
    Notification.objects.all().delete()
    return world


def told() -> list[str]:
    return sorted(Notification.objects.filter(kind="score").values_list("person__email", flat=True))


def test_those_who_are_missing_are_told_once_a_day(waiting: World, clock: time_machine.Traveller) -> None:
    everyone = ["ada@example.com", "lin@example.com", "wei@example.com"]
    assert okr.remind_of_scores(waiting.chen, waiting.quarter) == 3
    assert told() == everyone
    assert okr.remind_of_scores(waiting.omar, waiting.quarter) == 0
    assert told() == everyone
    assert Event.objects.filter(verb="cycle.scores_asked").count() == 1
    news = notifications(waiting.ada)[0]
    assert news.sentence == "陈晨 asks for the scores that 2026 Q4 still waits for"
    assert address_of(Notification.objects.get(pk=news.id)) == f"/cycles/{waiting.quarter.pk}/"
    clock.shift(86400)
    assert okr.remind_of_scores(waiting.omar, waiting.quarter) == 3


def test_what_is_hidden_is_waited_for_too(waiting: World) -> None:
    """Ben has scored all that is open to all; Otto has nothing open. Who closes sees them, and nothing of the goals."""
    for owner in (waiting.ben, waiting.otto):
        okr.set_visibility(owner, hidden := waiting.objective(owner), visibility="people")
        waiting.key_result(hidden, given=60)
    missing = [MissingScores(*one) for one in missing_scores(waiting.chen, waiting.quarter.pk)]
    told_of = {one.owner_name: (one.is_told, one.key_results, one.scored) for one in missing}
    assert told_of["Ben"] == (False, 1, 1)
    assert told_of["Otto"] == (False, 0, 0)
    assert told_of["Ada Byron"] == (True, 1, 0)
    assert owners_to_score(waiting.chen, waiting.quarter.pk) == (0, len(missing))
    assert okr.remind_of_scores(waiting.chen, waiting.quarter) == 5
    for owner in (waiting.ben, waiting.otto):
        okr.take_proposals(owner, get_goal_set(owner, owner, waiting.quarter))
    assert owners_to_score(waiting.chen, waiting.quarter.pk) == (1, 4)


def test_who_reminds_and_who_left_are_not_told(waiting: World) -> None:
    from tandem.people import commands as people

    waiting.wei = people.set_roles(SYSTEM, waiting.wei, champion=True)
    people.leave_company(SYSTEM, waiting.ada)
    assert okr.remind_of_scores(waiting.wei, waiting.quarter) == 1
    assert told() == ["lin@example.com"]


def test_a_large_company_is_told_in_parts(waiting: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "BATCH", 2)
    monkeypatch.setattr(reminders, "MOST_AT_ONCE", 2)
    assert [okr.remind_of_scores(waiting.chen, waiting.quarter) for _time in range(3)] == [2, 1, 0]


@refusing
def test_only_while_scores_are_taken(world: World) -> None:
    with pytest.raises(Invalid):
        okr.remind_of_scores(world.chen, world.quarter)
    closed = cycles.enter_phase(SYSTEM, world.quarter, phase="closed")
    assert okr.remind_of_scores(world.chen, closed) == 0


@refusing
def test_the_people_it_concerns_cannot_remind(waiting: World) -> None:
    for who in (waiting.ada, waiting.lin, waiting.hana):
        with pytest.raises(NotAllowed):
            okr.remind_of_scores(who, fresh(waiting.quarter))
