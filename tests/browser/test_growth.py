"""A dossier is told, thanked into and read by a panel that quotes it and decides; in both languages."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from tandem.growth.models import Quote, Review, Story
from tandem.growth.queries import get_owner
from tandem.okr import commands as okr
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization, get_person
from tests.browser.test_organization import faults, sideways
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build

Enter = Callable[..., Page]


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        for who in (made.ada, made.ben, made.hana, made.grace):
            set_password(SYSTEM, who, password=PASSWORD)
        objective = made.objective(title="I speak up in the big meeting 在大会上发言", category="growth")
        okr.reflect_on_objective(made.ada, objective, reflection="Asking is easier than answering. 问比答容易。")
        yield made
    forget_organization()


def is_sound(page: Page) -> None:
    assert not faults(page), page.url
    assert not sideways(page), page.url


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("zh-CN", "phone")])
def test_a_dossier_is_read_by_a_panel(world: World, signed_in: Enter, language: str, size: str) -> None:
    how = {"language": language, "size": size}
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        tells(signed_in("ada", f"/people/{world.ada.pk}/", **how))
        thanks(signed_in("ben", f"/people/{world.ada.pk}/", **how))
        names_a_panel(signed_in("hana", f"/people/{world.ada.pk}/", **how), world)
        chair = signed_in("grace", "/growth/", **how)
        reads_and_quotes(chair)
        decides(chair)
        hana = signed_in("hana", f"/growth/reviews/{Review.objects.get().pk}/", **how)
        hana.get_by_role("button", name=_("Put it in force")).click()
        expect(hana.locator(".chips")).to_contain_text(_("in force"))
        is_sound(hana)
    assert get_person(SYSTEM, world.ada.pk).job_level == "P5"
    assert get_owner(world.ada, world.ada.pk)


def tells(page: Page) -> None:
    page.get_by_role("link", name=_("My growth dossier")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_("My growth dossier"))
    expect(page.locator(".told").first).to_contain_text("问比答容易")
    is_sound(page)
    page.get_by_role("link", name=_("Tell a story")).click()
    page.get_by_label(_("In one sentence")).fill("The lab and the shop talk again 又说上话了")
    page.locator("textarea[name=text]").fill("We met on Tuesdays. 每周二见面。")
    is_sound(page)
    page.get_by_role("button", name=_("Put it into the dossier")).click()
    expect(page.locator(f"#story-{Story.objects.get().pk}")).to_contain_text("每周二见面")


def thanks(page: Page) -> None:
    page.get_by_role("link", name=_("Say thank you")).click()
    page.locator("textarea[name=text]").fill("You stayed until it worked. 你一直陪到修好。")
    is_sound(page)
    page.get_by_role("button", name=_("Say thank you")).click()
    expect(page.locator(".told")).to_contain_text("陪到修好")


def names_a_panel(page: Page, world: World) -> None:
    page.locator(".page-action summary").click()
    page.get_by_role("link", name=_("Name a panel for the review of growth")).click()
    page.wait_for_load_state("networkidle")
    for field, who in (("chair", world.grace), ("second", world.wei)):
        with page.expect_response(lambda answer: "/pick/people/" in answer.url):
            page.locator(f"input[name={field}_words]").fill(who.name)
        page.locator(f"#id_{field}-found input[value='{who.pk}']").check()
    is_sound(page)
    page.get_by_role("button", name=_("Name the panel")).click()
    expect(page.locator(".chips")).to_contain_text(_("the panel reads"))
    is_sound(page)


def reads_and_quotes(page: Page) -> None:
    page.locator("main .rows a.sentence").first.click()
    page.locator("main").get_by_role("link", name=_("Read the dossier")).first.click()
    is_sound(page)
    page.locator(f"#story-{Story.objects.get().pk}").get_by_role("link", name=_("Quote this")).click()
    page.locator("textarea[name=words]").fill("每周二")
    page.locator("textarea[name=shows]").fill("Steady 有恒心")
    is_sound(page)
    page.get_by_role("button", name=_("Quote"), exact=True).click()
    expect(page.locator("blockquote")).to_have_text("每周二")
    assert Quote.objects.get().by.name == "Grace Hopper"


def decides(page: Page) -> None:
    page.get_by_role("link", name=_("Write the decision")).click()
    page.locator("input[name=level]").fill("P5")
    page.locator("textarea[name=reasons]").fill("Others learn from how she listens. 大家从她的倾听中学习。")
    is_sound(page)
    page.get_by_role("button", name=_("Decide"), exact=True).click()
    expect(page.locator(".review-level")).to_have_text("P5")
    is_sound(page)
