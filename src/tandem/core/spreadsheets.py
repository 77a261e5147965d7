"""From the bytes of a file to rows of text, guarded: nothing is unpacked or guessed beyond what a table needs."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from tandem.core.errors import Invalid

MOST_BYTES = 20_000_000
MOST_UNPACKED = 300_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 60
_MERGED = re.compile(rb'<mergeCell\s[^>]*ref="([A-Z0-9:]{1,20})"')
_FORMULA = re.compile(r"'[=+\-@\t\r]")


K = TypeVar("K")
KindOf = Callable[[list[str]], K | None]
"""Which table has these headings; None for a line that is none."""


@dataclass
class Table(Generic[K]):
    """The rows below the headings; `formulas` are the (row, column) of cells that hold one. Rows count from 1."""

    sheet: K
    headings: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)


def read(content: bytes, kind_of: KindOf[K], unknown: str) -> list[Table[K]]:
    """The tables of an XLSX or CSV file, those whose headings `kind_of` knows; `unknown` is said where there is none.

    Raises Invalid naming `file`.
    """
    if not content:
        raise _refused(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise _refused(_("The file is larger than 20 MB."))
    tables = _workbook(content, kind_of) if content[:2] == b"PK" else _text_table(content, kind_of)
    if not tables:
        raise _refused(unknown)
    if not any(one.rows for one in tables):
        raise _refused(_("There are no rows below the headings."))
    return tables


def _refused(message: str) -> Invalid:
    return Invalid(message, field="file")


def _workbook(content: bytes, kind_of: KindOf[K]) -> list[Table[K]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 16 MB, and most processes never read a workbook
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive)
            _refuse_merged(archive)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        with_sheets = [_sheet(one, kind_of) for one in book.worksheets]
        book.close()
    except Invalid:
        raise
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, OSError, TypeError) as fault:
        raise _refused(_("This is no workbook that Tandem can read; save it as .xlsx or .csv.")) from fault
    return [one for one in with_sheets if one is not None]


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    """What is said about sizes holds: zipfile stops where a member is larger than it says."""
    infos = archive.infolist()
    if len(infos) > 2000 or sum(one.file_size for one in infos) > MOST_UNPACKED:
        raise _refused(_("The file unpacks to more than Tandem takes."))


def _refuse_merged(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        with archive.open(name) as sheet:
            rest = b""
            while piece := sheet.read(1 << 20):
                found = _MERGED.search(rest + piece)
                if found:
                    message = _("The cells %(place)s are merged; every row needs cells of its own.")
                    raise _refused(message % {"place": found.group(1).decode()})
                rest = piece[-200:]


def _sheet(sheet: Any, kind_of: KindOf[K]) -> Table[K] | None:
    sheet.reset_dimensions()
    table: Table[K] | None = None
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        values = [_text(one.value) for one in cells]
        if table is None:
            kind = kind_of(values) if any(values) else None
            if kind is None and number >= 5:  # a few lines of words may stand above the headings
                return None
            table = None if kind is None else Table(kind, values)
            continue
        table.formulas |= {(number, place) for place, one in enumerate(cells) if one.data_type == "f"}
        _add(table, number, values)
    return table


def _add(table: Table[Any], number: int, values: list[str]) -> None:
    if any(values):
        table.rows.append((number, values))
    if len(table.rows) > MOST_ROWS:
        raise _refused(_("These are more than 100,000 rows; send them in parts."))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"  # as the spreadsheet shows it: 0.1 + 0.2 is 0.3
    return str(value).strip()


def _text_table(content: bytes, kind_of: KindOf[K]) -> list[Table[K]]:
    text = _decoded(content)
    if "\x00" in text:
        raise _refused(_("This is neither a workbook nor a table in text."))
    try:
        return _from_rows(_records(text), kind_of)
    except csv.Error as fault:
        raise _refused(_("The table cannot be read: %(fault)s") % {"fault": fault}) from fault


def _decoded(content: bytes) -> str:
    """UTF-8 (with or without its mark), UTF-16 with its mark, else the encoding of Chinese spreadsheets."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(_("The text is neither UTF-8 nor GB18030."))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for record in reader:
        yield reader.line_num, record


def _from_rows(records: Iterable[tuple[int, list[str]]], kind_of: KindOf[K]) -> list[Table[K]]:
    table: Table[K] | None = None
    for number, record in records:
        values = [one.strip() for one in record[:MOST_COLUMNS]]
        if table is None:
            if not any(values):
                continue
            kind = kind_of(values)
            if kind is None:
                return []
            table = Table(kind, values)
            continue
        table.formulas |= {(number, place) for place, one in enumerate(values) if one.startswith("=")}
        _add(table, number, [one[1:] if _FORMULA.match(one) else one for one in values])
    if table is None:
        raise _refused(_("The file is empty."))
    return [table]


def workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[str]]]]) -> bytes:
    """Titles, headings and rows of text as a workbook. Text stays text, whatever it begins with."""
    from openpyxl import Workbook  # noqa: PLC0415 - 16 MB, and most processes never write a workbook
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    book = Workbook(write_only=True)
    for title, headings, rows in sheets:
        page: Any = book.create_sheet(title[:31])
        page.freeze_panes = "A2"
        for row in (headings, *rows):
            cells = [WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767] or None) for text in row]
            for cell in cells:
                cell.data_type = "s" if cell.value is not None else cell.data_type
            page.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
