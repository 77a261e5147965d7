"""Objectives in long lists, filtered."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Q, QuerySet

from tandem.core.clock import today
from tandem.cycles.rules import elapsed
from tandem.okr.models import Objective
from tandem.okr.models.visibility import readable
from tandem.okr.queries.goals import OBJECTIVE_COLUMNS
from tandem.okr.queries.rows import ObjectiveRow
from tandem.people.actors import Actor


@dataclass(frozen=True)
class Filters:
    """What to list; None leaves a question open. `branch` is a unit with all units below it."""

    cycle: int | None = None
    person: int | None = None
    unit: int | None = None
    branch: int | None = None
    state: str | None = None
    ambition: str | None = None
    category: str | None = None
    aligned_to: int | None = None
    search: str | None = None
    archived: bool = False


_PATHS = {
    "cycle": "goal_set__cycle",
    "person": "goal_set__owner_person",
    "unit": "goal_set__owner_unit",
    "state": "state",
    "ambition": "ambition",
    "category": "category",
    "aligned_to": "aligned_to__parent",
    "search": "title__icontains",
}


def objectives(actor: Actor, which: Filters) -> QuerySet[Objective, Any]:
    """Objectives as values of `ObjectiveRow` (see `filled`), in no order yet."""
    asked = {one.name: getattr(which, one.name) for one in fields(which)}
    which_ones = Q(**{path: asked[name] for name, path in _PATHS.items() if asked[name] is not None})
    if which.aligned_to is not None:  # what hangs under something hidden would tell that it is there
        which_ones &= readable(actor, "aligned_to__parent")
    rows = Objective.objects.visible_to(actor).filter(which_ones)
    if which.branch is not None:
        rows = rows.filter(goal_set__unit__path__contains=f"/{which.branch}/")
    if not which.archived:
        rows = rows.filter(archived_on=None)
    return rows.values_list(*OBJECTIVE_COLUMNS)


def objectives_with(_actor: Actor, keys: Iterable[int]) -> QuerySet[Objective, Any]:
    """These objectives (primary keys) as values of `ObjectiveRow`, in their sets' order."""
    rows = Objective.objects.filter(pk__in=list(keys)).order_by("goal_set_id", "position", "pk")
    return rows.values_list(*OBJECTIVE_COLUMNS)


def filled(rows: Iterable[tuple[Any, ...]]) -> list[ObjectiveRow]:
    """The rows with what is true of them today."""
    on = today()
    found = (ObjectiveRow(*one) for one in rows)
    return [one._replace(on=on, expected=elapsed(one.cycle_start, one.cycle_end, on)) for one in found]
