"""The library as a file of the shape that is imported without a mapping: importing an export changes nothing."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.cells import text_table
from tandem.core.spreadsheets import workbook
from tandem.kpi.models import Indicator
from tandem.kpi.rules.mapping import FIELDS

FORMATS = ("csv", "xlsx", "jsonl")
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}


def library_as(form: str, rows: Iterable[Indicator]) -> bytes:
    """The indicators, in this order, as one of `FORMATS`. Fields by their names in every language."""
    if form == "jsonl":
        lines = (json.dumps(_told(one), ensure_ascii=False) for one in rows)
        return "".join(f"{line}\n" for line in lines).encode()
    if form == "xlsx":
        return workbook([(_("Indicators"), FIELDS, _cells(rows))])
    return text_table(FIELDS, _cells(rows))


def _cells(rows: Iterable[Indicator]) -> Iterator[list[str]]:
    for one in rows:
        told = _told(one)
        told["parameters"] = json.dumps(one.parameters, ensure_ascii=False) if one.parameters else ""
        told["tags"] = _tags(one.tags)
        yield ["" if told[name] is None else str(told[name]) for name in FIELDS]


def _tags(tags: list[str]) -> str:
    """With commas between them; between bars where one has a comma of its own."""
    return f"|{'|'.join(tags)}|" if any("," in tag or "、" in tag for tag in tags) else ", ".join(tags)


def _told(one: Indicator) -> dict[str, Any]:
    beside = {
        "supplier": (one.supplier.email or one.supplier.key) if one.supplier else None,
        "used_by": one.used_by.key if one.used_by else None,
        "sunset_on": one.sunset_on.isoformat(),
        "tags": one.tags,
    }
    known = {"code": one.code, **one.words(), **beside}
    return {name: known[name] for name in FIELDS}
