"""A table that spreadsheets open, and what stands in its cells."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: object) -> str:
    """The value as they take it: what they would read as a formula is made text by an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def text_table(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """CSV in UTF-8 that they open as such. Numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([plain_cell(one) if isinstance(one, str) else one for one in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
