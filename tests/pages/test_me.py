"""One's own entry and settings."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
ME = "/me/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_shows_who_one_is(world: World, browse: Browse, language: str) -> None:
    answer = browse(world.ada, language=language).get(ME)
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    for words in ("Ada Byron", "ada@example.com", "Web"):
        assert words in text_of(answer)
    html = answer.content.decode()
    assert reverse("account_change_password") in html
    assert f'hx-get="{reverse("devices")}"' in html


def test_roles_are_told_in_words(world: World, browse: Browse) -> None:
    people.set_roles(SYSTEM, world.lin, champion=True)
    text = text_of(browse(world.lin).get(ME))
    assert "Lead of Web: you write its goals." in text
    assert "OKR champion" in text
    assert "Administrator:" not in text


def test_the_time_zone_is_the_companys_until_one_is_chosen(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    assert "The company’s: UTC" in text_of(client.get(ME))
    client.post(ME, {"language": "", "timezone": "Asia/Shanghai", "theme": "dark"})
    ada = fresh(world.ada)
    assert (ada.timezone, ada.theme, ada.language) == ("Asia/Shanghai", "dark", "")
    assert 'data-theme="dark"' in client.get(ME).content.decode()


def test_the_language_changes_at_once(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    answer = client.post(ME, {"language": "zh-hans", "timezone": "", "theme": ""}, follow=True)
    assert answer["Content-Language"] == "zh-hans"
    assert '<html lang="zh-hans"' in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"timezone": "Mars/Olympus"}, {"theme": "neon"}])
def test_what_is_not_offered_is_refused(world: World, browse: Browse, wrong: dict[str, str]) -> None:
    sent = {"language": "", "timezone": "Europe/Berlin", "theme": "", **wrong}
    answer = browse(world.ada).post(ME, sent)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert fresh(world.ada).timezone == ""


def test_nobody_changes_name_or_roles_here(world: World, browse: Browse) -> None:
    browse(world.ada).post(ME, {"language": "", "timezone": "", "theme": "", "name": "Boss", "is_administrator": "1"})
    ada = fresh(world.ada)
    assert (ada.name, ada.is_administrator) == ("Ada Byron", False)


def test_one_must_be_signed_in(client: Client, db: None) -> None:
    assert client.get(ME).status_code == 302


def test_costs_few_queries(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    assert asks(browse(world.ada), ME) <= TOP


@pytest.mark.parametrize("who", ["ada", "omar"])
def test_a_phone_reaches_every_place(world: World, browse: Browse, who: str) -> None:
    """Five stand in its bar, the others in the person's menu."""
    page = browse(getattr(world, who)).get("/me/").content.decode()
    places = re.findall(r'class="rail-place" href="([^"]+)"', page)
    (menu,) = re.findall(r'class="phone-only">(.*?)</div>', page, re.DOTALL)
    assert places[5:]
    assert re.findall(r'class="menu-item" href="([^"]+)"', menu) == places[5:]
