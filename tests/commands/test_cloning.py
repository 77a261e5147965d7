"""Taking goals along: new drafts with numbers reset, lineage kept, carried over with a reason, twice is once."""

from datetime import date
from decimal import Decimal

import pytest

from tandem.cycles import commands as cycles
from tandem.cycles.models import Cycle
from tandem.okr import commands as okr
from tandem.okr import queries
from tandem.okr.models import Alignment, KeyAction, KeyResult, Objective
from tandem.people.actors import SYSTEM
from tests.proof import records, refused
from tests.world import World, fresh


@pytest.fixture
def following(world: World) -> Cycle:
    return cycles.create_cycle(SYSTEM, None, name="2027 Q1", start=date(2027, 1, 1), end=date(2027, 3, 31))


def heirs_key_results(heir: Objective) -> list[KeyResult]:
    return list(KeyResult.objects.filter(objective=heir).order_by("position"))


def test_words_come_along_and_numbers_begin_anew(world: World, following: Cycle) -> None:
    one = world.objective(description="Why", ambition="committed", category="growth", weight=2)
    metric = world.key_result(one, start=20, target=80, unit="%", weight=3)
    world.key_result(one, title="Onboarding", kind="milestones", steps=[{"title": "Draft"}, {"title": "Live"}])
    okr.check_in(world.ada, metric, value=50, confidence=8)
    okr.add_action(world.ada, one, title="Guide page", owner=world.ben, due_on=date(2026, 11, 1))
    with records("objective.cloned"):
        heir = okr.clone_objective(world.ada, one, cycle=following)
    assert (heir.title, heir.description, heir.ambition, heir.category, heir.weight, heir.state) == (
        one.title, "Why", "committed", "growth", 2, "draft",
    )  # fmt: skip
    first, second = heirs_key_results(heir)
    assert (first.start, first.target, first.unit_label, first.weight) == (20, 80, "%", 3)
    assert (first.current, first.progress, first.confidence, first.check_ins_count) == (None, None, None, 0)
    assert [step["title"] for step in second.steps] == ["Draft", "Live"]
    assert not KeyAction.objects.filter(objective=heir).exists()
    goal = queries.one_goal(world.ada, heir.pk)
    assert goal.key_results[0].last_value == 20


def test_numbers_may_start_where_they_stood_and_actions_come_along(world: World, following: Cycle) -> None:
    one = world.objective()
    metric = world.key_result(one, start=20, target=80)
    reached = world.key_result(one, start=0, target=10)
    okr.check_in(world.ada, metric, value=50)
    okr.check_in(world.ada, reached, value=10)
    okr.add_action(world.ada, one, title="Open", owner=world.ben, due_on=date(2026, 11, 1))
    okr.edit_action(world.ada, okr.add_action(world.ada, one, title="Done"), state="done")
    heir = okr.clone_objective(world.ada, one, cycle=following, from_last=True, actions=True)
    assert [row.start for row in heirs_key_results(heir)] == [50, 0]  # start = target would be no key result
    [action] = KeyAction.objects.filter(objective=heir)
    assert (action.title, action.owner, action.due_on) == ("Open", world.ben, None)


def test_twice_is_once(world: World, following: Cycle) -> None:
    one = world.objective()
    heir = okr.clone_objective(world.ada, one, cycle=following)
    with records():
        assert okr.clone_objective(world.ada, one, cycle=following) == heir
        assert okr.clone_goals(world.ada, one.goal_set, cycle=following) == [heir]
    okr.archive_objective(world.ada, heir)
    assert okr.clone_objective(world.ada, one, cycle=following) != heir


def test_carrying_over_says_why(world: World, following: Cycle) -> None:
    one, reached = world.objective(), world.objective(title="Reached")
    full = world.key_result(reached, given=100)
    cycles.enter_phase(world.chen, world.quarter, phase="review")
    okr.score_key_result(world.ada, full, score=1)
    with refused(422, field="reason"):
        okr.clone_objective(world.ada, one, cycle=following, carry_over="  ")
    with refused(422, field="reason"):
        okr.clone_objective(world.ada, reached, cycle=following, carry_over="Once more")
    with refused(422, field="reason"):
        okr.clone_objective(world.ada, world.objective(published=False), cycle=following, carry_over="Not begun")
    with records("objective.carried_over"):
        heir = okr.clone_objective(world.ada, one, cycle=following, carry_over="新渠道十一月才开")
    found = queries.lineage_of(world.ben, queries.one_goal(world.ben, one.pk).objective)
    assert [(each.id, each.carry_reason) for each in found.heirs] == [(heir.pk, "新渠道十一月才开")]
    back = queries.lineage_of(world.ben, queries.one_goal(world.ben, heir.pk).objective)
    assert back.origin is not None
    assert (back.origin.id, back.origin.cycle_name) == (one.pk, "2026 Q4")


