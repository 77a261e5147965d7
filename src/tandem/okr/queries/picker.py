"""Objectives that one may align to: those of wider owners first."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from tandem.okr.models import Objective, ObjectiveState
from tandem.people.actors import Actor

MOST = 20
_MOST_WORDS = 6
_BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT CAST(%s AS bigint)
        UNION
        SELECT link.child_id FROM okr_alignment AS link JOIN below ON link.parent_id = below.id
    )
    SELECT id FROM below
"""


@dataclass(frozen=True)
class Parent:
    """An objective as the picker offers it. `nearness`: 0 own unit and above, 1 other units, 2 people."""

    id: int
    title: str
    state: str
    owner_name: str
    cycle_name: str
    nearness: int

    @property
    def is_tentative(self) -> bool:
        return self.state == ObjectiveState.DRAFT


def possible_parents(actor: Actor, objective: Objective, words: str = "") -> list[Parent]:
    """At most 20 objectives this one may align to, whose title or owner holds all the words; one query.

    Not among them: itself, what already aligns to it, closed, dropped and archived ones, and other times.
    """
    rows = _in_its_time(objective, Objective.objects.visible_to(actor).filter(archived_on=None))
    rows = rows.filter(state__in=(ObjectiveState.DRAFT, ObjectiveState.ACTIVE))
    rows = rows.exclude(pk__in=RawSQL(_BELOW, [objective.pk])).exclude(aligned_by__child=objective)  # noqa: S611
    for word in words.split()[:_MOST_WORDS]:
        rows = rows.filter(_holds(word))
    rows = rows.annotate(nearness=_nearness(objective)).order_by("nearness", "-goal_set__unit__path", "position", "pk")
    found = rows.values_list(
        "pk", "title", "state", "goal_set__owner_person__name", "goal_set__owner_unit__name",
        "goal_set__cycle__name", "nearness",
    )  # fmt: skip
    return [
        Parent(pk, title, state, person or unit or "", cycle, nearness)
        for pk, title, state, person, unit, cycle, nearness in found[:MOST]
    ]


def _holds(word: str) -> Q:
    return (
        Q(title__icontains=word)
        | Q(goal_set__owner_unit__name__icontains=word)
        | Q(goal_set__owner_person__name__icontains=word)
    )


def _in_its_time(objective: Objective, rows: QuerySet[Objective]) -> QuerySet[Objective]:
    """In the same or an overlapping cycle that is not closed; the backlog has no time and overlaps with all."""
    rows = rows.exclude(goal_set__cycle__phase="closed")
    cycle = objective.goal_set.cycle
    if cycle.is_backlog:
        return rows
    overlaps = Q(goal_set__cycle__start__lte=cycle.end, goal_set__cycle__end__gte=cycle.start)
    return rows.filter(overlaps | Q(goal_set__cycle__kind="backlog"))


def _nearness(objective: Objective) -> Case:
    goals = objective.goal_set
    above = goals.unit.path_ids if goals.unit is not None else []
    if goals.owner_unit_id is not None:
        above = [key for key in above if key != goals.owner_unit_id]
    return Case(
        When(goal_set__owner_unit__in=above, then=Value(0)),
        When(goal_set__owner_unit__isnull=False, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
