"""The organisation of a plan file: compared with what is stored, then written in a fixed number of statements."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.bulk import Changed, Comparison, Entry, Faults, chunks, compare, insert_rows, update_rows
from tandem.core.clock import today
from tandem.core.commands import command
from tandem.core.errors import Invalid, NotAllowed
from tandem.core.texts import clean_line
from tandem.people import queries
from tandem.people.access import may_import
from tandem.people.actors import SYSTEM, Actor
from tandem.people.commands.company import lock_organization, set_organization_fields
from tandem.people.commands.people import clean_email, set_profile_fields
from tandem.people.commands.units import tell_lines, tell_moved, unit_kind
from tandem.people.found import person_text, unit_text
from tandem.people.models import Membership, Organization, Person, Unit
from tandem.people.rules import branch_path
from tandem.search.commands import index, put_new

PERSON_COLUMNS = (
    "name", "email", "unit", "manager", "is_administrator", "is_people_team", "is_champion",
    "language", "timezone", "theme", "left_on", "version",
)  # fmt: skip
UNIT_COLUMNS = ("name", "kind", "parent", "path", "lead", "position", "archived_on", "version")
REFERENCES = ("unit", "units", "lead", "leads", "manager")


@dataclass
class OrganizationImport:
    """Company, units and people of a file, checked and ready to be written."""

    organization: Comparison = field(default_factory=Comparison)
    units: Comparison = field(default_factory=Comparison)
    people: Comparison = field(default_factory=Comparison)
    new_units: dict[str, Unit] = field(default_factory=dict)
    changed_units: dict[str, Unit] = field(default_factory=dict)
    new_people: dict[str, Person] = field(default_factory=dict)
    changed_people: dict[str, Person] = field(default_factory=dict)


def prepare_organization(
    organization: Entry | None, units: list[Entry], people: list[Entry], faults: Faults
) -> OrganizationImport:
    """Compare a file's organisation with the stored one; what a rule refuses goes to `faults`. Writes nothing."""
    prepared = OrganizationImport()
    if organization is not None:
        stored = {"": queries.organization_as_plan(SYSTEM)} if queries.has_organization() else {}
        prepared.organization = compare([organization], stored)
        faults.try_rule(organization, lambda: set_organization_fields(_as_offered(), organization.fields))
    _prepare_units(prepared, units, faults)
    _prepare_people(prepared, people, faults)
    _refuse_no_administrator(prepared, faults)
    return prepared


def _as_offered() -> Organization:
    """A company to try a file's settings on: the languages on offer bind its own."""
    return Organization(languages=queries.organization().languages)


def _prepare_units(prepared: OrganizationImport, entries: list[Entry], faults: Faults) -> None:
    prepared.units = compare(entries, queries.units_as_plan(SYSTEM))
    for entry in prepared.units.created:
        unit = prepared.new_units[entry.key] = Unit(key=entry.key)
        faults.try_rule(entry, lambda: _set_unit(unit, entry.fields))  # noqa: B023 - run at once
    rows = {one.key: one for one in Unit.objects.all()} if prepared.units.changed else {}
    for one in prepared.units.changed:
        row = prepared.changed_units[one.entry.key] = rows[one.entry.key]
        faults.try_rule(one.entry, lambda: _set_unit(row, one.wanted))  # noqa: B023


def _set_unit(unit: Unit, fields: dict[str, Any]) -> None:
    if "name" in fields:
        unit.name = clean_line(fields["name"], "name")
    if "kind" in fields:
        unit.kind = unit_kind(fields["kind"])
    if "archived" in fields:
        unit.archived_on = fields["archived"]


def _prepare_people(prepared: OrganizationImport, entries: list[Entry], faults: Faults) -> None:
    for entry in entries:
        faults.try_rule(entry, lambda: _normalize(entry.fields))  # noqa: B023
    for chunk in chunks(entries):
        stored = queries.people_as_plan(SYSTEM, [entry.key for entry in chunk])
        found = compare(chunk, stored)
        prepared.people.created += found.created
        prepared.people.changed += found.changed
        prepared.people.unchanged += found.unchanged
        changed = {one.entry.key: one for one in found.changed}
        for row in Person.objects.filter(key__in=list(changed)):
            prepared.changed_people[row.key] = row
            one = changed[row.key]
            faults.try_rule(one.entry, lambda: _set_person(row, one.wanted))  # noqa: B023
    no_password = make_password(None)
    for entry in prepared.people.created:
        person = prepared.new_people[entry.key] = Person.new(key=entry.key, password=no_password)
        if entry.fields.get("lead") and not entry.fields.get("unit"):
            faults.add(f"{entry.path}.lead", _("Whoever leads needs a unit."))
        faults.try_rule(entry, lambda: _set_person(person, entry.fields))  # noqa: B023
    _refuse_taken_addresses(prepared, faults)


def _normalize(fields: dict[str, Any]) -> None:
    for name in ("units", "leads", "roles"):
        if name in fields:
            fields[name] = sorted(set(fields[name]))
    if "units" in fields and fields.get("unit") in fields["units"]:
        fields["units"].remove(fields["unit"])
    if "leads" in fields and fields.get("unit") in fields["leads"]:
        fields["leads"].remove(fields["unit"])
        fields["lead"] = True
    if "email" in fields:
        fields["email"] = clean_email(fields["email"])


