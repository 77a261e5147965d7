"""One thing by its key, as a row for a command. Raises Missing (404) where the actor sees none."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, TypeVar, Union

from django.db.models import Model
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.core.one_row import one_row
from tandem.okr.access import may_see
from tandem.okr.models import CheckIn, Delegation, GoalSet, KeyAction, KeyResult, Objective, ObjectiveState, Proposal
from tandem.people.actors import Actor
from tandem.people.queries import is_person

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person, Unit

M = TypeVar("M", bound=Model)


def get_objective(actor: Actor, pk: int) -> Objective:
    """Raises Missing (404)."""
    found = _one(Objective, pk)
    _seen(actor, found)
    return found


def get_key_result(actor: Actor, pk: int) -> KeyResult:
    """Raises Missing (404)."""
    found = _one(KeyResult, pk)
    _seen(actor, found.objective)
    return found


def objective_by_key(actor: Actor, key: str) -> Objective:
    """By the id that plan files know it by. Raises Missing (404)."""
    found = Objective.objects.select_related(*Objective.read_with).filter(key=key).first()
    if found is None:
        raise missing()
    _seen(actor, found)
    return found


def objective_made_with(_actor: Actor, key: str | None) -> Objective | None:
    """What a form that is sent again has made the first time; whose it is, the caller has to look at."""
    return Objective.objects.select_related(*Objective.read_with).filter(key=key).first() if key else None


def drafts_in(actor: Actor, goals: GoalSet, keys: Collection[int]) -> list[Objective]:
    """Those of these objectives (keys) that are drafts of this set, in their order: one query."""
    rows = Objective.objects.visible_to(actor).filter(goal_set=goals, state=ObjectiveState.DRAFT, archived_on=None)
    return list(rows.filter(pk__in=keys).select_related(*Objective.read_with).order_by("position", "pk"))


def key_result_by_key(actor: Actor, key: str) -> KeyResult:
    """By the id that plan files know it by. Raises Missing (404)."""
    found = KeyResult.objects.select_related(*KeyResult.read_with).filter(key=key).first()
    if found is None:
        raise missing()
    _seen(actor, found.objective)
    return found


def get_action(actor: Actor, pk: int) -> KeyAction:
    """Raises Missing (404)."""
    found = _one(KeyAction, pk, "owner")
    _seen(actor, found.objective)
    return found


def get_check_in(actor: Actor, pk: int) -> CheckIn:
    """Raises Missing (404)."""
    found = _one(CheckIn, pk)
    _seen(actor, found.key_result.objective)
    return found


def get_delegation(actor: Actor, pk: int) -> Delegation:
    """Raises Missing (404)."""
    found = _one(Delegation, pk)
    _seen(actor, found.objective)
    return found


def get_proposal(actor: Actor, pk: int) -> Proposal:
    """Raises Missing (404)."""
    found = _one(Proposal, pk)
    _seen(actor, found.objective)
    return found


def get_goal_set(_actor: Actor, owner: Union["Person", "Unit"], cycle: "Cycle") -> GoalSet | None:
    """The owner's goal set of a cycle; None while there is no goal in it."""
    who: dict[str, Any] = {"owner_person": owner} if is_person(owner) else {"owner_unit": owner}
    return GoalSet.objects.select_related(*GoalSet.read_with).filter(**who, cycle=cycle).first()


def _one(model: type[M], pk: int, *also: str) -> M:
    found = one_row(model, pk, *also)
    if found is None:
        raise missing()
    return found


def _seen(actor: Actor, objective: Objective) -> None:
    if not may_see(actor, objective):
        raise missing()


def missing() -> Missing:
    """One answer for what is not there and for what is hidden: nobody can tell them apart."""
    return Missing(_("There is no such thing, or it is not for you to see."))
