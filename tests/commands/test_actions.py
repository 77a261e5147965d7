"""Key actions: the tasks that make a result move."""

from datetime import date
from typing import Any

import pytest

from tandem.okr import commands as okr
from tandem.okr.models import KeyAction
from tests.proof import records, refused
from tests.world import World, fresh


def test_from_to_do_to_done(world: World) -> None:
    mine = world.objective()
    with records("action.added", "action.doing", "action.edited", "action.done", "action.todo", "action.dropped"):
        page = okr.add_action(world.ada, mine, title="Guide page", owner=world.ben, due_on=date(2026, 10, 30))
        okr.edit_action(world.ben, page, state="doing")
        okr.edit_action(world.ben, page, title="引导页")
        okr.edit_action(world.ben, page, state="done")
        okr.edit_action(world.ada, page, state="todo")
        okr.edit_action(world.ada, page, state="dropped")
    assert (fresh(page).title, fresh(page).state, fresh(page).version) == ("引导页", "dropped", 6)


def test_who_is_neither_writer_nor_owner_of_the_action_keeps_off(world: World) -> None:
    mine = world.objective()
    page = okr.add_action(world.ada, mine, title="Page")
    with refused(403):
        okr.edit_action(world.ben, page, state="done")
    with refused(403):
        okr.add_action(world.ben, mine, title="Mine")


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"title": ""}, "title"), ({"state": "maybe"}, "state"), ({"title": "x" * 501}, "title")],
)
def test_what_is_wrong_is_named(world: World, fields: dict[str, Any], field: str) -> None:
    page = okr.add_action(world.ada, world.objective(), title="Page")
    with refused(422, field=field):
        okr.edit_action(world.ada, page, **fields)


def test_it_belongs_to_one_objective(world: World) -> None:
    mine = world.objective()
    own, foreign = world.key_result(mine), world.key_result(world.objective())
    page = okr.add_action(world.ada, mine, title="Page", key_result=own)
    assert fresh(page).key_result_id == own.pk
    with refused(422, field="key_result"):
        okr.edit_action(world.ada, page, key_result=foreign)
    with refused(422, field="owner"):
        okr.edit_action(world.ada, page, owner=world.leo)


def test_two_writers_on_one_action(world: World) -> None:
    page = okr.add_action(world.ada, world.objective(), title="Page", owner=world.ben)
    okr.edit_action(world.ben, page, version=page.version, title="Ben's")
    with refused(409) as caught:
        okr.edit_action(world.ada, page, version=page.version, title="Ada's")
    assert caught.value.current["title"] == "Ben's"


def test_put_in_order_put_away_and_brought_back(world: World) -> None:
    mine = world.objective()
    first, second = (okr.add_action(world.ada, mine, title=one) for one in "AB")
    with records("action.reordered", "action.archived", "action.restored"):
        okr.reorder_actions(world.ada, mine, order=[second.pk, first.pk])
        okr.archive_action(world.ada, first)
        okr.restore_action(world.ada, first)
    assert [one.title for one in KeyAction.objects.filter(objective=mine)] == ["B", "A"]
    with refused(422, field="order"):
        okr.reorder_actions(world.ada, mine, order=[10**9])


def test_no_action_moves_a_number(world: World) -> None:
    mine = world.objective()
    page = okr.add_action(world.ada, mine, title="Page")
    okr.edit_action(world.ada, page, state="done")
    assert fresh(mine).progress is None
