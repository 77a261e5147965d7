"""Objectives and people of a cycle, looked for by words, and where each hangs on the map."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef

from tandem.okr.models import GoalSet
from tandem.okr.queries.which import Which, living
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

_FOUND = ("goal_set__owner_person_id", "goal_set__owner_person__name", "goal_set__unit__name", "goal_set__unit__path")
_PERSON = ("owner_person__name", "owner_person_id", "owner_person__name", "unit__name", "unit__path")


class Found(NamedTuple):
    """An objective (`id`) or a person that was looked for, and where it hangs."""

    id: int | None
    title: str
    person_id: int | None
    person_name: str | None
    unit_name: str | None
    unit_path: str | None


def find_objectives(
    actor: Actor,
    cycle: "Cycle",
    which: Which,
    *,
    among: Collection[int] | None = None,
    branch: str = "",
    most: int = 20,
) -> list[Found]:
    """Objectives of the cycle that are as asked for, oldest first: all, or those of these keys; one query.

    `branch` is the path of the unit to stay below.
    """
    # The cycle as a question about each row: joined, the database would sort the whole cycle before it looks.
    here = Exists(GoalSet.objects.filter(pk=OuterRef("goal_set_id"), cycle=cycle))
    rows = living(actor, cycle, which).filter(here)
    if among is not None:
        rows = rows.filter(pk__in=among)
    if branch:
        rows = rows.filter(goal_set__unit__path__startswith=branch)
    return [Found(*one) for one in rows.order_by("pk").values_list("pk", "title", *_FOUND)[:most]]


def people_with_goals(
    actor: Actor, cycle: "Cycle", people: Sequence[int], *, branch: str = "", most: int = 5
) -> list[Found]:
    """Those of these people who have goals in the cycle, by name: one query."""
    theirs = Exists(living(actor, cycle, Which()).filter(goal_set=OuterRef("pk")))
    rows = GoalSet.objects.filter(theirs, cycle=cycle, owner_person__in=people)
    if branch:
        rows = rows.filter(unit__path__startswith=branch)
    return [Found(None, *one) for one in rows.order_by("owner_person__name", "pk").values_list(*_PERSON)[:most]]
