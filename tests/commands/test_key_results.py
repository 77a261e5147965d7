"""Key results: every kind, edited, weighed, put in order, put away."""

from decimal import Decimal
from typing import Any

import pytest

from tandem.okr import commands as okr
from tandem.okr.models import KeyResult
from tandem.search.commands import index
from tests.proof import records, refused
from tests.world import World, fresh

STEPS = [{"title": "Design", "weight": 1}, {"title": "Build", "weight": 3}]


def test_added_at_the_end_with_its_own_words(world: World) -> None:
    mine = world.objective()
    with records("key_result.added", "key_result.added"):
        for title in ("激活率", "Onboarding"):
            okr.add_key_result(world.ada, mine, title=title, kind="metric", start=30, target=45, unit="%")
    titles = [(one.title, one.position, one.unit_label) for one in KeyResult.objects.filter(objective=mine)]
    assert titles == [("激活率", 0, "%"), ("Onboarding", 1, "%")]
    assert (fresh(mine).key_results_count, fresh(mine).progress) == (2, None)


@pytest.mark.parametrize(
    ("fields", "value", "share"),
    [
        ({"kind": "metric", "start": 30, "target": 45}, 36, "0.4"),
        ({"kind": "metric", "target": 10}, 5, "0.5"),
        ({"kind": "percent"}, 45, "0.45"),
        ({"kind": "maintain", "low": "99.9", "high": 100}, "99.9", "1"),
        ({"kind": "maintain", "high": 5}, "5.25", "0.5"),
        ({"kind": "binary"}, 1, "1"),
        ({"kind": "milestones", "steps": STEPS}, 3, "0.75"),
        ({"kind": "rubric", "steps": [{"level": "0.7", "text": "Liked"}]}, "0.7", "0.7"),
        ({"kind": "baseline"}, 42, "1"),
    ],
)
def test_every_kind_can_be_checked_in(world: World, fields: dict[str, Any], value: object, share: str) -> None:
    mine = world.objective()
    key_result = world.key_result(mine, **fields)
    assert fresh(key_result).progress is None
    okr.check_in(world.ada, key_result, value=value)
    assert fresh(key_result).progress == fresh(mine).progress == Decimal(share)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "wish"}, "kind"),
        ({"kind": "dream"}, "kind"),
        ({"kind": "metric", "start": 1}, "target"),
        ({"kind": "metric", "start": 5, "target": 5}, "target"),
        ({"kind": "metric", "target": "many"}, "target"),
        ({"kind": "metric", "target": 10**12}, "target"),
        ({"kind": "maintain"}, "low"),
        ({"kind": "maintain", "low": 3, "high": 2}, "low"),
        ({"kind": "maintain", "low": 3, "tolerance": 0}, "tolerance"),
        ({"kind": "milestones"}, "steps"),
        ({"kind": "milestones", "steps": [{"title": "", "weight": 1}]}, "steps"),
        ({"kind": "milestones", "steps": [{"title": "A", "weight": 0}]}, "steps"),
        ({"kind": "milestones", "steps": [{"title": "A"}] * 51}, "steps"),
        ({"kind": "milestones", "steps": ["A"]}, "steps"),
        ({"kind": "rubric", "steps": [{"level": "0.5", "text": "x"}]}, "steps"),
        ({"kind": "binary", "given": 2}, "current"),
        ({"weight": "-0.1"}, "weight"),
        ({"confidence": 11}, "confidence"),
        ({"unit": "x" * 41}, "unit"),
    ],
)
def test_what_is_wrong_is_named(world: World, fields: dict[str, Any], field: str) -> None:
    mine = world.objective()
    with refused(422, field=field):
        okr.add_key_result(world.ada, mine, **{"title": "K", **fields})
    assert not KeyResult.objects.exists()


def test_a_given_value_counts_until_somebody_checks_in(world: World) -> None:
    mine = world.objective()
    key_result = world.key_result(mine, given=20, confidence=7)
    assert (fresh(key_result).progress, fresh(key_result).confidence) == (Decimal("0.2"), 7)
    row = okr.check_in(world.ada, key_result, value=60, confidence=8)
    assert fresh(key_result).progress == Decimal("0.6")
    okr.withdraw_check_in(world.ada, row)
    assert (fresh(key_result).current, fresh(key_result).confidence) == (20, 7)


