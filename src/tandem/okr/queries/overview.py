"""Numbers of owners, branches and the company in a cycle: read from what is stored, never added up here."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from tandem.core.clock import today
from tandem.core.numbers import rounded
from tandem.cycles.rules import elapsed, is_stale
from tandem.okr.models import GoalSet, Objective, ObjectiveState, UnitNumbers
from tandem.okr.models.numbers import COUNTED
from tandem.okr.queries.goals import OBJECTIVE_COLUMNS
from tandem.okr.queries.rows import ObjectiveRow
from tandem.people.actors import Actor

_FIRST_WORRY = 5  # confidence below this is worth a look
_NOTHING: dict[str, int] = dict.fromkeys(COUNTED, 0)


@dataclass(frozen=True)
class Tally:
    """Counts over some goals (see `okr.models.numbers.Counts`)."""

    counts: dict[str, int] = field(default_factory=lambda: _NOTHING)

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    @property
    def confidence(self) -> Decimal | None:
        """The mean over key results, 0–10, one decimal."""
        count = self.counts["confidence_count"]
        return rounded(Decimal(self.counts["confidence_sum"]) / count, 1) if count else None

    @property
    def confidences(self) -> list[int]:
        """How many key results stand at confidence 0 … 10."""
        return [self.counts[f"confidence_{step}"] for step in range(11)]

    @property
    def progresses(self) -> list[int]:
        """How many objectives lie in each tenth of progress."""
        return [self.counts[f"progress_{tenth}"] for tenth in range(10)]


@dataclass(frozen=True)
class OwnerSet:
    """One owner's goals of a cycle in numbers; an owner without goals has an empty one."""

    tally: Tally = field(default_factory=Tally)
    progress: Decimal | None = None
    updated_on: date | None = None
    next_due_on: date | None = None

    @property
    def state(self) -> str:
        """nothing, drafted, stale, updated or published: where the owner stands."""
        if self.tally["objectives"] == 0:
            return "drafted" if self.tally["drafts"] else "nothing"
        if is_stale(self.next_due_on, today()):
            return "stale"
        return "updated" if self.updated_on else "published"


@dataclass(frozen=True)
class OwnerSets:
    of_unit: dict[int, OwnerSet]
    of_person: dict[int, OwnerSet]


_SET = ("progress", "updated_on", "next_due_on")


def sets_of(_actor: Actor, cycle_id: int, *, units: Collection[int] = (), people: Collection[int] = ()) -> OwnerSets:
    """The numbers of many owners in one cycle: one query."""
    rows = GoalSet.objects.filter(Q(owner_unit__in=units) | Q(owner_person__in=people), cycle=cycle_id)
    found = OwnerSets({}, {})
    for row in rows.values("owner_unit_id", "owner_person_id", *_SET, *COUNTED):
        one = _owner_set(row)
        if row["owner_unit_id"] is not None:
            found.of_unit[row["owner_unit_id"]] = one
        else:
            found.of_person[row["owner_person_id"]] = one
    return found


def _owner_set(row: dict[str, Any]) -> OwnerSet:
    return OwnerSet(Tally({name: row[name] for name in COUNTED}), *(row[name] for name in _SET))


def branch_numbers(_actor: Actor, cycle_id: int, units: Collection[int | None]) -> dict[int | None, Tally]:
    """The numbers of whole branches; None stands for the whole company. One query."""
    named = [unit for unit in units if unit is not None]
    which = Q(unit__in=named) | Q(unit=None) if None in units else Q(unit__in=named)
    rows = UnitNumbers.objects.filter(which, cycle=cycle_id).values("unit_id", *COUNTED)
    return {row["unit_id"]: Tally({name: row[name] for name in COUNTED}) for row in rows}


def company_numbers(_actor: Actor) -> dict[int, Tally]:
    """The whole company's numbers of every cycle that has goals: one query."""
    rows = UnitNumbers.objects.filter(unit=None).values("cycle_id", *COUNTED)
    return {row["cycle_id"]: Tally({name: row[name] for name in COUNTED}) for row in rows}


@dataclass(frozen=True)
class SetInCycle:
    """What one owner had in one cycle."""

    cycle_id: int
    cycle_name: str
    start: date | None
    end: date | None
    numbers: OwnerSet


def history_of_person(_actor: Actor, person_id: int) -> list[SetInCycle]:
    """A person's goal sets, the newest cycle first, the backlog last: one query."""
    rows = GoalSet.objects.filter(owner_person=person_id).order_by("-cycle__end", "-cycle__start", "-cycle")
    cycle = ("cycle_id", "cycle__name", "cycle__start", "cycle__end")
    found = [
        SetInCycle(row["cycle_id"], row["cycle__name"], row["cycle__start"], row["cycle__end"], _owner_set(row))
        for row in rows.values(*cycle, *_SET, *COUNTED)
    ]
    return sorted(found, key=lambda one: one.start is None)


def most_at_risk(_actor: Actor, cycle_id: int, *, limit: int = 10) -> list[ObjectiveRow]:
    """Active objectives of a cycle to worry about: the least confident first, then those off track."""
    living = Objective.objects.filter(goal_set__cycle=cycle_id, state=ObjectiveState.ACTIVE, archived_on=None)
    unsure = living.filter(confidence__lt=_FIRST_WORRY).order_by("confidence", "pk")
    rows = [ObjectiveRow(*one) for one in unsure.values_list(*OBJECTIVE_COLUMNS)[:limit]]
    if len(rows) < limit:
        behind = living.filter(status="off_track").exclude(pk__in=[one.id for one in rows]).order_by("progress", "pk")
        rows += [ObjectiveRow(*one) for one in behind.values_list(*OBJECTIVE_COLUMNS)[: limit - len(rows)]]
    on = today()
    return [one._replace(on=on, expected=elapsed(one.cycle_start, one.cycle_end, on)) for one in rows]
