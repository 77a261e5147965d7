"""Checking in by hand: how many keys it costs, what the phone's thumb reaches, what a refusal keeps."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.okr.models import CheckIn, KeyResult
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build, fresh

MOST_KEYS = 15
Open = Callable[..., Page]


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        set_password(SYSTEM, made.ada, password=PASSWORD)
        yield made
    forget_organization()


@pytest.fixture
def three(world: World) -> list[KeyResult]:
    objective = world.objective(world.ada)
    sentences = ("Activation rises to 45%", "首周留存提高到 60%", "Answers come within 4 hours")
    return [world.key_result(objective, title=title, start=10, target=60, unit="%") for title in sentences]


@pytest.fixture
def week(signed_in: Open) -> Open:
    return lambda path="/", **how: signed_in("ada", path, **how)


class Hand:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def saved(self, key_result: KeyResult) -> None:
        expect(self.page.locator(f"#kr-{key_result.pk}.is-saved")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_three_key_results_in_fifteen_keys(three: list[KeyResult], week: Open, language: str) -> None:
    page = week(language=language)
    hand = Hand(page)
    for key_result, value, confidence in zip(three, ("33", "28", "41"), "678", strict=True):
        hand.press(*value, "Tab", confidence, "Enter")
        hand.saved(key_result)
    assert hand.keys <= MOST_KEYS
    told = [(int(one.value or 0), one.confidence) for one in CheckIn.objects.order_by("pk")]
    assert told == [(33, 6), (28, 7), (41, 8)]
    expect(page.locator(".week-done")).to_be_visible()
    expect(page.locator("#to-update")).to_have_text("Updated this week" if language == "en" else "本周已更新")


def test_the_words_of_a_note_are_all_that_comes_on_top(three: list[KeyResult], week: Open) -> None:
    page = week()
    hand = Hand(page)
    hand.press("2", "0", "Tab", "=")
    page.keyboard.type("guide page live")
    hand.press("Enter")
    hand.saved(three[0])
    made = CheckIn.objects.get()
    assert (made.value, made.confidence, made.note) == (20, 10, "guide page live")
    assert hand.keys == 5


def test_a_fall_of_confidence_asks_beside_the_note_and_keeps_what_was_typed(three: list[KeyResult], week: Open) -> None:
    page = week()
    hand = Hand(page)
    asks = page.locator(f"#kr-{three[0].pk}-asks")
    expect(asks).to_be_hidden()
    hand.press("1", "2", "Tab", "2")
    expect(asks).to_be_visible()
    hand.press("Enter")
    note = page.locator(f"#kr-{three[0].pk}-note")
    expect(page.locator(f"#kr-{three[0].pk}-note-error")).to_be_visible()
    expect(note).to_be_focused()
    expect(page.locator(f"#kr-{three[0].pk}-value")).to_have_value("12")
    page.keyboard.type("two people left")
    hand.press("Enter")
    hand.saved(three[0])
    expect(page.locator(f"#kr-{three[1].pk}-value")).to_be_focused()


def test_undo_brings_the_form_back(three: list[KeyResult], week: Open) -> None:
    page = week()
    hand = Hand(page)
    hand.press("5", "0", "Enter")
    hand.saved(three[0])
    page.locator(f"#kr-{three[0].pk}").get_by_role("button").click()
    expect(page.locator(f"#kr-{three[0].pk}-value")).to_have_value("50")
    expect(page.locator(f"#kr-{three[0].pk}-value")).to_be_focused()
    assert fresh(three[0]).current is None


def test_a_thumb_reaches_save_on_a_phone(three: list[KeyResult], week: Open) -> None:
    page = week(size="phone")
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    row = page.locator(f"#kr-{three[1].pk}")
    row.locator("[name=value]").tap()
    page.mouse.wheel(0, -60)
    save = row.locator("button[type=submit]").first
    box = save.bounding_box()
    assert box is not None
    bar = page.locator(".rail-places").bounding_box()
    assert bar is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= bar["y"]
    row.locator("label.confidence-key", has_text="7").tap()
    save.tap()
    expect(page.locator(f"#kr-{three[1].pk}.is-saved")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_week_and_objective_are_accessible(three: list[KeyResult], week: Open, dark: bool) -> None:
    page = week(dark=dark)
    for path in ("/week/", f"/objectives/{three[0].objective_id}/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page).response["violations"]
        assert not found, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def test_check_in_and_history_at_the_objective(three: list[KeyResult], week: Open) -> None:
    page = week(f"/objectives/{three[0].objective_id}/")
    block = page.locator(f"#kr-{three[0].pk}")
    block.get_by_role("link", name="Check in").click()
    expect(block.locator("[name=value]")).to_be_focused()
    Hand(page).press("3", "5", "Tab", "6", "Enter")
    expect(block).to_contain_text("now 35%")
    expect(page.locator("#objective-numbers")).to_contain_text("50%")
    expect(page.locator("#feed")).to_contain_text("checked in")
    block.locator("summary", has_text="History").click()
    expect(block.locator(".past-row")).to_have_count(1)
    block.get_by_role("link", name="Correct").click()
    expect(block.locator("[name=value]")).to_be_focused()
    Hand(page).press("4", "5", "Enter")
    expect(block).to_contain_text("now 45%")
    expect(block.locator(".past-row")).to_have_count(2)
    block.get_by_role("button", name="Withdraw").first.click()
    expect(block).to_contain_text("now –")
    page.locator(".toast-undo").click()
    expect(block).to_contain_text("now 45%")


def test_what_one_does_to_an_objective(world: World, three: list[KeyResult], week: Open) -> None:
    page = week(f"/objectives/{three[0].objective_id}/")
    menu = page.locator(".page-action summary")
    menu.click()
    page.get_by_role("button", name="Co-owners").click()
    page.keyboard.type("ot")
    expect(page.locator("#co-owners [name=person]")).to_be_checked()
    page.locator("#co-owners").get_by_role("button", name="Add").click()
    expect(page.locator(".co-owner")).to_contain_text("Otto")
    menu.click()
    page.locator(".page-action").get_by_role("button", name="Drop").click()
    page.keyboard.type("The market moved on")
    page.locator("#drop").get_by_role("button", name="Drop").click()
    expect(page.locator(".notice")).to_contain_text("The market moved on")
    page.get_by_role("button", name="Take up again").click()
    expect(page.get_by_role("link", name="Check in").first).to_be_visible()
    menu.click()
    page.locator(".page-action").get_by_role("button", name="Archive").click()
    expect(page.locator(".notice")).to_contain_text("Archived")
    page.locator(".toast-undo").click()
    expect(page.locator(".notice")).to_have_count(0)


def test_actions_are_added_and_ticked_without_leaving_the_page(three: list[KeyResult], week: Open) -> None:
    page = week(f"/objectives/{three[0].objective_id}/")
    new = page.locator("#new-action")
    for title in ("Guide page", "Talk to five customers"):
        new.fill(title)
        new.press("Enter")
        expect(page.locator("#actions .sentence", has_text=title)).to_be_visible()
        expect(new).to_be_focused()
    row = page.locator("#actions .action-row").first
    for state in ("doing", "done"):
        row.locator(".tick").click()
        expect(row.locator(f".tick-{state}")).to_be_visible()
    row.locator("summary").click()
    row.get_by_role("button", name="Move down").click()
    expect(page.locator("#actions .sentence").first).to_have_text("Talk to five customers")
