"""The other way of coverage: what members and the units below aim at, and what of it goes beyond."""

from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from tandem.okr.models import Alignment, GoalSet, Objective, Proposal, ProposalState
from tandem.okr.queries.carrying import living
from tandem.okr.queries.reading import ForReader, Sees
from tandem.people.actors import Actor

BEYOND_PAGE = 25


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


def _from_below(sees: Sees, unit: int, cycle: int) -> QuerySet[Objective]:
    """Living goals of members (by home) and of the units right below, as far as the reader sees them."""
    sets = GoalSet.objects.filter(cycle=cycle).order_by().values("pk")
    own = sets.filter(unit=unit, owner_person__isnull=False).union(sets.filter(owner_unit__parent=unit), all=True)
    return Objective.objects.filter(living(), sees(), goal_set__in=own)


def _above(sees: Sees, **which: Any) -> Exists:
    """One below nothing but what the reader may not read looks like one below none."""
    return Exists(Alignment.objects.filter(living("parent"), sees("parent"), child=OuterRef("pk"), **which))


def _ways(sees: Sees, unit: int, cycle: int) -> QuerySet[Any, Any]:
    here = _above(sees, parent__goal_set__owner_unit=unit)
    rows = _from_below(sees, unit, cycle).annotate(is_here=here, is_linked=_above(sees)).order_by()
    return rows.values("is_here", "is_linked").annotate(many=Count("pk")).values_list("is_here", "is_linked", "many")


_way_rows = ForReader(lambda *row: row, _ways)


def upward(actor: Actor, unit_id: int, cycle_id: int) -> Upward:
    """Counts over the goals that the actor may read: one query."""
    found = {"here": 0, "elsewhere": 0, "beyond": 0}
    for is_here, is_linked, many in _way_rows(actor, unit_id, cycle_id):
        found["here" if is_here else "elsewhere" if is_linked else "beyond"] += many
    return Upward(**found)


_BEYOND = (
    *("pk", "title", "category", "state", "goal_set__owner_person_id", "goal_set__owner_person__name"),
    *("goal_set__owner_unit_id", "goal_set__owner_unit__name", "proposal_id", "proposal_state", "proposal_reason"),
)


def _beyond(sees: Sees, unit: int, cycle: int, start: int) -> QuerySet[Any, Any]:
    told = Proposal.objects.filter(objective=OuterRef("pk"), unit=unit).exclude(state=ProposalState.WITHDRAWN)
    parts = {f"proposal_{name}": Subquery(told.values(name)[:1]) for name in ("id", "state", "reason")}
    rows = _from_below(sees, unit, cycle).annotate(is_linked=_above(sees), **parts).filter(is_linked=False)
    waits = Exists(told.filter(state=ProposalState.OPEN))
    order = ("-waits", "goal_set__owner_person__name", "goal_set__owner_unit__name", "position", "pk")
    found = rows.annotate(waits=waits, of_all=Window(Count("pk"))).order_by(*order)
    return found.values_list(*_BEYOND, "of_all")[start : start + BEYOND_PAGE]


_beyond_rows = ForReader(BeyondGoal, _beyond, paged=True)


def beyond(actor: Actor, unit_id: int, cycle_id: int, *, start: int = 0) -> list[BeyondGoal]:
    """A page of the goals that align to nothing; what was proposed and waits stands first: one query."""
    return _beyond_rows(actor, unit_id, cycle_id, start)


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


def _adopted(sees: Sees, unit: int, cycle: int) -> QuerySet[Any, Any]:
    owner = (f"objective__goal_set__owner_{kind}__name" for kind in ("person", "unit"))
    rows = Proposal.objects.filter(sees("objective"), sees("adopted_as"), unit=unit, state=ProposalState.ADOPTED)
    rows = rows.filter(adopted_as__archived_on=None, objective__goal_set__cycle=cycle)
    return rows.annotate(owner_name=Coalesce(*owner)).order_by("-pk").values_list(*_ADOPTED)[:BEYOND_PAGE]


_adopted_rows = ForReader(AdoptedGoal, _adopted)


def adopted(actor: Actor, unit_id: int, cycle_id: int) -> list[AdoptedGoal]:
    """The newest goals of the cycle that the unit adopted and the actor may read, both of each: one query."""
    return _adopted_rows(actor, unit_id, cycle_id)
