"""A confidential goal, seen by four people, in both languages: its owner, her lead, a colleague, an administrator."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.okr import commands as okr
from tandem.okr.models import Objective
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build, fresh

Open = Callable[..., Page]
LANGUAGES = {
    "en": ("Who may read it", "confidential", "Save", "1 confidential contribution"),
    "zh-CN": ("谁能查看", "机密", "保存", "1 项保密贡献"),
}
TITLE = "Take over Zebra 收购斑马"


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        for who in (made.ada, made.lin, made.ben, made.omar):
            set_password(SYSTEM, who, password=PASSWORD)
        yield made
    forget_organization()


@pytest.fixture
def above(world: World) -> Objective:
    """What Ada's goal serves."""
    above = world.objective(world.web, title="Web grows 网站成长")
    okr.align(world.ada, world.objective(title=TITLE), parent=above)
    return above


@pytest.fixture
def come(signed_in: Open) -> Open:
    return lambda who, path, language: signed_in(who, path, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_people_and_a_confidential_goal(world: World, above: Objective, come: Open, language: str) -> None:
    who_may_read, word, save, contribution = LANGUAGES[language]
    goal = Objective.objects.get(title=TITLE)
    address = f"/objectives/{goal.pk}/"
    page = come("ada", address, language)
    page.locator("details:has([data-dialog-open='readers']) > summary").click()
    page.get_by_role("button", name=who_may_read).click()
    dialog = page.locator("dialog#readers")
    dialog.locator("label.choice", has_text=word).locator("input").check()
    assert not Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    dialog.get_by_role("button", name=save).click()
    expect(page.locator(".objective-about .chip", has_text=word)).to_be_visible()
    assert fresh(goal).visibility == "line"
    lead = come("lin", f"/objectives/{above.pk}/", language)
    lead.get_by_role("link", name=TITLE).click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text(TITLE)
    for who in ("ben", "omar"):
        other = come(who, f"/objectives/{above.pk}/", language)
        expect(other.locator("#content")).to_contain_text(contribution)
        assert TITLE not in other.content()
        found = other.goto(address)
        assert found is not None
        assert found.status == 404
        assert TITLE not in other.content()
        other.goto(f"/people/{world.ada.pk}/")
        assert TITLE not in other.content()
