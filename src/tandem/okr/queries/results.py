"""How a cycle ended: scores by ambition, bands, what is missing, late or dropped. Counts are read, never added up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet

from tandem.core.clock import today
from tandem.core.numbers import rounded
from tandem.core.rows import MOST_KEYS, Rows
from tandem.okr.models import GoalSet, Objective, ObjectiveState, UnitNumbers
from tandem.okr.models.numbers import AMBITIONS, BANDS, RESULTS
from tandem.okr.queries.goals import OBJECTIVE_COLUMNS
from tandem.okr.queries.sight import seen_numbers
from tandem.people.access import units_in_care
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person

COUNTS = ("objectives", "key_results", *RESULTS)


@dataclass(frozen=True)
class Results:
    """Counts over some goals (see `okr.models.numbers.ResultCounts`)."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def scores(self, *ambitions: str) -> list[int]:
        """How many objectives have the score 0.0, 0.1 … 1.0."""
        return [sum(self.counts[f"{one}_{tenth}"] for one in ambitions or AMBITIONS) for tenth in range(11)]

    def bands(self, *ambitions: str) -> dict[str, int]:
        """How many objectives lie in each band."""
        return {band: sum(self.counts[f"{one}_{band}"] for one in ambitions or AMBITIONS) for band in BANDS}

    def mean(self, *ambitions: str) -> Decimal | None:
        """The plain mean of the objectives' scores, one decimal; None without any."""
        spread = self.scores(*ambitions)
        tenths, count = sum(tenth * many for tenth, many in enumerate(spread)), sum(spread)
        return rounded(Decimal(tenths) / (10 * count), 1) if count else None

    @property
    def unscored(self) -> int:
        """Objectives that count and have no score."""
        return self.counts["objectives"] - self.counts["scored"]


def _branches(cycle: int, units: list[int]) -> QuerySet[Any, Any]:
    rows = UnitNumbers.objects.filter(cycle=cycle).order_by().values_list("unit_id", *COUNTS)
    return rows.filter(unit=None).union(rows.filter(unit__in=units), all=True)


_rows = Rows(lambda unit, *values: (unit, Results(dict(zip(COUNTS, values, strict=True)))), _branches)


def results_of(_actor: Actor, cycle_id: int, units: Sequence[int] = ()) -> dict[int | None, Results]:
    """How it ended for the whole company (None) and for at most `MOST_KEYS` branches: one query."""
    return dict(_rows(cycle=cycle_id, units=units))


class MissingScores(NamedTuple):
    """An owner who has not scored everything."""

    id: int
    """Of the goal set."""
    person_id: int | None
    person_name: str | None
    unit_id: int | None
    unit_name: str | None
    home_name: str | None
    key_results: int
    scored: int

    @property
    def owner_name(self) -> str:
        return self.person_name or self.unit_name or ""

    @property
    def is_told(self) -> bool:
        """Do the numbers, which are those of open goals, say what is missing? Else it is for a few to read."""
        return self.key_results > self.scored


_MISSING = (
    *("pk", "owner_person_id", "owner_person__name", "owner_unit_id", "owner_unit__name", "unit__name"),
    *("key_results", "key_results_scored"),
)


def missing_scores(_actor: Actor, cycle_id: int) -> QuerySet[GoalSet, Any]:
    """Goal sets with key results that nobody scored, unit by unit, as values of `MissingScores`.

    Whoever closes a cycle must know of every owner who is missing; of goals that are for a few, no more than that.
    """
    rows: QuerySet[GoalSet] = GoalSet.objects.filter(cycle=cycle_id).unscored()
    return rows.order_by("unit", "pk").values_list(*_MISSING)


def owners_to_score(_actor: Actor, cycle_id: int) -> tuple[int, int]:
    """How many owners have scored everything, and how many have something to score: two queries."""
    whole = results_of(_actor, cycle_id).get(None, Results())
    hidden = Count("pk", filter=Q(key_results__gt=0, key_results=F("key_results_scored")))
    found = GoalSet.objects.filter(cycle=cycle_id).unscored().aggregate(missing=Count("pk"), hidden=hidden)
    done = whole["owners_scored"] - found["hidden"]
    return done, done + found["missing"]


def dropped_in(actor: Actor, cycle_id: int) -> QuerySet[Objective, Any]:
    """What was given up and the actor may see, as values of `ObjectiveRow`."""
    return _ended(actor, cycle_id, state=ObjectiveState.DROPPED)


def late_in(actor: Actor, cycle_id: int) -> QuerySet[Objective, Any]:
    """What was scored after the cycle was closed and the actor may see, as values of `ObjectiveRow`."""
    return _ended(actor, cycle_id, scored_late=True)


def _ended(actor: Actor, cycle_id: int, **which: Any) -> QuerySet[Objective, Any]:
    rows = Objective.objects.visible_to(actor).filter(goal_set__cycle=cycle_id, archived_on=None, **which)
    return rows.order_by("pk").values_list(*OBJECTIVE_COLUMNS)


class ToScore(NamedTuple):
    """A goal set in review (or still open for late scores) with key results to score."""

    id: int
    restricted: int
    person_id: int | None
    unit_id: int | None
    unit_name: str | None
    cycle_id: int
    cycle_name: str
    phase: str
    key_results: int
    scored: int

    @property
    def left(self) -> int:
        return self.key_results - self.scored


_TO_SCORE = (
    *("pk", "restricted", "owner_person_id", "owner_unit_id", "owner_unit__name"),
    *("cycle_id", "cycle__name", "cycle__phase", "key_results", "key_results_scored"),
)


def _to_score(person: int, units: list[int], day: date) -> QuerySet[Any, Any]:
    open_ones = Q(cycle__phase="review") | Q(cycle__late_until__gte=day)
    unscored = Q(key_results__gt=F("key_results_scored")) | Q(restricted__gt=0)
    rows = GoalSet.objects.filter(open_ones, unscored).order_by().values_list(*_TO_SCORE)
    return rows.filter(owner_person=person).union(rows.filter(owner_unit__in=units), all=True)


_waiting = Rows(ToScore, _to_score)


def to_score(actor: "Person", units: Sequence[int] | None = None) -> list[ToScore]:
    """What waits for one's scores in cycles under review: one query, with `units_in_care` at hand.

    One more where goals are not open to all: what is stored leaves them out.
    """
    known = units_in_care(actor) if units is None else list(units)
    found = _waiting(person=actor.pk, units=known[:MOST_KEYS], day=today())
    seen = seen_numbers(actor, [one.id for one in found if one.restricted])
    rows = [_as_seen(one, seen[one.id]) if one.id in seen else one for one in found]
    return sorted((one for one in rows if one.left > 0), key=lambda one: (one.unit_id or 0, one.cycle_id))


def _as_seen(one: ToScore, numbers: dict[str, Any]) -> ToScore:
    return one._replace(key_results=numbers["key_results"], scored=numbers["key_results_scored"])
