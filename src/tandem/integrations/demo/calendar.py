"""The demo's time: its cycles around today, and `3w` (three weeks ago) or `2w+` (in two weeks) as dates."""

import re
from datetime import date, timedelta
from typing import Any

from tandem.cycles.rules import add_months, elapsed, planned_phases, span

FRIDAY = 4
_WEEKS = re.compile(r"(-?\d+)w(\+?)")
DATES = {"date", "due", "published", "left", "archived"}
QUARTER_WEEKS = 13


def day_of(text: str, today: date) -> date:
    """`0w` is the last Friday up to today, `3w` three weeks before it, `2w+` two weeks after it."""
    found = _WEEKS.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no week of the demo")
    friday = today - timedelta(days=(today.weekday() - FRIDAY) % 7)
    weeks = abs(int(found[1]))
    return friday + timedelta(weeks=weeks if found[2] else -weeks)


def dated(tree: Any, today: date) -> Any:
    """The same values with weeks turned into dates."""
    if isinstance(tree, list):
        return [dated(one, today) for one in tree]
    if not isinstance(tree, dict):
        return tree
    return {
        key: day_of(value, today).isoformat() if key in DATES and isinstance(value, str) else dated(value, today)
        for key, value in tree.items()
    }


def cycles(today: date) -> list[dict[str, Any]]:
    """Year, last, running and next quarter, and the backlog.

    Where the calendar's quarter is too young or nearly over, the running cycle is thirteen weeks around today.
    """
    quarter = span("quarter", today)
    start, end = quarter.start, quarter.end
    real = 0.54 <= float(elapsed(start, end, today)) <= 0.92
    if not real:
        start = today - timedelta(days=today.weekday(), weeks=7)
        end = start + timedelta(weeks=QUARTER_WEEKS, days=-1)
    before = add_months(start, -3) if real else start - timedelta(weeks=QUARTER_WEEKS)
    after = add_months(end + timedelta(days=1), 3) if real else end + timedelta(weeks=QUARTER_WEEKS, days=1)
    year_start, year_end = min(add_months(start, -9), date(today.year, 1, 1)), max(date(today.year, 12, 31), end)
    one_day = timedelta(days=1)
    return [
        _cycle("year", f"{today.year}", year_start, year_end, "run", today, kind="year", rhythm="monthly"),
        _cycle("last", _name(real, before), before, start - one_day, "closed", today),
        _cycle("quarter", _name(real, start), start, end, "run", today),
        _cycle("next", _name(real, after - one_day), end + one_day, after - one_day, "plan", today),
        {"id": "backlog", "name": "Backlog 目标池", "kind": "backlog"},
    ]


def _name(real: bool, day: date) -> str:
    return span("quarter", day).name if real else f"{day.year} W{day.isocalendar().week:02d}"


def _cycle(key: str, name: str, start: date, end: date, phase: str, today: date, **more: str) -> dict[str, Any]:
    began = {known: min(day, today) for known, day in planned_phases(start, end).items() if known in _until(phase)}
    phases = {known: {"began": day.isoformat()} for known, day in began.items()}
    days = {"start": start.isoformat(), "end": end.isoformat()}
    return {"id": key, "name": name, **days, "phase": phase, "phases": phases, **more}


def _until(phase: str) -> list[str]:
    order = ["plan", "agree", "run", "review", "closed"]
    return order[: order.index(phase) + 1]
