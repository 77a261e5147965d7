"""Objectives: drafted, published, edited, dropped, put away, brought back, handed on. Nothing is destroyed."""

from datetime import date

import pytest

from tandem.core.errors import Conflict
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import GoalSet, Objective, UnitNumbers
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.proof import records, refused
from tests.world import World, fresh


def counts(world: World, name: str) -> list[int]:
    """One count as the branch has it: Web, Cloud, Acme, the whole company."""
    rows = dict(UnitNumbers.objects.filter(cycle=world.quarter).values_list("unit_id", name))
    return [rows.get(unit, 0) for unit in (world.web.pk, world.cloud.pk, world.acme.pk, None)]


def test_a_draft_is_written_and_published(world: World) -> None:
    with records("objective.drafted"):
        draft = okr.create_objective(
            world.ada,
            world.ada,
            cycle=world.quarter,
            title="  新客户喜欢  第一周 ",
            ambition="committed",
            category="growth",
            weight="2.5",
            description="**Why**",
        )
    assert (draft.title, draft.state, draft.ambition) == ("新客户喜欢 第一周", "draft", "committed")
    assert counts(world, "drafts") == [1, 1, 1, 1]
    assert counts(world, "objectives") == [0, 0, 0, 0]
    with records("objective.published"):
        okr.publish_objective(world.ada, draft)
    assert fresh(draft).published_on == date(2026, 10, 14)
    assert counts(world, "drafts") == [0, 0, 0, 0]
    assert counts(world, "objectives") == [1, 1, 1, 1]
    assert counts(world, "people_published") == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"title": 7}, "title"),
        ({"title": "A", "ambition": "huge"}, "ambition"),
        ({"title": "A", "category": None}, "category"),
        ({"title": "A", "weight": -1}, "weight"),
        ({"title": "A", "weight": 1001}, "weight"),
        ({"title": "A", "weight": "NaN"}, "weight"),
        ({"title": "A", "description": "x" * 20_001}, "description"),
        ({}, "title"),
    ],
)
def test_what_is_wrong_is_named(world: World, fields: dict[str, object], field: str) -> None:
    with refused(422, field=field):
        okr.create_objective(world.ada, world.ada, cycle=world.quarter, **fields)
    assert not Objective.objects.exists()
    assert not GoalSet.objects.exists()


def test_nobody_writes_for_somebody_else(world: World) -> None:
    """Not the lead, not the people team, not the administrator."""
    for stranger in (world.lin, world.ben, world.hana, world.omar, world.chen):
        with refused(403):
            okr.create_objective(stranger, world.ada, cycle=world.quarter, title="Do this")
    with refused(403):
        okr.create_objective(world.ada, world.web, cycle=world.quarter, title="The team does this")


def test_who_has_left_writes_nothing(world: World) -> None:
    with refused(403):
        okr.create_objective(world.leo, world.leo, cycle=world.quarter, title="From afar")


def test_an_archived_unit_and_a_leaver_take_no_new_goals(world: World) -> None:
    people.archive_unit(world.hana, world.data)
    with refused(422, field="owner"):
        okr.create_objective(world.wei, world.data, cycle=world.quarter, title="Late")
    with refused(422, field="owner"):
        okr.create_objective(SYSTEM, world.leo, cycle=world.quarter, title="Late")


def test_a_stale_save_shows_both_versions_and_loses_no_word(world: World) -> None:
    mine = world.objective(title="First words")
    with records("objective.edited"):
        okr.edit_objective(world.ada, mine, version=mine.version, title="Second words")
    with refused(409) as caught:
        okr.edit_objective(world.ada, mine, version=mine.version, title="Third words")
    assert isinstance(caught.value, Conflict)
    assert caught.value.as_json()["error"]["current"]["title"] == "Second words"
    assert caught.value.current["version"] == mine.version + 1
    assert fresh(mine).title == "Second words"


def test_an_edit_that_changes_nothing_leaves_no_trace(world: World) -> None:
    mine = world.objective()
    with records():
        okr.edit_objective(world.ada, mine, title=mine.title, weight="1.0")
    assert fresh(mine).version == mine.version


