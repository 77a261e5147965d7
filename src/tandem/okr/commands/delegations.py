"""Delegating: the lead says who shall carry an objective of the unit. Nobody's goals are written by that."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.okr import access
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.objectives import refuse_gone, tell, writable
from tandem.okr.models import Delegation, Objective, ObjectiveState
from tandem.okr.queries.carrying import met_delegations
from tandem.people.access import acting_lead
from tandem.people.actors import Actor
from tandem.people.queries import get_unit, is_person, members_of

if TYPE_CHECKING:
    from tandem.okr.commands.objectives import Owner
    from tandem.people.models import Person, Unit


@command(may=access.may_write)
def delegate(actor: Actor, objective: Objective, *, to: "Owner") -> Delegation:
    """Ask a unit below, or somebody in the branch, to carry an objective of the unit. Asked twice is asked once.

    It ends when that one has a goal aligned to it, or an action under it. Raises Invalid naming `to`.
    """
    writable(objective)
    unit = objective.goal_set.owner_unit
    if unit is None or objective.state not in (ObjectiveState.DRAFT, ObjectiveState.ACTIVE):
        raise Invalid(_("Only a draft or an active objective of a unit is delegated."), code="state")
    refuse_gone(to)
    _refuse_carrier(actor, objective, unit, to)
    who: dict[str, Any] = {"to_person" if is_person(to) else "to_unit": to}
    made, new = Delegation.objects.get_or_create(objective=objective, **who, defaults={"by_id": actor.pk})
    if new:
        if met_delegations([objective.goal_set_id]).filter(pk=made.pk).exists():
            raise Invalid(_("%(name)s carries it already.") % {"name": to.name}, field="to")
        _tell(actor, "objective.delegated", objective, made)
        follow_coverage(actor, objective.pk)
    return made


def _refuse_carrier(actor: Actor, objective: Objective, unit: "Unit", to: "Owner") -> None:
    if to in (unit, unit.lead):
        raise Invalid(_("Choose somebody else than the unit and its lead."), field="to")
    if not _is_below(actor, unit, to):
        raise Invalid(_("Choose a unit below, or somebody who belongs to this unit or one below."), field="to")
    reader: Person | None = to if is_person(to) else acting_lead(to)
    if reader is not None and not access.seen_pairs({(reader.pk, objective.pk)}):
        message = _("%(name)s may not read this objective; name them as a reader first.")
        raise Invalid(message % {"name": reader.name}, field="to")


def _is_below(actor: Actor, unit: "Unit", to: "Owner") -> bool:
    if not is_person(to):
        return to.path.startswith(unit.path)
    home = get_unit(actor, to.unit_id) if to.unit_id is not None else None
    if home is not None and home.path.startswith(unit.path):
        return True
    return members_of(actor, unit).filter(pk=to.pk).exists()


@command(may=access.may_take_back_delegation)
def take_back_delegation(actor: Actor, delegation: Delegation) -> Objective:
    """Nobody is asked any longer."""
    objective = delegation.objective
    writable(objective)
    _tell(actor, "objective.delegation_ended", objective, delegation)
    delegation.delete()
    follow_coverage(actor, objective.pk)
    return objective


def _tell(actor: Actor, verb: str, objective: Objective, made: Delegation) -> None:
    tell(actor, verb, objective, to=made.to_name, to_person=made.to_person_id, to_unit=made.to_unit_id)
