"""Several lists in one query, a page of each: the map opens many branches at once and may ask only so often."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db.models import BigIntegerField, Count, F, Model, Q, QuerySet, Window
from django.db.models.functions import RowNumber

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Slice:
    """Of every list the rows from `start` (0 is the first) on, at most `size`; those of `always` wherever they are."""

    size: int
    start: int = 0
    always: frozenset[int] = field(default_factory=frozenset)

    @property
    def values(self) -> dict[str, Any]:
        """As a query takes them that was compiled before."""
        return {"start": self.start, "end": self.start + self.size, "always": sorted(self.always)}


def ranked(
    rows: QuerySet[M, Any],
    lists: str,
    order: Iterable[str],
    *,
    end: int,
    start: int = 0,
    always: Collection[int] = (),
    key: str = "pk",
) -> QuerySet[M, Any]:
    """Of each list that `lists` (a field) tells apart, in `order`, the rows behind `start` up to `end`; and those of
    `always`, which name the field `key`.

    `rank` counts from 1 within a list, `of_all` says how long the whole list is.
    """
    within = [F(lists)]
    numbered = rows.annotate(
        # the database counts in big numbers; a smaller field would leave out a limit that is only a mark so far
        rank=Window(RowNumber(), partition_by=within, order_by=list(order), output_field=BigIntegerField()),
        of_all=Window(Count("pk"), partition_by=within),
    )
    here = Q(rank__gt=start, rank__lte=end)
    wanted = Q(**{f"{key}__in": always})
    found = numbered.filter(here | wanted if always else here).order_by(lists, "rank")
    return cast("QuerySet[M, Any]", found)
