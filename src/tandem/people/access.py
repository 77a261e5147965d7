"""Who may do what with people and units."""

from django.db.models import Q

from tandem.core.clock import today
from tandem.people.actors import Actor
from tandem.people.models import Person, Unit


def may_run_organization(actor: Actor, _subject: object = None) -> bool:
    """Units, people and reporting lines are kept by administrators and the people team."""
    return actor.is_administrator or actor.is_people_team


def may_keep_person(actor: Actor, person: Person) -> bool:
    """An administrator's entry is an administrator's to keep: whoever changes an e-mail address can sign in with it."""
    return actor.is_administrator if person.is_administrator else may_run_organization(actor)


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


def units_in_care(actor: Actor) -> list[int]:
    """Keys of the units a person writes goals for: those they lead, and those below where they stand in.

    The last resort of `leads` (nobody leads anything above) is left out: it is a door, not a duty. Two queries.
    """
    own = dict(Unit.objects.filter(lead=actor.pk, archived_on=None).order_by("path").values_list("pk", "path"))
    if not own:
        return []
    below = Q()
    for path in own.values():
        below |= Q(path__startswith=path)
    unled = Unit.objects.filter(below, Q(lead=None) | Q(lead__left_on__lte=today())).in_bulk()
    stood_in = [key for key, unit in unled.items() if unit.archived_on is None and _nearest(unit, unled) in own]
    return [*own, *stood_in]


def _nearest(unit: Unit, unled: dict[int, Unit]) -> int | None:
    return next((key for key in reversed(unit.path_ids) if key not in unled), None)
