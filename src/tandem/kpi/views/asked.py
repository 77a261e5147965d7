"""What a page of a list is asked for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tandem.core.errors import Missing, NotAllowed
from tandem.cycles.queries import current_of, every_cycle
from tandem.kpi.access import may_keep_library
from tandem.people.actors import actor_of

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

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


def cycle_of(request: HttpRequest) -> "tuple[list[Cycle], Cycle | None]":
    """The dated cycles, and the one `?cycle=` names, else the current one. Raises Missing (404)."""
    known = [one for one in every_cycle(actor_of(request)) if not one.is_backlog]
    asked = request.GET.get("cycle") or request.POST.get("cycle")
    if not asked:
        return known, current_of(known)
    for cycle in known:
        if cycle.pk == whole(asked):
            return known, cycle
    raise Missing(_("There is no such cycle."))


def cycle_choices(known: "list[Cycle]", chosen: "Cycle | None", path: str) -> list[dict[str, Any]]:
    """The switcher in the crumbs."""
    return [{"label": one.name, "href": f"{path}?cycle={one.pk}", "current": one == chosen} for one in known]


def keepers_only(request: HttpRequest) -> None:
    """Raises NotAllowed (403)."""
    if not may_keep_library(actor_of(request)):
        raise NotAllowed(_("The people team keeps the library."))
