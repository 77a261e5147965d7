"""Cases that only commands can tell: trees, drafts, statuses, archives, permissions."""

import itertools
from datetime import date

import pytest

from tandem.activity.models import Event
from tandem.core.errors import Refusal
from tandem.cycles.rules import is_stale
from tandem.okr import commands as okr
from tandem.okr import queries, rules
from tandem.okr.models import Alignment, Objective
from tandem.people import commands as people
from tests.cases.kinds import Ask, kind
from tests.cases.reading import CURRENT, START, TARGET, Row, Unreadable, day, pick
from tests.proof import assert_numbers_true, refused
from tests.world import World, fresh

STATUS = {"caution": rules.AT_RISK, "at_risk": rules.AT_RISK, "on_track": rules.ON_TRACK, "off_track": rules.OFF_TRACK,
          "pending": rules.PENDING, "outdated": rules.STALE, "stale": rules.STALE}  # fmt: skip


def link(world: World, goals: dict[str, Objective], child: str, parent: str) -> None:
    okr.align(world.ada, goals[child], parent=goals[parent])


@kind("tree", "tree_cycle")
def test_no_rings(row: Row, ask: Ask) -> None:
    """Neither of alignments nor of units."""
    world = ask()
    child, parent = row["input"]["op"].replace(".parent", "").split("=")
    names = row["input"].get("chain", child).split(">")
    goals = {name: world.objective(title=name) for name in names}
    units = {name: people.create_unit(world.hana, None, name=name) for name in names}
    for above, below in itertools.pairwise(names):
        link(world, goals, below, above)
        units[below] = people.move_unit(world.hana, units[below], parent=units[above])
    with refused(422, field="parent", code="loop"):
        link(world, goals, child, parent)
    with refused(422, field="parent"):
        people.move_unit(world.hana, units[child], parent=units[parent])


@kind("tree_reparent")
def test_alignments_come_and_go(row: Row, ask: Ask) -> None:
    world = ask()
    first, name = row["input"]["tree"].split(">")
    goals = {one: world.objective(title=one) for one in (first, name, "P2")}
    link(world, goals, name, first)
    for op in row["input"]["ops"]:
        parent = op.split("=")[1]
        for old in Alignment.objects.filter(child=goals[name]):
            okr.unalign(world.ada, goals[name], parent=old.parent)
        if parent != "null":
            link(world, goals, name, parent)
    assert row["expected"] == {"ok": True}
    last = row["input"]["ops"][-1].split("=")[1]
    parents = Alignment.objects.filter(child=goals[name]).values_list("parent__title", flat=True)
    assert list(parents) == ([] if last == "null" else [last])


@kind("checkin_draft")
def test_a_draft_changes_nothing(row: Row, ask: Ask) -> None:
    given = row["input"]
    world = ask()
    objective = world.objective()
    ends = {"start": pick(given["target"], START), "target": pick(given["target"], TARGET)}
    key_result = world.key_result(objective, **ends, given=pick(given["target"], CURRENT))
    before, events = (fresh(key_result).__dict__, fresh(objective).__dict__), Event.objects.count()
    draft = given["checkin"]
    okr.check_in(world.ada, key_result, draft=True, value=draft["value"], status=STATUS[draft["status"]])
    after = fresh(key_result)
    assert after.current == row["expected"]["target_value"]
    assert without_state(after.__dict__) == without_state(before[0])
    assert without_state(fresh(objective).__dict__) == without_state(before[1])
    assert Event.objects.count() - events == row["expected"]["feed_items"]


def without_state(fields: Row) -> Row:
    return {name: value for name, value in fields.items() if name != "_state"}


@kind("health", "health_precedence")
def test_which_status_is_shown(row: Row, ask: Ask) -> None:
    """Closing outcome, then stale, then what was reported, then pace."""
    given, wanted = row["input"], row["expected"]["status"]
    outcome = wanted if given.get("closed_success") or given.get("closed") is True else None
    due = given.get("next_due")
    stale = due not in (None, "future") and is_stale(day(due), day(given["today"]))
    reported = given.get("last_checkin_status")
    checked_in = given.get("checkins", 1) > 0
    if reported is not None and reported not in STATUS:
        raise Unreadable(f"status {reported}")
    shown = rules.status(
        outcome=outcome, stale=stale, reported=STATUS.get(reported), paced=rules.ON_TRACK, checked_in=checked_in
    )
    assert shown == (outcome or STATUS[wanted])


@kind("archive_restore")
def test_archive_and_restore(row: Row, ask: Ask) -> None:
    """No status of its own for "archived" or "completed": it is put away or not, and its numbers say the rest."""
    world = ask()
    objective = world.objective()
    key_result = world.key_result(objective, kind="percent")
    for op, percent in zip(row["input"]["ops"], row["expected"]["pct"], strict=True):
        if op == "archive":
            okr.archive_objective(world.ada, objective)
            assert fresh(objective).archived_on == date(2026, 10, 14)
        elif op == "unarchive":
            okr.restore_objective(world.ada, objective)
            assert queries.one_goal(world.ada, objective.pk).objective.status == rules.PENDING
        else:
            okr.check_in(world.ada, key_result, value=percent)
            assert fresh(objective).progress == percent / 100
    assert_numbers_true()


@kind("shared_goal")
def test_one_goal_one_weight(row: Row, ask: Ask) -> None:
    """Co-owners write it too, but it lies in one set with one weight: other teams align to it."""
    world = ask()
    objective = world.objective(world.web, weight=row["expected"]["weight_in_owner"])
    okr.add_co_owner(world.lin, objective, person=world.otto)
    assert okr.edit_objective(world.otto, objective, title="Ours").title == "Ours"
    assert Objective.objects.count() == 1
    assert fresh(objective).weight == row["expected"]["weight_in_owner"]
    assert queries.get_goal_set(world.wei, world.data, world.quarter) is None


@kind("permission_status_endpoint", "permission")
def test_nobody_checks_in_for_somebody_else(row: Row, ask: Ask) -> None:
    world = ask()
    key_result = world.key_result(world.objective())
    for stranger in (world.ben, world.lin, world.wei, world.chen, world.omar):
        with refused(row["expected"]["http"]):
            okr.check_in(stranger, key_result, value=99, status="on_track")
    assert fresh(key_result).check_ins_count == 0


@kind("no_existence_oracle")
def test_unknown_and_foreign(row: Row, ask: Ask) -> None:
    world = ask()
    objective = world.objective()
    with pytest.raises(Refusal) as unknown:
        queries.get_objective(world.otto, 10**9)
    assert unknown.value.status == 404
    with refused(403):
        okr.edit_objective(world.otto, objective, title="Mine")
    assert fresh(objective).title != "Mine"
