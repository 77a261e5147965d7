"""Several lists in one query, a page of each: the map opens many branches at once and may ask only so often."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db.models import Count, F, Model, Q, QuerySet, Window
from django.db.models.functions import RowNumber

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Slice:
    """Of every list the rows from `start` (0 is the first) on, at most `size`; those of `always` wherever they are."""

    size: int
    start: int = 0
    always: frozenset[int] = field(default_factory=frozenset)


def ranked(
    rows: QuerySet[M, Any], lists: str, order: Iterable[str], which: Slice, *, key: str = "pk"
) -> QuerySet[M, Any]:
    """The slice of each list that `lists` (a field) tells apart, in `order`; `key` is the field that `always` names.

    `rank` counts from 1 within a list, `of_all` says how long the whole list is.
    """
    within = [F(lists)]
    numbered = rows.annotate(
        rank=Window(RowNumber(), partition_by=within, order_by=list(order)),
        of_all=Window(Count("pk"), partition_by=within),
    )
    here = Q(rank__gt=which.start, rank__lte=which.start + which.size)
    wanted = Q(**{f"{key}__in": which.always})
    found = numbered.filter(here | wanted if which.always else here).order_by(lists, "rank")
    return cast("QuerySet[M, Any]", found)
