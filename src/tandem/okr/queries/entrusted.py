"""What is in somebody's hands: open objectives, open actions, co-ownerships. What a leaver must not leave behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.core.one_row import one_row
from tandem.okr.access import may_clear_away
from tandem.okr.models import ActionState, HandOver, KeyAction, KeyResult, Objective, ObjectiveState
from tandem.okr.models.visibility import readable
from tandem.people.actors import SYSTEM, Actor
from tandem.people.queries import is_person

if TYPE_CHECKING:
    from datetime import datetime

    from tandem.people.models import Person, Unit

    Owner: TypeAlias = Person | Unit

MOST = 500
"""How many of a kind are listed: nobody holds more."""
OPEN_STATES = (ObjectiveState.DRAFT, ObjectiveState.ACTIVE)
OPEN_ACTIONS = (ActionState.TODO, ActionState.DOING)


@dataclass(frozen=True)
class Entrusted:
    """Rows that still wait for somebody: each list in the order of cycles and places."""

    objectives: "Sequence[Objective]"
    actions: "Sequence[KeyAction]"
    co_owned: "Sequence[Objective]"

    def __bool__(self) -> bool:
        return bool(self.objectives or self.actions or self.co_owned)

    def __len__(self) -> int:
        return len(self.objectives) + len(self.actions) + len(self.co_owned)


def entrusted_to(actor: Actor, owner: "Owner") -> Entrusted:
    """All that is open in this owner's hands and that the actor may read: three queries."""
    return Entrusted(
        list(open_objectives(actor, owner).filter(readable(actor))[:MOST]),
        list(open_actions(actor, owner).filter(readable(actor, "objective"))[:MOST]),
        list(shared_objectives(actor, owner).filter(readable(actor))[:MOST]),
    )


def hidden_from(actor: Actor, owner: "Owner") -> Entrusted:
    """What is open there and the actor may not read, for those who must find it a new owner; for others nothing.

    It is counted and handed over, never shown. Three queries.
    """
    if actor.is_system or not may_clear_away(actor, owner):
        return Entrusted((), (), ())
    return Entrusted(
        list(open_objectives(SYSTEM, owner).filter(~readable(actor))[:MOST]),
        list(open_actions(SYSTEM, owner).filter(~readable(actor, "objective"))[:MOST]),
        list(shared_objectives(SYSTEM, owner).filter(~readable(actor))[:MOST]),
    )


def _living(actor: Actor) -> QuerySet[Objective]:
    living = Objective.objects.visible_to(actor).filter(archived_on=None, state__in=OPEN_STATES)
    found = living.exclude(goal_set__cycle__phase="closed")
    return found.select_related(*Objective.read_with).order_by("goal_set__cycle__start", "goal_set", "position", "pk")


def open_objectives(actor: Actor, owner: "Owner") -> QuerySet[Objective]:
    """Drafts and active objectives of the owner, in cycles that are not closed."""
    if is_person(owner):
        return _living(actor).filter(goal_set__owner_person=owner)
    return _living(actor).filter(goal_set__owner_unit=owner)


def open_actions(actor: Actor, owner: "Owner") -> QuerySet[KeyAction]:
    """Actions given to a person that are not done, wherever they stand. Units have none."""
    found = KeyAction.objects.filter(state__in=OPEN_ACTIONS, archived_on=None, objective__in=_living(actor).order_by())
    beside = (f"objective__{path}" for path in Objective.read_with)
    found = found.select_related("objective", *beside).order_by("due_on", "pk")
    return found.filter(owner=owner) if is_person(owner) else found.none()


def shared_objectives(actor: Actor, owner: "Owner") -> QuerySet[Objective]:
    """Open objectives of others that a person owns too."""
    return _living(actor).filter(co_owners__person=owner) if is_person(owner) else _living(actor).none()


def get_hand_over(_actor: Actor, pk: int) -> HandOver:
    """Raises Missing (404)."""
    found = one_row(HandOver, pk)
    if found is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    return found


def newest_hand_over(_actor: Actor, unit: "Unit", *, to: int, since: "datetime") -> HandOver | None:
    """The newest of this unit's goals to that unit since then that still holds."""
    found = HandOver.objects.filter(from_unit=unit, to_unit=to, at__gte=since, undone_at=None)
    return found.select_related(*HandOver.read_with).order_by("-pk").first()


def overdue_of(actor: Actor, person: "Person") -> int:
    """How many of a person's key results are due for a check-in today or before."""
    due = KeyResult.objects.filter(archived_on=None, next_due_on__lte=today())
    return due.filter(objective__in=open_objectives(actor, person).order_by()).count()
