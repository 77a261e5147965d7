"""Any table on screen as CSV: the page is made as for the screen, and its table read off.

So the file holds exactly what the reader may see, in their language, and every table has it without a view of its
own. `?csv=` names the table by its caption; the pages of its list are followed up to a bound.
"""

import copy
import csv
import io
import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header

Handler = Callable[[HttpRequest], HttpResponse]
MOST_PAGES = 200
BOM = "\ufeff"  # without it Excel reads UTF-8 as something else
_NOTHING = frozenset({"–", "-", "—"})
_NUMBER = re.compile(r"[-+]?[\d.,\s]+[%‰]?")
_LINE = re.compile(r"\s+")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"})
_address: ContextVar[str] = ContextVar("address", default="")


class CsvMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _address.set(request.get_full_path() if request.method == "GET" else "")
        response = self.get_response(request)
        name = request.GET.get("csv") if request.method == "GET" else None
        if name is None or response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
            return response
        return self._as_csv(request, response, name)

    def _as_csv(self, request: HttpRequest, response: HttpResponse, name: str) -> HttpResponse:
        pages = list(self._pages(request, response, name))
        if not pages:
            raise Http404
        made = HttpResponse(BOM + written([one.rows for one in pages]), content_type="text/csv; charset=utf-8")
        made.headers["Content-Disposition"] = str(content_disposition_header(True, f"{name}.csv"))
        return made

    def _pages(self, request: HttpRequest, response: HttpResponse, name: str) -> Iterator["Table"]:
        for _page in range(MOST_PAGES):
            found = tables_in(response.content.decode()).get(name)
            if found is None or response.status_code != 200:
                return
            yield found
            following = urlsplit(found.next)
            if not following.query or following.path not in ("", request.path):
                return
            response = self.get_response(_asking(request, following.query))


def csv_address(caption: str) -> str:
    """Where the table of this caption on the page at hand is a file; "" where a page was sent and not asked for."""
    address = urlsplit(_address.get())
    if not address.path:
        return ""
    query = QueryDict(address.query, mutable=True)
    query["csv"] = caption
    return f"{address.path}?{urlencode(list(query.items()))}"


def _asking(request: HttpRequest, query: str) -> HttpRequest:
    """The same request for another page of a list."""
    other = copy.copy(request)
    other.META = {**request.META, "QUERY_STRING": query}
    other.GET = QueryDict(query)
    return other


class Table:
    """Rows of texts, the head first; `next` is the address of the list's next page."""

    def __init__(self) -> None:
        self.caption = ""
        self.rows: list[list[str]] = []
        self.next = ""


class _Reading(HTMLParser):
    """Tables as a reader has them: what is hidden from a screen reader and what is only to be pressed is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self._inside: list[tuple[str, bool]] = []  # open elements, and whether each hides what it holds
        self._open = self._in_caption = self._in_cell = self._said = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self._begin(tag, known)
        if tag not in _VOID:
            self._inside.append((tag, self._hides(tag, known)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def _begin(self, tag: str, known: dict[str, str]) -> None:
        if tag == "table":
            self.tables.append(Table())
            self._open = True
        elif self._open and tag == "caption":
            self._in_caption = True
        elif self._open and tag == "tr":
            self.tables[-1].rows.append([])
        elif self._open and tag in ("td", "th"):
            self._in_cell, self._said = True, "data-value" in known
            self.tables[-1].rows[-1].append(known.get("data-value", ""))
        elif tag == "a" and known.get("rel") == "next" and self.tables and not self._open:
            self.tables[-1].next = self.tables[-1].next or known.get("href", "")
        elif self._in_cell and known.get("role") == "img":
            self._say(known.get("aria-label", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass
        if tag == "table":
            self._open = False
        elif tag == "caption":
            self._in_caption = False
        elif tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self.tables[-1].caption += data
        elif self._in_cell:
            self._say(data)

    def _say(self, text: str) -> None:
        if not self._said and not any(hides for _tag, hides in self._inside):
            self.tables[-1].rows[-1][-1] += f" {text}"

    @staticmethod
    def _hides(tag: str, known: dict[str, str]) -> bool:
        looks_so = tag == "a" and "button" in known.get("class", "").split()
        pressed = looks_so or tag in ("button", "form", "svg", "summary")
        return pressed or known.get("aria-hidden") == "true" or known.get("role") == "img"


def tables_in(html: str) -> dict[str, Table]:
    """The tables of a page by caption."""
    reading = _Reading()
    reading.feed(html)
    return {_LINE.sub(" ", one.caption).strip(): one for one in reading.tables}


def written(pages: list[list[list[str]]]) -> str:
    """One head and the rows of all pages; a column in which nothing stands (buttons, pictures) is left out."""
    head, *first = pages[0]
    rows = [*first, *(row for page in pages[1:] for row in page[1:])]
    texts = [[safe(cell) for cell in row] for row in [head, *rows]]
    used = [any(row[place] for row in texts[1:] if place < len(row)) or len(texts) == 1 for place in range(len(head))]
    out = io.StringIO()
    csv.writer(out).writerows([cell for cell, keep in zip(row, used, strict=False) if keep] for row in texts)
    return out.getvalue()


def safe(cell: Any) -> str:
    """One line; what a spreadsheet would take for a formula is marked as text. No data is empty."""
    text = _LINE.sub(" ", str(cell)).strip()
    if text in _NOTHING:
        return ""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and not _NUMBER.fullmatch(text) else text
