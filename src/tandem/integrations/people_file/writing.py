"""The template and the export: the same two tables, in the reader's language, as a workbook or as text."""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tandem.core import cells
from tandem.integrations.people_file.columns import PEOPLE, SHEETS, UNITS, Sheet
from tandem.people import queries
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDTH = 24


def units_rows(actor: Actor) -> Iterator[list[Any]]:
    kinds = dict(queries.unit_kinds(actor))
    for key, unit in queries.units_as_plan(actor).items():
        if unit["archived"] is None:
            yield [key, unit["name"], kinds[unit["kind"]], unit["parent"] or ""]


def people_rows(actor: Actor) -> Iterator[list[Any]]:
    """Those who are here, and those who left with their day."""
    for key, one in queries.people_as_plan(actor).items():
        leads = [*([one["unit"]] if one["lead"] else []), *one["leads"]]
        units, led = "; ".join(one["units"]), "; ".join(leads)
        yield [key, one["name"], one["email"], one["unit"], units, led, one["manager"], one["left"]]


def workbook(actor: Actor) -> bytes:
    """Units and people as they stand."""
    return _written([(UNITS, units_rows(actor)), (PEOPLE, people_rows(actor))])


def template() -> bytes:
    """The two tables without rows, with what each column means."""
    return _written([(sheet, []) for sheet in SHEETS])


def text_table(rows: Iterable[list[Any]], sheet: Sheet) -> bytes:
    """One table as CSV that spreadsheets open as UTF-8."""
    return cells.text_table([str(one.title) for one in sheet.columns], rows)


def _written(tables: list[tuple[Sheet, Iterable[list[Any]]]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - 16 MB, and most processes never write a workbook
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    for sheet, rows in tables:
        page = book.create_sheet(str(sheet.title))
        page.freeze_panes = "A2"
        for place in range(1, len(sheet.columns) + 1):
            page.column_dimensions[get_column_letter(place)].width = WIDTH
        page.append([_cell(page, str(one.title), bold=True) for one in sheet.columns])
        for row in rows:
            page.append([_cell(page, value) for value in row])
    _explain(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(book: "Workbook") -> None:
    """A sheet of words at the end; it has no headings of a table, so reading passes over it."""
    page = book.create_sheet(pgettext("people file", "How to fill it in"))
    page.column_dimensions["A"].width = page.column_dimensions["B"].width = 40
    page.append([_("Rows that are there already are found by ID, people also by e-mail, units by name.")])
    page.append([_("An empty cell leaves things as they are; a cell with - alone empties them.")])
    page.append([])
    for sheet in SHEETS:
        for one in sheet.columns:
            page.append([_cell(page, f"{sheet.title}: {one.title}"), _cell(page, str(one.about))])


def _cell(page: Any, value: Any, *, bold: bool = False) -> Any:
    """Text stays text, whatever it begins with: what a spreadsheet would take for a formula is none."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    cell = WriteOnlyCell(page, "" if value is None else value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
