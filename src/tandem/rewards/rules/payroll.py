"""The payroll file: the same lines make the same bytes, whenever and wherever it is drawn."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tandem.core.cells import plain_cell, text_table

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMS = tuple(TYPES)
HEADINGS = ("period", "person_id", "person", "rule", "rule_version", "points", "entries")
"""Names for programs, the same in every language."""
_FIXED_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a day that says nothing
_FIXED = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True)
class PayrollLine:
    """Points of one person by one version of a rule, reversals taken off. `person_id` is the one of plan files."""

    period: str
    person_id: str
    person: str
    rule: str
    rule_version: int
    points: Decimal
    entries: int


def as_file(form: str, lines: Sequence[PayrollLine]) -> bytes:
    return as_csv(lines) if form == CSV else as_workbook(lines)


def as_csv(lines: Iterable[PayrollLine]) -> bytes:
    """Points with two places; what spreadsheets would take for a formula is made text."""
    return text_table(HEADINGS, (astuple(replace(line, points=round(line.points, 2))) for line in lines))


def as_workbook(lines: Iterable[PayrollLine]) -> bytes:
    """One sheet; text stays text, numbers are numbers of two places."""
    from openpyxl import Workbook  # noqa: PLC0415 - 16 MB, and most processes never write a workbook
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    book.properties.creator = "Tandem"
    book.properties.created = _FIXED_DAY
    page = book.create_sheet("payroll")
    page.freeze_panes = "A2"
    page.append(list(HEADINGS))
    for line in lines:
        row = []
        for value in astuple(line):
            cell = WriteOnlyCell(page, plain_cell(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, Decimal):
                cell.number_format = "0.00"
            row.append(cell)
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return _without_times(out.getvalue())


def _without_times(workbook: bytes) -> bytes:
    """The same parts in the same order, none of which says when it was written."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as source, ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", source.read(name))
            info = ZipInfo(name, _FIXED)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3
            target.writestr(info, part)
    return out.getvalue()