def test_weight_moves_the_sets_progress(world: World) -> None:
    far, near = world.objective(weight=1), world.objective(weight=1)
    okr.check_in(world.ada, world.key_result(far), value=0)
    okr.check_in(world.ada, world.key_result(near), value=100)
    goals = GoalSet.objects.get(owner_person=world.ada)
    assert goals.progress == 0.5
    okr.edit_objective(world.ada, near, weight=3)
    assert fresh(goals).progress == 0.75
    okr.edit_objective(world.ada, near, weight=0)
    assert fresh(goals).progress == 0


def test_publishing_twice_is_refused(world: World) -> None:
    with refused(422, code="state"):
        okr.publish_objective(world.ada, world.objective())


def test_published_from_an_old_version_is_refused(world: World) -> None:
    draft = world.objective(published=False)
    okr.edit_objective(world.ada, draft, title="Other words")
    with refused(409):
        okr.publish_objective(world.ada, draft, version=draft.version)


def test_back_to_a_draft_while_nothing_was_checked_in(world: World) -> None:
    mine = world.objective()
    key_result = world.key_result(mine)
    with records("objective.unpublished"):
        okr.unpublish_objective(world.ada, mine)
    assert (fresh(mine).state, fresh(key_result).next_due_on) == ("draft", None)
    with refused(422, code="state"):
        okr.unpublish_objective(world.ada, mine)
    okr.publish_objective(world.ada, mine)
    okr.check_in(world.ada, key_result, value=1)
    with refused(422, code="state"):
        okr.unpublish_objective(world.ada, mine)


def test_dropping_asks_why_and_leaves_the_numbers(world: World) -> None:
    mine = world.objective()
    okr.check_in(world.ada, world.key_result(mine), value=50, confidence=6)
    with refused(422, field="reason"):
        okr.drop_objective(world.ada, mine, reason="  ")
    with records("objective.dropped"):
        okr.drop_objective(world.ada, mine, reason="客户走了")
    assert counts(world, "objectives") == [0, 0, 0, 0]
    assert fresh(mine).progress == 0.5
    with refused(422, code="state"):
        okr.drop_objective(world.ada, mine, reason="again")
    with records("objective.reactivated"):
        okr.reactivate_objective(world.ada, mine)
    assert (fresh(mine).state, fresh(mine).dropped_reason) == ("active", "")
    assert counts(world, "confidence_6") == [1, 1, 1, 1]
    with refused(422, code="state"):
        okr.reactivate_objective(world.ada, mine)


def test_a_dropped_draft_comes_back_as_a_draft(world: World) -> None:
    draft = world.objective(published=False)
    okr.drop_objective(world.ada, draft, reason="not now")
    okr.reactivate_objective(world.ada, draft)
    assert fresh(draft).state == "draft"


def test_put_away_and_brought_back(world: World) -> None:
    mine = world.objective()
    with records("objective.archived"):
        okr.archive_objective(world.ada, mine)
        okr.archive_objective(world.ada, mine)
    assert counts(world, "objectives") == [0, 0, 0, 0]
    for write in (
        lambda: okr.edit_objective(world.ada, mine, title="x"),
        lambda: okr.drop_objective(world.ada, mine, reason="x"),
        lambda: world.key_result(mine),
        lambda: okr.add_action(world.ada, mine, title="x"),
    ):
        with refused(422, code="archived"):
            write()
    with records("objective.restored"):
        okr.restore_objective(world.ada, mine)
        okr.restore_objective(world.ada, mine)
    assert counts(world, "objectives") == [1, 1, 1, 1]


def test_put_in_order(world: World) -> None:
    first, _second, third = (world.objective(title=one) for one in "ABC")
    goals = GoalSet.objects.get(owner_person=world.ada)
    with records("goals.reordered"):
        okr.reorder_objectives(world.ada, goals, order=[third.pk, first.pk])
    assert [one.title for one in Objective.objects.filter(goal_set=goals)] == ["C", "A", "B"]
    other = world.objective(world.ben)
    for order in ([first.pk, first.pk], [other.pk], [10**9]):
        with refused(422, field="order"):
            okr.reorder_objectives(world.ada, goals, order=order)


