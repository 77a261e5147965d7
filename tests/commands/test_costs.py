"""What a write costs does not grow with the company: queries are counted beside 1 and beside 50 other goals."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandem.okr import commands as okr
from tandem.okr.models import KeyResult, Objective
from tests.world import World

Write = Callable[[], Any]


def checking_in(world: World) -> Write:
    key_result = world.key_result(world.objective())
    okr.check_in(world.ada, key_result, value=1, confidence=6)
    row = KeyResult.objects.get(pk=key_result.pk)
    return lambda: okr.check_in(world.ada, row, value=40, confidence=7)


def publishing(world: World) -> Write:
    draft = world.objective(published=False)
    world.key_result(draft)
    row = Objective.objects.get(pk=draft.pk)
    return lambda: okr.publish_objective(world.ada, row)


def editing(world: World) -> Write:
    row = Objective.objects.get(pk=world.objective().pk)
    return lambda: okr.edit_objective(world.ada, row, title="Other", weight=2)


def drafting(world: World) -> Write:
    return lambda: world.objective(published=False)


def queries_of(write: Write) -> int:
    with CaptureQueriesContext(connection) as captured:
        write()
    return len(captured)


@pytest.mark.parametrize(
    ("prepare", "most"),
    [
        pytest.param(checking_in, 12, id="checking in"),
        pytest.param(publishing, 14, id="publishing"),
        pytest.param(editing, 11, id="editing"),
        pytest.param(drafting, 18, id="drafting"),
    ],
)
def test_a_write_costs_the_same_in_a_larger_company(world: World, prepare: Callable[[World], Write], most: int) -> None:
    for title in ("Other", "New customers love the first week"):  # the index knows their words from now on
        world.objective(title=title)
    costs = []
    for others in (1, 49):
        for place in range(others):
            objective = world.objective((world.ben, world.web, world.hana)[place % 3], title=f"O{place}")
            world.key_result(objective)
        costs.append(queries_of(prepare(world)))
    assert costs[0] == costs[1] <= most, costs
