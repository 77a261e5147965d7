"""Writing goals by hand: as a document, by keys alone, by two at once, on a phone, without a connection."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.okr import commands as okr
from tandem.okr.models import KeyAction, KeyResult, Objective
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build, fresh

Sheet = Callable[..., Page]
TITLE = "[data-line=objective]"


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        for one in (made.ada, made.ben):
            set_password(SYSTEM, one, password=PASSWORD)
        yield made
    forget_organization()


@pytest.fixture
def sheet(signed_in: Sheet, world: World) -> Sheet:
    """Ada's goals, before the eyes of whoever signs in."""
    return lambda who="ada", **how: signed_in(who, f"/goals/person/{world.ada.pk}/{world.quarter.pk}/", **how)


def typed(page: Page, *lines: str) -> None:
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")


def saved(page: Page) -> None:
    """All that was typed has reached the server."""
    page.wait_for_timeout(300)
    expect(page.locator(".saving[data-state=saving]")).to_have_count(0)
    expect(page.locator(".line-waiting")).to_have_count(0)


def accessible(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


def test_a_set_of_goals_is_typed_without_leaving_the_keys(world: World, sheet: Sheet) -> None:
    page = sheet()
    expect(page.get_by_text("An objective says in words")).to_be_visible()
    typed(page, "Customers love the first week", "Activation from 30% to 45%", "支持工单由 120 单降到 60 单")
    page.wait_for_selector("[data-new=key-result] textarea:focus")
    page.keyboard.type("Guide page")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-new=action] textarea")).to_be_focused()
    page.keyboard.press("Enter")  # an empty action is a key result again,
    page.keyboard.press("Enter")  # and an empty key result leads to the next objective
    expect(page.locator("#new-objective textarea")).to_be_focused()
    typed(page, "成为最懂客户的人")
    saved(page)
    first, second = Objective.objects.order_by("position")
    assert (first.title, second.title) == ("Customers love the first week", "成为最懂客户的人")
    numbers = [(one.start, one.target, one.unit_label) for one in first.key_results.order_by("position")]
    assert numbers == [(30, 45, "%"), (120, 60, "单")]
    assert KeyAction.objects.get().title == "Guide page"
    expect(page.get_by_role("button", name="Publish 2 drafts")).to_be_visible()
    expect(page.locator("#goals-saved")).to_contain_text("Saved")
    accessible(page)
    page.get_by_role("button", name="Publish 2 drafts").click()
    expect(page.get_by_text("2 objectives are published.")).to_be_visible()
    assert not Objective.objects.filter(state="draft").exists()


def test_the_hand_never_waits_for_the_server(world: World, sheet: Sheet) -> None:
    page = sheet()
    page.route("**/add/", lambda route: (page.wait_for_timeout(600), route.continue_())[0])
    typed(page, "Slow connection", "First result", "Second result")
    page.keyboard.type("Third, unfinis")
    saved(page)
    assert [one.title for one in KeyResult.objects.order_by("position")] == ["First result", "Second result"]
    assert page.evaluate("document.activeElement.value") == "Third, unfinis"


def test_words_are_saved_as_they_are_typed_and_numbers_follow(world: World, sheet: Sheet) -> None:
    key_result = world.key_result(world.objective(), title="Activation", kind="percent")
    page = sheet()
    page.locator(f"#kr-{key_result.pk}-title").click()
    page.keyboard.press("End")
    page.keyboard.type(" 30% → 45%")
    expect(page.locator(f"#kr-{key_result.pk}-measure")).to_have_text("30% → 45%")
    expect(page.locator("#goals-saved")).to_contain_text("Saved")
    assert (fresh(key_result).title, fresh(key_result).target) == ("Activation 30% → 45%", 45)


def test_numbers_are_set_in_a_panel_that_keeps_what_was_typed(world: World, sheet: Sheet) -> None:
    key_result = world.key_result(world.objective(), title="Activation 30% → 45%", start=30, target=45, unit="%")
    page = sheet()
    page.get_by_title("Kind and numbers").click()
    page.get_by_label("Target").fill("30")
    page.get_by_role("textbox", name="Where it stands now").fill("36")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Start and target are the same")).to_be_visible()
    assert page.get_by_role("textbox", name="Where it stands now").input_value() == "36"
    accessible(page)
    page.get_by_label("What is measured").select_option("maintain")
    expect(page.get_by_label("Target")).to_be_hidden()
    page.get_by_label("Not below").fill("40")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f"#kr-{key_result.pk}-measure")).to_have_text("stay at 40% or above")
    assert fresh(key_result).current == 36


