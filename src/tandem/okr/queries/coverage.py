"""Coverage as neighbours read it: a unit's objectives and who carries each; and gaps, branch by branch."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, QuerySet, Window

from tandem.core.rows import Rows
from tandem.okr import rules
from tandem.okr.models import ActionState, Alignment, Delegation, KeyAction, KeyResult, Objective, UnitCoverage
from tandem.okr.queries.carrying import ENDS, carriers, hidden_contributions, living, with_carriers
from tandem.okr.queries.reading import ForReader, Sees
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Unit

MOST_OBJECTIVES, MOST_LINKS = 500, 2000
BRANCHES_PAGE = 25


class Covered(NamedTuple):
    """A unit's objective and how it is carried.

    `contributed` counts the goals that align to it; `confidential` are those among them that the reader may not read.
    """

    id: int
    title: str
    category: str
    state: str
    contributed: int
    confidential: int
    coverage: str
    is_single: bool


class CarryingGoal(NamedTuple):
    """A goal that aligns to an objective."""

    objective_id: int
    id: int
    title: str
    state: str
    person_id: int | None
    person_name: str | None
    person_left_on: date | None
    unit_id: int | None
    unit_name: str | None


class CarryingAction(NamedTuple):
    objective_id: int
    key_result_id: int | None
    id: int
    title: str
    state: str
    person_id: int
    person_name: str
    person_left_on: date | None


class Delegated(NamedTuple):
    """Who is asked to carry an objective."""

    id: int
    objective_id: int
    person_id: int | None
    person_name: str | None
    unit_id: int | None
    unit_name: str | None


class KeyResultOf(NamedTuple):
    id: int
    objective_id: int
    title: str


_COVERED = ("pk", "title", "category", "state", "contributed", "confidential", "is_delegated", *ENDS)


def _own(sees: Sees, unit: int, cycle: int) -> QuerySet[Any, Any]:
    own = Objective.objects.filter(living(), sees(), goal_set__owner_unit=unit, goal_set__cycle=cycle)
    rows = with_carriers(own).annotate(confidential=hidden_contributions(sees))
    return rows.order_by("position", "pk").values_list(*_COVERED)[:MOST_OBJECTIVES]


_own_rows = ForReader(lambda *row: row, _own)


def covered_objectives(actor: Actor, unit: "Unit", cycle: "Cycle") -> list[Covered]:
    """A unit's living objectives of a cycle, in their order, at most 500: one query."""
    return [_covered(unit.lead_id, *row) for row in _own_rows(actor, unit.pk, cycle.pk)]


def _covered(lead: int | None, *row: Any) -> Covered:
    pk, title, category, state, contributed, confidential, is_delegated, *ends = row
    found = carriers(ends)
    how = rules.coverage(found, lead, delegated=is_delegated)
    return Covered(pk, title, category, state, contributed, confidential, how, rules.rests_on_one(found))


_OWNER = "child__goal_set__owner_"
_GOAL = (
    *("parent_id", "child_id", "child__title", "child__state"),
    *(f"{_OWNER}{path}" for path in ("person_id", "person__name", "person__left_on", "unit_id", "unit__name")),
)


def _goals(sees: Sees, unit: int, cycle: int) -> QuerySet[Any, Any]:
    rows = Alignment.objects.filter(living("child"), sees("child"), sees("parent"), **_under("parent", unit, cycle))
    return rows.order_by("parent__position", "parent", "pk").values_list(*_GOAL)[:MOST_LINKS]


def _under(path: str, unit: int, cycle: int) -> dict[str, int]:
    return {f"{path}__goal_set__owner_unit": unit, f"{path}__goal_set__cycle": cycle}


_goal_rows = ForReader(CarryingGoal, _goals)


def goals_carrying(actor: Actor, unit_id: int, cycle_id: int) -> list[CarryingGoal]:
    """Goals that align to a unit's objectives of a cycle, both readable, at most 2000: one query."""
    return _goal_rows(actor, unit_id, cycle_id)


_ACTION = ("objective_id", "key_result_id", "pk", "title", "state", "owner_id", "owner__name", "owner__left_on")


