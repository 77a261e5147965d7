"""The arithmetic of goals, as the table has it: every row against okr/rules.py and cycles/rules.py."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tandem.cycles.rules import elapsed, is_stale
from tandem.okr import rules
from tests.cases.reading import (
    CHOSEN,
    CURRENT,
    MISSING,
    PERCENT,
    SHARE,
    START,
    TARGET,
    WEIGHT,
    Row,
    day,
    number,
    number_or_none,
    pick,
    rows_with,
    same,
)  # fmt: skip

REFUSED = ("error", "refused", "refuse", "invalid", "ValueError", None)


def progress(row: Row) -> Decimal | None:
    """A metric by default; any other kind when the row names it."""
    kind = row.get("kind", row.get("type", rules.METRIC))
    current = number_or_none(pick(row, CURRENT))
    if kind not in rules.KINDS or kind == rules.METRIC:
        measure = rules.Measure(rules.METRIC, number(pick(row, START, 0)), number(pick(row, TARGET)))
    elif kind == rules.MAINTAIN:
        return maintain(row)
    else:
        measure = rules.Measure(kind, weights=tuple(number(one) for one in row.get("weights", [])))
    value = measure.progress(current, confirmed=bool(row.get("confirmed", True)))
    return rules.clamp(value) if value is not None and row.get("capped") else value


def capped(row: Row) -> Decimal | None:
    value = progress(row) if any(name in row for name in TARGET) else number_or_none(pick(row, (*SHARE, *CURRENT)))
    return rules.objective_progress([(value, Decimal(1))])


def maintain(row: Row) -> Decimal | None:
    current = number_or_none(pick(row, CURRENT))
    low, high = pick(row, ("low", "min", "lower", "above"), None), pick(row, ("high", "max", "upper", "below"), None)
    how = row.get("mode", row.get("condition", row.get("direction", row.get("bound", ""))))
    if low is None and high is None:
        target = pick(row, TARGET)
        low = target if how in ("above", "higher", ">=", "min", "at_least") else None
        high = target if low is None else None
    bounds = {"low": number_or_none(low), "high": number_or_none(high)}
    tolerance = number_or_none(pick(row, ("tolerance", "tol"), None))
    return rules.Measure(rules.MAINTAIN, **bounds, tolerance=tolerance).progress(current)


def milestones(row: Row) -> Decimal | None:
    steps = []
    for step in pick(row, ("steps", "milestones", "items")):
        if isinstance(step, list):
            weight, done = reversed(step) if isinstance(step[0], bool) else step
        else:
            done, weight = step.get("done", step.get("state") == "done"), pick(step, WEIGHT, 1)
        steps.append((number(weight), bool(done)))
    return rules.milestones(steps)


def wavg(row: Row) -> Decimal | None:
    """Pairs of value and weight; values beyond 3 are percentages."""
    pairs = [one if isinstance(one, list) else [pick(one, (*SHARE, *PERCENT, *CURRENT)), pick(one, WEIGHT, 1)]
             for one in pick(row, ("items", "krs", "key_results", "objectives"))]  # fmt: skip
    values = [number_or_none(value) for value, _weight in pairs]
    scale = 100 if any(value is not None and abs(value) > 3 for value in values) else 1
    weights = [number(weight) for _value, weight in pairs]
    mean = rules.objective_progress(
        (None if value is None else value / scale, weight) for value, weight in zip(values, weights, strict=True)
    )
    return None if mean is None else mean * scale


def reweight(row: Row) -> dict[str, Decimal]:
    old = {name: number(one) for name, one in row["old"].items()}
    named = {name: number(one) for name, one in pick(row, ("set", "new", "named")).items()}
    return rules.reweigh(old, named)


def expected(row: Row) -> Decimal:
    return elapsed(day(row["start"]), day(row["end"]), day(pick(row, ("today", "on", "now", "date"))))


def band(row: Row) -> str:
    ambition = pick(row, ("ambition", "type", "mode", "kind"), None)
    if ambition is None:
        ambition = "committed" if row.get("committed") else "aspirational"
    return rules.band(number(pick(row, ("score", *CURRENT, *SHARE))), ambition)


def pace(row: Row) -> str | None:
    time_gone = pick(row, ("expected", "elapsed", "time"), MISSING)
    gone = expected(row) if time_gone is MISSING else number(time_gone)
    return rules.pace(number_or_none(pick(row, SHARE)), gone)


def score(row: Row) -> Decimal | None:
    if "items" in row or "krs" in row:
        pairs = [one if isinstance(one, list) else [pick(one, (*SHARE, *CURRENT)), pick(one, WEIGHT, 1)]
                 for one in pick(row, ("items", "krs"))]  # fmt: skip
        return rules.objective_score((number_or_none(value), number(weight)) for value, weight in pairs)
    return rules.proposed_score(number_or_none(pick(row, (*SHARE, *CURRENT))))


def stale(row: Row) -> bool:
    return is_stale(day(pick(row, ("due", "next_due"))), day(pick(row, ("today", "on", "now"))))


FUNCTIONS: dict[str, Callable[[Row], Any]] = {
    "progress": progress, "capped": capped, "clamp": capped, "progress_capped": capped, "maintain": maintain,
    "milestones": milestones, "wavg": wavg, "objective": wavg, "rollup": wavg, "unit": wavg, "mean": wavg,
    "reweight": reweight, "reweigh": reweight, "expected": expected, "elapsed": expected, "band": band,
    "pace": pace, "score": score, "proposed_score": score, "objective_score": score, "stale": stale,
}  # fmt: skip


@pytest.mark.parametrize("row", rows_with("f"))
def test_cases_of_arithmetic(row: Row) -> None:
    function = FUNCTIONS.get(row["f"])
    if function is None:
        message = f"the table asks for “{row['f']}”, which no rule here is named for"
        pytest.skip(message) if CHOSEN else pytest.fail(message)
    wanted = pick(row, ("expect", "expected"))
    if isinstance(wanted, str) and wanted.replace(".", "").replace("-", "").isdigit():
        wanted = Decimal(wanted)
    elif isinstance(wanted, dict):
        wanted = {name: Decimal(str(one)) for name, one in wanted.items()}
    try:
        got = function(row)
    except ValueError:
        assert wanted in REFUSED, f"refused, but the table has {wanted}"
        return
    assert same(got, wanted), f"{row['f']} gives {got}, the table has {wanted}"


def test_cases_may_spell_one_thing_in_many_ways() -> None:
    spellings = [
        {"start": 0, "target": 200, "cur": 150},
        {"from": 0, "to": 200, "value": 150},
        {"baseline": 0, "stretch": 200, "current": 150},
        {"initial": 0, "target": 200, "update": 150},
    ]
    assert {progress(row) for row in spellings} == {Decimal("0.75")}
    assert milestones({"steps": [[1, True], [3, False]]}) == milestones({"steps": [{"w": 1, "done": True}, {"w": 3}]})
