"""Close a quarter and open the next: score and look back, close with one missing, score late, carry a goal over."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page, Route, expect

from tandem.cycles import commands as cycles
from tandem.okr.models import KeyResult, Objective
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tests.browser.test_organization import faults, sideways
from tests.conftest import PASSWORD
from tests.world import World, build, fresh

Open = Callable[..., Page]
NEXT_YEAR = "2027-01-06T09:00+00:00"
WORDS = {
    "en": ("Suppliers answer in January", "Ask the customer sooner"),
    "zh-hans": ("供应商一月才答复", "更早去问客户"),
}


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with time_machine.travel(NEXT_YEAR, tick=True):
        made = build()
        made.quarter = cycles.enter_phase(SYSTEM, made.quarter, phase="run")
        for person in (made.ada, made.chen):
            set_password(SYSTEM, person, password=PASSWORD)
        yield made


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_quarter_is_closed_and_the_next_opened(world: World, signed_in: Open, language: str) -> None:
    cycles.create_cycle(SYSTEM, None, name="2027 Q1", start=date(2027, 1, 1), end=date(2027, 3, 31))
    first, second = world.objective(), world.objective(title="Guides write themselves")
    reached, forgotten = world.key_result(first, given=60), world.key_result(second, given=30)
    why, learned = WORDS[language]
    with translation.override(language):
        champion = signed_in("chen", f"/cycles/{world.quarter.pk}/", language=language)
        champion.get_by_role("button", name=_("Go on to: %(phase)s") % {"phase": _("Review")}).click()
        champion.get_by_role("dialog").get_by_role("button", name=_("Go on"), exact=True).click()

        ada = signed_in("ada", "/week/", language=language, size="phone")
        ada.get_by_role("link", name=_("Score %(cycle)s") % {"cycle": "2026 Q4"}).click()
        score(ada, reached, "9", why)
        expect(ada.locator(f"#score-of-{first.pk}")).to_contain_text("0.9")
        ada.locator(f"#reflection-{first.pk}").fill(learned)
        ada.locator(f"#reflection-{first.pk}").blur()
        expect(ada.locator(f"#objective-{first.pk} .score-words [data-autosave-status]")).to_have_attribute(
            "data-state", "saved"
        )
        assert not faults(ada)
        assert not sideways(ada)

        champion.get_by_role("link", name=_("Who has not scored yet")).click()
        expect(champion.get_by_role("table")).to_contain_text("Ada Byron")
        assert not faults(champion)
        champion.get_by_role("button", name=_("Close the cycle")).click()
        champion.get_by_role("dialog").get_by_role("button", name=_("Close the cycle")).click()
        expect(champion.get_by_text(_("This cycle is closed and can only be read."))).to_be_visible()

        ada.goto("/week/")
        ada.get_by_role("link", name=_("Score %(cycle)s") % {"cycle": "2026 Q4"}).click()
        score(ada, forgotten, "3")
        expect(ada.locator(f"#score-of-{second.pk}")).to_contain_text(_("late"))
        assert fresh(forgotten).scored_late

        ada.get_by_role("link", name=_("Take goals along")).first.click()
        ada.locator(f'[name="way-{second.pk}"][value="carry"]').check()
        ada.locator(f'[name="reason-{second.pk}"]').fill(why)
        assert not faults(ada)
        ada.get_by_role("button", name=_("Make the drafts")).click()
        expect(ada.get_by_text("Guides write themselves")).to_be_visible()
        heir = Objective.objects.get(cloned_from=second)
        assert (heir.goal_set.cycle.name, heir.state, heir.carry_reason) == ("2027 Q1", "draft", why)

        champion.get_by_role("link", name=_("Results")).first.click()
        expect(champion.get_by_role("heading", level=1)).to_contain_text("2026 Q4")
        assert not faults(champion)
    assert fresh(first).reflection == learned


def test_a_reason_typed_while_the_score_is_on_its_way_is_saved(world: World, signed_in: Open) -> None:
    """The score alone is refused, for it lies far beside the proposal; the reason given meanwhile must follow it."""
    cycles.enter_phase(SYSTEM, world.quarter, phase="review")
    reached = world.key_result(world.objective(), given=60)
    page = signed_in("ada", "/week/")
    page.get_by_role("link", name="Score 2026 Q4").click()
    on_its_way: list[Route] = []
    page.route("**/scores/key-results/**", lambda route: route.continue_() if on_its_way else on_its_way.append(route))

    page.locator(f"#kr-{reached.pk}-score-0").focus()
    page.keyboard.press("9")
    page.locator(f"#kr-{reached.pk}-reason").fill("Suppliers answer in January")
    page.keyboard.press("Tab")
    saved = page.locator(f"#kr-{reached.pk} .score-form [data-autosave-status]")
    expect(saved).to_have_attribute("data-state", "saving")
    on_its_way[0].continue_()
    expect(saved).to_have_attribute("data-state", "saved")
    assert fresh(reached).score_reason == "Suppliers answer in January"


def score(page: Page, key_result: KeyResult, key: str, reason: str = "") -> None:
    """By one key; where it lies far beside the proposal the reason has the cursor next."""
    page.locator(f"#kr-{key_result.pk}-score-0").focus()
    page.keyboard.press(key)
    if reason:
        expect(page.locator(f"#kr-{key_result.pk}-reason")).to_be_focused()
        page.keyboard.type(reason)
        page.keyboard.press("Tab")
    saved = page.locator(f"#kr-{key_result.pk} .score-form [data-autosave-status]")
    expect(saved).to_have_attribute("data-state", "saved")
