"""Who may do what with people and units."""

from tandem.people.actors import Actor
from tandem.people.models import Person, Unit


def may_run_organization(actor: Actor, _subject: object = None) -> bool:
    """Units, people and reporting lines are kept by administrators and the people team."""
    return actor.is_administrator or actor.is_people_team


def may_administer(actor: Actor, _subject: object = None) -> bool:
    return actor.is_administrator


def is_self(actor: Actor, person: Person) -> bool:
    return actor.pk == person.pk


def may_edit_profile(actor: Actor, person: Person) -> bool:
    """One's language, time zone and theme are one's own."""
    return is_self(actor, person) or actor.is_system


def leads(actor: Actor, unit: Unit) -> bool:
    """Does the actor lead this unit, or stand in where no lead is named?

    Where a unit has no lead (or the lead has left), the lead of the nearest unit above stands in;
    where nobody leads anything above, an administrator or champion does: an incomplete chart blocks nobody.
    """
    lead = acting_lead(unit)
    if lead is None:
        return actor.is_system or actor.is_administrator or actor.is_champion
    return actor.is_system or lead.pk == actor.pk


def acting_lead(unit: Unit) -> Person | None:
    """The lead of the unit, else of the nearest unit above that has one who has not left."""
    above = {one.pk: one for one in Unit.objects.filter(pk__in=unit.path_ids).select_related("lead")}
    for key in reversed(unit.path_ids):
        lead = above[key].lead if key in above else None
        if lead is not None and lead.is_active:
            return lead
    return None
