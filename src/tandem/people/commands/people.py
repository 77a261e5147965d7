"""People: add, edit, move, leave, return; roles, passwords and personal settings."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.keys import new_key
from tandem.core.languages import offered
from tandem.core.texts import clean_line, clean_optional_line
from tandem.people.access import (
    may_administer,
    may_edit_profile,
    may_keep_person,
    may_run_organization,
    may_set_job_level,
)
from tandem.people.actors import Actor
from tandem.people.commands.company import known_timezone, lock_organization
from tandem.people.commands.units import tell_lines, tell_moved
from tandem.people.models import Membership, Person, Unit
from tandem.people.queries import still_here
from tandem.people.rules import loops
from tandem.search.commands import index


@command(may=may_run_organization, first=lock_organization)
def add_person(
    actor: Actor,
    unit: Unit | None,
    *,
    name: str,
    email: str | None = None,
    manager: Person | None = None,
    key: str | None = None,
) -> Person:
    """A new member of `unit` (None: of no unit yet). Without an e-mail they are named but cannot sign in."""
    _refuse_archived(unit)
    person = Person(
        key=key or new_key(),
        name=clean_line(name, "name"),
        email=_email(email),
        unit=unit,
        manager=manager,
    )
    person.set_unusable_password()
    person.save()
    if unit is not None:
        Membership.objects.create(person=person, unit=unit, since=today())
    index("person", person.pk)
    record(actor, "person.added", person, unit, name=person.name)
    return person


@command(may=may_keep_person, first=lock_organization)
def edit_person(actor: Actor, person: Person, /, *, version: int | None = None, **fields: Any) -> Person:
    """Change name, e-mail or manager. A ring of managers is refused (422)."""
    expect_version(person, version)
    if "name" in fields:
        person.name = clean_line(fields["name"], "name")
    if "email" in fields:
        person.email = _email(fields["email"], person)
    if "manager" in fields:
        person.manager = _manager(person, fields["manager"])
    person.version += 1
    person.save()
    index("person", person.pk)
    record(actor, "person.edited", person, person.unit, name=person.name, changed=sorted(fields))
    if "manager" in fields:
        tell_lines()
    return person


def _manager(person: Person, manager: Person | None) -> Person | None:
    if manager is not None:
        lines = dict(Person.objects.values_list("pk", "manager_id"))
        if loops(person.pk, manager.pk, lines):
            raise Invalid(_("Nobody can be their own manager, not even by a detour."), field="manager")
    return manager


@command(may=may_edit_profile)
def edit_profile(
    actor: Actor,
    person: Person,
    *,
    language: str | None = None,
    timezone: str | None = None,
    theme: str | None = None,
    coach_asks: bool | None = None,
) -> Person:
    """One's own language ("" is the browser's), time zone ("" the company's), theme ("" the device's), and whether
    the coach asks about what one writes oneself."""
    if language and language != person.language and language not in offered():
        raise Invalid(_("This language is not offered here."), field="language")
    set_profile_fields(person, {"language": language, "timezone": timezone, "theme": theme})
    if coach_asks is not None:
        person.coach_asks = coach_asks
    person.version += 1
    person.save(update_fields=["language", "timezone", "theme", "coach_asks", "version"])
    record(actor, "person.profile", person)
    return person


def set_profile_fields(person: Person, fields: dict[str, Any]) -> None:
    """Language, time zone, theme; None leaves one as it is. Raises Invalid."""
    language, zone, theme = (fields.get(name) for name in ("language", "timezone", "theme"))
    if language is not None:
        if language and language not in dict(settings.LANGUAGES):
            raise Invalid(_("Tandem does not speak this language."), field="language")
        person.language = language
    if zone is not None:
        person.timezone = known_timezone(zone) if zone else ""
    if theme is not None:
        if theme not in ("", "light", "dark"):
            raise Invalid(_("A theme is light or dark."), field="theme")
        person.theme = theme


@command(may=may_administer)
def set_password(actor: Actor, person: Person, *, password: str) -> Person:
    """Give a first or new password (people change their own on the sign-in pages)."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None
    person.set_password(password)
    person.save(update_fields=["password"])
    record(actor, "person.password", person, name=person.name)
    return person


