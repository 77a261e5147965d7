"""Cases about one key result: progress, kinds, zones, history."""

from decimal import Decimal
from typing import Any

import pytest

from tandem.okr import commands as okr
from tandem.okr import rules
from tests.cases.kinds import Ask, kind
from tests.cases.reading import (
    CURRENT,
    MISSING,
    START,
    TARGET,
    Row,
    Unreadable,
    many,
    number,
    number_or_none,
    pick,
    same,
)  # fmt: skip
from tests.proof import refused
from tests.world import fresh

ONE = Decimal(1)


def measured(row: Row) -> list[Decimal | None]:
    """Raw progress of everything the row measures: one case, several, or one measure with several values."""
    raw = []
    for case in row.get("cases", [row]):
        values = many(pick(case, CURRENT))
        how = pick(case, ("condition", "operator"), None)
        if pick(case, START, MISSING) is MISSING and how is not None:
            bound = {"low" if how in ("higher", ">=", "above") else "high": number(pick(case, TARGET))}
            measure = rules.Measure(rules.MAINTAIN, **bound)
        else:
            measure = rules.Measure(rules.METRIC, number(pick(case, START, 0)), number(pick(case, TARGET)))
        raw += [measure.progress(number_or_none(value)) for value in values]
    return raw


def capped(value: Decimal | None) -> Decimal | None:
    return rules.objective_progress([(value, ONE)])


def held_as(name: str, value: Decimal | None) -> Any:
    """What Tandem answers to a peer's field."""
    if name in ("below_baseline_flag", "below_start"):
        return value is not None and value < 0
    if name in ("reached", "accepted", "done"):
        return value is not None and (name == "accepted" or value >= 1)
    if value is None:
        return None
    if name in ("raw_pct", "raw"):
        return value * (100 if name.endswith("pct") else 1)
    if name in ("progress_pct", "pct", "percent", "progress", "p"):
        return rules.clamp(value) * (100 if name in ("progress_pct", "pct", "percent") else 1)
    raise Unreadable(f"expects “{name}”")


@kind("progress", "decimals", "over", "kr_from_kpi")
def test_progress(row: Row, ask: Ask) -> None:
    values = measured(row["input"])
    for name, wanted in row["expected"].items():
        for value, one in zip(values, many(wanted), strict=True):
            got = held_as(name, value)
            if one == "<100":
                assert got < 100
            elif isinstance(one, str):
                raise Unreadable(f"expects “{one}”")
            else:
                beyond = name.startswith("progress") and isinstance(one, int | Decimal) and one < 0
                assert same(held_as("raw" + name.removeprefix("progress"), value) if beyond else got, one)


@kind("over_achievement")
def test_more_than_the_target_is_taken(row: Row, ask: Ask) -> None:
    """Written as a check-in: the raw number is kept, and what counts is capped."""
    given, wanted = row["input"], row["expected"]
    world = ask()
    objective = world.objective()
    key_result = world.key_result(objective, start=pick(given, START), target=pick(given, TARGET))
    okr.check_in(world.ada, key_result, value=pick(given, CURRENT))
    assert same(fresh(key_result).progress * 100, wanted["raw_pct"])
    assert same(fresh(objective).progress * 100, wanted["progress_pct"])


@kind("progress_zero_range")
def test_start_that_is_the_target_is_refused(row: Row, ask: Ask) -> None:
    """The peer shows two different numbers for it; in Tandem it cannot be written, so no screen has any."""
    ends = {"start": pick(row["input"], START), "target": pick(row["input"], TARGET)}
    world = ask()
    objective = world.objective()
    with refused(422, field="target"):
        world.key_result(objective, **ends)
    with pytest.raises(ValueError, match="start"):
        rules.progress(number(ends["start"]), number(ends["target"]), Decimal(0))


@kind("zones_default")
def test_levels_lie_at_three_and_seven_tenths_of_the_way(row: Row, ask: Ask) -> None:
    ends = number(pick(row["input"], START)), number(pick(row["input"], TARGET))
    _nothing, commit, target, _all = rules.RUBRIC_LEVELS
    assert same(rules.expected_value(*ends, commit), row["expected"]["commit"])
    assert same(rules.expected_value(*ends, target), row["expected"]["target"])


@kind("zones")
def test_colours_instead_of_zones(row: Row, ask: Ask) -> None:
    """Tandem has bands of a score, no thresholds of one's own: the order is the same, the names are not."""
    given = row["input"]
    worse = ("fail", "commit", "target", "stretch")
    colours = ("red", "yellow", "green")
    found = []
    for value, zone in zip(many(pick(given, CURRENT)), many(row["expected"]["zone"]), strict=True):
        share = rules.progress(number(pick(given, ("baseline", "start"))), number(given["stretch"]), number(value))
        score = rules.proposed_score(share)
        assert score is not None
        found.append((worse.index(zone), colours.index(rules.band(score))))
    found.sort()
    assert [colour for _zone, colour in found] == sorted(colour for _zone, colour in found)
    assert all(colour == 2 for zone, colour in found if zone == 3)


