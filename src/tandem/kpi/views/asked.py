"""What a page of a list is asked for."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
_MOST_DIGITS = 9


def whole(text: str | None) -> int | None:
    """A whole number of the address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


@dataclass(frozen=True)
class Part(Generic[M]):
    """A page of a list; `next` and `previous` are addresses, "" at the ends."""

    items: list[M]
    total: int
    next: str
    previous: str
    text: str


def part_of(request: HttpRequest, rows: "QuerySet[M]", size: int) -> "Part[Any]":
    """The page of `rows` that `?page=` asks for."""
    number = max(1, whole(request.GET.get("page")) or 1)
    total = rows.order_by().count()
    pages = max(1, -(-total // size))
    number = min(number, pages)
    items = list(rows[(number - 1) * size : number * size])

    def at(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return f"{request.path}?{query.urlencode()}"

    text = f"{number} / {pages}"
    return Part(items, total, at(number + 1) if number < pages else "", at(number - 1) if number > 1 else "", text)
