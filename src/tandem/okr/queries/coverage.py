"""Coverage as neighbours read it: a unit's objectives, who carries each, and goals that go beyond."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from tandem.core.ranked import Slice, ranked
from tandem.core.rows import Rows
from tandem.okr import rules
from tandem.okr.models import Alignment, Delegation, GoalSet, KeyAction, KeyResult, Objective, Proposal, UnitCoverage
from tandem.okr.models.visibility import readable
from tandem.okr.queries.carrying import ENDS, carriers, living, with_carriers
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Unit

MOST_OBJECTIVES, MOST_LINKS, MOST_KEY_RESULTS = 500, 100, 20
BEYOND_PAGE, BRANCHES_PAGE = 25, 25


class Covered(NamedTuple):
    """A unit's objective and how it is carried. `contributed` counts the goals that align to it, whoever may read
    them; `carriers` are at most four of `rules.carrier`."""

    id: int
    title: str
    category: str
    state: str
    contributed: int
    coverage: str
    is_single: bool


class CarryingGoal(NamedTuple):
    """A goal that aligns to an objective; `of_all` is how many such the reader may see."""

    objective_id: int
    id: int
    title: str
    state: str
    person_id: int | None
    person_name: str | None
    person_left_on: date | None
    unit_id: int | None
    unit_name: str | None
    of_all: int


class CarryingAction(NamedTuple):
    objective_id: int
    key_result_id: int | None
    id: int
    title: str
    state: str
    person_id: int
    person_name: str
    person_left_on: date | None
    of_all: int


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


_COVERED = ("pk", "title", "category", "state", "contributed", "is_delegated", *ENDS)


def covered_objectives(actor: Actor, unit: "Unit", cycle: "Cycle") -> list[Covered]:
    """A unit's living objectives of a cycle, in their order, at most 500: one query."""
    own = Objective.objects.visible_to(actor).filter(living(), goal_set__owner_unit=unit.pk, goal_set__cycle=cycle.pk)
    rows = with_carriers(own).order_by("position", "pk").values_list(*_COVERED)[:MOST_OBJECTIVES]
    return [_covered(unit.lead_id, *row) for row in rows]


def _covered(lead: int | None, *row: Any) -> Covered:
    pk, title, category, state, contributed, is_delegated, *ends = row
    found = carriers(ends)
    how = rules.coverage(found, lead, delegated=is_delegated)
    return Covered(pk, title, category, state, contributed, how, rules.rests_on_one(found))


_OWNER = "child__goal_set__owner_"
_GOAL = (
    *("parent_id", "child_id", "child__title", "child__state"),
    *(f"{_OWNER}{path}" for path in ("person_id", "person__name", "person__left_on", "unit_id", "unit__name")),
)


def goals_carrying(actor: Actor, objectives: Sequence[int], most: int = MOST_LINKS) -> list[CarryingGoal]:
    """The first goals that align to each of these objectives and that the actor may read: one query."""
    rows = Alignment.objects.filter(living("child"), readable(actor, "child"), parent__in=list(objectives))
    found = ranked(rows, "parent_id", ("pk",), Slice(most)).values_list(*_GOAL, "of_all")
    return [CarryingGoal(*row) for row in found]


_ACTION = ("objective_id", "key_result_id", "pk", "title", "state", "owner_id", "owner__name", "owner__left_on")


def actions_carrying(_actor: Actor, objectives: Sequence[int], most: int = MOST_LINKS) -> list[CarryingAction]:
    """The first actions under these objectives that somebody has; the actor may read the objectives: one query."""
    rows = KeyAction.objects.filter(objective__in=list(objectives), archived_on=None, owner__isnull=False)
    found = ranked(rows.exclude(state="dropped"), "objective_id", ("position", "pk"), Slice(most))
    return [CarryingAction(*row) for row in found.values_list(*_ACTION, "of_all")]


_DELEGATION = ("pk", "objective_id", "to_person_id", "to_person__name", "to_unit_id", "to_unit__name")


def delegations_of(_actor: Actor, objectives: Sequence[int]) -> list[Delegated]:
    """Who is asked to carry these objectives, which the actor may read: one query."""
    rows = Delegation.objects.filter(objective__in=list(objectives)).order_by("pk")
    return [Delegated(*row) for row in rows.values_list(*_DELEGATION)]


def key_results_of(_actor: Actor, objectives: Sequence[int]) -> list[KeyResultOf]:
    """The first key results of these objectives, which the actor may read: one query."""
    rows = KeyResult.objects.filter(objective__in=list(objectives), archived_on=None)
    found = ranked(rows, "objective_id", ("position", "pk"), Slice(MOST_KEY_RESULTS))
    return [KeyResultOf(*row) for row in found.values_list("pk", "objective_id", "title")]


