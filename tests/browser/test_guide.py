"""How somebody begins who has no goals yet: an example becomes a draft, four questions a suggestion that is kept."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from tandem.guide.examples import examples
from tandem.guide.models import Answers
from tandem.okr.models import Objective
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.browser.test_organization import faults, sideways
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build

Open = Callable[..., Page]
QUESTIONS = ("path_known", "result_enough", "must_not_fail", "same_for_all")


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        set_password(SYSTEM, made.ada, password=PASSWORD)
        yield made
    forget_organization()


def is_sound(page: Page) -> None:
    assert not faults(page), page.url
    assert not sideways(page), page.url


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("zh-CN", "phone")])
def test_from_an_empty_page_to_a_draft_and_a_kept_answer(
    world: World, signed_in: Open, language: str, size: str
) -> None:
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        page = signed_in("ada", "/goals/", size=size, language=language)
        begins_with_an_example(page, "zh" if language == "zh-CN" else "en")
        asks_whether_it_is_an_objective(page)
        makes_it_one(page)


def begins_with_an_example(page: Page, language: str) -> None:
    """The empty page offers it; words and Enter choose; the undo takes it back, and once more it stays."""
    example = getattr(examples()["finance.clean-audit"], language)
    for again in (False, True):
        page.wait_for_load_state("networkidle")
        page.get_by_role("link", name=_("No goals yet? Start from an example")).click()
        search = page.get_by_role("searchbox", name=_("Start from which example?"))
        expect(search).to_be_focused()
        with page.expect_response("**/examples/panel/?part=list*"):
            search.fill("审计 audit")
        expect(page.locator(".picker-list button")).to_have_count(1)
        is_sound(page)
        search.press("Enter")
        draft = page.locator("[data-line=objective]").first
        expect(draft).to_have_value(example.title)
        expect(page.locator(".lines textarea[name=title]")).to_have_count(len(example.key_results))
        is_sound(page)
        if not again:
            page.get_by_role("button", name=_("Undo")).click()
            expect(page.locator("article.goal")).to_have_count(0)
    assert Objective.objects.get(archived_on=None).title == example.title


def asks_whether_it_is_an_objective(page: Page) -> None:
    page.locator(".goals-start").get_by_role("link", name=_("KPI or OKR?")).click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("textbox", name=_("What is it about?")).fill("Nobody waits for me 没人等我")
    for name in QUESTIONS:
        page.locator(f"input[name={name}][value={'yes' if name == 'must_not_fail' else 'no'}]").check()
    expect(page.locator(".advice h2")).to_have_text(_("Make it an objective (OKR)"))
    is_sound(page)
    page.get_by_role("button", name=_("Keep the answers")).click()
    expect(page.get_by_role("heading", level=1, name="Nobody waits for me 没人等我")).to_be_visible()
    is_sound(page)
    assert Answers.objects.get().suggestion == "okr"


def makes_it_one(page: Page) -> None:
    page.get_by_role("button", name=_("Write it as an objective")).click()
    expect(page.locator("[data-line=objective]").last).to_have_value("Nobody waits for me 没人等我")
    made = Answers.objects.get().objective
    assert made is not None
    assert (made.state, made.ambition) == ("draft", "committed")
