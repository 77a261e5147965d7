"""Who may do what with people and units."""

from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, DateField, F, Func, Q, Value

from tandem.core.clock import today
from tandem.people.actors import Actor
from tandem.people.models import Person, Token, Unit


def may_run_organization(actor: Actor, _subject: object = None) -> bool:
    """Units, people and reporting lines are kept by administrators and the people team."""
    return actor.is_administrator or actor.is_people_team


def may_keep_person(actor: Actor, person: Person) -> bool:
    """An administrator's entry is an administrator's to keep: whoever changes an e-mail address can sign in with it."""
    return actor.is_administrator if person.is_administrator else may_run_organization(actor)


def may_set_job_level(actor: Actor, person: Person) -> bool:
    """The people team puts in force what was decided, and nobody their own."""
    return actor.is_people_team and not is_self(actor, person)


def may_import(actor: Actor, _subject: object = None) -> bool:
    """The people team too; what a file says about roles, the company or an administrator is asked for besides."""
    return may_run_organization(actor)


def may_administer(actor: Actor, _subject: object = None) -> bool:
    return actor.is_administrator


def is_self(actor: Actor, person: Person) -> bool:
    return actor.pk == person.pk


def may_edit_profile(actor: Actor, person: Person) -> bool:
    """One's language, time zone and theme are one's own."""
    return is_self(actor, person) or actor.is_system


def may_revoke_token(actor: Actor, token: Token) -> bool:
    return actor.is_administrator or is_self(actor, token.person)


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


def acting_leads(units: Iterable[int]) -> dict[int, int]:
    """The same for many units: the key of the lead for each unit's key, where there is one. Two queries."""
    paths = {one.pk: one.path_ids for one in Unit.objects.filter(pk__in=list(units))}
    above = {key for path in paths.values() for key in path}
    here = Q(lead__left_on=None) | Q(lead__left_on__gt=today())
    lead_of = dict(Unit.objects.filter(here, pk__in=above, lead__isnull=False).values_list("pk", "lead_id"))
    found = {unit: next(filter(None, map(lead_of.get, reversed(path))), None) for unit, path in paths.items()}
    return {unit: lead for unit, lead in found.items() if lead is not None}


def acting_lead_names(unit: Unit, below: Iterable[int]) -> dict[int, str]:
    """Who acts as lead of a unit, and of units (keys) right below it, by name, where anybody does. One query."""
    keys = list(below)
    rows = Unit.objects.filter(pk__in=[*unit.path_ids, *keys], lead__isnull=False).select_related("lead")
    names = {one.pk: one.lead.name for one in rows if one.lead is not None and one.lead.is_active}
    above = next((names[key] for key in reversed(unit.path_ids) if key in names), None)
    found = {key: names.get(key, above) for key in (unit.pk, *keys)}
    return {key: name for key, name in found.items() if name is not None}


def acting_manager(person: Person) -> Person | None:
    """The named manager who is here; else the nearest lead above who is not the person. At most two queries."""
    if person.manager is not None and person.manager.is_active:
        return person.manager
    return lead_above(person.unit, person) if person.unit is not None else None


def lead_above(unit: Unit, besides: Person | None) -> Person | None:
    """Whoever is here and leads the unit or the nearest one above, and is somebody else than `besides`. One query."""
    above = {one.pk: one for one in Unit.objects.filter(pk__in=unit.path_ids).select_related("lead")}
    leads_up = (above[key].lead for key in reversed(unit.path_ids) if key in above)
    return next((one for one in leads_up if one is not None and one.is_active and one != besides), None)


def stands_over(person: int | None, unit: Unit) -> bool:
    """Does somebody (a key) lead the unit, or one above it? One query."""
    return person is not None and Unit.objects.filter(pk__in=unit.path_ids, lead=person).exists()


def stands_above(person: int | None, unit: Unit) -> bool:
    """Does somebody (a key) lead a unit above this one? One query."""
    return person is not None and Unit.objects.filter(pk__in=unit.path_ids[:-1], lead=person).exists()


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


class _Standing(Func):
    """Where somebody stands, asked inside another query: the place (a unit, a person), then who is meant."""

    output_field = BooleanField()

    def __init__(self, place: F | Func, person: int, *more: Value) -> None:
        super().__init__(place, Value(person), *more)


class LeadsAbove(_Standing):
    """Does the person lead the unit, or one above it?"""

    template = """EXISTS (
        WITH place(id, person) AS (SELECT %(expressions)s)
        SELECT 1 FROM place
        JOIN people_unit here ON here.id = place.id
        JOIN people_unit led ON led.lead_id = place.person AND here.path LIKE led.path || '%%%%'
    )"""


