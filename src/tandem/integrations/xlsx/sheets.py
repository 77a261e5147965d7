"""One sheet of a workbook: columns with a width and a way to write, a head that stays, texts that stay texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

MOST_ROWS = 1_048_575  # of a sheet, below its head
LONGEST = 32_767  # characters of a cell
_HEAD = Font(bold=True)
_PAPER = PatternFill("solid", fgColor="E8EFEA")
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)

TEXT, WORDS, NUMBER, SHARE, DAY = "text", "words", "number", "share", "day"
_FORMATS = {NUMBER: "#,##0.######", SHARE: "0%", DAY: "yyyy-mm-dd"}


@dataclass(frozen=True)
class Column:
    """`kind`: short text, words that wrap, a number, a share of 1 shown in percent, or a day."""

    title: str
    width: int
    kind: str = TEXT


class Sheet:
    """Rows are written as they come and forgotten; those beyond what a sheet can hold are counted only."""

    def __init__(self, book: Workbook, title: str, columns: Sequence[Column], *, filtered: bool = True) -> None:
        self.columns = columns
        self.rows = self.left_out = 0
        self._sheet: Any = book.create_sheet(title[:31])
        for place, column in enumerate(columns, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = column.width
        self._sheet.freeze_panes = "A2"
        self._filtered = filtered
        self._sheet.append([self._head(one.title) for one in columns])

    def append(self, *values: object) -> None:
        """One row; None leaves a cell empty: no data is not 0."""
        if self.rows >= MOST_ROWS:
            self.left_out += 1
            return
        self.rows += 1
        self._sheet.append([self._cell(value, one.kind) for value, one in zip(values, self.columns, strict=True)])

    def finish(self) -> None:
        if self._filtered and self.rows:
            self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.columns))}{self.rows + 1}"

    def _head(self, title: str) -> Any:
        cell = self._text(title)
        cell.font, cell.fill = _HEAD, _PAPER
        return cell

    def _cell(self, value: object, kind: str) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, int | float | Decimal | date):
            number: Any = value  # the library's types know fewer than it takes
            cell = WriteOnlyCell(self._sheet, number)
            cell.number_format = _FORMATS.get(kind, "General")
            cell.alignment = _TOP
            return cell
        cell = self._text(str(value))
        cell.alignment = _WRAPPED if kind == WORDS else _TOP
        return cell

    def _text(self, text: str) -> Any:
        """Always a text, whatever it begins with: `=1+1` in a title is a title."""
        cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST])
        cell.data_type = "s"
        return cell
