"""Talking about a sentence, in both languages: mark words, name somebody by pinyin, be told, answer; clean by axe."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.okr import commands as okr
from tandem.okr.queries import REPLIES, THREADS
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build

Open = Callable[..., Page]
LANGUAGES = [("en", "New customers love the first week", "first week"), ("zh-CN", "新用户爱上第一周", "第一周")]
MARK = """quote => {
  const node = document.querySelector('h1').firstChild;
  const range = document.createRange();
  range.setStart(node, node.data.indexOf(quote));
  range.setEnd(node, node.data.indexOf(quote) + quote.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        for who in (made.ben, made.lin):
            set_password(SYSTEM, who, password=PASSWORD)
        yield made
    forget_organization()


@pytest.fixture
def as_(signed_in: Open) -> Open:
    return signed_in


def clean(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize(("language", "title", "quote"), LANGUAGES)
def test_talking_about_a_sentence(world: World, as_: Open, language: str, title: str, quote: str) -> None:
    objective = world.objective(title=title)
    page = as_("ben", f"/objectives/{objective.pk}/", language=language)
    page.evaluate(MARK, quote)
    page.locator("#talk-mark").click()
    expect(page.locator("#talk-new .talk-quote")).to_have_text(quote)
    box = page.locator("#talk-new textarea")
    expect(box).to_be_focused()
    box.press_sequentially("@lxy")
    expect(page.locator("#talk-new [role=option]")).to_have_count(1)
    box.press("Enter")
    box.press_sequentially("哪一周？")
    box.press("Control+Enter")
    thread = page.locator(".thread")
    expect(thread.locator(".talk-quote")).to_have_text(quote)
    expect(thread.locator(".comment-text")).to_have_text("@林小雨 哪一周？")
    clean(page)

    okr.edit_objective(world.ada, objective, title=f"{title} 2026")
    told = as_("lin", "/", size="phone", language=language)
    expect(told.locator("#bell .bell-count")).to_have_text("1")
    told.locator("#bell").click()
    told.locator(".told-link").click()
    expect(told.locator(".thread .talk-quote")).to_have_text(quote)
    told.locator(".talk-answer > summary").click()
    told.locator(".talk-answer textarea").fill("下一周。")
    told.locator(".talk-answer button[type=submit]").click()
    expect(told.locator(".comment-text")).to_have_count(2)
    expect(told.locator("#bell .bell-count")).to_have_count(0)
    clean(told)


def test_news_of_long_ago_is_found_in_a_long_talk(world: World, as_: Open) -> None:
    objective = world.objective()
    root = okr.add_comment(world.ada, objective, text="Why?")
    asked = okr.reply(world.ada, root, text="@Ben, do you know?")
    for number in range(THREADS + REPLIES):
        okr.reply(world.lin, root, text=f"{number}")
        okr.add_comment(world.lin, objective, text=f"{number}")
    page = as_("ben", f"/objectives/{objective.pk}/#comment-{asked.pk}")
    comment = page.locator(f"#comment-{asked.pk}")
    expect(comment).to_be_focused()
    expect(comment).to_be_in_viewport()
    page.locator(f"#thread-{root.pk} .talk-answer summary").click()
    expect(page.locator(f"#answer-{root.pk}")).to_be_visible()


@pytest.mark.parametrize("path", ["/notifications/?show=all", "/notifications/settings/"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_pages_of_news_are_for_everybody(world: World, as_: Open, path: str, dark: bool) -> None:
    okr.add_comment(world.ada, world.objective(world.ben), text="Why?")
    clean(as_("ben", path, dark=dark, language="zh-CN" if dark else "en"))