def test_a_co_owner_writes_too(world: World) -> None:
    mine = world.objective()
    with refused(403):
        okr.edit_objective(world.otto, mine, title="Ours")
    with records("objective.co_owner"):
        okr.add_co_owner(world.ada, mine, person=world.otto)
        okr.add_co_owner(world.ada, mine, person=world.otto)
    assert okr.edit_objective(world.otto, mine, title="Ours").title == "Ours"
    with records("objective.co_owner_removed"):
        okr.remove_co_owner(world.otto, mine, person=world.otto)
        okr.remove_co_owner(world.ada, mine, person=world.otto)
    with refused(403):
        okr.edit_objective(world.otto, mine, title="Mine")
    with refused(422, field="person"):
        okr.add_co_owner(world.ada, mine, person=world.leo)
    with refused(422, field="person"):
        okr.add_co_owner(world.ada, mine, person=world.ada)


def test_out_of_the_backlog_into_the_quarter(world: World) -> None:
    idea = world.objective(published=False, cycle=world.backlog)
    with refused(422, code="backlog"):
        okr.publish_objective(world.ada, idea)
    with records("objective.moved"):
        okr.move_objective(world.ada, idea, cycle=world.quarter)
    okr.publish_objective(world.ada, idea)
    assert counts(world, "objectives") == [1, 1, 1, 1]
    with refused(422, code="state"):
        okr.move_objective(world.ada, idea, cycle=world.backlog)


def test_a_move_does_not_tear_an_alignment(world: World) -> None:
    draft, above = world.objective(published=False), world.objective(world.web, title="Team's")
    okr.align(world.ada, draft, parent=above)
    spring = cycles.create_cycle(world.chen, None, name="Q1", start=date(2027, 1, 1), end=date(2027, 3, 31))
    with refused(422, field="cycle") as caught:
        okr.move_objective(world.ada, draft, cycle=spring)
    assert "Team's" in caught.value.message
    okr.unalign(world.ada, draft, parent=above)
    okr.move_objective(world.ada, draft, cycle=spring)
    assert fresh(draft).cycle == spring


def test_a_closed_cycle_is_read_only(world: World) -> None:
    mine, draft = world.objective(), world.objective(published=False)
    idea = world.objective(published=False, cycle=world.backlog)
    key_result = world.key_result(mine)
    row = okr.check_in(world.ada, key_result, value=1)
    action = okr.add_action(world.ada, mine, title="Page")
    for phase in ("agree", "run", "review", "closed"):
        cycles.enter_phase(world.chen, world.quarter, phase=phase)
    closed = fresh(world.quarter)
    goals = GoalSet.objects.get(owner_person=world.ada, cycle=closed)
    for write in (
        lambda: okr.create_objective(world.ada, world.ada, cycle=closed, title="x"),
        lambda: okr.edit_objective(world.ada, mine, title="x"),
        lambda: okr.publish_objective(world.ada, draft),
        lambda: okr.drop_objective(world.ada, mine, reason="x"),
        lambda: okr.archive_objective(world.ada, mine),
        lambda: okr.restore_objective(world.ada, mine),
        lambda: okr.reorder_objectives(world.ada, goals, order=[]),
        lambda: okr.move_objective(world.ada, idea, cycle=closed),
        lambda: okr.move_objective(world.ada, draft, cycle=world.backlog),
        lambda: okr.add_key_result(world.ada, mine, title="x"),
        lambda: okr.edit_key_result(world.ada, key_result, title="x"),
        lambda: okr.archive_key_result(world.ada, key_result),
        lambda: okr.check_in(world.ada, key_result, value=2),
        lambda: okr.correct_check_in(world.ada, row, value=2),
        lambda: okr.withdraw_check_in(world.ada, row),
        lambda: okr.edit_action(world.ada, action, title="x"),
        lambda: okr.align(world.ada, mine, parent=idea),
    ):
        with refused(422, code="closed"):
            write()
