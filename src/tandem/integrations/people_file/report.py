"""What a dry run found, as plain data: counted, and row by row."""

from typing import Any

from django.utils.translation import gettext as _

from tandem.core.bulk import Comparison, Faults
from tandem.people.commands import OrganizationImport

SHOWN = 2000
"""Rows and faults that a report lists; the rest is counted."""


def report_of(prepared: OrganizationImport, faults: Faults) -> dict[str, Any]:
    """`counts` per kind, `rows` that change something, `faults` with sheet, row, column and message."""
    kinds = {"units": prepared.units, "people": prepared.people}
    rows = [row for kind, one in kinds.items() for row in _rows(kind, one)]
    found = sorted((_fault(one.path, one.message) for one in faults.found), key=_place)
    return {
        "counts": {kind: _counts(one) for kind, one in kinds.items()},
        "rows": rows[:SHOWN],
        "more_rows": max(0, len(rows) - SHOWN),
        "faults": found[:SHOWN],
        "more_faults": max(0, len(found) - SHOWN),
    }


def _place(fault: dict[str, Any]) -> tuple[str, int]:
    """As one reads the file: sheet by sheet, row by row."""
    return fault["sheet"], fault["row"] or 0


def refused(message: str) -> dict[str, Any]:
    """A report about a file that cannot be read at all."""
    fault = {"sheet": "", "row": None, "column": "", "message": message}
    return {"counts": {}, "rows": [], "more_rows": 0, "faults": [fault], "more_faults": 0}


def _counts(one: Comparison) -> dict[str, int]:
    return {"created": len(one.created), "changed": len(one.changed), "unchanged": one.unchanged}


def _rows(kind: str, found: Comparison) -> list[dict[str, Any]]:
    created: list[dict[str, Any]] = [
        {"sheet": kind, "row": _row(one.path), "name": _name(one.fields), "what": "created", "fields": []}
        for one in found.created
    ]
    changed: list[dict[str, Any]] = [
        {
            "sheet": kind,
            "row": _row(one.entry.path),
            "name": _name(one.entry.fields) or one.entry.key,
            "what": "changed",
            "fields": [[name, _shown(old), _shown(new)] for name, (old, new) in one.fields.items()],
        }
        for one in found.changed
    ]
    return sorted(created + changed, key=lambda one: one["row"] or 0)


def _name(fields: dict[str, Any]) -> str:
    return str(fields.get("name") or fields.get("email") or "")


def _shown(value: Any) -> str:
    if value is True:
        return _("yes")
    if value is False:
        return _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)


def _row(path: str) -> int | None:
    number = path.partition(".")[0].rpartition(":")[2]
    return int(number) if number.isdigit() else None


def _fault(path: str, message: str) -> dict[str, Any]:
    place, _dot, column = path.partition(".")
    return {"sheet": place.partition(":")[0], "row": _row(path), "column": column, "message": message}
