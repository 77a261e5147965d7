"""Hot reads of goals for whoever asks: compiled once for people, and once for the system, which reads all."""

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Q, QuerySet

from tandem.core.clock import today
from tandem.core.rows import Rows
from tandem.okr.models.visibility import readable_by
from tandem.people.actors import Actor

Row = TypeVar("Row")


class Sees(Protocol):
    """May the reader read the objective at this path? "" is the row itself."""

    def __call__(self, path: str = "") -> Q: ...


def everything(_path: str = "") -> Q:
    return Q()


class ForReader(Generic[Row]):
    """`build(sees, unit, cycle)` gives a `values_list()` queryset, `build(sees, unit, cycle, start)` a page of one."""

    def __init__(
        self, row: Callable[..., Row], build: Callable[..., QuerySet[Any, Any]], *, paged: bool = False
    ) -> None:
        def seen(person: int, day: date, unit: int, cycle: int, start: int) -> QuerySet[Any, Any]:
            def sees(path: str = "") -> Q:
                return readable_by(person, day, path)

            return build(sees, unit, cycle, start) if paged else build(sees, unit, cycle)

        def every(unit: int, cycle: int, start: int) -> QuerySet[Any, Any]:
            return build(everything, unit, cycle, start) if paged else build(everything, unit, cycle)

        self.seen, self.every = Rows(row, seen), Rows(row, every)

    def __call__(self, actor: Actor, unit: int, cycle: int, start: int = 0) -> list[Row]:
        if actor.is_system:
            return self.every(unit=unit, cycle=cycle, start=start)
        return self.seen(person=actor.pk, day=today(), unit=unit, cycle=cycle, start=start)
