"""Numbers of owners, branches and the company in a cycle: read from what is stored, never added up here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tandem.core.clock import today
from tandem.core.numbers import rounded
from tandem.core.rows import Rows
from tandem.cycles.rules import elapsed, is_stale
from tandem.okr.models import GoalSet, Objective, ObjectiveState, UnitNumbers
from tandem.okr.models.numbers import RUNNING
from tandem.okr.queries.goals import OBJECTIVE_COLUMNS
from tandem.okr.queries.rows import ObjectiveRow
from tandem.okr.queries.sight import seen_numbers
from tandem.people.actors import Actor

_FIRST_WORRY = 5  # confidence below this is worth a look
_NOTHING: dict[str, int] = dict.fromkeys(RUNNING, 0)


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


_OWNED = ("pk", "restricted", "owner_unit_id", "owner_person_id", *_SET, *RUNNING)


# Two halves instead of an OR, over which the database would read the whole cycle.
def _sets(cycle: int, units: list[int], people: list[int]) -> QuerySet[Any, Any]:
    rows = GoalSet.objects.filter(cycle=cycle).order_by().values_list(*_OWNED)
    return rows.filter(owner_unit__in=units).union(rows.filter(owner_person__in=people), all=True)


_set_rows = Rows(lambda *values: dict(zip(_OWNED, values, strict=True)), _sets)


def sets_of(actor: Actor, cycle_id: int, *, units: Sequence[int] = (), people: Sequence[int] = ()) -> OwnerSets:
    """The numbers of at most `MOST_KEYS` units and as many people in one cycle: one query.

    One more where some of their goals are not open to all.
    """
    found = OwnerSets({}, {})
    for row in _as_seen(actor, _set_rows(cycle=cycle_id, units=units, people=people)):
        if row["owner_unit_id"] is not None:
            found.of_unit[row["owner_unit_id"]] = _owner_set(row)
        else:
            found.of_person[row["owner_person_id"]] = _owner_set(row)
    return found


def _as_seen(actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of goal sets over what the actor may read; stored are the numbers of open goals."""
    restricted = [row["pk"] for row in rows if row["restricted"]]
    if not restricted or actor.is_system:
        return rows
    seen = seen_numbers(actor, restricted)
    return [{**row, **seen.get(row["pk"], {})} for row in rows if row["pk"] in seen or not row["restricted"]]


def _owner_set(row: dict[str, Any]) -> OwnerSet:
    return OwnerSet(Tally({name: row[name] for name in RUNNING}), *(row[name] for name in _SET))


def _branches(cycle: int, units: list[int]) -> QuerySet[Any, Any]:
    rows = UnitNumbers.objects.filter(cycle=cycle).order_by().values_list("unit_id", *RUNNING)
    return rows.filter(unit=None).union(rows.filter(unit__in=units), all=True)


def _tally(unit: int | None, *values: int) -> tuple[int | None, Tally]:
    return unit, Tally(dict(zip(RUNNING, values, strict=True)))


_branch_rows = Rows(_tally, _branches)


def branch_numbers(_actor: Actor, cycle_id: int, units: Sequence[int] = ()) -> dict[int | None, Tally]:
    """The numbers of the whole company (None) and of at most `MOST_KEYS` branches: one query."""
    return dict(_branch_rows(cycle=cycle_id, units=units))


def company_numbers(_actor: Actor) -> dict[int, Tally]:
    """The whole company's numbers of every cycle that has goals: one query."""
    rows = UnitNumbers.objects.filter(unit=None).values("cycle_id", *RUNNING)
    return {row["cycle_id"]: Tally({name: row[name] for name in RUNNING}) for row in rows}


@dataclass(frozen=True)
class SetInCycle:
    """What one owner had in one cycle."""

    cycle_id: int
    cycle_name: str
    start: date | None
    end: date | None
    numbers: OwnerSet


_HISTORY = ("pk", "restricted", "cycle_id", "cycle__name", "cycle__start", "cycle__end", *_SET, *RUNNING)


def _in_cycle(row: dict[str, Any]) -> SetInCycle:
    return SetInCycle(row["cycle_id"], row["cycle__name"], row["cycle__start"], row["cycle__end"], _owner_set(row))


_history = Rows(
    lambda *values: dict(zip(_HISTORY, values, strict=True)),
    lambda person: (
        GoalSet.objects.filter(owner_person=person)
        .order_by("-cycle__end", "-cycle__start", "-cycle")
        .values_list(*_HISTORY)
    ),
)


def history_of_person(actor: Actor, person_id: int) -> list[SetInCycle]:
    """A person's goal sets, the newest cycle first, the backlog last: one query, one more where not all is open."""
    found = [_in_cycle(row) for row in _as_seen(actor, _history(person=person_id))]
    return sorted(found, key=lambda one: one.start is None)


def most_at_risk(actor: Actor, cycle_id: int, *, limit: int = 10) -> list[ObjectiveRow]:
    """Active objectives of a cycle to worry about: the least confident first, then those off track."""
    # By way of the index on confidence: joined to the cycle's sets, the database would sort them all first.
    here = Exists(GoalSet.objects.filter(pk=OuterRef("goal_set_id"), cycle=cycle_id))
    living = Objective.objects.visible_to(actor).filter(here, state=ObjectiveState.ACTIVE, archived_on=None)
    unsure = living.filter(confidence__lt=_FIRST_WORRY).order_by("confidence", "pk")
    rows = [ObjectiveRow(*one) for one in unsure.values_list(*OBJECTIVE_COLUMNS)[:limit]]
    if len(rows) < limit:
        behind = living.filter(status="off_track").exclude(pk__in=[one.id for one in rows]).order_by("progress", "pk")
        rows += [ObjectiveRow(*one) for one in behind.values_list(*OBJECTIVE_COLUMNS)[: limit - len(rows)]]
    on = today()
    return [one._replace(on=on, expected=elapsed(one.cycle_start, one.cycle_end, on)) for one in rows]
