"""Who reads a goal of each visibility: asked through the reads, the page and the API, and kept as a table."""

import difflib
from typing import Any

import pytest
import time_machine
from django.test import Client

from tandem.core.errors import Missing
from tandem.okr import commands as okr
from tandem.okr.queries import get_objective
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests import permissions_page
from tests.world import WEDNESDAY, World, build

WORDS = {"company": "open", "branch": "internal", "line": "confidential", "people": "secret"}


@pytest.mark.django_db
def test_the_sights_are_what_the_table_says() -> None:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        found = permissions_page.as_table(dict(sights(build())))
    said = permissions_page.SIGHTS.read_text(encoding="utf-8") if permissions_page.SIGHTS.exists() else ""
    changes = difflib.unified_diff(said.splitlines(), found.splitlines(), "visibility.txt", "as it is", lineterm="")
    assert said == found, "\n".join(changes)


def sights(world: World) -> Any:
    goal = okr.add_co_owner(world.ada, world.objective(), person=world.otto)
    for visibility, word in WORDS.items():
        okr.set_visibility(world.ada, goal, visibility=visibility)
        yield word, [who for who in permissions_page.ROLES if sees(world, who, goal.pk)]


def sees(world: World, who: str, pk: int) -> bool:
    """Is the answer the same through all doors? Who has left has no door but still asks in lists and mails."""
    if who == "system":
        return get_objective(SYSTEM, pk).pk == pk
    person = Person.objects.get(pk=getattr(world, who).pk)
    try:
        read = get_objective(person, pk).pk == pk
    except Missing:
        read = False
    if person.is_active:
        client = Client()
        client.force_login(person)
        for address in (f"/objectives/{pk}/", f"/api/v1/objectives/{pk}"):
            assert client.get(address).status_code == (200 if read else 404), (who, address)
    return read