# --- the other way: what members and the units below aim at


class Upward(NamedTuple):
    """How the goals of a unit's members and of the units right below it hang together with it.

    `here`: aligned to an objective of the unit; `elsewhere`: to others only; `beyond`: to nothing.
    """

    here: int = 0
    elsewhere: int = 0
    beyond: int = 0

    @property
    def all(self) -> int:
        return self.here + self.elsewhere + self.beyond


class BeyondGoal(NamedTuple):
    """A goal that aligns to nothing, and its newest proposal to the unit, if there was one."""

    id: int
    title: str
    category: str
    state: str
    person_id: int | None
    person_name: str | None
    unit_id: int | None
    unit_name: str | None
    proposal_id: int | None
    proposal_state: str | None
    proposal_reason: str | None
    of_all: int


def _from_below(actor: Actor, unit_id: int, cycle_id: int) -> QuerySet[Objective]:
    """Living goals of members (by home) and of the units right below, as far as the actor may read them."""
    sets = GoalSet.objects.filter(cycle=cycle_id).order_by().values("pk")
    own = sets.filter(unit=unit_id, owner_person__isnull=False).union(sets.filter(owner_unit__parent=unit_id), all=True)
    return Objective.objects.visible_to(actor).filter(living(), goal_set__in=own)


def _above(actor: Actor, **which: Any) -> Exists:
    """One below nothing but what the actor may not read looks like one below none."""
    rows = Alignment.objects.filter(living("parent"), readable(actor, "parent"), child=OuterRef("pk"), **which)
    return Exists(rows)


def upward(actor: Actor, unit_id: int, cycle_id: int) -> Upward:
    """Counts over the goals that the actor may read: one query."""
    rows = _from_below(actor, unit_id, cycle_id).annotate(
        is_here=_above(actor, parent__goal_set__owner_unit=unit_id), is_linked=_above(actor)
    )
    counts = rows.aggregate(
        here=Count("pk", filter=Q(is_here=True)),
        elsewhere=Count("pk", filter=Q(is_here=False, is_linked=True)),
        beyond=Count("pk", filter=Q(is_linked=False)),
    )
    return Upward(**counts)


_BEYOND = (
    *("pk", "title", "category", "state", "goal_set__owner_person_id", "goal_set__owner_person__name"),
    *("goal_set__owner_unit_id", "goal_set__owner_unit__name", "proposal_id", "proposal_state", "proposal_reason"),
)


def beyond(actor: Actor, unit_id: int, cycle_id: int, *, start: int = 0, size: int = BEYOND_PAGE) -> list[BeyondGoal]:
    """A page of the goals that align to nothing; what was proposed and waits stands first: one query."""
    told = Proposal.objects.filter(objective=OuterRef("pk"), unit=unit_id).exclude(state="withdrawn")
    parts = {f"proposal_{name}": Subquery(told.values(name)[:1]) for name in ("id", "state", "reason")}
    rows = _from_below(actor, unit_id, cycle_id).annotate(is_linked=_above(actor), **parts)
    found = rows.filter(is_linked=False).annotate(waits=Exists(told.filter(state="open")), of_all=Window(Count("pk")))
    order = ("-waits", "goal_set__owner_person__name", "goal_set__owner_unit__name", "position", "pk")
    return [BeyondGoal(*row) for row in found.order_by(*order).values_list(*_BEYOND, "of_all")[start : start + size]]


class AdoptedGoal(NamedTuple):
    """A goal that the unit adopted, and the unit's objective that came of it."""

    proposal_id: int
    id: int
    title: str
    owner_name: str
    adopted_id: int
    adopted_title: str
    adopted_state: str


_ADOPTED = (
    *("pk", "objective_id", "objective__title", "owner_name"),
    *("adopted_as_id", "adopted_as__title", "adopted_as__state"),
)


def adopted(actor: Actor, unit_id: int, cycle_id: int) -> list[AdoptedGoal]:
    """The newest goals of the cycle that the unit adopted and the actor may read, both of each: one query."""
    owner = (f"objective__goal_set__owner_{kind}__name" for kind in ("person", "unit"))
    rows = Proposal.objects.filter(
        readable(actor, "objective"), readable(actor, "adopted_as"), unit=unit_id, state="adopted",
        adopted_as__archived_on=None, objective__goal_set__cycle=cycle_id,
    )  # fmt: skip
    found = rows.annotate(owner_name=Coalesce(*owner)).order_by("-pk").values_list(*_ADOPTED)
    return [AdoptedGoal(*row) for row in found[:BEYOND_PAGE]]


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
