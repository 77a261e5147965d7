"""Targets as a page sends them: rows of a table, one for each indicator."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.http import QueryDict

FIELDS = ("indicator", "kind", "floor", "target", "challenge", "weight", "dimension_weight")
MOST_ROWS = 30


def rows_of(data: QueryDict) -> list[dict[str, str]]:
    """The rows as typed, without those in which no indicator is chosen. A column that was not sent is empty."""
    columns = [data.getlist(name)[:MOST_ROWS] for name in FIELDS]
    rows = zip_longest(*columns, fillvalue="")
    return [dict(zip(FIELDS, values, strict=True)) for values in rows if values[0].strip()]


def items_of(rows: Iterable[dict[str, str]]) -> list[dict[str, Any]]:
    """The same as commands take them: what is left empty is not given."""
    return [{name: value.strip() for name, value in row.items() if value.strip()} for row in rows]


def changes_of(data: QueryDict, targets: Iterable[int]) -> dict[int, dict[str, str]]:
    """What a page changes of each target: fields are called `weight-12`."""
    found: dict[int, dict[str, str]] = {}
    for key in targets:
        for name in ("floor", "target", "challenge", "weight", "dimension_weight"):
            text = data.get(f"{name}-{key}")
            if text is not None:
                found.setdefault(key, {})[name] = text.strip()
    return found
