"""Scores: given by the owner beside the proposal, in time or late, frozen with the cycle."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr import queries, rules
from tandem.okr.models import GoalSet, KeyResult, Objective
from tandem.okr.queries.consistency import faults_of_goals
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.queries import organization
from tests.proof import records, refused
from tests.world import World, fresh

CLOSING = date(2027, 1, 8)


def review(world: World) -> None:
    world.quarter = cycles.enter_phase(world.chen, world.quarter, phase="review")


def close(world: World) -> None:
    world.quarter = cycles.enter_phase(world.chen, world.quarter, phase="closed")


def scored(world: World, objective: Objective, *shares: tuple[float, float], value: float = 60) -> list[KeyResult]:
    """Key results of these (weight, score), each at 60 %."""
    made = [world.key_result(objective, weight=weight, given=value) for weight, _score in shares]
    return [
        okr.score_key_result(world.ada, one, score=score, reason="as agreed")
        for one, (_weight, score) in zip(made, shares, strict=True)
    ]


def test_an_owner_scores_beside_the_proposal(world: World) -> None:
    key_result = world.key_result(world.objective(), given=64)
    review(world)
    row = queries.one_goal(world.ada, key_result.objective_id).key_results[0]
    assert row.proposed_score == Decimal("0.6")
    with records("key_result.scored"):
        okr.score_key_result(world.ada, key_result, score="0.8")
    goal = queries.one_goal(world.ada, key_result.objective_id)
    assert (goal.objective.score, goal.objective.band) == (Decimal("0.8"), "green")
    assert not goal.objective.scored_late
    with records():
        okr.score_key_result(world.ada, key_result, score=0.8)
    with records("key_result.unscored"):
        okr.score_key_result(world.ada, key_result, score=None)
    assert fresh(key_result.objective).score is None


def test_more_than_two_tenths_beside_it_needs_a_reason(world: World) -> None:
    key_result = world.key_result(world.objective(), given=50)
    review(world)
    for score in ("0.2", "0.8", 1):
        with refused(422, field="reason", code="reason"):
            okr.score_key_result(world.ada, key_result, score=score)
    okr.score_key_result(world.ada, key_result, score="0.7")
    okr.score_key_result(world.ada, key_result, score="0.9", reason="两位大客户在最后一天签了字")
    assert fresh(key_result).score_reason == "两位大客户在最后一天签了字"


def test_without_data_there_is_nothing_to_differ_from(world: World) -> None:
    key_result = world.key_result(world.objective())
    review(world)
    assert okr.score_key_result(world.ada, key_result, score=1).score == 1


@pytest.mark.parametrize("score", [-0.1, 1.1, 0.75, "half", True, "NaN", [], "1e400"])
def test_what_is_no_score(world: World, score: Any) -> None:
    key_result = world.key_result(world.objective(), given=50)
    review(world)
    with refused(422, field="score"):
        okr.score_key_result(world.ada, key_result, score=score)


def test_when_there_is_nothing_to_score(world: World) -> None:
    objective = world.objective()
    key_result = world.key_result(objective, given=50)
    draft = world.key_result(world.objective(published=False), given=50)
    with refused(422, code="phase"):
        okr.score_key_result(world.ada, key_result, score=0.5)
    review(world)
    with refused(422, code="state"):
        okr.score_key_result(world.ada, draft, score=0.5)
    okr.archive_key_result(world.ada, key_result)
    with refused(422, code="archived"):
        okr.score_key_result(world.ada, key_result, score=0.5)
    okr.restore_key_result(world.ada, key_result)
    okr.drop_objective(world.ada, objective, reason="The market went another way")
    with refused(422, code="state"):
        okr.score_key_result(world.ada, key_result, score=0.5)


def test_two_who_score_at_once_lose_nothing(world: World) -> None:
    key_result = world.key_result(world.objective(), given=50)
    review(world)
    okr.score_key_result(world.ada, key_result, score=0.6, version=key_result.version)
    with refused(409):
        okr.score_key_result(world.ada, key_result, score=0.4, version=key_result.version)


def test_an_objective_is_the_weighted_mean_half_up(world: World) -> None:
    objective = world.objective()
    review(world)
    scored(world, objective, (2, 0.7), (1, 0.4), (1, 0.8))
    assert fresh(objective).score == Decimal("0.7")  # 0.65
    okr.reweigh_key_results(world.ada, objective, shares={objective.key_results.first().pk: 0})
    assert fresh(objective).score == Decimal("0.6")


@pytest.mark.parametrize(
    ("ambition", "score", "band"),
    [("aspirational", 0.3, "red"), ("aspirational", 0.4, "yellow"), ("aspirational", 0.7, "green"),
     ("committed", 0.6, "red"), ("committed", 0.7, "yellow"), ("committed", 0.9, "yellow"), ("committed", 1, "green")],
)  # fmt: skip
def test_bands_by_ambition(world: World, ambition: str, score: float, band: str) -> None:
    objective = world.objective(ambition=ambition)
    review(world)
    scored(world, objective, (1, score))
    assert fresh(objective).band == band
    results = queries.results_of(world.grace, world.quarter.pk, [world.web.pk])
    for branch in (None, world.web.pk):
        assert results[branch].bands(ambition)[band] == 1
        assert results[branch].scores(ambition)[int(score * 10)] == 1
        assert results[branch].mean() == Decimal(str(score))


def test_taking_what_the_numbers_say(world: World) -> None:
    first, second = world.objective(), world.objective(title="Second")
    known = world.key_result(first, given=44)
    own = world.key_result(first, given=50)
    unknown = world.key_result(second)
    review(world)
    okr.score_key_result(world.ada, own, score=0.6)
    with records("goals.scored"):
        okr.take_proposals(world.ada, first.goal_set)
    assert [fresh(one).score for one in (known, own, unknown)] == [Decimal("0.4"), Decimal("0.6"), None]
    with records():
        okr.take_proposals(world.ada, first.goal_set)
    [missing] = queries.missing_scores(world.chen, world.quarter.pk)
    assert queries.MissingScores(*missing).owner_name == "Ada Byron"
    assert [one.left for one in queries.to_score(world.ada)] == [1]


def test_reflections(world: World) -> None:
    objective = world.objective()
    with records("objective.reflected"):
        done = okr.reflect_on_objective(world.ada, objective, reflection="**Ask sooner.**", version=objective.version)
    with refused(409):
        okr.reflect_on_objective(world.ada, objective, reflection="No", version=objective.version)
    assert done.reflection == "**Ask sooner.**"
    with records("goals.reflected"):
        okr.reflect_on_goals(world.ada, objective.goal_set, reflection="少而精", version=1)
    with refused(409):
        okr.reflect_on_goals(world.ada, objective.goal_set, reflection="No", version=1)
    close(world)
    with refused(422, code="closed"):
        okr.reflect_on_objective(world.ada, objective, reflection="Later")
    with refused(422, code="closed"):
        okr.reflect_on_goals(world.ada, objective.goal_set, reflection="Later")


def test_a_scored_objective_is_put_away_with_a_reflection_only(world: World) -> None:
    objective = world.objective()
    review(world)
    scored(world, objective, (1, 0.2))
    with refused(422, field="reflection"):
        okr.archive_objective(world.ada, objective)
    okr.reflect_on_objective(world.ada, objective, reflection="It was never ours to reach.")
    okr.archive_objective(world.ada, objective)
    assert queries.results_of(world.ada, world.quarter.pk)[None]["scored"] == 0


def test_late_scores(world: World, clock: time_machine.Traveller) -> None:
    """Until the last day of grace what has no score can be scored, and says that it came late."""
    objective = world.objective()
    early, forgotten = world.key_result(objective, given=50), world.key_result(objective, given=70)
    review(world)
    okr.score_key_result(world.ada, early, score=0.5)
    clock.move_to(f"{CLOSING}T09:00+00:00")
    close(world)
    assert (world.quarter.closed_on, world.quarter.late_until) == (CLOSING, date(2027, 1, 22))
    with refused(422, field="score", code="closed"):
        okr.score_key_result(world.ada, early, score=0.6)
    clock.move_to("2027-01-22T09:00+00:00")
    okr.score_key_result(world.ada, forgotten, score=0.9)
    assert (fresh(objective).score, fresh(objective).scored_late) == (Decimal("0.7"), True)
    okr.score_key_result(world.ada, forgotten, score=0.7)
    assert queries.results_of(world.ada, world.quarter.pk)[None]["late"] == 1
    assert [one[0] for one in queries.late_in(world.ada, world.quarter.pk)] == [objective.pk]
    clock.move_to("2027-01-23T09:00+00:00")
    with refused(422, code="closed"):
        okr.score_key_result(world.ada, forgotten, score=0.8)


def test_the_company_says_how_long(world: World) -> None:
    for days in (-1, 91, "7"):
        with refused(422, field="late_score_days"):
            people.edit_organization(world.omar, organization(), late_score_days=days)
    people.edit_organization(world.omar, organization(), late_score_days=0)
    key_result = world.key_result(world.objective(), given=50)
    close(world)
    assert world.quarter.late_until == date(2026, 10, 14)
    people.edit_organization(world.omar, organization(), late_score_days=30)
    assert fresh(world.quarter).late_until == date(2026, 10, 14)
    assert okr.score_key_result(world.ada, key_result, score=0.5).scored_late


def test_a_closed_cycle_takes_nothing_else(world: World) -> None:
    objective = world.objective()
    key_result = world.key_result(objective, given=50)
    close(world)
    for act in (
        lambda: okr.check_in(world.ada, key_result, value=99),
        lambda: okr.edit_objective(world.ada, objective, title="Won"),
        lambda: okr.edit_key_result(world.ada, key_result, target=50),
        lambda: okr.reweigh_key_results(world.ada, objective, shares={key_result.pk: 1}),
        lambda: okr.drop_objective(world.ada, objective, reason="x"),
        lambda: okr.add_key_result(world.ada, objective, title="One more"),
        lambda: okr.create_objective(world.ada, world.ada, cycle=world.quarter, title="Late"),
        lambda: okr.clone_objective(world.ada, world.objective(cycle=world.backlog, published=False),
                                    cycle=world.quarter),
    ):  # fmt: skip
        with refused(422):
            act()
    assert queries.one_goal(world.ada, objective.pk).objective.status == "closed"


def test_later_rules_move_nothing_that_is_frozen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a late score, which counts the set anew, leaves the neighbours as they were."""
    ended, open_one = world.objective(), world.objective(title="Second", weight=3)
    review(world)
    scored(world, ended, (1, 0.7), (3, 0.9))
    waiting = world.key_result(open_one, given=50)
    close(world)
    before = queries.one_goal(world.ada, ended.pk)
    with monkeypatch.context() as later:
        later.setattr(rules, "band", lambda _value, _ambition="": "red")
        later.setattr(rules, "objective_score", lambda _items: Decimal("0.1"))
        later.setattr(rules, "objective_progress", lambda _items: Decimal(0))
        later.setattr(rules, "progress", lambda *_ends: Decimal("0.9"))
        later.setattr(rules, "PACE_ON_TRACK", Decimal(99))
        okr.score_key_result(world.ada, waiting, score=0.6)
        after = queries.one_goal(world.ada, ended.pk)
        assert after == before
        assert (after.objective.status, after.objective.band) == ("reached", "green")
        assert list(faults_of_goals(SYSTEM)) == []
    okr.score_key_result(world.ada, waiting, score=0.5)  # by the rules of today, for what is checked after every story


