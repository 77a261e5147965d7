"""Who is administrator, in the people team, or champion."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Flag
from tandem.core.http.versions import unchanged
from tandem.people.actors import actor_of
from tandem.people.api.shapes import RolesOut, roles_json
from tandem.people.commands import lock_organization, set_roles
from tandem.people.queries import get_person

router = Router(tags=["people"])


class Roles(Body):
    administrator: Flag = OMITTED
    people_team: Flag = OMITTED
    champion: Flag = OMITTED


@router.put("/people/{id:person_id}/roles", response=RolesOut)
def change_roles(request: HttpRequest, person_id: int, body: Roles) -> HttpResponse:
    """Give or take roles; one that is left out stays as it is."""
    actor = actor_of(request)
    person = get_person(actor, person_id)
    with unchanged(request, person, first=lock_organization):
        done = set_roles(actor, person, **body.said())
    return answer(roles_json(done), version=done.version)