def _set_person(person: Person, fields: dict[str, Any]) -> None:
    if "name" in fields:
        person.name = clean_line(fields["name"], "name")
    if "email" in fields:
        person.email = fields["email"]
    if "roles" in fields:
        if not set(fields["roles"]) <= set(queries.ROLES):
            raise Invalid(_("Choose one of the offered values."), field="roles")
        for role in queries.ROLES:
            setattr(person, f"is_{role}", role in fields["roles"])
    if "left" in fields:
        person.left_on = fields["left"]
    set_profile_fields(person, fields)


def _refuse_taken_addresses(prepared: OrganizationImport, faults: Faults) -> None:
    asked: dict[str, Entry] = {}
    entries = prepared.people.entries()
    for entry in entries:
        email = entry.fields.get("email")
        if email is None:
            continue
        first = asked.setdefault(email, entry)
        if first is not entry:
            faults.add(f"{entry.path}.email", _("%(path)s has this e-mail address too.") % {"path": first.path})
    staying = set(prepared.changed_people)
    for chunk in chunks(asked):
        for email, key in Person.objects.filter(email__in=chunk).values_list("email", "key"):
            entry = asked[email or ""]
            if entry.key != key and key not in staying:
                faults.add(f"{entry.path}.email", _("Somebody else has this e-mail address."))


def _refuse_no_administrator(prepared: OrganizationImport, faults: Faults) -> None:
    """Whoever runs Tandem must be able to go on doing so: a file cannot take the last administrator away."""
    losing = [key for key, row in prepared.changed_people.items() if not (row.is_administrator and row.left_on is None)]
    stored = Person.objects.filter(is_administrator=True, left_on=None)
    if not losing or not stored.filter(key__in=losing).exists():
        return
    gaining = any(
        row.is_administrator and row.left_on is None
        for row in (*prepared.new_people.values(), *prepared.changed_people.values())
    )
    if not gaining and not stored.exclude(key__in=losing).exists():
        faults.add("people", _("Somebody must stay administrator."))


@command(may=may_import, first=lock_organization)
def import_organization(actor: Actor, _subject: None = None, *, prepared: OrganizationImport) -> None:
    """Write what `prepare_organization` found new or changed, roles and addresses too. One event for all of it.

    Raises NotAllowed (403) where the people team would change roles, the company, or an administrator's entry.
    """
    if not actor.is_administrator and _needs_administrator(prepared):
        raise NotAllowed(_("Only an administrator may import this: it changes roles, settings or an administrator."))
    company = Organization.objects.get()
    for entry in prepared.organization.entries():
        set_organization_fields(company, entry.fields)
        company.version += 1
        company.save()
        queries.forget_organization()
    moved = _write_units(prepared)
    moved = _write_people(prepared) or moved
    if moved:
        tell_moved(units=True)
    units, people = (len(one.created) + len(one.changed) for one in (prepared.units, prepared.people))
    if units or people:
        if not moved:
            tell_lines()
        record(actor, "organization.imported", company, units=units, people=people)


def _needs_administrator(prepared: OrganizationImport) -> bool:
    roles = any("roles" in one.fields for one in prepared.people.changed)
    roles = roles or any(one.fields.get("roles") for one in prepared.people.created)
    kept = any(one.is_administrator for one in prepared.changed_people.values())
    return bool(roles or kept or prepared.organization.entries())


def _write_units(prepared: OrganizationImport) -> bool:
    """Says whether a unit that was there already has moved."""
    insert_rows(list(prepared.new_units.values()))
    touched = {**prepared.new_units, **prepared.changed_units}
    if not touched:
        return False
    units = {one.key: one for one in Unit.objects.all()} | touched
    moved = _hang(prepared, units)
    _set_paths(list(units.values()))
    for unit in prepared.changed_units.values():
        unit.version += 1
    rows = list(units.values()) if moved else list(touched.values())
    update_rows(rows, UNIT_COLUMNS)
    put_new("unit", (unit_text(one.pk, one.name) for one in prepared.new_units.values()))
    index("unit", *(one.pk for one in prepared.changed_units.values()))
    return moved


def _hang(prepared: OrganizationImport, units: dict[str, Unit]) -> bool:
    """Set every unit's parent as the file says, new ones after the siblings that are there."""
    moved = False
    for one in prepared.units.changed:
        if "parent" in one.fields:
            prepared.changed_units[one.entry.key].parent = _unit(units, one.entry.fields["parent"])
            moved = True
    taken: dict[int | None, int] = {}
    for key, unit in units.items():
        if key not in prepared.new_units:
            taken[unit.parent_id] = max(taken.get(unit.parent_id, -1), unit.position)
    for entry in prepared.units.created:
        unit = units[entry.key]
        unit.parent = _unit(units, entry.fields.get("parent"))
        unit.position = taken[unit.parent_id] = taken.get(unit.parent_id, -1) + 1
    return moved


