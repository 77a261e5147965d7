"""Cases about what objectives, people and units add up to."""

from decimal import Decimal
from typing import Any

from tandem.okr import commands as okr
from tandem.okr import rules
from tandem.okr.models import UnitNumbers
from tandem.people import commands as people
from tests.cases.kinds import Ask, kind
from tests.cases.reading import PERCENT, SHARE, Row, Unreadable, many, number, pick, same, weighted
from tests.proof import assert_numbers_true
from tests.world import fresh

LISTS = ("krs", "objectives", "goals", "kpis", "children", "key_results", "milestones", "items")
ANSWERS = ("objective_pct", "period_pct", "parent_pct", "pct", "team_pct", "unit_pct", "objective", "period", "p")
ASIDE = {"done", "in_progress", "not_started", "start", "end", "current", "status"}
"""What a peer tells beside the number, and Tandem's numbers say elsewhere or not at all."""


def answer(wanted: Row) -> tuple[Any, int]:
    """The expected number and its scale (1 or 100)."""
    name = next((one for one in ANSWERS if one in wanted), None)
    if name is None:
        raise Unreadable(f"expects {', '.join(wanted)}")
    return wanted[name], 100 if name.endswith("pct") else 1


def assert_mean(shares: list[tuple[Decimal | None, Decimal]], wanted: Any, scale: int) -> None:
    mean = rules.objective_progress(shares)
    assert same(None if mean is None else mean * scale, wanted)


@kind("rollup", "weights", "weights_not_100")
def test_weighted_mean(row: Row, ask: Ask) -> None:
    """Whatever the peer averages (key results, objectives, milestones, hours), ours is the one weighted mean."""
    items = pick(row["input"], LISTS)
    if not set(row["expected"]) - set(ANSWERS) <= ASIDE:
        raise Unreadable(f"expects {', '.join(row['expected'])}")
    wanted, scale = answer(row["expected"])
    plain = [{"pct": one} if isinstance(one, int | Decimal) else one for one in items]
    assert_mean(weighted(one for one in plain if one.get("status") != "archived"), wanted, scale)


@kind("rollup_archived")
def test_archived_leaves_the_mean(row: Row, ask: Ask) -> None:
    world = ask()
    objective = world.objective()
    for child in row["input"]["children"]:
        key_result = world.key_result(objective, kind="percent")
        okr.check_in(world.ada, key_result, value=pick(child, PERCENT))
        if child.get("status") == "archived":
            okr.archive_key_result(world.ada, key_result)
    assert same(fresh(objective).progress * 100, row["expected"]["parent_pct"])


@kind("rollup_empty")
def test_nothing_to_average_is_no_data(row: Row, ask: Ask) -> None:
    objective = fresh(ask().objective())
    assert row["input"]["krs"] == []
    assert (objective.progress, objective.status) == (None, "")
    assert rules.pace(objective.progress, Decimal("0.5")) is None


@kind("rollup_team", "rollup_unit")
def test_a_team_is_the_mean_of_its_objectives(row: Row, ask: Ask) -> None:
    series = [[number(one) / 100 for one in values] for values in row["input"].values()]
    for shares, wanted in zip(zip(*series, strict=True), row["expected"]["team_pct"], strict=True):
        mean = rules.unit_progress((share, Decimal(1)) for share in shares)
        assert mean is not None
        assert same(mean * 100, wanted)


@kind("rollup_tree")
def test_mean_of_children_is_arithmetic_only(row: Row, ask: Ask) -> None:
    """The mean is ours too; but no child's number flows up through an alignment."""
    world = ask()
    for children, wanted in zip(row["input"]["children_pct"], row["expected"]["parent_pct"], strict=True):
        assert_mean([(number(one) / 100, Decimal(1)) for one in children], wanted, 100)
        parent = world.objective(world.web)
        for percent in children:
            child = world.objective(world.ada)
            okr.check_in(world.ada, world.key_result(child, kind="percent"), value=percent)
            okr.align(world.ada, child, parent=parent)
        assert fresh(parent).progress is None


@kind("rollup_nested")
def test_each_level_averages_its_own(row: Row, ask: Ask) -> None:
    def mean(nodes: list[Any]) -> Decimal:
        shares = []
        for node in nodes:
            if isinstance(node, dict) and "group" in node:
                shares.append(mean(node["group"]))
            else:
                percent = pick(node, (*PERCENT, *SHARE)) if isinstance(node, dict) else node
                shares.append(number(percent) / 100)
        found = rules.objective_progress((share, Decimal(1)) for share in shares)
        assert found is not None
        return found

    root = row["input"]["root"]
    assert same(mean(root) * 100, row["expected"]["root_pct"])
    groups = [node for node in root if isinstance(node, dict) and "group" in node]
    for group, wanted in zip(groups, many(row["expected"]["group_pct"]), strict=True):
        assert same(mean([group]) * 100, wanted)


@kind("rollup_reparent")
def test_who_moves_away_takes_the_numbers_along(row: Row, ask: Ask) -> None:
    """Where the peer moves a goal, Tandem moves a person: the old branch counts less, up to the top of it."""
    world = ask()
    okr.check_in(world.ada, world.key_result(world.objective()), value=50, confidence=6)
    people.move_person(world.hana, world.ada, unit=world.office)
    counts = dict(UnitNumbers.objects.filter(cycle=world.quarter).values_list("unit_id", "key_results"))
    assert [counts[unit.pk] for unit in (world.web, world.cloud, world.office, world.acme)] == [0, 0, 1, 1]
    assert counts[None] == 1
    assert_numbers_true()