def _actions(sees: Sees, unit: int, cycle: int) -> QuerySet[Any, Any]:
    rows = KeyAction.objects.filter(sees("objective"), archived_on=None, owner__isnull=False)
    rows = rows.filter(**_under("objective", unit, cycle)).exclude(state=ActionState.DROPPED)
    return rows.order_by("objective__position", "objective", "position", "pk").values_list(*_ACTION)[:MOST_LINKS]


_action_rows = ForReader(CarryingAction, _actions)


def actions_carrying(actor: Actor, unit_id: int, cycle_id: int) -> list[CarryingAction]:
    """Actions under a unit's objectives of a cycle that somebody has, at most 2000: one query."""
    return _action_rows(actor, unit_id, cycle_id)


_DELEGATION = ("pk", "objective_id", "to_person_id", "to_person__name", "to_unit_id", "to_unit__name")


def _delegations(sees: Sees, unit: int, cycle: int) -> QuerySet[Any, Any]:
    rows = Delegation.objects.filter(sees("objective"), **_under("objective", unit, cycle))
    return rows.order_by("pk").values_list(*_DELEGATION)[:MOST_LINKS]


_delegation_rows = ForReader(Delegated, _delegations)


def delegations_of(actor: Actor, unit_id: int, cycle_id: int) -> list[Delegated]:
    """Who is asked to carry a unit's objectives of a cycle: one query."""
    return _delegation_rows(actor, unit_id, cycle_id)


def _key_results(sees: Sees, unit: int, cycle: int) -> QuerySet[Any, Any]:
    rows = KeyResult.objects.filter(sees("objective"), archived_on=None, **_under("objective", unit, cycle))
    return rows.order_by("position", "pk").values_list("pk", "objective_id", "title")[:MOST_LINKS]


_key_result_rows = ForReader(KeyResultOf, _key_results)


def key_results_of(actor: Actor, unit_id: int, cycle_id: int) -> list[KeyResultOf]:
    """The key results of a unit's objectives of a cycle: one query."""
    return _key_result_rows(actor, unit_id, cycle_id)


# --- the whole company, branch by branch


class BranchCoverage(NamedTuple):
    """Stored counts of open objectives: of the unit's own, and of its whole branch."""

    unit_id: int | None
    unit_name: str | None
    own_objectives: int
    own_gaps: int
    own_delegated: int
    own_single: int
    objectives: int
    gaps: int
    delegated: int
    single: int
    of_all: int = 0


_COUNTS = (
    *("unit_id", "unit__name", "own_objectives", "own_gaps", "own_delegated", "own_single"),
    *("objectives", "gaps", "delegated", "single"),
)


def _one(cycle: int, unit: int) -> QuerySet[Any, Any]:
    rows = UnitCoverage.objects.filter(cycle=cycle).order_by().values_list(*_COUNTS)
    return rows.filter(unit=None).union(rows.filter(unit=unit), all=True)


_one_row = Rows(BranchCoverage, _one)


def coverage_of_branch(_actor: Actor, cycle_id: int, unit_id: int | None) -> BranchCoverage:
    """The stored counts of one branch, or of the company: one query."""
    found = {row.unit_id: row for row in _one_row(cycle=cycle_id, unit=unit_id or 0)}
    return found.get(unit_id, BranchCoverage(unit_id, None, *[0] * 8))


def coverage_below(
    _actor: Actor, cycle_id: int, unit_id: int | None, *, gaps_only: bool = False, start: int = 0
) -> list[BranchCoverage]:
    """A page of the branches right below a unit (None: the tops), those with most gaps first: one query."""
    rows = UnitCoverage.objects.filter(cycle=cycle_id, unit__parent=unit_id, unit__isnull=False, objectives__gt=0)
    if gaps_only:
        rows = rows.filter(gaps__gt=0)
    found = rows.annotate(of_all=Window(Count("pk"))).order_by("-gaps", "unit__position", "unit_id")
    return [BranchCoverage(*row) for row in found.values_list(*_COUNTS, "of_all")[start : start + BRANCHES_PAGE]]
