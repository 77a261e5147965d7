"""Finding a person by pinyin, from any page, by keys alone."""

import os
from collections.abc import Callable, Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build

Open = Callable[..., Page]
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        made.objective(made.wei, title="王伟：让客户喜欢首周体验")
        set_password(SYSTEM, made.ada, password=PASSWORD)
        yield made
    forget_organization()


@pytest.fixture
def ada(signed_in: Callable[..., Page], world: World) -> Callable[..., Page]:
    return lambda path="/cycles/", **how: signed_in("ada", path, **how)


def taken(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


@pytest.mark.parametrize(
    ("language", "size", "dark", "group"),
    [("en", "desktop", False, "People"), ("zh-CN", "phone", True, "成员")],
)
def test_a_person_is_found_by_pinyin(ada: Open, world: World, language: str, size: str, dark: bool, group: str) -> None:
    page = ada(language=language, size=size, dark=dark)
    page.keyboard.press("/")
    field = page.locator("#palette-field")
    expect(field).to_be_focused()
    expect(page.locator("#palette-deed-1")).to_be_visible()
    taken(page, f"palette-empty-{language}-{size}")
    page.keyboard.type("wangw")
    first = page.locator("#palette-person-1")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(page.locator("#palette-list")).to_contain_text(group)
    found = Axe().run(page).response["violations"]
    assert not [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]
    taken(page, f"palette-{language}-{size}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{world.wei.pk}/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-recent-0")).to_contain_text("王伟")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_arrows_walk_and_the_page_does_the_same(ada: Open, world: World) -> None:
    page = ada("/search/?q=王伟")
    taken(page, "search-page")
    found = Axe().run(page).response["violations"]
    assert not [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]
    page.locator("#search-page").press("ArrowDown")
    page.locator("#search-page").press("ArrowDown")
    expect(page.locator("#search-objective-1")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/objectives/*/")
