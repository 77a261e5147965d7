"""Personal tokens as pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tandem.people.models import Token
from tandem.people.tokens import make_token
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World

Browse = Callable[..., Client]
OWN, ALL = "/me/tokens/", "/tokens/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_made_shown_once_listed_revoked(world: World, browse: Browse, language: str) -> None:
    client = browse(world.ada, language=language)
    assert client.get(OWN).status_code == 200
    answer = client.post(OWN, {"name": "Build robot", "scope": "check_in", "days": "30"})
    assert answer.headers["Cache-Control"] == "no-store"
    (text,) = re.findall(r"tdm_\d+_[\w-]{43}", answer.content.decode())
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 200
    again = client.get(OWN)
    assert text not in again.content.decode()
    assert "Build robot" in text_of(again)
    token = Token.objects.get()
    revoke = f"/tokens/{token.pk}/revoke/"
    assert "Build robot" in text_of(client.get(revoke))
    assert client.post(revoke).headers["Location"] == OWN
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 401
    assert "Build robot" not in text_of(client.get(OWN).content and client.get(OWN))


def test_what_is_wrong_is_said_and_kept(world: World, browse: Browse) -> None:
    answer = browse(world.ada).post(OWN, {"name": "Robot", "scope": "all", "days": "30"})
    assert answer.status_code == 422
    assert 'value="Robot"' in answer.content.decode()
    assert not Token.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_administrators_see_everybodys(world: World, browse: Browse, language: str) -> None:
    assert browse(world.omar, language=language).get(ALL).status_code == 200
    token, text = make_token(world.ada, world.ada, name="CI")
    page = browse(world.omar, language=language).get(ALL)
    assert "Ada Byron" in text_of(page)
    assert text not in page.content.decode()
    assert browse(world.ben).get(ALL).status_code == 403
    assert browse(world.ben).get(f"/tokens/{token.pk}/revoke/").status_code == 404
    assert browse(world.omar).post(f"/tokens/{token.pk}/revoke/").headers["Location"] == ALL


def test_costs_few_queries(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    for number in range(5):
        make_token(world.ada, world.ada, name=f"CI {number}")
    assert asks(browse(world.ada), OWN) <= TOP
    assert asks(browse(world.omar), ALL) <= TOP
