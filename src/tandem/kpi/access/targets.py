"""Who issues targets, and who answers: the leader's side and the carrier's."""

from typing import TYPE_CHECKING

from django.db.models import F

from tandem.kpi.models import Scheme, Target
from tandem.people.access import IsInLineAbove, leads, stands_above, stands_over
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Unit


def may_issue_to_unit(actor: Actor, unit: "Unit") -> bool:
    """Who leads above the unit, and the people team."""
    return actor.is_people_team or stands_above(actor.pk, unit)


def may_issue_to_team(actor: Actor, unit: "Unit") -> bool:
    """Who leads the unit or one above it, and the people team."""
    return actor.is_people_team or leads(actor, unit) or stands_over(actor.pk, unit)


def is_leader_of(actor: Actor, scheme: Scheme) -> bool:
    """The side that issues: never the carrier of a person's scheme, whatever else they are."""
    if actor.is_system:
        return True
    if scheme.carrier_unit is not None:
        return may_issue_to_unit(actor, scheme.carrier_unit)
    if actor.pk == scheme.carrier_person_id:
        return False
    above = Scheme.objects.filter(IsInLineAbove(F("carrier_person_id"), actor.pk or 0), pk=scheme.pk)
    return actor.is_people_team or above.exists()


def is_carrier_of(actor: Actor, scheme: Scheme) -> bool:
    """The side that accepts: the person; for a unit whoever leads it."""
    if scheme.carrier_unit is not None:
        return not actor.is_system and leads(actor, scheme.carrier_unit)
    return actor.pk is not None and actor.pk == scheme.carrier_person_id


def leads_target(actor: Actor, target: Target) -> bool:
    return is_leader_of(actor, target.scheme)


def may_split(actor: Actor, target: Target) -> bool:
    """A unit's target is handed down by who leads the unit, and by the people team."""
    unit = target.scheme.carrier_unit
    return unit is not None and (actor.is_people_team or leads(actor, unit))


def carries_target(actor: Actor, target: Target) -> bool:
    return is_carrier_of(actor, target.scheme)