def test_a_new_target_recounts_the_same_history(world: World) -> None:
    mine = world.objective()
    key_result = world.key_result(mine, start=0, target=100)
    okr.check_in(world.ada, key_result, value=40)
    with records("key_result.edited"):
        okr.edit_key_result(world.ada, key_result, version=key_result.version, target=80)
    assert fresh(mine).progress == Decimal("0.5")


def test_what_it_came_with_can_be_changed(world: World) -> None:
    key_result = world.key_result(world.objective())
    with records("key_result.edited", "key_result.edited"):
        okr.edit_key_result(world.ada, key_result, given=50)
        okr.edit_key_result(world.ada, key_result, confidence=9)
    with records():
        okr.edit_key_result(world.ada, key_result, given="50.0", confidence=9)
    row = fresh(key_result)
    assert (row.progress, row.confidence, row.version) == (Decimal("0.5"), 9, key_result.version + 2)


def test_two_writers_on_one_key_result(world: World) -> None:
    mine = world.objective()
    okr.add_co_owner(world.ada, mine, person=world.ben)
    key_result = world.key_result(mine)
    okr.edit_key_result(world.ben, key_result, version=key_result.version, title="Ben's words")
    with refused(409) as caught:
        okr.edit_key_result(world.ada, key_result, version=key_result.version, title="Ada's words")
    assert caught.value.current["title"] == "Ben's words"


def test_the_kind_stays_once_it_was_checked_in(world: World) -> None:
    key_result = world.key_result(world.objective())
    okr.edit_key_result(world.ada, key_result, kind="percent")
    row = okr.check_in(world.ada, key_result, value=50)
    with refused(422, field="kind"):
        okr.edit_key_result(world.ada, key_result, kind="binary")
    okr.withdraw_check_in(world.ada, row)
    okr.edit_key_result(world.ada, key_result, kind="binary")
    with refused(422, field="value"):
        okr.restore_check_in(world.ada, row)


def test_weighed_anew(world: World) -> None:
    mine = world.objective()
    one, two, three = (world.key_result(mine, weight=weight) for weight in (5, 3, 2))
    okr.check_in(world.ada, one, value=100)
    okr.check_in(world.ada, two, value=0)
    with records("key_result.reweighed"):
        okr.reweigh_key_results(world.ada, mine, shares={one.pk: "0.6"})
    assert [fresh(row).weight for row in (one, two, three)] == [Decimal("0.6"), Decimal("0.24"), Decimal("0.16")]
    assert fresh(mine).progress == Decimal("0.714286")
    for shares in ({one.pk: "1.1"}, {one.pk: "-0.1"}, {one.pk: "0.6", two.pk: "0.5"}, {10**9: "0.5"}):
        with refused(422, field="shares"):
            okr.reweigh_key_results(world.ada, mine, shares=shares)


def test_put_in_order(world: World) -> None:
    mine = world.objective()
    one, two = world.key_result(mine, title="1"), world.key_result(mine, title="2")
    with records("key_result.reordered"):
        okr.reorder_key_results(world.ada, mine, order=[two.pk])
    assert [row.title for row in KeyResult.objects.filter(objective=mine)] == ["2", "1"]
    with refused(422, field="order"):
        okr.reorder_key_results(world.ada, mine, order=[one.pk, one.pk])


def test_put_away_and_brought_back(world: World) -> None:
    mine = world.objective()
    good, bad = world.key_result(mine), world.key_result(mine)
    okr.check_in(world.ada, good, value=80)
    okr.check_in(world.ada, bad, value=20)
    with records("key_result.archived"):
        okr.archive_key_result(world.ada, bad)
    assert fresh(mine).progress == Decimal("0.8")
    with refused(422, code="archived"):
        okr.check_in(world.ada, bad, value=30)
    with records("key_result.restored"):
        okr.restore_key_result(world.ada, bad)
    assert fresh(mine).progress == Decimal("0.5")


def test_nobody_elses(world: World) -> None:
    mine = world.objective()
    key_result = world.key_result(mine)
    for stranger in (world.lin, world.ben, world.hana, world.omar):
        with refused(403):
            okr.add_key_result(stranger, mine, title="x")
        with refused(403):
            okr.edit_key_result(stranger, key_result, target=1)


def test_one_that_is_gone_is_missing(world: World) -> None:
    key_result = world.key_result(world.objective())
    ghost = fresh(key_result)
    KeyResult.objects.filter(pk=key_result.pk).delete()
    index("key_result", key_result.pk)
    with refused(404):
        okr.edit_key_result(world.ada, ghost, title="x")
    world.key_result(ghost.objective)