@command(may=may_administer, first=lock_organization)
def set_roles(
    actor: Actor,
    person: Person,
    *,
    administrator: bool | None = None,
    people_team: bool | None = None,
    champion: bool | None = None,
) -> Person:
    """Give or take roles; None leaves a role as it is. The last administrator stays one (422)."""
    if administrator is False:
        _refuse_last_administrator(person)
    person.is_administrator = person.is_administrator if administrator is None else administrator
    person.is_people_team = person.is_people_team if people_team is None else people_team
    person.is_champion = person.is_champion if champion is None else champion
    person.version += 1
    person.save(update_fields=["is_administrator", "is_people_team", "is_champion", "version"])
    record(actor, "person.roles", person, name=person.name)
    return person


@command(may=may_set_job_level)
def set_job_level(actor: Actor, person: Person, *, level: str) -> Person:
    """What a review decided, in the company's own words (up to 100 characters); "" is none yet. Raises Invalid."""
    person.job_level = clean_optional_line(level, "level", length=100)
    person.version += 1
    person.save(update_fields=["job_level", "version"])
    record(actor, "person.job_level", person, name=person.name)
    return person


@command(may=may_run_organization)
def move_person(actor: Actor, person: Person, *, unit: Unit | None) -> Person:
    """Give the person another home unit from today on; running goals come along, closed ones stay."""
    _refuse_archived(unit)
    if person.unit_id is not None:
        _end(person, person.unit_id)
    person.unit = unit
    person.version += 1
    person.save(update_fields=["unit", "version"])
    if unit is not None:
        Membership.objects.get_or_create(person=person, unit=unit, until=None, defaults={"since": today()})
    index("person", person.pk)
    record(actor, "person.moved", person, unit, name=person.name, unit=unit.name if unit else "–")
    tell_moved(units=False)
    return person


@command(may=may_run_organization)
def join_unit(actor: Actor, person: Person, *, unit: Unit) -> Membership:
    """A second membership beside the home unit."""
    _refuse_archived(unit)
    membership, _new = Membership.objects.get_or_create(
        person=person, unit=unit, until=None, defaults={"since": today()}
    )
    record(actor, "person.joined", person, unit, name=person.name, unit=unit.name)
    return membership


@command(may=may_run_organization)
def leave_unit(actor: Actor, person: Person, *, unit: Unit) -> Person:
    """End a second membership; the home unit changes by a move."""
    if unit.pk == person.unit_id:
        raise Invalid(_("This is the home unit; move the person instead."), field="unit")
    _end(person, unit.pk)
    record(actor, "person.withdrew", person, unit, name=person.name, unit=unit.name)
    return person


@command(may=may_keep_person, first=lock_organization)
def leave_company(actor: Actor, person: Person, *, on: date | None = None) -> Person:
    """The person leaves on a day (today by default): no sign-in from then on, the past stays readable."""
    if person.pk == actor.pk:
        raise Invalid(_("Somebody else must do this for you."))
    _refuse_last_administrator(person)
    person.left_on = on or today()
    person.version += 1
    person.save(update_fields=["left_on", "version"])
    record(actor, "person.left", person, person.unit, name=person.name)
    tell_lines()
    return person


@command(may=may_run_organization)
def return_to_company(actor: Actor, person: Person) -> Person:
    person.left_on = None
    person.version += 1
    person.save(update_fields=["left_on", "version"])
    record(actor, "person.returned", person, person.unit, name=person.name)
    tell_lines()
    return person


def _refuse_archived(unit: Unit | None) -> None:
    if unit is not None and unit.archived_on is not None:
        raise Invalid(_("An archived unit takes no new members."), field="unit")


def _refuse_last_administrator(person: Person) -> None:
    others = Person.objects.filter(still_here(), is_administrator=True).exclude(pk=person.pk)
    if person.is_administrator and not others.exists():
        raise Invalid(_("Somebody must stay administrator."), field="administrator")


def _end(person: Person, unit_id: int) -> None:
    Membership.objects.filter(person=person, unit_id=unit_id, until=None).update(until=today())


def _email(raw: str | None, person: Person | None = None) -> str | None:
    email = clean_email(raw)
    if email is None:
        return None
    taken = Person.objects.filter(email=email)
    if (taken.exclude(pk=person.pk) if person else taken).exists():
        raise Invalid(_("Somebody else has this e-mail address."), field="email")
    return email


def clean_email(raw: str | None) -> str | None:
    """An address in lower case, None for nothing; raises Invalid. Whether it is taken is another question."""
    email = (raw or "").strip().lower()
    if not email:
        return None
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(_("This is not an e-mail address."), field="email") from None
    return email
