"""Oneself: who is signed in, and one's own settings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Text
from tandem.core.http.versions import unchanged
from tandem.people.actors import actor_of
from tandem.people.api.people import one_person_json
from tandem.people.api.shapes import MeOut
from tandem.people.commands import edit_profile
from tandem.people.models import Person
from tandem.people.queries import get_person

router = Router(tags=["me"])


class Profile(Body):
    language: Text = OMITTED
    """`en`, `zh-hans`; empty follows the browser."""
    timezone: Text = OMITTED
    """`Asia/Shanghai`; empty is the company's."""
    theme: Text = OMITTED
    """`light`, `dark`; empty follows the device."""
    coach_asks: bool = OMITTED
    """False: the coach asks nothing about what you write yourself."""


def _me(person: Person) -> dict[str, Any]:
    own = {name: getattr(person, name) for name in ("language", "timezone", "theme", "coach_asks")}
    return {**one_person_json(person, person), **own}


@router.get("/me", response=MeOut)
def read_me(request: HttpRequest) -> HttpResponse:
    me = get_person(actor_of(request), actor_of(request).pk)
    return answer(_me(me), version=me.version)


@router.patch("/me", response=MeOut)
def change_me(request: HttpRequest, body: Profile) -> HttpResponse:
    me = actor_of(request)
    with unchanged(request, me):
        edit_profile(me, me, **body.said())
    return read_me(request)
