"""The feeds of a person and of a unit: newest first, page by page, and only what the reader may hear."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tandem.okr import commands as okr
from tandem.pages.views.feeds import FEED
from tandem.people import commands as people
from tandem.people import tokens
from tests.pages.conftest import LANGUAGES, text_of
from tests.world import World

Browse = Callable[..., Client]
HTMX = {"hx-request": "true"}
KINDS = ("person", "unit")


def owner(world: World, kind: str) -> Any:
    return world.ada if kind == "person" else world.web


def first_lines(client: Client, kind: str, about: Any) -> str:
    """What the page shows of the feed, or fetches once its reader comes to it."""
    html = client.get(reverse(kind, args=[about.pk])).content.decode()
    waited_for = re.search(r'<li [^>]*hx-get="([^"?]*/feed/)" hx-trigger="revealed"', html)
    return client.get(waited_for.group(1), headers=HTMX).content.decode() if waited_for else html


def older(html: str) -> str:
    found = re.search(r'hx-get="([^"]*/feed/\?before=\d+)"', html)
    return found.group(1) if found else ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_feed_is_read_to_its_end(world: World, browse: Browse, kind: str, language: str) -> None:
    about = owner(world, kind)
    for number in range(FEED + 3):
        world.objective(about, title=f"Goal <{number}>", published=False)
    client = browse(world.ben, language=language)
    html = first_lines(client, kind, about)
    assert f"“Goal &lt;{FEED + 2}&gt;”" in html
    seen = re.findall(r"“Goal &lt;(\d+)&gt;”", html)
    while further := older(html):
        page = client.get(further, headers=HTMX)
        assert page["Content-Language"] == language
        html = page.content.decode()
        assert "<html" not in html
        seen += re.findall(r"“Goal &lt;(\d+)&gt;”", html)
    assert [int(one) for one in seen] == list(reversed(range(FEED + 3)))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_page_without_scripts(world: World, browse: Browse, kind: str) -> None:
    about = owner(world, kind)
    world.objective(about, title="Ship it")
    answer = browse(world.ben).get(reverse(f"{kind}_feed", args=[about.pk]))
    assert f'href="{reverse(kind, args=[about.pk])}"' in answer.content.decode()
    assert "published “Ship it”" in text_of(answer)
    end = browse(world.ben).get(reverse(f"{kind}_feed", args=[about.pk]), {"before": "1"})
    assert "Nothing yet." in text_of(end)


@pytest.mark.parametrize("kind", KINDS)
def test_check_ins_and_talk_are_news_and_a_nod_is_not(world: World, browse: Browse, kind: str) -> None:
    about = owner(world, kind)
    objective = world.objective(about, title="Ship it")
    okr.check_in(world.writer_of(about), world.key_result(objective, title="Orders"), value=7)
    root = okr.add_comment(world.ben, objective, text="Which?")
    okr.reply(world.wei, root, text="All")
    okr.react(world.wei, root, kind="agree")
    said = text_of(browse(world.ben).get(reverse(f"{kind}_feed", args=[about.pk])))
    for words in ("checked in on “Orders”: 7", "Ben commented on “Ship it”", "王伟 answered in the talk"):
        assert words in said
    assert "reacted" not in said


def test_a_persons_feed_holds_what_they_do_for_others_and_no_settings(world: World, browse: Browse) -> None:
    theirs, hidden = world.objective(world.web, title="Of Web"), world.objective(world.web, title="Phoenix")
    okr.set_visibility(world.lin, hidden, visibility="people")
    okr.add_reader(world.lin, hidden, person=world.ada)
    for one in (theirs, hidden):
        okr.add_comment(world.ada, one, text="Mine too")
    people.edit_profile(world.ada, world.ada, theme="dark")
    tokens.make_token(world.ada, world.ada, name="robot")
    said = text_of(browse(world.ben).get(reverse("person_feed", args=[world.ada.pk])))
    assert "Ada Byron commented on “Of Web”" in said
    for words in ("Phoenix", "personal settings", "robot"):
        assert words not in said
    assert "Phoenix" in text_of(browse(world.lin).get(reverse("person_feed", args=[world.ada.pk])))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_is_no_news(world: World, browse: Browse, kind: str) -> None:
    about = owner(world, kind)
    hidden = world.objective(about, title="Phoenix")
    okr.set_visibility(world.writer_of(about), hidden, visibility="people")
    place = reverse(f"{kind}_feed", args=[about.pk])
    assert "Phoenix" in text_of(browse(world.writer_of(about)).get(place))
    assert "Phoenix" not in text_of(browse(world.ben).get(place))
    assert "Phoenix" not in first_lines(browse(world.ben), kind, about)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 30, "１"])
def test_an_odd_place_in_it_is_no_fault(world: World, browse: Browse, kind: str, before: str) -> None:
    answer = browse(world.ben).get(reverse(f"{kind}_feed", args=[owner(world, kind).pk]), {"before": before})
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_of_whom_there_is_none(world: World, browse: Browse, kind: str) -> None:
    assert browse(world.ben).get(reverse(f"{kind}_feed", args=[999999])).status_code == 404
    assert Client().get(reverse(f"{kind}_feed", args=[owner(world, kind).pk])).status_code == 302


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_queries_stands_still(world: World, browse: Browse, asks: Callable[..., int], kind: str) -> None:
    client, about = browse(world.ben), owner(world, kind)
    place = reverse(f"{kind}_feed", args=[about.pk])
    few = asks(client, place)
    for number in range(FEED + 3):
        world.objective(about, title=f"Goal {number}")
    assert asks(client, place) == few <= 6