def test_from_a_closed_cycle_but_never_into_one(world: World, following: Cycle) -> None:
    one = world.objective()
    cycles.enter_phase(world.chen, world.quarter, phase="closed")
    assert okr.clone_objective(world.ada, one, cycle=following).goal_set.cycle == following
    with refused(422, field="cycle"):
        okr.clone_objective(world.ada, world.objective(cycle=following), cycle=following)
    cycles.enter_phase(world.chen, following, phase="closed")
    with refused(422, code="closed"):
        okr.clone_objective(world.ada, one, cycle=fresh(following))


def test_nobody_clones_for_somebody_else(world: World, following: Cycle) -> None:
    """Not even a co-owner: a goal in the owner's next cycle is the owner's to write."""
    one = world.objective()
    okr.add_co_owner(world.ada, one, person=world.otto)
    for stranger in (world.otto, world.lin, world.chen, world.omar):
        with refused(403):
            okr.clone_objective(stranger, one, cycle=following)


def test_a_lead_takes_the_units_goals_along(world: World, following: Cycle) -> None:
    first = world.objective(world.web, title="First")
    second = world.objective(world.web, title="Second")
    world.objective(title="Ada's own")
    gone = world.objective(world.web, title="Gone")
    okr.drop_objective(world.lin, gone, reason="Enough")
    with refused(422, field="objectives"):
        okr.clone_goals(world.lin, first.goal_set, cycle=following, which={gone.pk: None})
    with refused(422, field="objectives"):
        okr.clone_goals(world.lin, first.goal_set, cycle=following, which={})
    made = okr.clone_goals(world.lin, first.goal_set, cycle=following, which={second.pk: "Half way", first.pk: None})
    assert [(one.title, one.carry_reason, one.position) for one in made] == [
        ("First", "", 0),
        ("Second", "Half way", 1),
    ]
    assert {one.goal_set.owner_unit for one in made} == {world.web}


@pytest.mark.parametrize("first", ["parent", "child"])
def test_alignments_come_along_in_either_order(world: World, following: Cycle, first: str) -> None:
    parent, child = world.objective(world.web), world.objective()
    okr.align(world.ada, child, parent=parent)
    order = [(world.lin, parent), (world.ada, child)]
    for actor, one in order if first == "parent" else reversed(order):
        okr.clone_objective(actor, one, cycle=following)
    link = Alignment.objects.get(child__cloned_from=child)
    assert link.parent.cloned_from == parent


def test_a_parent_whose_time_overlaps_stays(world: World, following: Cycle) -> None:
    year = cycles.create_cycle(
        SYSTEM, None, name="Two years", kind="custom", start=date(2026, 1, 1), end=date(2027, 12, 31)
    )
    parent, child = world.objective(world.web, cycle=year), world.objective()
    okr.align(world.ada, child, parent=parent)
    heir = okr.clone_objective(world.ada, child, cycle=following)
    assert [link.parent for link in Alignment.objects.filter(child=heir)] == [parent]
    assert heir.weight == Decimal(1)


def test_what_is_confidential_stays_so(world: World, following: Cycle) -> None:
    one = world.objective()
    okr.set_visibility(world.ada, one, visibility="people")
    okr.add_reader(world.ada, one, person=world.ben)
    cycles.enter_phase(world.chen, world.quarter, phase="review")
    heir = okr.clone_objective(world.ada, fresh(one), cycle=following)
    assert fresh(heir).visibility == "people"
    goal = queries.one_goal(SYSTEM, one.pk).objective
    for person, seen in ((world.ada, 1), (world.ben, 1), (world.otto, 0)):
        assert len(queries.lineage_of(person, goal).heirs) == seen
    dropped = okr.drop_objective(world.ada, fresh(one), reason="Not any more")
    assert [len(queries.dropped_in(person, world.quarter.pk)) for person in (world.ada, world.otto)] == [1, 0]
    assert queries.results_of(world.ada, dropped.goal_set.cycle_id)[None]["dropped"] == 0