class IsInBranch(_Standing):
    """Does the person belong to the unit, or to one below it, today?"""

    template = """EXISTS (
        WITH place(id, person) AS (SELECT %(expressions)s)
        SELECT 1 FROM place
        JOIN people_unit here ON here.id = place.id
        JOIN people_membership own ON own.person_id = place.person AND own.until IS NULL
        JOIN people_unit below ON below.id = own.unit_id AND below.path LIKE here.path || '%%%%'
    )"""


class IsInLineAbove(_Standing):
    """Is the person a named manager of the other one, or of that manager and so on, or a lead above one of them?"""

    template = """EXISTS (
        WITH RECURSIVE place(id, person) AS (SELECT %(expressions)s),
        line(id) AS (
            SELECT id FROM place
            UNION
            SELECT one.manager_id FROM people_person one JOIN line ON one.id = line.id
        )
        SELECT 1 FROM place
        JOIN people_person one ON one.id IN (SELECT id FROM line)
        LEFT JOIN people_unit home ON home.id = one.unit_id
        WHERE one.id = place.person OR EXISTS (
            SELECT 1 FROM people_unit led WHERE led.lead_id = place.person AND home.path LIKE led.path || '%%%%'
        )
    )"""


class LeadsWithin(_Standing):
    """`LeadsAbove`, no more than so many leads up: the unit's own lead is the carrier, the next one up the first."""

    template = """EXISTS (
        WITH place(id, person, most) AS (SELECT %(expressions)s)
        SELECT 1 FROM place
        JOIN people_unit here ON here.id = place.id
        JOIN people_unit led ON led.lead_id = place.person AND here.path LIKE led.path || '%%%%'
        WHERE place.most >= (
            SELECT COUNT(*) FROM people_unit step WHERE step.lead_id IS NOT NULL AND step.id <> here.id
            AND here.path LIKE step.path || '%%%%' AND step.path LIKE led.path || '%%%%'
        )
    )"""

    def __init__(self, place: F | Func, person: int, most: int) -> None:
        super().__init__(place, person, Value(most))


class IsInLineWithin(_Standing):
    """`IsInLineAbove`, no more than so many steps up: a named manager is one, and so is each lead above."""

    template = """EXISTS (
        WITH RECURSIVE place(id, person, most) AS (SELECT %(expressions)s),
        line(id, step) AS (
            SELECT id, 0 FROM place
            UNION
            SELECT one.manager_id, line.step + 1 FROM line
            JOIN people_person one ON one.id = line.id AND one.manager_id IS NOT NULL
            JOIN place ON line.step < place.most
        )
        SELECT 1 FROM place, line
        JOIN people_person one ON one.id = line.id
        LEFT JOIN people_unit home ON home.id = one.unit_id
        WHERE one.id = place.person OR EXISTS (
            SELECT 1 FROM people_unit led WHERE led.lead_id = place.person AND home.path LIKE led.path || '%%%%'
            AND place.most >= line.step + (
                SELECT COUNT(*) FROM people_unit step WHERE step.lead_id IS NOT NULL AND step.lead_id <> one.id
                AND home.path LIKE step.path || '%%%%' AND step.path LIKE led.path || '%%%%'
            )
        )
    )"""

    def __init__(self, place: F | Func, person: int, most: int) -> None:
        super().__init__(place, person, Value(most))


class IsActingLead(_Standing):
    """The same question as `leads`: the unit, the person, and the day on which leads must not have left."""

    template = """EXISTS (
        WITH RECURSIVE place(id, person, day) AS (SELECT %(expressions)s),
        up(id, parent_id, lead_id, step) AS (
            SELECT one.id, one.parent_id, one.lead_id, 0 FROM people_unit one JOIN place ON place.id = one.id
            UNION ALL
            SELECT one.id, one.parent_id, one.lead_id, step + 1 FROM people_unit one JOIN up ON up.parent_id = one.id
        ),
        acting(id) AS (
            SELECT lead.id FROM place, up JOIN people_person lead ON lead.id = up.lead_id
            WHERE lead.left_on IS NULL OR lead.left_on > place.day ORDER BY up.step LIMIT 1
        )
        SELECT 1 FROM place JOIN people_person one ON one.id = place.person
        WHERE place.id IS NOT NULL AND (one.id IN (SELECT id FROM acting) OR (
            (one.is_administrator OR one.is_champion) AND NOT EXISTS (SELECT 1 FROM acting)
        ))
    )"""

    def __init__(self, unit: F, person: int, day: date) -> None:
        super().__init__(unit, person, Value(day, DateField()))
