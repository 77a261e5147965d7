"""An upgrade counts all stored numbers anew: set after set in a few statements, and what was frozen stays."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.commands.bulk.numbers import count_anew
from tandem.okr.models import GoalSet, Objective, UnitNumbers
from tests.proof import assert_numbers_true
from tests.world import World, fresh


def told(world: World) -> Objective:
    objective = world.objective()
    okr.check_in(world.ada, world.key_result(objective), value=40, confidence=7)
    return objective


def spoil() -> None:
    """As a version before would have left the rows: nothing counted."""
    Objective.objects.update(progress=None, key_results_count=0, with_data=0)
    GoalSet.objects.update(objectives=0, key_results=0, progress=None, next_due_on=None)
    UnitNumbers.objects.all().delete()


def test_all_numbers_come_back(world: World) -> None:
    told(world)
    world.key_result(world.objective(world.web))
    spoil()
    count_anew(frozen=True)
    assert_numbers_true()


@pytest.mark.parametrize(("frozen", "progress"), [(True, Decimal("0.9")), (False, Decimal("0.4"))])
def test_a_closed_cycle_keeps_what_was_frozen(world: World, *, frozen: bool, progress: Decimal) -> None:
    objective = told(world)
    for phase in ("review", "closed"):
        world.quarter = cycles.enter_phase(world.chen, world.quarter, phase=phase)
    Objective.objects.update(progress=Decimal("0.9"))  # by a rule of then
    count_anew(frozen=frozen)
    assert fresh(objective).progress == progress
    assert GoalSet.objects.get(pk=objective.goal_set_id).progress == progress
    count_anew(frozen=False)


def test_many_sets_cost_no_more_statements_than_two(world: World) -> None:
    def statements() -> int:
        spoil()
        with CaptureQueriesContext(connection) as captured:
            count_anew(frozen=True)
        return len(captured)

    told(world)
    world.key_result(world.objective(world.web))
    few = statements()
    for owner in (world.ben, world.lin, world.wei, world.grace, world.otto, world.cloud, world.data):
        world.key_result(world.objective(owner))
    many = statements()
    executed = 2  # `executemany` is logged once; two models are written
    assert many <= few + executed
