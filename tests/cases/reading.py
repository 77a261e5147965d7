"""Reading rows of case tables. Peers spell one thing in many ways; a row says what it means, not how we call it."""

import json
import os
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

Row = dict[str, Any]
CHOSEN = "TANDEM_CASES" in os.environ
"""Somebody named the folder: it may hold kinds that this version has never seen."""

START = ("start", "from", "baseline", "initial", "first", "start_value")
TARGET = ("target", "to", "stretch", "goal", "target_value", "end_value")
CURRENT = ("current", "cur", "value", "update", "values", "latest", "current_value", "actual", "now")
WEIGHT = ("weight", "w", "h", "effort")
SHARE = ("p", "progress", "score", "share")
PERCENT = ("pct", "progress_pct", "percent", "leaf")


def folder() -> Path:
    return Path(os.environ.get("TANDEM_CASES", Path(__file__).parents[3] / "shared" / "cases"))


@cache
def all_rows() -> tuple[Row, ...]:
    """Every row of every table in the folder."""
    found: list[Row] = []
    for path in sorted(folder().glob("*.json")):
        table = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        rows = table if isinstance(table, list) else next((v for v in table.values() if isinstance(v, list)), [])
        found += [row for row in rows if isinstance(row, dict)]
    return tuple(found)


def rows_with(key: str) -> list[Any]:
    """The rows that have this key, as parameters named by their ids."""
    rows = [row for row in all_rows() if key in row and (key == "f" or "f" not in row)]
    if not rows:
        why = pytest.mark.skip(f"no rows with “{key}” in {folder()}")
        return [pytest.param({}, id="none", marks=why)]
    return [pytest.param(row, id=f"{row.get('id', place)}-{row[key]}") for place, row in enumerate(rows)]


REQUIRED: Any = object()
MISSING: Any = object()
"""A default that tells "not there" from null."""


def pick(row: Row, names: Iterable[str], default: Any = REQUIRED) -> Any:
    """The value under the first of these names that the row has."""
    for name in names:
        if name in row:
            return row[name]
    if default is REQUIRED:
        raise Unreadable(f"none of {', '.join(names)} in {row}")
    return default


class Unreadable(Exception):
    """The row is of a form that the reader does not know."""


def number(raw: Any) -> Decimal:
    return Decimal(str(raw))


def number_or_none(raw: Any) -> Decimal | None:
    return None if raw is None else number(raw)


def day(raw: str) -> date:
    """`2026-07-01`; a month alone is its first day."""
    return date.fromisoformat(raw if len(raw) > 7 else f"{raw}-01")


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def same(got: Any, wanted: Any) -> bool:
    """Equal, numbers to as many places as the table gives."""
    if isinstance(wanted, dict):
        return isinstance(got, dict) and got.keys() == wanted.keys() and all(same(got[k], wanted[k]) for k in wanted)
    if isinstance(wanted, list):
        return len(got) == len(wanted) and all(same(one, other) for one, other in zip(got, wanted, strict=True))
    if wanted is None or isinstance(wanted, bool) or got is None or isinstance(got, bool | str):
        return bool(got == wanted)
    places = max(0, -int(number(wanted).as_tuple().exponent))
    return abs(number(got) - number(wanted)) <= Decimal(5).scaleb(-places - 1)


def weighted(items: Iterable[Row]) -> list[tuple[Decimal | None, Decimal]]:
    """(share, weight) of each item; percentages become shares, a missing weight is 1."""
    found = []
    for item in items:
        weight = number(pick(item, WEIGHT, 1))
        percent = pick(item, PERCENT, MISSING)
        if percent is not MISSING:
            share = None if percent is None else number(percent) / 100
        else:
            share = number_or_none(pick(item, SHARE))
        found.append((share, weight))
    return found
