"""What an objective hangs together with: other objectives, people who own it too, and who may read it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Text, Words
from tandem.okr.api.objectives import shown
from tandem.okr.api.shapes import CandidatesOut, ContributionsOut, GoalOut
from tandem.okr.commands import (
    add_co_owner,
    add_reader,
    align,
    remove_co_owner,
    remove_reader,
    set_visibility,
    unalign,
)
from tandem.okr.queries import contributions_to, get_objective
from tandem.okr.queries.picker import Parent, possible_parents
from tandem.people.actors import actor_of
from tandem.people.queries import get_person

router = Router(tags=["objectives"])


@router.get("/objectives/{id:objective_id}/alignment-candidates", response=CandidatesOut)
def candidates(request: HttpRequest, objective_id: int, search: Words = "") -> HttpResponse:
    """The twenty nearest it could align to: neither itself nor what hangs below it, living, in overlapping time."""
    actor = actor_of(request)
    found = possible_parents(actor, get_objective(actor, objective_id), search)
    return answer({"items": [_candidate(one) for one in found]})


def _candidate(one: Parent) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "state": one.state,
        "owner_name": one.owner_name,
        "cycle_name": one.cycle_name,
        "is_tentative": one.is_tentative,
    }


@router.put("/objectives/{id:objective_id}/aligned-to/{id:parent_id}", response=GoalOut)
def add_alignment(request: HttpRequest, objective_id: int, parent_id: int) -> HttpResponse:
    """Say that the objective contributes to another. Said twice, it is said once."""
    actor = actor_of(request)
    align(actor, get_objective(actor, objective_id), parent=get_objective(actor, parent_id))
    return shown(request, objective_id)


@router.delete("/objectives/{id:objective_id}/aligned-to/{id:parent_id}", response=GoalOut)
def remove_alignment(request: HttpRequest, objective_id: int, parent_id: int) -> HttpResponse:
    actor = actor_of(request)
    unalign(actor, get_objective(actor, objective_id), parent=get_objective(actor, parent_id))
    return shown(request, objective_id)


@router.put("/objectives/{id:objective_id}/co-owners/{id:person_id}", response=GoalOut)
def put_co_owner(request: HttpRequest, objective_id: int, person_id: int) -> HttpResponse:
    """Somebody else who may write the objective and check in on it."""
    actor = actor_of(request)
    add_co_owner(actor, get_objective(actor, objective_id), person=get_person(actor, person_id))
    return shown(request, objective_id)


@router.delete("/objectives/{id:objective_id}/co-owners/{id:person_id}", response=GoalOut)
def drop_co_owner(request: HttpRequest, objective_id: int, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    remove_co_owner(actor, get_objective(actor, objective_id), person=get_person(actor, person_id))
    return shown(request, objective_id)


@router.get("/objectives/{id:objective_id}/contributions", response=ContributionsOut)
def contributions(request: HttpRequest, objective_id: int) -> HttpResponse:
    """How many objectives align to it. Those you may read are listed by `GET /objectives?aligned_to=`."""
    actor = actor_of(request)
    return answer(contributions_to(actor, get_objective(actor, objective_id).pk)._asdict())


class Sight(Body):
    visibility: Text
    """company, branch, line or people."""


@router.put("/objectives/{id:objective_id}/visibility", response=GoalOut)
def put_visibility(request: HttpRequest, objective_id: int, body: Sight) -> HttpResponse:
    """Who may read it: the company, the owner's branch, the managers and leads above, or named people alone."""
    actor = actor_of(request)
    set_visibility(actor, get_objective(actor, objective_id), visibility=body.visibility)
    return shown(request, objective_id)


@router.put("/objectives/{id:objective_id}/readers/{id:person_id}", response=GoalOut)
def put_reader(request: HttpRequest, objective_id: int, person_id: int) -> HttpResponse:
    """Somebody who may read it, however narrow its visibility is."""
    actor = actor_of(request)
    add_reader(actor, get_objective(actor, objective_id), person=get_person(actor, person_id))
    return shown(request, objective_id)


@router.delete("/objectives/{id:objective_id}/readers/{id:person_id}", response=GoalOut)
def drop_reader(request: HttpRequest, objective_id: int, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    remove_reader(actor, get_objective(actor, objective_id), person=get_person(actor, person_id))
    return shown(request, objective_id)
