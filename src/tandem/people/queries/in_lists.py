"""Units as the map lists them: a page of each of many lists at once, by queries that were compiled before."""

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from tandem.core.ranked import Slice, ranked
from tandem.core.rows import Rows
from tandem.people.actors import Actor
from tandem.people.models import Unit


class ListedUnit(NamedTuple):
    """A living unit in the list of those beside it. `has_below`: is there a living one right below?"""

    id: int
    name: str
    parent_id: int | None
    path: str
    has_below: bool
    rank: int
    of_all: int

    @property
    def path_ids(self) -> list[int]:
        return [int(part) for part in self.path.split("/") if part]


_COLUMNS = ("pk", "name", "parent_id", "path", "has_below", "rank", "of_all")


def _page(where: Q, start: int, end: int, always: list[int]) -> QuerySet[Any, Any]:
    living = Unit.objects.filter(archived_on=None).order_by()
    rows = living.filter(where).annotate(has_below=Exists(living.filter(parent=OuterRef("pk"))))
    return ranked(rows, "parent_id", ("position", "pk"), start=start, end=end, always=always).values_list(*_COLUMNS)


def _roots(start: int, end: int, always: list[int]) -> QuerySet[Any, Any]:
    return _page(Q(parent=None), start, end, always)


def _below(parents: list[int], start: int, end: int, always: list[int]) -> QuerySet[Any, Any]:
    return _page(Q(parent__in=parents), start, end, always)


def _alone(unit: int) -> QuerySet[Any, Any]:
    return _page(Q(pk=unit), 0, 1, [])


_root_rows, _below_rows, _one_row = Rows(ListedUnit, _roots), Rows(ListedUnit, _below), Rows(ListedUnit, _alone)


def listed_roots(_actor: Actor, page: Slice) -> list[ListedUnit]:
    """A page of the units that are below no other: one query."""
    return _root_rows.of_any_length(**page.values)


def listed_below(_actor: Actor, parents: list[int], page: Slice) -> list[ListedUnit]:
    """A page of the units right below each of these: one query, none for none."""
    return _below_rows.of_any_length(parents=parents, **page.values) if parents else []


def listed_alone(_actor: Actor, unit: int) -> list[ListedUnit]:
    """This one by itself, or nothing: one query."""
    return _one_row(unit=unit)
