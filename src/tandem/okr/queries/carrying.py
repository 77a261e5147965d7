"""Who carries an objective, as columns of the database: what is stored and what is shown follow from the same."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from tandem.okr.models import ActionState, Alignment, Delegation, KeyAction, Objective, ObjectiveState, Visibility
from tandem.okr.queries.reading import Sees, everything

ENDS = ("carried_low", "carried_high", "done_low", "done_high")
"""The smallest and the largest carrier by goals and by actions: enough to tell none, one and several apart."""


def living(path: str = "") -> Q:
    """Neither put away nor dropped; a draft lives already."""
    before = f"{path}__" if path else ""
    return Q(**{f"{before}archived_on": None}) & ~Q(**{f"{before}state": ObjectiveState.DROPPED})


def _carrier() -> Case:
    """`rules.carrier` of a goal's owner. One that is not open to all is a carrier of its own, without a name."""
    owner = "child__goal_set__owner_"
    return Case(
        When(~Q(child__visibility=Visibility.COMPANY), then=-F("child_id")),
        When(Q(**{f"{owner}person__isnull": False}), then=F(f"{owner}person_id") * 2),
        default=F(f"{owner}unit_id") * 2 + 1,
        output_field=BigIntegerField(),
    )


def contributions() -> QuerySet[Alignment]:
    """Living goals that align to the objective of the query around."""
    return Alignment.objects.filter(living("child"), parent=OuterRef("pk")).order_by()


def tasks() -> QuerySet[KeyAction]:
    """Living actions under the objective of the query around that somebody has."""
    found = KeyAction.objects.filter(objective=OuterRef("pk"), archived_on=None, owner__isnull=False).order_by()
    return found.exclude(state=ActionState.DROPPED)


def with_carriers(rows: QuerySet[Objective, Any]) -> QuerySet[Objective, Any]:
    """The same objectives with `ENDS`, `contributed` (how many goals align to each) and `is_delegated`."""
    goals, own = contributions().values("parent"), tasks().values("objective")
    task = F("owner_id") * 2

    def one(grouped: QuerySet[Any, Any], aggregate: Any) -> Subquery:
        return Subquery(grouped.annotate(found=aggregate).values("found"), output_field=BigIntegerField())

    return rows.annotate(
        carried_low=one(goals, Min(_carrier())),
        carried_high=one(goals, Max(_carrier())),
        done_low=one(own, Min(task)),
        done_high=one(own, Max(task)),
        contributed=Coalesce(one(goals, Count("pk")), 0),
        is_delegated=Exists(Delegation.objects.filter(objective=OuterRef("pk"))),
    )


def hidden_contributions(sees: Sees) -> Coalesce | Value:
    """How many of the goals that align to an objective its reader may not read."""
    if sees is everything:
        return Value(0)
    hidden = contributions().filter(~sees("child")).values("parent").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(hidden, output_field=IntegerField()), 0)


def carriers(ends: Iterable[int | None]) -> frozenset[int]:
    """Of the columns `ENDS`: at most four carriers; where there are more than one, they may not be all."""
    return frozenset(one for one in ends if one is not None)


def met_delegations(sets: Iterable[int]) -> QuerySet[Delegation]:
    """Delegations of these goal sets whose carrier has an open link by now, be it a goal or an action."""
    goal = Alignment.objects.filter(
        living("child"), parent=OuterRef("objective"), child__visibility=Visibility.COMPANY
    ).filter(
        Q(child__goal_set__owner_person=OuterRef("to_person")) | Q(child__goal_set__owner_unit=OuterRef("to_unit"))
    )
    task = KeyAction.objects.filter(objective=OuterRef("objective"), owner=OuterRef("to_person"), archived_on=None)
    task = task.exclude(state=ActionState.DROPPED)
    found = Delegation.objects.filter(Exists(goal) | Exists(task), objective__goal_set__in=list(sets))
    return found.select_related(*Delegation.read_with)


def open_units_objectives() -> QuerySet[Objective]:
    """What is counted of coverage: living objectives of units that are open to all."""
    return Objective.objects.filter(living(), visibility=Visibility.COMPANY, goal_set__owner_unit__isnull=False)


def counted_rows(rows: QuerySet[Objective, Any]) -> Iterator[tuple[int, frozenset[int], bool]]:
    """Goal set, carriers and whether it is delegated, of each objective."""
    found = with_carriers(rows).order_by().values_list("goal_set_id", "is_delegated", *ENDS)
    for goals, is_delegated, *ends in found.iterator(chunk_size=2000):
        yield goals, carriers(ends), is_delegated
