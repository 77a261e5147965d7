"""Keeping the organisation and the cycles by hand, and every page about them held to WCAG by axe."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.okr import commands as okr
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password, set_roles
from tandem.people.models import Unit
from tandem.people.queries import forget_organization
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build, fresh

Open = Callable[..., Page]


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        made.omar = set_roles(SYSTEM, made.omar, champion=True)
        set_password(SYSTEM, made.omar, password=PASSWORD)
        yield made
    forget_organization()


@pytest.fixture
def omar(signed_in: Open, world: World) -> Open:
    """Opens a page as the administrator, who is champion too."""
    return lambda path="/organization/", **how: signed_in("omar", path, **how)


def faults(page: Page) -> list[tuple[str, list[str]]]:
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found]


def sideways(page: Page) -> bool:
    """Does the page have to be scrolled sideways?"""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    ("size", "language", "dark"),
    [("desktop", "en", False), ("desktop", "zh-CN", True), ("phone", "zh-CN", False), ("phone", "en", True)],
)
def test_every_page_is_accessible(world: World, omar: Open, size: str, language: str, dark: bool) -> None:
    for owner in (world.web, world.ada):
        key_result = world.key_result(world.objective(owner, title="让新客户在第一周就爱上我们" * 3), unit="%")
        okr.check_in(world.writer_of(owner), key_result, value=30, confidence=3)
    page = omar("/me/", size=size, language=language, dark=dark)
    quarter = world.quarter.pk
    for path in (
        "/me/",
        "/organization/",
        f"/units/{world.web.pk}/",
        f"/people/{world.ada.pk}/",
        f"/cycles/{quarter}/",
    ):
        page.goto(path)
        assert not faults(page), path
        assert not sideways(page), path


@pytest.mark.parametrize(("size", "dark"), [("desktop", True), ("phone", False)])
def test_every_form_is_accessible(world: World, omar: Open, size: str, dark: bool) -> None:
    page = omar("/cycles/", size=size, dark=dark)
    for path in (
        "/cycles/", "/cycles/new/", f"/cycles/{world.quarter.pk}/edit/", "/organization/?q=a", "/organization/company/",
        "/people/new/", f"/people/{world.ada.pk}/edit/", f"/people/{world.ada.pk}/roles/",
        f"/units/{world.web.pk}/lead/",
    ):  # fmt: skip
        page.goto(path)
        assert not faults(page), path
        assert not sideways(page), path


def test_a_branch_opens_and_a_team_is_made_in_it(world: World, omar: Open) -> None:
    page = omar()
    page.locator(f"#unit-{world.cloud.pk} + details > summary").click()
    expect(page.get_by_role("link", name="数据 Data")).to_be_visible()
    page.get_by_role("link", name="数据 Data").click()
    page.get_by_title("Keep this unit").click()
    page.get_by_role("link", name="New unit below").click()
    expect(page.get_by_role("radio", name="数据 Data")).to_be_checked()
    page.get_by_label("Name").fill("Pipelines 管道")
    page.get_by_label("Search people").fill("ott")
    page.get_by_role("radio", name="Otto").check()
    page.get_by_role("button", name="Create unit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pipelines 管道")
    expect(page.get_by_text("The unit is there.")).to_be_visible()
    made = Unit.objects.get(name="Pipelines 管道")
    assert (made.parent_id, made.lead_id) == (world.data.pk, world.otto.pk)


def test_archiving_is_undone_with_one_click(world: World, omar: Open) -> None:
    page = omar(f"/units/{world.office.pk}/")
    page.get_by_title("Keep this unit").click()
    page.get_by_role("link", name="Archive").click()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("Archived on")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Archived on")).to_be_hidden()
    assert fresh(world.office).archived_on is None


def test_a_cycle_moves_on_after_one_question(world: World, omar: Open) -> None:
    page = omar(f"/cycles/{world.quarter.pk}/")
    page.get_by_role("button", name="Go on to: Agreeing").click()
    expect(page.get_by_role("dialog")).to_contain_text("talk their drafts through")
    assert not faults(page)
    page.keyboard.press("Escape")
    assert fresh(world.quarter).phase == "plan"
    page.get_by_role("button", name="Go on to: Agreeing").click()
    page.get_by_role("dialog").get_by_role("button", name="Go on").click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Agreeing")
    assert fresh(world.quarter).phase == "agree"


def test_people_are_walked_by_keys(world: World, omar: Open) -> None:
    page = omar("/organization/?q=a")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Byron")


def test_settings_are_kept(world: World, omar: Open) -> None:
    page = omar("/me/", language="en")
    expect(page.locator("#devices")).to_contain_text("This device")
    page.locator("#id_theme").select_option("dark")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#id_theme")).to_have_value("dark")