@kind("kr_checkpoints")
def test_a_straight_line_between_the_ends(row: Row, ask: Ask) -> None:
    """No bends of one's own between start and target: uneven steps are milestones with weights."""
    given = row["input"]
    ends = number(pick(given, START)), number(pick(given, TARGET))
    for value, wanted in zip(given["current"], row["expected"]["pct"], strict=True):
        share = rules.clamp(rules.progress(*ends, number(value)))
        assert rules.expected_value(*ends, share) == min(max(number(value), min(ends)), max(ends))
        assert wanted not in (0, 100) or same(share * 100, wanted)


@kind("kr_aggregation")
def test_the_newest_value_counts(row: Row, ask: Ask) -> None:
    """Whatever is measured, the newest check-in is the current value: sums and means over time are a KPI's."""
    world = ask()
    values = row["input"]["values_by_date"]
    key_result = world.key_result(world.objective())
    for days_ago, value in enumerate(reversed(values)):
        okr.check_in(world.ada, key_result, value=value, on=date_before(days_ago))
    assert fresh(key_result).current == values[-1]
    newest = [wanted for how, wanted in zip(row["input"]["types"], row["expected"]["current"], strict=True)
              if how in ("metric", "rate", "last")]  # fmt: skip
    assert set(newest) <= {values[-1]}


def date_before(days: int) -> Any:
    from datetime import timedelta

    from tandem.core.clock import today

    return today() - timedelta(days=days)


@kind("kr_milestone_tasks")
def test_done_steps_by_weight_alone(row: Row, ask: Ask) -> None:
    """No ceiling of 95 % and no confirmation on top: who ticks the last step says that it is done."""
    given = row["input"]
    world = ask()
    objective = world.objective()
    steps = [{"title": f"Step {place}"} for place in range(given["tasks_total"])]
    for done, confirmed, wanted in zip(
        given["tasks_done"], given["confirmed"], row["expected"]["progress"], strict=True
    ):
        key_result = world.key_result(objective, kind="milestones", steps=steps)
        okr.check_in(world.ada, key_result, done_steps=list(range(done)))
        share = fresh(key_result).progress
        assert same(share, Decimal(done) / given["tasks_total"])
        assert confirmed or done == given["tasks_total"] or same(share, wanted)


@kind("forecast")
def test_forecast_by_the_rate_so_far(row: Row, ask: Ask) -> None:
    given = row["input"]
    gone = number(given["day"]) / number(given["days"])
    assert same(
        rules.forecast(number(pick(given, START)), number(pick(given, CURRENT)), gone), row["expected"]["forecast_end"]
    )


@kind("pace_expected_value")
def test_the_value_that_time_asks_for(row: Row, ask: Ask) -> None:
    for case, wanted in zip(row["input"]["cases"], row["expected"]["value"], strict=True):
        value = rules.expected_value(number(pick(case, START)), number(pick(case, TARGET)), number(case["expected"]))
        assert same(value, wanted)


@kind("confidence", "confidence_range")
def test_confidence_is_a_whole_number_to_ten(row: Row, ask: Ask) -> None:
    given, wanted = row["input"], row["expected"]
    world = ask()
    objective = world.objective()
    for value, accepted in zip(many(given["values"]), many(wanted["accepted"]), strict=True):
        key_result = world.key_result(objective)
        if accepted:
            assert okr.check_in(world.ada, key_result, confidence=value, note="because").confidence == value
        else:
            with refused(422, field="confidence"):
                okr.check_in(world.ada, key_result, confidence=value, note="because")
    assert wanted.get("form_default", rules.START_CONFIDENCE) == rules.START_CONFIDENCE


@kind("history", "history_leading_gap")
def test_days_before_the_first_value_are_blank(row: Row, ask: Ask) -> None:
    from datetime import date, timedelta

    given = row["input"]
    first = date(2026, 10, 1)
    days = [first + timedelta(days=place) for place in range(given["days"])]
    entries = [rules.Entry(first + timedelta(days=int(name[1:]) - 1), 1, number(value))
               for name, value in given["history"].items()]  # fmt: skip
    measure = rules.Measure(rules.METRIC, number(pick(given, START, 0)), number(pick(given, TARGET)))
    shares = [measure.progress(value) for value in rules.series(entries, days)]
    assert same([None if share is None else share * 100 for share in shares], row["expected"]["series_pct"])


@kind("history_safety_net")
def test_history_is_what_people_wrote(row: Row, ask: Ask) -> None:
    """No nightly snapshots: only a check-in writes a row, and a value that is not known is not 0."""
    world = ask()
    key_result = world.key_result(world.objective())
    for values in row["input"]["values"]:
        for name in ("last", "now"):
            before = fresh(key_result).check_ins_count
            if values[name] is None:
                with refused(422, field="value"):
                    okr.check_in(world.ada, key_result, value=None)
                assert fresh(key_result).check_ins_count == before
            else:
                okr.check_in(world.ada, key_result, value=values[name])
                assert fresh(key_result).check_ins_count == before + 1
    assert rules.Measure(rules.METRIC, Decimal(0), ONE).progress(None) is None