def test_reopening_is_the_administrators_with_a_reason(world: World) -> None:
    objective = world.objective()
    review(world)
    with refused(422, code="state"):
        cycles.reopen_cycle(world.omar, world.quarter, reason="x")
    close(world)
    people.move_person(world.hana, world.ada, unit=world.data)
    with refused(403):
        cycles.reopen_cycle(world.chen, world.quarter, reason="x")
    with refused(422, field="reason"):
        cycles.reopen_cycle(world.omar, world.quarter, reason=" ")
    with records("cycle.reopened"):
        open_again = cycles.reopen_cycle(world.omar, world.quarter, reason="The readings of Suzhou were wrong")
    assert (open_again.phase, open_again.closed_on, open_again.late_until) == ("review", None, None)
    assert GoalSet.objects.get(pk=objective.goal_set_id).unit_id == world.data.pk
    okr.check_in(world.ada, world.key_result(objective), value=4)


def test_check_finds_a_score_somebody_changed_by_hand(world: World) -> None:
    objective = world.objective()
    review(world)
    [key_result] = scored(world, objective, (1, 0.7))
    for model, pk, fields in (
        (Objective, objective.pk, {"score": "0.9"}),
        (Objective, objective.pk, {"band": "red"}),
        (GoalSet, objective.goal_set_id, {"owners_scored": 0}),
        (GoalSet, objective.goal_set_id, {"score": None}),
        (KeyResult, key_result.pk, {"score": "0.1"}),
        (KeyResult, key_result.pk, {"score": None}),
    ):  # fmt: skip
        kept = model.objects.filter(pk=pk).values(*fields).get()
        model.objects.filter(pk=pk).update(**fields)
        assert list(faults_of_goals(SYSTEM)), fields
        model.objects.filter(pk=pk).update(**kept)
