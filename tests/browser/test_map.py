"""The alignment map by hand: search, the path opens, fold, filter, the outline by keys; held to WCAG by axe."""

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Locator, Page, expect

from tandem.okr import commands as okr
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.browser.test_organization import faults, sideways
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build

Open = Callable[..., Page]
TITLE = "新客户第一周就爱上我们"


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        above = [made.objective(made.web, title="Web is fast"), made.objective(made.office, title="People stay")]
        own = made.objective(made.ada, title=TITLE)
        for one in above:
            okr.align(made.ada, own, parent=one)
        okr.check_in(made.ada, made.key_result(own, title="Activation on day seven"), value=40, confidence=7)
        made.objective(made.ben, title="Only an idea", published=False)
        set_password(SYSTEM, made.ada, password=PASSWORD)
        yield made
    forget_organization()


@pytest.fixture
def ada(signed_in: Callable[..., Page], world: World) -> Callable[..., Page]:
    return lambda path="/map/", **how: signed_in("ada", path, **how)


def node(page: Page, name: str) -> Locator:
    return page.get_by_role("treeitem").filter(has=page.locator(f"xpath=./div//a[normalize-space()='{name}']"))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_find_a_goal_on_the_map(world: World, ada: Callable[..., Page], language: str) -> None:
    page = ada(language=language)
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        words = {name: _(name) for name in ("Show", "Outline", "Unfold %(name)s", "Fold %(name)s", "Larger")}
    expect(page.get_by_text(TITLE)).to_have_count(0)
    assert not faults(page)

    page.keyboard.press("f")
    page.keyboard.type("第一周")
    page.locator(".map-hits a").click()
    goal = node(page, TITLE)
    expect(goal).to_be_in_viewport()
    expect(page.locator(".map-line:not(.is-broken)")).to_have_count(1)  # to Web's, which is open
    expect(page.locator(".map-line.is-broken")).to_have_count(1)  # to the office's, which is folded
    page.get_by_label(words["Unfold %(name)s"] % {"name": TITLE}).click()
    expect(page.get_by_text("Activation on day seven")).to_be_visible()
    assert not faults(page)

    page.get_by_label(words["Larger"]).click()
    assert "scale(1.25)" in str(page.locator("[data-map-world]").get_attribute("style"))
    page.get_by_label(words["Unfold %(name)s"] % {"name": "People Office"}).click()
    expect(page.locator(".map-line:not(.is-broken)")).to_have_count(2)
    page.get_by_label(words["Fold %(name)s"] % {"name": "Web"}, exact=True).click()
    expect(goal).to_be_hidden()
    page.reload()
    expect(node(page, "People stay")).to_be_attached()  # the address keeps what is open
    expect(page.get_by_text(TITLE)).to_have_count(0)

    page.get_by_label(words["Unfold %(name)s"] % {"name": "Web"}, exact=True).click()
    expect(node(page, "Web is fast")).to_be_attached()
    page.select_option("[name=status]", "draft")
    page.get_by_role("button", name=words["Show"], exact=True).click()
    expect(node(page, world.ben.name)).to_be_attached()
    expect(page.get_by_text("Web is fast")).to_have_count(0)
    page.get_by_role("link", name=words["Outline"]).click()
    expect(page).to_have_url(re.compile("view=outline"))
    expect(page.locator(".map-line")).to_have_count(0)
    assert not faults(page)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_outline_is_walked_by_keys(world: World, ada: Callable[..., Page], size: str, language: str) -> None:
    page = ada("/map/" if size == "phone" else "/map/?view=outline", size=size, language=language, dark=True)
    expect(page.locator("[data-map-zoom]")).to_be_hidden()
    page.get_by_role("treeitem").first.focus()
    page.keyboard.press("ArrowDown")
    expect(node(page, "云业务 Cloud")).to_be_focused()
    page.keyboard.press("ArrowRight")
    web = node(page, "Web")
    expect(web).to_be_visible()
    expect(node(page, "云业务 Cloud")).to_be_focused()  # it was drawn anew with its branch
    page.keyboard.press("ArrowRight")
    expect(web).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(web).to_have_attribute("aria-expanded", "true")
    expect(node(page, "Web is fast")).to_be_visible()
    page.keyboard.press("j")
    expect(node(page, "Web is fast")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(web).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(web).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("k")
    expect(node(page, "云业务 Cloud")).to_be_focused()
    assert not faults(page)
    assert not sideways(page)
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(f"unit={world.cloud.pk}"))
    page.get_by_role("treeitem").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/units/{world.cloud.pk}/"))


def test_a_key_pressed_the_moment_a_branch_comes_is_not_lost(world: World, ada: Callable[..., Page]) -> None:
    page = ada("/map/?view=outline")
    page.evaluate(
        """(id) => document.addEventListener("htmx:afterSwap", () => {
          const key = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true });
          Promise.resolve().then(() => document.getElementById(id).dispatchEvent(key));
        }, { once: true })""",
        f"u{world.web.pk}",
    )
    page.get_by_role("treeitem").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(node(page, "Web is fast")).to_be_visible()


def test_without_scripts_the_page_does_the_same_by_links(world: World, ada: Callable[..., Page]) -> None:
    page = ada("/map/?view=outline")
    page.route("**/*.js", lambda route: route.abort())
    page.reload()
    page.locator(f"#u{world.cloud.pk} > .map-node .map-fold").click()
    expect(node(page, "Web")).to_be_visible()
    page.fill("[name=q]", "第一周")
    page.press("[name=q]", "Enter")
    page.locator(".map-hits a").click()
    expect(node(page, TITLE)).to_be_visible()
