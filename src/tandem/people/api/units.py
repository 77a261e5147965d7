"""Units: the tree, one unit, its members; created, edited, moved, archived."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from tandem.activity.api import EventsOut, feed_answer
from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Id, IdText, Text, Versioned, Words
from tandem.core.http.paging import MOST, USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected, unchanged
from tandem.people.actors import actor_of
from tandem.people.api.asking import known, named
from tandem.people.api.shapes import OneUnitOut, PeopleOut, UnitsOut, named_json, person_json, unit_json
from tandem.people.commands import (
    archive_unit,
    create_unit,
    edit_unit,
    lock_organization,
    merge_unit,
    move_unit,
    name_lead,
    reorder_unit,
    restore_unit,
    undo_merge,
)
from tandem.people.queries import ancestors, get_person, get_unit, members_of, search_units, units

router = Router(tags=["units"])


class NewUnit(Body):
    name: Text
    kind: Text = "team"
    parent: Id | None = None
    lead: Id | None = None


class UnitChange(Versioned):
    name: Text = OMITTED
    kind: Text = OMITTED


class Place(Body):
    parent: Id | None


class Merger(Body):
    into: Id


class PlaceChange(Body):
    step: Annotated[int, Field(strict=True, ge=-1000, le=1000)]


class Leader(Body):
    lead: Id | None


def _shown(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    unit = get_unit(actor, pk)
    above = [named_json(one) for one in ancestors(actor, unit)]
    return answer({**unit_json(unit), "above": above}, status=status, version=unit.version)


@router.get("/units", response=UnitsOut)
def list_units(
    request: HttpRequest,
    search: Words | None = None,
    archived: bool = False,
    parent: IdText | None = None,
    roots: bool = False,
    cursor: Cursor = None,
    limit: Limit = MOST,
) -> HttpResponse:
    """Units by place; `parent` those right below one, `roots=true` those below none. `archived=true` all."""
    actor = actor_of(request)
    rows = search_units(actor, search) if search else units(actor, archived=archived)
    if parent is not None:
        rows = rows.filter(parent=parent)
    if roots:
        rows = rows.filter(parent=None)
    found = page(rows, ("position", "pk"), lambda one: (one.position, one.pk), cursor=cursor, limit=limit, name="units")
    return answer({"items": [unit_json(one) for one in found.items], "next": found.next})


@router.post("/units", response={201: OneUnitOut})
def add_unit(request: HttpRequest, body: NewUnit) -> HttpResponse:
    actor = actor_of(request)
    parent = named(get_unit, actor, body.parent, "parent")
    lead = named(get_person, actor, body.lead, "lead")
    unit = create_unit(actor, parent, name=body.name, kind=body.kind, lead=lead)
    return _shown(request, unit.pk, status=201)


@router.get("/units/{id:unit_id}", response=OneUnitOut)
def read_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    return _shown(request, unit_id)


@router.patch("/units/{id:unit_id}", response=OneUnitOut)
def change_unit(request: HttpRequest, unit_id: int, body: UnitChange) -> HttpResponse:
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    edit_unit(actor, unit, version=expected(request, body.version), name=body.name, kind=body.kind)
    return _shown(request, unit_id)


@router.post("/units/{id:unit_id}/move", response=OneUnitOut)
def move(request: HttpRequest, unit_id: int, body: Place) -> HttpResponse:
    """Hang the unit, with all below it, under another (null: make it a root)."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    with unchanged(request, unit, first=lock_organization):
        move_unit(actor, unit, parent=named(get_unit, actor, body.parent, "parent"))
    return _shown(request, unit_id)


@router.post("/units/{id:unit_id}/merge", response=OneUnitOut)
def merge(request: HttpRequest, unit_id: int, body: Merger) -> HttpResponse:
    """Units below and members go to another unit; this one is archived. Its goals are handed over apart."""
    actor = actor_of(request)
    merge_unit(actor, get_unit(actor, unit_id), into=known(get_unit, actor, body.into, "into"))
    return _shown(request, unit_id)


@router.post("/units/{id:unit_id}/merge/undo", response=OneUnitOut)
def take_merge_back(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The unit is back with its members and what lay below it, as far as nobody moved on. Goals: undo the hand-over."""
    actor = actor_of(request)
    undo_merge(actor, get_unit(actor, unit_id))
    return _shown(request, unit_id)


@router.post("/units/{id:unit_id}/reorder", response=OneUnitOut)
def reorder(request: HttpRequest, unit_id: int, body: PlaceChange) -> HttpResponse:
    """Move the unit so many places down (below 0: up) among its siblings."""
    actor = actor_of(request)
    reorder_unit(actor, get_unit(actor, unit_id), step=body.step)
    return _shown(request, unit_id)


@router.put("/units/{id:unit_id}/lead", response=OneUnitOut)
def change_lead(request: HttpRequest, unit_id: int, body: Leader) -> HttpResponse:
    """Name the unit's lead; null leaves the place vacant."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    with unchanged(request, unit):
        name_lead(actor, unit, lead=named(get_person, actor, body.lead, "lead"))
    return _shown(request, unit_id)


@router.post("/units/{id:unit_id}/archive", response=OneUnitOut)
def archive(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    with unchanged(request, unit, first=lock_organization):
        archive_unit(actor, unit)
    return _shown(request, unit_id)


@router.post("/units/{id:unit_id}/restore", response=OneUnitOut)
def restore(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    with unchanged(request, unit, first=lock_organization):
        restore_unit(actor, unit)
    return _shown(request, unit_id)


@router.get("/units/{id:unit_id}/members", response=PeopleOut)
def members(request: HttpRequest, unit_id: int, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Who belongs to the unit today, by home or by a second membership."""
    actor = actor_of(request)
    rows = members_of(actor, get_unit(actor, unit_id)).select_related("unit")
    found = page(rows, ("name", "pk"), lambda one: (one.name, one.pk), cursor=cursor, limit=limit, name="members")
    return answer({"items": [person_json(one) for one in found.items], "next": found.next})


@router.get("/units/{id:unit_id}/events", response=EventsOut)
def events(request: HttpRequest, unit_id: int, cursor: IdText | None = None, limit: Limit = USUAL) -> HttpResponse:
    """What happened to the unit and its goals, newest first."""
    actor = actor_of(request)
    return feed_answer(actor, get_unit(actor, unit_id), cursor, limit)
