"""People: listed, read, added, edited, moved, leaving and coming back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.activity.api import EventsOut, feed_answer
from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Day, Id, IdText, Text, Versioned, Words
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected, unchanged
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import known, named
from tandem.people.api.shapes import (
    OnePersonOut,
    PeopleOut,
    membership_json,
    named_json,
    person_json,
    roles_json,
)
from tandem.people.commands import (
    add_person,
    edit_person,
    join_unit,
    leave_company,
    leave_unit,
    lock_organization,
    move_person,
    return_to_company,
)
from tandem.people.models import Person
from tandem.people.queries import get_person, get_unit, memberships_of, people, search_people, units_led_by

router = Router(tags=["people"])


class NewPerson(Body):
    name: Text
    email: Text | None = None
    unit: Id | None = None
    manager: Id | None = None


class PersonChange(Versioned):
    name: Text = OMITTED
    email: Text | None = None
    manager: Id | None = None


class Home(Body):
    unit: Id | None


class Joining(Body):
    unit: Id


class Leaving(Body):
    on: Day | None = None


def one_person_json(actor: Actor, person: Person) -> dict[str, Any]:
    return {
        **person_json(person),
        "manager": named_json(person.manager),
        "memberships": [membership_json(one) for one in memberships_of(actor, person)],
        "leads": [named_json(one) for one in units_led_by(actor, person)],
        "roles": roles_json(person),
    }


def _shown(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    person = get_person(actor_of(request), pk)
    return answer(one_person_json(actor_of(request), person), status=status, version=person.version)


@router.get("/people", response=PeopleOut)
def list_people(
    request: HttpRequest,
    search: Words | None = None,
    left: bool = False,
    unit: IdText | None = None,
    cursor: Cursor = None,
    limit: Limit = USUAL,
) -> HttpResponse:
    """People by name. `left=true` lists those who left too; `unit` those whose home it is."""
    actor = actor_of(request)
    rows = search_people(actor, search, left=left) if search else people(actor, left=left)
    if unit is not None:
        rows = rows.filter(unit=unit)
    found = page(rows, ("name", "pk"), lambda one: (one.name, one.pk), cursor=cursor, limit=limit, name="people")
    return answer({"items": [person_json(one) for one in found.items], "next": found.next})


@router.post("/people", response={201: OnePersonOut})
def create_person(request: HttpRequest, body: NewPerson) -> HttpResponse:
    """A new member. Without an e-mail address they are named but cannot sign in."""
    actor = actor_of(request)
    unit = named(get_unit, actor, body.unit, "unit")
    manager = named(get_person, actor, body.manager, "manager")
    person = add_person(actor, unit, name=body.name, email=body.email, manager=manager)
    return _shown(request, person.pk, status=201)


@router.get("/people/{id:person_id}", response=OnePersonOut)
def read_person(request: HttpRequest, person_id: int) -> HttpResponse:
    return _shown(request, person_id)


@router.patch("/people/{id:person_id}", response=OnePersonOut)
def change_person(request: HttpRequest, person_id: int, body: PersonChange) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor, person_id)
    fields = body.said()
    if "manager" in fields:
        fields["manager"] = named(get_person, actor, body.manager, "manager")
    edit_person(actor, person, version=expected(request, body.version), **fields)
    return _shown(request, person_id)


@router.post("/people/{id:person_id}/move", response=OnePersonOut)
def move(request: HttpRequest, person_id: int, body: Home) -> HttpResponse:
    """Give the person another home unit (null: none) from today on."""
    actor = actor_of(request)
    person = get_person(actor, person_id)
    with unchanged(request, person):
        move_person(actor, person, unit=named(get_unit, actor, body.unit, "unit"))
    return _shown(request, person_id)


@router.post("/people/{id:person_id}/memberships", response={201: OnePersonOut})
def join(request: HttpRequest, person_id: int, body: Joining) -> HttpResponse:
    """A second membership beside the home unit."""
    actor = actor_of(request)
    join_unit(actor, get_person(actor, person_id), unit=known(get_unit, actor, body.unit, "unit"))
    return _shown(request, person_id, status=201)


@router.delete("/people/{id:person_id}/memberships/{id:unit_id}", response=OnePersonOut)
def withdraw(request: HttpRequest, person_id: int, unit_id: int) -> HttpResponse:
    """End a second membership."""
    actor = actor_of(request)
    leave_unit(actor, get_person(actor, person_id), unit=get_unit(actor, unit_id))
    return _shown(request, person_id)


@router.post("/people/{id:person_id}/leave", response=OnePersonOut)
def leave(request: HttpRequest, person_id: int, body: Leaving) -> HttpResponse:
    """The person leaves the company on a day (today, when none is named)."""
    actor = actor_of(request)
    person = get_person(actor, person_id)
    with unchanged(request, person, first=lock_organization):
        leave_company(actor, person, on=body.on)
    return _shown(request, person_id)


@router.post("/people/{id:person_id}/return", response=OnePersonOut)
def come_back(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor, person_id)
    with unchanged(request, person):
        return_to_company(actor, person)
    return _shown(request, person_id)


@router.get("/people/{id:person_id}/events", response=EventsOut)
def events(request: HttpRequest, person_id: int, cursor: IdText | None = None, limit: Limit = USUAL) -> HttpResponse:
    """What happened to the person and their goals, newest first."""
    actor = actor_of(request)
    return feed_answer(actor, get_person(actor, person_id), cursor, limit)
