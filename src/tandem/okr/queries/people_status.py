"""Where people stand in a cycle: nothing yet, drafted, published, updated, stale; and what is stale."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Window

from tandem.core.clock import today
from tandem.core.rows import Rows
from tandem.cycles.rules import GRACE_DAYS
from tandem.okr.models import GoalSet, KeyResult, ObjectiveState
from tandem.okr.models.visibility import readable_by
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person

STATES = ("nothing", "drafted", "published", "updated", "stale")


def last_fresh_day() -> date:
    """A check-in that was due before this day is stale."""
    return today() - timedelta(days=GRACE_DAYS)


def people_who(_actor: Actor, people: "QuerySet[Person]", cycle_id: int, state: str) -> "QuerySet[Person]":
    """Of these people those who stand in `state` in the cycle; any other word leaves them all.

    drafted: drafts only. published: something active, never checked in. updated: checked in and not
    stale. stale: a check-in more than three days overdue, whether or not there was one before.
    """
    sets = GoalSet.objects.filter(owner_person=OuterRef("pk"), cycle=cycle_id)
    fresh = sets.exclude(next_due_on__lt=last_fresh_day())
    conditions = {
        "nothing": ~Exists(sets.filter(people_drafted=1)),
        "drafted": Exists(sets.filter(people_drafted=1, people_published=0)),
        "published": Exists(fresh.filter(people_published=1, updated_on=None)),
        "updated": Exists(fresh.filter(people_published=1, updated_on__isnull=False)),
        "stale": Exists(sets.filter(next_due_on__lt=last_fresh_day(), people_published=1)),
    }
    return people.filter(conditions[state]) if state in conditions else people


class StaleRow(NamedTuple):
    """A key result whose check-in is overdue, with whom it belongs to."""

    id: int
    title: str
    objective_id: int
    objective_title: str
    person_id: int | None
    person_name: str | None
    unit_id: int | None
    unit_name: str | None
    last_on: date | None
    next_due_on: date
    of_all: int


_STALE = (
    *("pk", "title", "objective_id", "objective__title"),
    *("objective__goal_set__owner_person_id", "objective__goal_set__owner_person__name"),
    *("objective__goal_set__owner_unit_id", "objective__goal_set__owner_unit__name"),
    *("last_on", "next_due_on"),
)


def _stale(person: int, on: date, unit: int, cycle: int, day: date, start: int) -> QuerySet[Any, Any]:
    rows = KeyResult.objects.filter(
        readable_by(person, on, "objective"),
        archived_on=None,
        next_due_on__lt=day,
        objective__archived_on=None,
        objective__state=ObjectiveState.ACTIVE,
        objective__goal_set__unit=unit,
        objective__goal_set__cycle=cycle,
    )
    found = rows.order_by("next_due_on", "pk").annotate(of_all=Window(Count("pk")))
    return found.values_list(*_STALE, "of_all")[start : start + STALE_PAGE]


STALE_PAGE = 10
_stale_rows = Rows(StaleRow, _stale)


def stale_key_results(actor: "Person", unit_id: int, cycle_id: int, *, start: int = 0) -> list[StaleRow]:
    """A page of the overdue key results of a unit and of its members, the longest overdue first."""
    return _stale_rows(person=actor.pk, on=today(), unit=unit_id, cycle=cycle_id, day=last_fresh_day(), start=start)
