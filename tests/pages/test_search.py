"""Search as a page and as the list of the palette."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.okr import commands as okr
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
pytestmark = pytest.mark.django_db
BAD = [
    "",
    " ",
    "a",
    "客",
    "x" * 5000,
    '"',
    "'",
    "* OR (",
    "NEAR(a b)",
    "a AND",
    "\x00\x1f",
    "🎉",
    "\u202eشعار",
    "%",
    "§c1",
    "<b>",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_found_in_groups(world: World, browse: Browse, language: str) -> None:
    objective = world.objective(title="Grow with Wei 与王伟一起成长")
    world.key_result(objective, title="王伟的团队满意")
    page = text_of(browse(world.ben, language=language).get(reverse("search"), {"q": "王伟"}))
    assert page.index("王伟 云业务 Cloud") < page.index("王伟 一起成长") < page.index("的团队满意")
    assert "Ada Byron · Web · 2026 Q4" in page


def test_the_words_are_marked_and_escaped(world: World, browse: Browse) -> None:
    world.objective(title="Say <b>hello</b> to customers")
    html = browse(world.ben).get(reverse("search"), {"q": "hello cust", "part": "list"}).content.decode()
    assert "Say &lt;b&gt;<mark>hello</mark>&lt;/b&gt; to <mark>cust</mark>omers" in html


def test_what_is_hidden_is_not_hinted_at(world: World, browse: Browse) -> None:
    objective = world.objective(title="Phoenix")
    okr.set_visibility(world.ada, fresh(objective), visibility="people")
    assert "Phoenix" in text_of(browse(world.ada).get(reverse("search"), {"q": "phoenix"}))
    hidden = text_of(browse(world.ben).get(reverse("search"), {"q": "phoenix"}))
    assert hidden.replace("phoenix", "x") == text_of(
        browse(world.ben).get(reverse("search"), {"q": "phoenyx"})
    ).replace("phoenyx", "x")


@pytest.mark.parametrize(
    ("language", "typed", "label"),
    [
        ("en", "week", "Go to my week"),
        ("zh-hans", "benzhou", "前往本周"),
        ("zh-hans", "qwbz", "前往本周"),
        ("zh-hans", "本周", "前往本周"),
        ("en", "dark", "Theme · Dark"),
        ("zh-hans", "english", "语言 · English"),
        ("en", "本周", "Go to my week"),
    ],
)
def test_deeds_are_found_by_words_and_pinyin(
    world: World, browse: Browse, language: str, typed: str, label: str
) -> None:
    answer = browse(world.ada, language=language).get(reverse("search"), {"q": typed, "part": "list"})
    assert label in text_of(answer)


def test_bad_questions_are_answered(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    for text in BAD:
        for part in ("", "list"):
            assert client.get(reverse("search"), {"q": text, "part": part, "kind": text}).status_code == 200, text


def test_one_kind_alone(world: World, browse: Browse) -> None:
    for place in range(7):
        world.objective(title=f"Growth {place}")
    client = browse(world.ada)
    first = text_of(client.get(reverse("search"), {"q": "growth"}))
    assert first.count("Growth ") == 5
    alone = text_of(client.get(reverse("search"), {"q": "growth", "kind": "objective"}))
    assert alone.count("Growth ") == 7


def test_it_costs_a_fixed_number_of_queries(world: World, browse: Browse, asks: Callable[[Client, str], int]) -> None:
    world.key_result(world.objective(title="Growth"), title="Growth of all")
    assert asks(browse(world.ada), f"{reverse('search')}?q=growth") <= TOP


def test_a_key_result_is_found_at_its_place(world: World, browse: Browse) -> None:
    objective = world.objective(title="Grow")
    key_result = world.key_result(objective, title="Phoenix flies")
    client = browse(world.ben)
    html = client.get(reverse("search"), {"q": "phoenix"}).content.decode()
    place = f"kr-{key_result.pk}"
    assert f'href="{reverse("objective", args=[objective.pk])}#{place}"' in html
    assert f'id="{place}"' in client.get(reverse("objective", args=[objective.pk])).content.decode()