def test_lines_are_walked_moved_and_taken_away_by_keys(world: World, sheet: Sheet) -> None:
    objective = world.objective(title="Goal")
    first, second = (world.key_result(objective, title=title) for title in ("First", "Second"))
    page = sheet()
    page.locator(TITLE).click()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#kr-{first.pk}-title")).to_be_focused()
    with page.expect_response("**/place/"):
        page.keyboard.press("Alt+ArrowDown")
    assert list(objective.key_results.order_by("position")) == [second, first]
    expect(page.locator(f"#kr-{first.pk}-title")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-new=key-result] textarea")).to_be_focused()
    page.keyboard.press("Backspace")
    expect(page.locator(f"#kr-{first.pk}-title")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(page.locator(f"#kr-{first.pk}")).to_have_count(0)
    assert fresh(first).archived_on
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#kr-{first.pk}-title")).to_have_value("First")
    page.keyboard.press("?")
    expect(page.get_by_text("A new key result becomes an action")).to_be_visible()


def test_a_handle_drags_a_line(world: World, sheet: Sheet) -> None:
    objective = world.objective(title="Goal")
    lines = [world.key_result(objective, title=title) for title in ("A", "B", "C")]
    page = sheet()
    page.locator(f"#kr-{lines[2].pk}").hover()
    page.locator(f"#kr-{lines[2].pk} [data-drag]").hover()
    page.mouse.down()
    box = page.locator(f"#kr-{lines[0].pk}").bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + 4, steps=5)
    with page.expect_response("**/place/"):
        page.mouse.up()
    assert [one.title for one in objective.key_results.order_by("position")] == ["C", "A", "B"]


def test_an_at_sign_aligns(world: World, sheet: Sheet) -> None:
    parent = world.objective(world.cloud, title="Cloud is calm")
    world.objective(world.web, title="Web is quick")
    objective = world.objective(title="Nobody waits")
    page = sheet()
    page.locator(TITLE).click()
    page.keyboard.press("End")
    page.keyboard.type("@")
    expect(page.get_by_role("searchbox")).to_be_focused()
    accessible(page)
    page.keyboard.press("Escape")
    assert page.locator(TITLE).input_value() == "Nobody waits@"
    page.keyboard.press("Backspace")
    page.keyboard.type("@")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("calm")
    expect(page.locator(".picker-list button")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".links")).to_contain_text("Cloud is calm")
    expect(page.locator(TITLE)).to_be_focused()
    assert fresh(objective).aligned_to.get().parent == parent
    page.get_by_role("button", name="Take back the alignment to Cloud is calm").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".links")).to_contain_text("Cloud is calm")
    saved(page)
    assert fresh(objective).title == "Nobody waits"


def test_two_writers_lose_no_word(world: World, sheet: Sheet) -> None:
    objective = world.objective(title="Customers love the first week")
    okr.add_co_owner(world.ada, objective, person=world.ben)
    ada, ben = sheet("ada"), sheet("ben", size="phone", dark=True)
    for page, words in ((ada, " and tell others"), (ben, ", every one of them")):
        page.locator(TITLE).click()
        page.keyboard.press("End")
        page.keyboard.type(words)
        page.wait_for_timeout(1200)
        saved(page)
    panel = ben.get_by_role("form", name="Someone changed this meanwhile")
    expect(panel).to_contain_text("and tell others")
    expect(panel).to_contain_text(", every one of them")
    accessible(ben)
    panel.get_by_role("textbox").fill("Customers love the first week, every one of them, and tell others")
    panel.get_by_role("button", name="Save this version").click()
    expect(panel).to_have_count(0)
    saved(ben)
    ben.wait_for_timeout(300)
    assert fresh(objective).title == "Customers love the first week, every one of them, and tell others"


def test_words_survive_a_lost_connection(world: World, sheet: Sheet) -> None:
    objective = world.objective(title="Goal")
    page = sheet()
    page.context.set_offline(True)
    page.locator("[data-new=key-result] textarea").click()
    page.keyboard.type("Typed in a tunnel")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No connection. Kept here, will be saved.")).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_selector("#goals .line[data-keys-row]")
    assert objective.key_results.get().title == "Typed in a tunnel"


def test_half_a_line_is_still_there_after_the_page_was_lost(world: World, sheet: Sheet) -> None:
    world.objective(title="Goal")
    page = sheet()
    page.locator("[data-new=key-result] textarea").click()
    page.keyboard.type("Half a thou")
    again = page.context.new_page()  # the first one never got to say goodbye
    again.goto(page.url)
    expect(again.locator("[data-new=key-result] textarea")).to_have_value("Half a thou")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_page_fits_a_phone_and_every_reader(world: World, sheet: Sheet, language: str) -> None:
    objective = world.objective(title="让新客户在第一周就爱上我们的产品，并且主动推荐给身边的同事和朋友" * 2)
    world.key_result(objective, title="Customers who configure it without anybody's help, " * 4 + "30 → 45%")
    for who in ("ada", "ben"):
        page = sheet(who, size="phone", language=language)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        accessible(page)
