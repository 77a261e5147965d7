"""The addresses of the coverage pages: what is filtered, how it is looked at, where its lists begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.cycles.queries import current_of
from tandem.insights.queries import Wanted
from tandem.insights.rules import key
from tandem.insights.views.address import whole
from tandem.okr.queries import CATEGORIES
from tandem.okr.rules import COVERAGES

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

T = TypeVar("T")
VIEWS = ("", "matrix", "list")
"""Without a word: the matrix where there is room for it, the list on a phone."""
STATES = (*COVERAGES, "single")
CARRIERS = ("person", "unit")


def chosen(request: HttpRequest, known: "Sequence[Cycle]") -> "Cycle | None":
    """The cycle that the address names, else the current one. Raises Missing (404)."""
    asked = request.GET.get("cycle")
    if not asked:
        return current_of(one for one in known if not one.is_backlog) or (known[0] if known else None)
    for cycle in known:
        if cycle.pk == whole(asked):
            return cycle
    raise Missing(_("There is no such cycle."))


def href(request: HttpRequest, **changes: Any) -> str:
    """This page with parts of its query changed; "" and None take a part out."""
    parts = {**{name: request.GET[name] for name in request.GET}, **changes}
    return f"{request.path}?{urlencode({name: text for name, text in parts.items() if text not in ('', None)})}"


def wanted(request: HttpRequest) -> Wanted:
    """What makes no sense is as if it were not there."""
    state, category = request.GET.get("state", ""), request.GET.get("category", "")
    carrier = key(request.GET.get("carrier", ""))
    return Wanted(
        state if state in STATES else "",
        category if category in CATEGORIES else "",
        carrier if carrier is not None and carrier.kind in CARRIERS else None,
    )


def view_of(request: HttpRequest) -> str:
    asked = request.GET.get("view", "")
    return asked if asked in VIEWS else ""


def start_of(request: HttpRequest, name: str, size: int) -> int:
    """Where the page that `?name=` asks for begins, from 0."""
    return (max(1, whole(request.GET.get(name)) or 1) - 1) * size


@dataclass(frozen=True)
class Part(Generic[T]):
    """A page of a list, with the addresses of its neighbours ("" at the ends)."""

    items: list[T]
    total: int
    next: str
    previous: str
    text: str


def part(request: HttpRequest, name: str, items: list[T], size: int, total: int) -> Part[T]:
    start = start_of(request, name, size)
    place = start // size + 1
    return Part(
        items,
        total,
        href(request, **{name: place + 1}) if start + size < total else "",
        href(request, **{name: place - 1 if items else 1}) if start else "",
        f"{start + 1}–{start + len(items)} / {total}" if items else "",
    )
