"""A vague line is typed, the coach asks, the line is made clear, and the coach is silent: in both languages."""

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.okr.models import KeyResult
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build

STORIES = {
    "en": {
        "objective": ("Raise renewal rate to 90%", "Is this a number to be reached?", "Customers stay by choice"),
        "result": ("Improve communication", "How will two people", "Team survey from 3.1 to 4.0"),
        "reason": "Measurable: a key result has a number",
        "all": re.compile(r"The coach has \d+ questions?"),
    },
    "zh-CN": {
        "objective": ("赋能一线，打造闭环", "“赋能”你会怎么说", "让一线同事当天就能答复客户"),
        "result": ("提升用户体验", "两个人各自来看", "用户满意度从 3.8 提升到 4.5"),
        "reason": "可衡量：关键结果要有数字",
        "all": re.compile(r"教练有 \d+ 个问题"),
    },
}  # fmt: skip


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        set_password(SYSTEM, made.ada, password=PASSWORD)
        yield made
    forget_organization()


@pytest.mark.parametrize("language", STORIES)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_vague_line_is_asked_about(world: World, signed_in: Callable[..., Page], language: str, size: str) -> None:
    story = STORIES[language]
    page = signed_in("ada", f"/goals/person/{world.ada.pk}/{world.quarter.pk}/", language=language, size=size)
    notes = page.locator("#coach-notes")

    vague, question, clear = story["objective"]  # type: ignore[misc]
    page.locator("#new-objective textarea").click()
    page.keyboard.type(vague)
    expect(notes).to_contain_text(question)
    page.locator("#new-objective textarea").fill(clear)
    expect(notes).to_have_count(0)
    page.keyboard.press("Enter")

    vague, question, clear = story["result"]  # type: ignore[misc]
    line = page.locator("[data-new=key-result] textarea")
    expect(line).to_be_focused()
    page.keyboard.type(vague)
    expect(notes).to_contain_text(question)
    notes.locator("summary").first.click()
    expect(notes.get_by_text(str(story["reason"]))).to_be_visible()
    expect(line).to_be_focused()  # a look at the reason does not take the line
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    line.fill(clear)
    expect(notes).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".line-waiting")).to_have_count(0)
    assert KeyResult.objects.get().title == clear
    expect(page.locator("#goals-coach summary").first).to_have_text(story["all"])  # type: ignore[arg-type]
