"""What a page is asked for: by whom, for which cycle, at which page of a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.cycles.queries import current_of

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

T = TypeVar("T")
M = TypeVar("M", bound=Model)
_MOST_DIGITS = 9


def whole(text: str | None) -> int | None:
    """A whole number of the address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def chosen_cycle(request: HttpRequest, cycles: "Sequence[Cycle]") -> "Cycle | None":
    """The cycle `?cycle=` names, else the current one; None where there is none yet. Raises Missing (404)."""
    asked = request.GET.get("cycle")
    if not asked:
        return current_of(cycles)
    for cycle in cycles:
        if cycle.pk == whole(asked):
            return cycle
    raise Missing(_("There is no such cycle."))


@dataclass(frozen=True)
class CycleChoice:
    """One line of the switcher in the crumbs."""

    label: str
    href: str
    current: bool
    note: str = ""


def cycle_choices(
    cycles: "Sequence[Cycle]", chosen: "Cycle | None", address: "Callable[[Cycle], str]"
) -> list[CycleChoice]:
    """The cycles to switch to, newest first, the backlog last."""
    return [CycleChoice(one.name, address(one), chosen is not None and one.pk == chosen.pk) for one in cycles]


def in_cycle(name: str, *args: int) -> "Callable[[Cycle], str]":
    """Addresses of one page in other cycles: `?cycle=7`."""
    path = reverse(name, args=args)
    return lambda cycle: f"{path}?cycle={cycle.pk}"


def same_cycle(request: HttpRequest) -> str:
    """The end of an address that stays in the cycle looked at; "" while that is the current one."""
    number = whole(request.GET.get("cycle"))
    return f"?cycle={number}" if number is not None else ""


@dataclass(frozen=True)
class Listed(Generic[T]):
    """One page of a list. `next` and `previous` are addresses, "" at the ends."""

    items: list[T]
    total: int
    first: int
    next: str
    previous: str

    @property
    def text(self) -> str:
        """`21–40 / 112`; what the pager says."""
        return f"{self.first}–{self.first + len(self.items) - 1} / {self.total}" if self.items else ""


def place(request: HttpRequest, name: str, size: int) -> int:
    """Where in the list the page that `?name=` asks for begins, from 0."""
    return (max(1, whole(request.GET.get(name)) or 1) - 1) * size


def page_of(request: HttpRequest, name: str, found: list[T], size: int, total: int | None = None) -> Listed[T]:
    """Rows read from `place` on, as a page with its neighbours. Each row carries the whole count as `of_all`.

    A page beyond the end is empty and points back to the first.
    """
    start = place(request, name, size)
    if total is None:
        total = found[0].of_all if found else 0  # type: ignore[attr-defined]
    return Listed(
        found,
        total,
        start + 1,
        address_with(request, name, start // size + 2) if start + size < total else "",
        address_with(request, name, start // size if found else 1) if start else "",
    )


def listed(request: HttpRequest, name: str, rows: QuerySet[M], *, size: int, total: int | None = None) -> Listed[M]:
    """The page of `rows` that `?name=` asks for. The whole count is asked for unless it is known."""
    start = place(request, name, size)
    known = rows.order_by().count() if total is None else total
    return page_of(request, name, list(rows[start : start + size]), size, known)


def address_with(request: HttpRequest, name: str, value: object) -> str:
    """The same address with one part of the query changed, and down at the list of that name."""
    query = request.GET.copy()
    query[name] = str(value)
    return f"{request.path}?{query.urlencode()}#{name}"