def _unit(units: dict[str, Unit], key: str | None) -> Unit | None:
    return units[key] if key is not None else None


def _set_paths(units: list[Unit]) -> None:
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    waiting = [(unit, "") for unit in below.get(None, ())]
    while waiting:
        unit, above = waiting.pop()
        unit.path = branch_path(above, unit.pk)
        waiting += [(one, unit.path) for one in below.get(unit.pk, ())]


def _write_people(prepared: OrganizationImport) -> bool:
    """Says whether somebody who was there already has another home."""
    if not prepared.new_people and not prepared.changed_people:
        return False
    units = {one.key: one for one in Unit.objects.all()}
    created, changed = prepared.people.created, prepared.people.changed
    for entry in created:
        prepared.new_people[entry.key].unit = _unit(units, entry.fields.get("unit"))
    insert_rows(list(prepared.new_people.values()))
    moved = False
    for one in changed:
        if "unit" in one.fields:
            prepared.changed_people[one.entry.key].unit = _unit(units, one.entry.fields["unit"])
            moved = True
    _set_managers(prepared)
    for person in prepared.changed_people.values():
        person.version += 1
    update_rows(list(prepared.changed_people.values()), PERSON_COLUMNS)
    put_new("person", (person_text(o.pk, o.name, o.email, o.unit_id) for o in prepared.new_people.values()))
    index("person", *(one.pk for one in prepared.changed_people.values()))
    _write_memberships(prepared, units)
    _write_leads(prepared, units)
    return moved


def _set_managers(prepared: OrganizationImport) -> None:
    named = [(prepared.new_people[one.key], one.fields.get("manager")) for one in prepared.people.created]
    named = [(person, manager) for person, manager in named if manager]
    redirected = [
        (prepared.changed_people[one.entry.key], one.entry.fields["manager"])
        for one in prepared.people.changed
        if "manager" in one.fields
    ]
    keys = {manager for _person, manager in (*named, *redirected) if manager}
    known: dict[str, int] = {}
    for chunk in chunks(keys):
        known.update(Person.objects.filter(key__in=chunk).values_list("key", "pk"))
    for person, manager in (*named, *redirected):
        person.manager_id = known[manager] if manager else None
    update_rows([person for person, _manager in named], ["manager"])


def _write_memberships(prepared: OrganizationImport, units: dict[str, Unit]) -> None:
    """Home and further units as the file says; what ends, ends today and stays readable."""
    day = today()
    new: list[Membership] = []
    for entry in prepared.people.created:
        person = prepared.new_people[entry.key]
        homes = [entry.fields.get("unit"), *entry.fields.get("units", ())]
        new += [Membership(person=person, unit=units[key], since=day) for key in homes if key]
    for one in prepared.people.changed:
        if not one.fields.keys() & {"unit", "units"}:
            continue
        person = prepared.changed_people[one.entry.key]
        wanted, standing = _homes(one, person, units)
        Membership.objects.filter(person=person, until=None).exclude(unit__in=wanted).update(until=day)
        new += [Membership(person=person, unit_id=pk, since=day) for pk in sorted(wanted - standing)]
    insert_rows(new)


def _homes(one: Changed, person: Person, units: dict[str, Unit]) -> tuple[set[int], set[int]]:
    """The units the person shall belong to, and those they belong to now."""
    standing = set(Membership.objects.filter(person=person, until=None).values_list("unit_id", flat=True))
    if "units" in one.entry.fields:
        wanted = {units[key].pk for key in one.entry.fields["units"]}
    else:
        old = one.fields["unit"][0]
        wanted = standing - ({units[old].pk} if old else set())
    if person.unit_id is not None:
        wanted.add(person.unit_id)
    return wanted, standing


def _write_leads(prepared: OrganizationImport, units: dict[str, Unit]) -> None:
    touched: dict[int, Unit] = {}

    def lead(key: str | None, person: Person, leads: bool) -> None:
        unit = units[key] if key else None
        if unit is not None and (leads or unit.lead_id == person.pk):
            unit.lead_id = person.pk if leads else None
            touched[unit.pk] = unit

    for one in prepared.people.changed:  # first who gives a place up, then who takes one
        person, fields = prepared.changed_people[one.entry.key], one.entry.fields
        if "unit" in one.fields and "lead" in fields:
            lead(one.fields["unit"][0], person, leads=False)
        if "lead" in one.fields and not fields["lead"]:
            lead(_key_of(person), person, leads=False)
        for key in set(one.fields["leads"][0]) - set(fields["leads"]) if "leads" in one.fields else ():
            lead(key, person, leads=False)
    for entry in (*prepared.people.created, *(one.entry for one in prepared.people.changed)):
        person = prepared.new_people.get(entry.key) or prepared.changed_people[entry.key]
        if entry.fields.get("lead"):
            lead(_key_of(person), person, leads=True)
        for key in entry.fields.get("leads", ()):
            lead(key, person, leads=True)
    update_rows(list(touched.values()), ["lead"])


def _key_of(person: Person) -> str | None:
    return person.unit.key if person.unit is not None else None
