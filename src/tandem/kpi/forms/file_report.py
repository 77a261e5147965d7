"""What a dry run found, as plain data: counted, row by row, with what was guessed and what is wrong."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.bulk import Fault, Faults
from tandem.kpi.commands.library_file import LibraryImport
from tandem.kpi.commands.readings_file import ReadingsImport
from tandem.kpi.forms.library_file import CHOICES, Guessed, LibraryFile

SHOWN = 2000
"""Rows, guesses and faults that a report lists; the rest is counted."""


def report_of_library(prepared: LibraryImport, file: LibraryFile, faults: Faults) -> dict[str, Any]:
    """`counts`, `rows` that change something, `guessed` (with `guesses` counted by field and value), `unused` columns,
    `faults` with row, column and message."""
    new = [_row(entry.path, entry.key, one.name, "created", []) for entry, one in prepared.new]
    changed = [
        _row(
            one.entry.path,
            one.entry.key,
            row.name,
            "changed",
            [[name, _shown(old), _shown(fresh)] for name, (old, fresh) in one.fields.items()],
        )
        for one, row in prepared.changed
    ]
    counts = {"created": len(new), "changed": len(changed), "unchanged": prepared.unchanged}
    guessed = [_guess(one) for one in file.guessed]
    return {
        "counts": counts,
        "guesses": _counted(file.guessed),
        "unused": file.unused[:60],
        **cut("rows", sorted(new + changed, key=lambda one: int(one["row"]))),
        **cut("guessed", guessed),
        **cut("faults", faults_of(faults)),
    }


def report_of_readings(prepared: ReadingsImport, faults: Faults) -> dict[str, Any]:
    """The same for values: a row says whose value of which day it is."""
    counts = {"created": len(prepared.new), "changed": len(prepared.changed), "unchanged": prepared.unchanged}
    shown = prepared.shown[:SHOWN]
    rows = [
        _row(str(number), code, f"{carrier}, {day}", "changed" if old else "created", [["value", _shown(old), new]])
        for number, code, carrier, day, old, new in shown
    ]
    more = {"rows": rows, "more_rows": len(prepared.shown) - len(shown), "guesses": [], "unused": []}
    return {"counts": counts, **more, **cut("guessed", []), **cut("faults", faults_of(faults))}


def cut(name: str, rows: list[Any]) -> dict[str, Any]:
    """The first of the rows, and how many more there are."""
    return {name: rows[:SHOWN], f"more_{name}": max(0, len(rows) - SHOWN)}


def faults_of(faults: Faults) -> list[dict[str, Any]]:
    """As one reads the file: row by row."""
    return sorted(map(_fault, faults.found), key=lambda one: one["row"] or 0)


def _fault(one: Fault) -> dict[str, Any]:
    row, _dot, column = one.path.partition(".")
    return {"row": int(row) if row.isdigit() else None, "column": column, "message": one.message}


def refused(message: str, field: str = "") -> dict[str, Any]:
    """A report about a file that cannot be read at all."""
    fault = {"row": None, "column": field, "message": message}
    return {"counts": {}, "rows": [], "more_rows": 0, "guesses": [], "faults": [fault], "more_faults": 0}


def _row(path: str, code: str, name: str, what: str, fields: list[list[str]]) -> dict[str, Any]:
    return {"row": int(path), "code": code, "name": name, "what": what, "fields": fields}


def _shown(value: Any) -> str:
    return "–" if value in (None, "", {}) else str(value)


def _guess(one: Guessed) -> dict[str, Any]:
    guess = one.guess
    return {"row": one.row, "code": one.code, "field": guess.field, "value": guess.value, "why": guess.why}


def _counted(guessed: list[Guessed]) -> list[dict[str, Any]]:
    """How often each value of each field was guessed, the most frequent first."""
    found = Counter((one.guess.field, one.guess.value) for one in guessed)
    return [{"field": name, "value": value, "count": count} for (name, value), count in found.most_common()]


def word_of(field: str, value: str) -> str:
    """A guessed value as the reader's language calls it."""
    choices = CHOICES.get(field)
    return str(choices(value).label) if choices is not None and value in choices.values else value


def why_of(why: str) -> str:
    """The reason of a guess, in the reader's language."""
    return {
        "target": _("from the words of the target"),
        "unit": _("from the unit of measure"),
        "formula": _("from how it is computed"),
        "name": _("from the name"),
        "direction": _("from the direction"),
        "method": _("from the scoring"),
        "over_time": _("from how it adds up over time"),
    }.get(why, _("nothing said otherwise"))
