"""Coverage: a gap is found and closed from its page, and a goal that goes beyond becomes the unit's."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from tandem.okr import commands as okr
from tandem.okr.models import Delegation, Objective
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tests.browser.test_organization import faults, sideways
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build

Open = Callable[..., Page]
WORDS = {"en": ("Short pages", "Tests tell stories"), "zh-hans": ("页面短而清楚", "测试会讲故事")}


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00", tick=True):
        made = build()
        for person in (made.ben, made.lin):
            set_password(SYSTEM, person, password=PASSWORD)
        yield made


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_gap_is_found_and_closed(world: World, signed_in: Open, language: str) -> None:
    carried, gap = (
        world.objective(world.web, title="Pages open fast"),
        world.objective(world.web, title="Docs read well"),
    )
    okr.align(world.ada, world.objective(world.ada, title="Images weigh less"), parent=carried)
    own = WORDS[language][0]
    with translation.override(language):
        lin = signed_in("lin", f"/units/{world.web.pk}/", language=language)
        lin.get_by_role("link", name=_("Coverage"), exact=True).first.click()
        expect(lin.get_by_role("table").first).to_contain_text("Docs read well")
        assert not faults(lin)
        lin.get_by_role("link", name=_("Close gaps in the list")).click()
        line = lin.locator(f"#o{gap.pk}")
        expect(line).to_contain_text(_("Gap"))
        assert not faults(lin)
        line.locator("select[name=to]").select_option(label="Ben")
        line.get_by_role("button", name=_("Ask")).click()
        expect(lin.get_by_text(_("%(name)s is asked to carry it.") % {"name": "Ben"})).to_be_visible()

        ben = signed_in("ben", f"/coverage/units/{world.web.pk}/?state=delegated", language=language, size="phone")
        line = ben.locator(f"#o{gap.pk}")
        expect(line).to_contain_text(_("Delegated"))
        assert not sideways(ben)
        line.get_by_text(_("Who shall carry it?")).click()
        line.locator("input[name=title]").fill(own)
        assert not faults(ben)
        line.get_by_role("button", name=_("I carry it")).click()
        expect(ben.get_by_text(_("Drafted among your goals, and aligned to it."))).to_be_visible()
        ben.goto(f"/coverage/units/{world.web.pk}/")
        expect(ben.locator(f"#o{gap.pk}")).to_contain_text(own)
        expect(ben.locator(f"#o{gap.pk}")).to_contain_text(_("Carried"))
    assert not Delegation.objects.exists()
    assert Objective.objects.get(title=own).aligned_to.get().parent == gap


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_goal_beyond_becomes_the_units(world: World, signed_in: Open, language: str) -> None:
    title = WORDS[language][1]
    goal = world.objective(world.ben, title=title)
    page = f"/coverage/units/{world.web.pk}/beyond/"
    with translation.override(language):
        ben = signed_in("ben", page, language=language, size="phone")
        ben.get_by_role("button", name=_("Propose to %(unit)s") % {"unit": "Web"}).click()
        expect(ben.locator(f"#o{goal.pk}")).to_contain_text(_("proposed"))
        assert not faults(ben)
        assert not sideways(ben)

        lin = signed_in("lin", page, language=language)
        lin.get_by_role("button", name=_("Adopt")).click()
        expect(lin.get_by_text(_("Adopted: it is a draft of %(unit)s now.") % {"unit": "Web"})).to_be_visible()
        lin.get_by_role("button", name=_("Undo")).click()
        expect(lin.locator(f"#o{goal.pk}")).to_contain_text(_("proposed"))
        lin.get_by_role("button", name=_("Adopt")).click()
        lin.get_by_role("link", name=_("Who carries what")).click()
        expect(lin.get_by_role("table").first).to_contain_text(title)
        assert not faults(lin)
    draft = goal.aligned_to.get().parent
    assert (draft.title, draft.state, draft.goal_set.owner_unit) == (title, "draft", world.web)
