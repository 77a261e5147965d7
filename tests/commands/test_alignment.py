"""Alignment: objective to objective, several parents, no ring, cycles that share a day."""

import itertools
from datetime import date

import pytest

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import Alignment, GoalSet, Objective
from tests.proof import records, refused
from tests.world import World, fresh


def test_one_contributes_to_several(world: World) -> None:
    mine, team, company = world.objective(), world.objective(world.web), world.objective(world.acme)
    with records("objective.aligned", "objective.aligned"):
        okr.align(world.ada, mine, parent=team)
        okr.align(world.ada, mine, parent=company)
        okr.align(world.ada, mine, parent=team)
    assert Alignment.objects.filter(child=mine).count() == 2
    with records("objective.unaligned"):
        okr.unalign(world.ada, mine, parent=team)
        okr.unalign(world.ada, mine, parent=team)
    assert [one.parent_id for one in Alignment.objects.filter(child=mine)] == [company.pk]


def test_no_number_flows_through_it(world: World) -> None:
    mine, team = world.objective(), world.objective(world.web)
    okr.align(world.ada, mine, parent=team)
    okr.check_in(world.ada, world.key_result(mine), value=90)
    assert fresh(team).progress is None
    assert GoalSet.objects.get(owner_unit=world.web).progress is None


def test_the_owner_of_the_child_aligns_it(world: World) -> None:
    mine, team = world.objective(), world.objective(world.web)
    with refused(403):
        okr.align(world.lin, mine, parent=team)
    with refused(403):
        okr.unalign(world.lin, mine, parent=team)


@pytest.mark.parametrize("length", [0, 1, 2, 5])
def test_no_ring_of_any_length(world: World, length: int) -> None:
    chain = [world.objective(title=str(place)) for place in range(length + 1)]
    for above, below in itertools.pairwise(chain):
        okr.align(world.ada, below, parent=above)
    with refused(422, field="parent", code="loop"):
        okr.align(world.ada, chain[0], parent=chain[-1])


def test_two_ways_to_one_goal_are_no_ring(world: World) -> None:
    top, left, right, mine = (world.objective(title=one) for one in ("top", "left", "right", "mine"))
    for child, parent in ((left, top), (right, top), (mine, left), (mine, right), (mine, top)):
        okr.align(world.ada, child, parent=parent)
    assert Alignment.objects.count() == 5


def test_a_draft_may_be_a_tentative_parent(world: World) -> None:
    draft = world.objective(world.web, published=False)
    okr.align(world.ada, world.objective(), parent=draft)
    assert draft.aligned_by.count() == 1


def test_the_dead_are_no_parents_even_if_picked_while_alive(world: World) -> None:
    mine, dropped, archived = world.objective(), world.objective(world.web), world.objective(world.web)
    okr.drop_objective(world.lin, dropped, reason="no")
    okr.archive_objective(world.lin, archived)
    for parent in (dropped, archived):
        assert parent.state == "active", "the row in hand is from before"
        with refused(422, field="parent"):
            okr.align(world.ada, mine, parent=parent)


def test_a_parent_that_is_gone_is_missing(world: World) -> None:
    mine = world.objective()
    other = Objective(pk=10**9, goal_set=mine.goal_set, title="Ghost")
    with refused(404):
        okr.align(world.ada, mine, parent=other)


def test_cycles_must_share_a_day(world: World) -> None:
    year = cycles.create_cycle(
        world.chen, None, name="2026", kind="year", start=date(2026, 1, 1), end=date(2026, 12, 31)
    )
    spring = cycles.create_cycle(world.chen, None, name="2027 Q1", start=date(2027, 1, 1), end=date(2027, 3, 31))
    mine = world.objective()
    okr.align(world.ada, mine, parent=world.objective(world.acme, cycle=year))
    with refused(422, field="parent"):
        okr.align(world.ada, mine, parent=world.objective(world.acme, cycle=spring))
    idea = world.objective(published=False, cycle=world.backlog)
    okr.align(world.ada, idea, parent=mine)
