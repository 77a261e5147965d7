"""Whatever people do, in whatever order: after each step every stored number equals its recomputation."""

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tandem.okr.models import Alignment, CheckIn, Objective
from tandem.people.queries import forget_organization
from tests.commands.steps import STEPS, Day, add_key_result, change_state, check_in, create, take
from tests.coverage_proof import assert_both_ways_add_up
from tests.proof import assert_numbers_true
from tests.world import World

plans = st.lists(st.tuples(st.sampled_from(STEPS), st.lists(st.integers(0, 9999), max_size=6)), min_size=4, max_size=14)
unhurried = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@unhurried
@given(plan=plans)
def test_stored_numbers_are_true_after_every_step(
    world: World, clock: time_machine.Traveller, plan: list[tuple[object, list[int]]]
) -> None:
    live_through(world, clock, plan)


@pytest.mark.slow
@settings(unhurried, max_examples=100)
@given(plan=plans)
def test_stored_numbers_are_true_after_every_step_of_many_days(
    world: World, clock: time_machine.Traveller, plan: list[tuple[object, list[int]]]
) -> None:
    live_through(world, clock, plan)


def live_through(world: World, clock: time_machine.Traveller, plan: list[tuple[object, list[int]]]) -> None:
    """One day's plan from a company with one goal under way; afterwards everything is as before."""
    day = Day(world, [])
    with transaction.atomic():
        for step in (create, add_key_result, change_state, check_in):
            take(day, step)
        for step, numbers in plan:
            clock.shift(600)
            day.numbers = list(numbers)
            take(day, step)  # type: ignore[arg-type]
            try:
                assert_numbers_true()
            except AssertionError as wrong:
                raise AssertionError(f"after {', '.join(day.done)}:\n{wrong}") from None
        event(f"{CheckIn.objects.count()} check-ins, {Objective.objects.count()} objectives")
        assert_no_ring()
        for cycle in (world.quarter, world.backlog):
            assert_both_ways_add_up(cycle)
        transaction.set_rollback(True)
    forget_organization()


def assert_no_ring() -> None:
    above: dict[int, list[int]] = {}
    for child, parent in Alignment.objects.values_list("child_id", "parent_id"):
        above.setdefault(child, []).append(parent)
    while leaves := [child for child in above if not any(one in above for one in above[child])]:
        for child in leaves:
            del above[child]
    assert not above
