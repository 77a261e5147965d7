"""A team's ballot: who may answer, what passes, what stops it."""

from datetime import date

import pytest

from tandem.activity.models import Notification
from tandem.core.errors import Invalid, Missing, NotAllowed
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.rewards import commands as rewards
from tandem.rewards.queries import ballots_to_answer, get_ballot, objections_to, standing_of
from tandem.rewards.rules.ballots import Tally, outcome
from tests.kpi.test_round import refused
from tests.rewards.reward_world import STARTS, SUMMER, announced, answered, ballot_of, on
from tests.world import World, fresh

UNTIL = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("voters", "agree", "live", "objects", "during", "after"),
    [
        (3, 0, 0, 0, "open", "failed"),
        (3, 1, 0, 0, "open", "failed"),  # fewer than half
        (3, 1, 1, 0, "open", "passed"),
        (3, 2, 1, 0, "passed", "passed"),  # all have answered
        (3, 2, 0, 1, "open", "failed"),  # the objection can still be taken back
        (3, 0, 3, 0, "open", "failed"),  # nobody wants it
        (4, 1, 1, 0, "open", "passed"),
        (5, 1, 1, 0, "open", "failed"),
        (100, 99, 0, 1, "open", "failed"),
    ],
)
def test_what_passes(voters: int, agree: int, live: int, objects: int, during: str, after: str) -> None:
    tally = Tally(voters, agree, live, objects)
    assert outcome(tally, UNTIL, UNTIL) == during
    assert outcome(tally, UNTIL, date(2026, 9, 11)) == after


@pytest.mark.django_db
def test_the_team_is_asked_and_an_objection_can_be_taken_back(world: World) -> None:
    ballot = ballot_of(announced(world, "plus_minus"))
    asked = Notification.objects.filter(event__verb="ballot.opened").values_list("person", flat=True)
    assert set(asked) == {world.ada.pk, world.ben.pk, world.lin.pk, world.leo.pk}, "Leo was there in summer"
    with on(date(2026, 9, 3)):
        assert ballots_to_answer(world.ada) == [ballot]
        with refused(Invalid) as fault:
            rewards.answer_ballot(world.ada, ballot, choice="object")
        assert fault.value.field == "reason"
        answered(ballot, ada="object", ben="agree", lin="live", leo="live")
        assert ballots_to_answer(world.ada) == []
        assert standing_of(world.ada, ballot).outcome == "open"
        (objection,) = objections_to(world.ben, ballot)
        assert (objection.name, objection.reason) == ("Ada Byron", "It pays twice.")
        answered(ballot, ada="live")
        assert standing_of(world.ada, ballot).outcome == "passed"
        with refused(Invalid) as fault:
            rewards.answer_ballot(world.ben, ballot, choice="object", reason="Late")
        assert fault.value.code == "state"


@pytest.mark.django_db
def test_who_came_later_has_no_voice_and_others_do_not_see_it(world: World) -> None:
    ballot = ballot_of(announced(world, "plus_minus"))
    people.move_person(SYSTEM, world.otto, unit=world.web)
    with on(date(2026, 9, 3)):
        with refused(NotAllowed):
            rewards.answer_ballot(fresh(world.otto), ballot, choice="agree")
        for who in (world.ada, world.lin, world.wei, world.grace, world.hana):
            assert get_ballot(who, ballot.pk) == ballot
        for who in (world.omar, world.chen, world.nia):
            with pytest.raises(Missing):
                get_ballot(who, ballot.pk)


@pytest.mark.django_db
def test_after_its_last_day_a_ballot_takes_no_answers(world: World) -> None:
    ballot = ballot_of(announced(world, "plus_minus"))
    with on(date(2026, 9, 11)), refused(Invalid):
        rewards.answer_ballot(world.ada, ballot, choice="agree")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ballot_until": None}, "ballot_until"),
        ({"ballot_until": SUMMER}, "ballot_until"),
        ({"ballot_until": STARTS}, "ballot_until"),
        ({"unit": None}, "unit"),
        ({"terms": {"codes": [1]}}, "codes"),
    ],
)
def test_a_ballot_needs_a_team_and_its_days(world: World, fields: dict[str, object], field: str) -> None:
    with refused(Invalid) as fault:
        announced(world, "plus_minus", **fields)
    assert fault.value.field == field


@pytest.mark.django_db
def test_only_a_teams_rule_is_voted_on(world: World) -> None:
    with refused(Invalid) as fault:
        announced(world, "pool", ballot_until=UNTIL)
    assert fault.value.field == "ballot_until"
