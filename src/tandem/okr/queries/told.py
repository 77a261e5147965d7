"""What a person's goals tell in words: titles, texts, reflections and what was said of them. No number leaves here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from tandem.core.ranked import ranked
from tandem.okr.models import Category, Comment, CoOwner, GoalSet, Objective, ObjectiveState
from tandem.people.actors import Actor

MOST, MOST_SAID = 100, 20
"""Goals of one span, and what was said of one goal."""


@dataclass(frozen=True)
class SaidOf:
    """A comment that stands."""

    id: int
    author: str
    at: datetime
    text: str


@dataclass(frozen=True)
class ToldGoal:
    """An objective as its owner told of it. `start` and `end` are its cycle's."""

    id: int
    title: str
    is_growth: bool
    cycle: str
    start: date
    end: date
    description: str
    reflection: str
    said: tuple[SaidOf, ...] = field(default=())


@dataclass(frozen=True)
class ToldCycle:
    """What somebody wrote about all their goals of a cycle; `id` is the goal set's."""

    id: int
    cycle: str
    start: date
    end: date
    reflection: str


def goals_told(actor: Actor, person: int, since: date, until: date) -> list[ToldGoal]:
    """Objectives of a person (a key) that the actor may read, of cycles that end between these days, newest first.

    Growth goals all, with what was said of them; others once somebody reflected on them. Drafts and what was dropped
    or archived stay out. `MOST` at most; two queries.
    """
    return _told(actor, _own(actor, person).filter(goal_set__cycle__end__range=(since, until)))


def goal_told(actor: Actor, person: int, pk: int) -> ToldGoal | None:
    """One of them by its key, whatever its cycle; None where there is none that the actor may read."""
    return next(iter(_told(actor, _own(actor, person).filter(pk=pk))), None)


def cycles_told(_actor: Actor, person: int, since: date, until: date) -> list[ToldCycle]:
    """Reflections of a person (a key) on whole cycles that end between these days, newest first. One query."""
    return _cycles(GoalSet.objects.filter(owner_person=person, cycle__end__range=(since, until)))


def cycle_told(_actor: Actor, person: int, pk: int) -> ToldCycle | None:
    """One of them by its goal set's key."""
    return next(iter(_cycles(GoalSet.objects.filter(owner_person=person, pk=pk))), None)


def years_told(actor: Actor, person: int) -> set[int]:
    """The years in which such goals or reflections end. Two queries."""
    own = _own(actor, person).order_by().values_list("goal_set__cycle__end__year", flat=True).distinct()
    sets = GoalSet.objects.filter(owner_person=person, cycle__end__isnull=False).exclude(reflection="")
    return {*own, *sets.order_by().values_list("cycle__end__year", flat=True).distinct()}


def _own(actor: Actor, person: int) -> QuerySet[Objective]:
    shared = CoOwner.objects.filter(person=person).values("objective_id")
    owned = Q(goal_set__owner_person=person) | Q(pk__in=shared)
    stands = Q(archived_on=None, state__in=(ObjectiveState.ACTIVE, ObjectiveState.CLOSED))
    told = Q(category=Category.GROWTH) | ~Q(reflection="")
    return Objective.objects.visible_to(actor).filter(owned, stands, told, goal_set__cycle__end__isnull=False)


def _told(_actor: Actor, rows: QuerySet[Objective]) -> list[ToldGoal]:
    found: list[tuple[Any, ...]] = list(
        rows.order_by("-goal_set__cycle__end", "position", "pk").values_list(
            "pk", "title", "category", "goal_set__cycle__name", "goal_set__cycle__start", "goal_set__cycle__end",
            "description", "reflection",
        )[:MOST]
    )  # fmt: skip
    growing = [one[0] for one in found if one[2] == Category.GROWTH]
    said = _said(growing)
    return [
        ToldGoal(pk, title, pk in growing, cycle, start, end, description, reflection, tuple(said.get(pk, ())))
        for pk, title, _category, cycle, start, end, description, reflection in found
    ]


def _said(objectives: Iterable[int]) -> dict[int, list[SaidOf]]:
    """The newest comments on each, oldest first. One query, none for no objectives."""
    keys = list(objectives)
    if not keys:
        return {}
    standing = Comment.objects.filter(objective__in=keys, withdrawn_at=None)
    rows = ranked(standing, "objective_id", ["-pk"], end=MOST_SAID)
    found: dict[int, list[SaidOf]] = {}
    for objective, pk, author, at, text in rows.values_list("objective_id", "pk", "author__name", "written_at", "text"):
        found.setdefault(objective, []).insert(0, SaidOf(pk, author or "Tandem", at, text))
    return found


def _cycles(rows: QuerySet[GoalSet]) -> list[ToldCycle]:
    written = rows.filter(cycle__end__isnull=False).exclude(reflection="").order_by("-cycle__end", "pk")
    columns: QuerySet[Any, Any] = written.values_list("pk", "cycle__name", "cycle__start", "cycle__end", "reflection")
    return [ToldCycle(*one) for one in columns[:MOST]]


def goals_to_tell_of(actor: Actor, person: int) -> list[tuple[int, str]]:
    """Keys and titles of a person's objectives, the newest first, to choose among. One query."""
    owned = Q(goal_set__owner_person=person) | Q(pk__in=CoOwner.objects.filter(person=person).values("objective_id"))
    rows = Objective.objects.visible_to(actor).filter(owned, archived_on=None).order_by("-pk")
    return list(rows.values_list("pk", "title")[:MOST])
