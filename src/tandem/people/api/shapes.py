"""People and units as the API shows them."""

from datetime import date
from typing import Any, Literal

from tandem.core.http.bodies import Named, Shown
from tandem.core.languages import known
from tandem.people.models import Membership, Organization, Person, Unit

Kind = Literal["company", "business", "function", "team"]


class PersonOut(Shown):
    id: int
    key: str
    """The id in plan files."""
    name: str
    email: str | None
    unit: Named | None
    left_on: date | None
    version: int


class MembershipOut(Shown):
    unit: Named
    since: date
    until: date | None


class RolesOut(Shown):
    administrator: bool
    people_team: bool
    champion: bool


class OnePersonOut(PersonOut):
    manager: Named | None
    memberships: list[MembershipOut]
    leads: list[Named]
    roles: RolesOut


class PeopleOut(Shown):
    items: list[PersonOut]
    next: str | None


class UnitOut(Shown):
    id: int
    key: str
    name: str
    kind: Kind
    parent: int | None
    lead: Named | None
    position: int
    archived_on: date | None
    version: int


class UnitsOut(Shown):
    items: list[UnitOut]
    next: str | None


class OneUnitOut(UnitOut):
    above: list[Named]
    """The units above it, from the root down."""


class OrganizationOut(Shown):
    name: str
    timezone: str
    locale: str
    fiscal_year_start: int
    quarter_name: str
    late_score_days: int
    languages: list[str]
    """Those offered, in Tandem's order."""
    check_in_weekday: int | None
    most_objectives: int
    most_key_results: int
    coach_asks: bool
    audit_days: int | None
    words: dict[str, dict[str, str]]
    """What the company calls things; a term not in it has Tandem's word."""
    version: int


class SampleOut(Shown):
    english: str
    chinese: str


class SamplesOut(Shown):
    items: list[SampleOut]


class MeOut(OnePersonOut):
    language: str
    timezone: str
    theme: str
    coach_asks: bool


def named_json(row: Person | Unit | None) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "name": row.name}


def person_json(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "key": person.key,
        "name": person.name,
        "email": person.email,
        "unit": named_json(person.unit),
        "left_on": person.left_on,
        "version": person.version,
    }


def roles_json(person: Person) -> dict[str, bool]:
    return {
        "administrator": person.is_administrator,
        "people_team": person.is_people_team,
        "champion": person.is_champion,
    }


def membership_json(membership: Membership) -> dict[str, Any]:
    return {"unit": named_json(membership.unit), "since": membership.since, "until": membership.until}


def unit_json(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.pk,
        "key": unit.key,
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.parent_id,
        "lead": named_json(unit.lead),
        "position": unit.position,
        "archived_on": unit.archived_on,
        "version": unit.version,
    }


def organization_json(company: Organization) -> dict[str, Any]:
    return {
        "name": company.name,
        "timezone": company.timezone,
        "locale": company.locale,
        "fiscal_year_start": company.fiscal_year_start,
        "quarter_name": company.quarter_name,
        "late_score_days": company.late_score_days,
        "languages": company.languages or known(),
        "check_in_weekday": company.check_in_weekday,
        "most_objectives": company.most_objectives,
        "most_key_results": company.most_key_results,
        "coach_asks": company.coach_asks,
        "audit_days": company.audit_days,
        "words": company.words,
        "version": company.version,
    }
