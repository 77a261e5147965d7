"""A new quarter at the demo company: from the first line of a goal to the numbers a leader sees, in each language.

The company is the demo's own, written into the test's database on a day of December; then weeks go by.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from playwright.sync_api import Locator, Page, expect

from tandem.core import formats
from tandem.cycles.models import Cycle
from tandem.integrations.demo import story
from tandem.okr import commands as okr
from tandem.okr.models import KeyResult, Objective
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.models import Person, Unit
from tandem.people.queries import forget_organization
from tests.browser.test_organization import faults, sideways
from tests.conftest import PASSWORD

Open = Callable[..., Page]
DRAFTING, FIRST, SECOND = date(2026, 12, 16), date(2027, 1, 15), date(2027, 1, 29)
UNITS_OBJECTIVE = "The machine is ready before you are · 人未醒，机已热"


@dataclass(frozen=True)
class Words:
    """What the member writes."""

    objective: str
    key_results: tuple[str, str]
    note: str


WRITTEN = {
    "en": Words(
        "A cold start never costs you the first cup",
        ("Cold starts that succeed 30% → 45%", "Minutes until the first cup 14 → 4"),
        "The new curve runs on every board",
    ),
    "zh-hans": Words(
        "冷启动也不耽误第一杯茶",
        ("冷启动成功率 30% → 45%", "第一杯茶等待 14 → 4 分钟"),
        "新曲线已在所有主板上运行",
    ),
}


@dataclass
class Company:
    """Those of the demo who have a part in the story, and its clock."""

    member: Person
    leader: Person
    champion: Person
    unit: Unit
    quarter: Cycle
    clock: time_machine.Traveller

    def on(self, day: date) -> None:
        self.clock.move_to(f"{day}T01:00+00:00")  # nine o'clock at the company


@pytest.fixture
def company(live_server: object, settings: object, language: str) -> Iterator[Company]:
    settings.DEMO = True  # type: ignore[attr-defined]
    with time_machine.travel(f"{DRAFTING}T01:00+00:00") as clock, translation.override(language):
        story.fill(DRAFTING)
        Person.objects.update(language=language)
        people = {one.key: one for one in Person.objects.filter(key__in=["amir", "priya", "ingrid"])}
        made = Company(
            people["amir"], people["priya"], people["ingrid"], Unit.objects.get(key="firmware"),
            Cycle.objects.get(key="next"), clock,
        )  # fmt: skip
        set_password(SYSTEM, made.leader, password=PASSWORD)
        theirs = okr.create_objective(made.leader, made.unit, cycle=made.quarter, title=UNITS_OBJECTIVE)
        okr.publish_objective(made.leader, theirs)
        yield made
    forget_organization()


@pytest.fixture
def come_in(open_page: Open, company: Company) -> Callable[..., Page]:
    """Signs somebody in with one click among the demo's cast, and where they are not of the cast, by password."""

    def open_(person: Person, size: str) -> Page:
        page = open_page("/accounts/login/", size=size)
        one_click = page.get_by_role("button", name=person.name)
        if one_click.count():
            one_click.click()
        else:
            page.locator("[name=login]").fill(person.email or "")
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("[name=password]").press("Enter")
        expect(page.get_by_role("heading", level=1, name=_("My week"))).to_be_visible()
        page.wait_for_load_state("networkidle")  # before its scripts run, Enter sends a form as forms always did
        return page

    return open_


def is_sound(page: Page) -> None:
    """Nothing that axe objects to, nothing cut off at the side."""
    assert not faults(page), page.url
    assert not sideways(page), page.url


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("zh-hans", "desktop"), ("zh-hans", "phone")])
def test_a_new_quarter(company: Company, come_in: Callable[..., Page], language: str, size: str) -> None:
    words = WRITTEN[language]
    page = come_in(company.member, size)
    is_sound(page)
    drafts_by_keyboard(page, company, words)
    aligns_to_the_unit(page, words)
    publishes(page, words)
    key_result = KeyResult.objects.get(title=words.key_results[0])

    company.on(FIRST)
    page = come_in(company.member, size)
    checks_in(page, words)
    sees_on_the_objective(page, key_result, value="31%", progress="7%", status=_("Off track"))
    leader = come_in(company.leader, size)
    the_leader_sees(leader, company, FIRST, progress="3%")

    company.on(SECOND)
    page = come_in(company.member, size)
    updates_both(page, key_result)
    sees_on_the_objective(page, key_result, value="39%", progress="60%", status=_("On track"))
    leader = come_in(company.leader, size)
    the_leader_sees(leader, company, SECOND, progress="55%")
    the_champion_sees(come_in(company.champion, size), company)


def drafts_by_keyboard(page: Page, company: Company, words: Words) -> None:
    """The editor of the next quarter, where the hand stands in an empty line; not one click from there on."""
    page.get_by_role("navigation").get_by_role("link", name=_("Goals")).click()
    page.locator("summary", has_text=_("Cycle")).click()
    page.get_by_role("link", name=company.quarter.name).click()
    expect(page.get_by_role("textbox", name=_("New objective"))).to_be_focused()
    is_sound(page)
    page.keyboard.type(words.objective)
    page.keyboard.press("Enter")
    for sentence in words.key_results:
        expect(page.locator(":focus")).to_have_value("")
        page.keyboard.type(sentence)
        page.keyboard.press("Enter")
    expect(page.locator(".line-waiting")).to_have_count(0)
    chips = page.get_by_role("list", name=_("Key results")).locator(".line-measure")
    expect(chips.nth(0)).to_contain_text("30% → 45%")
    expect(chips.nth(1)).to_contain_text("14")
    read = KeyResult.objects.get(title=words.key_results[0])
    assert (read.kind, read.start, read.target, read.unit_label) == ("metric", 30, 45, "%")


def aligns_to_the_unit(page: Page, words: Words) -> None:
    """An @ at the end of the objective opens the picker; some words and Enter choose."""
    for _line in words.key_results:
        page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(":focus")).to_have_value(words.objective)
    page.keyboard.type("@")
    expect(page.get_by_role("searchbox", name=_("Align to which objective?"))).to_be_focused()
    is_sound(page)
    with page.expect_response("**/align/?part=options*"):
        page.keyboard.type("人未醒")
    expect(page.locator(".picker-list button")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name=_("Aligned to"))).to_contain_text(UNITS_OBJECTIVE)
    assert Objective.objects.get(title=words.objective).state == "draft"


def publishes(page: Page, words: Words) -> None:
    page.get_by_role("button", name=ngettext("Publish %(num)s draft", "Publish %(num)s drafts", 1) % {"num": 1}).click()
    expect(page.locator(".goals .chip-draft")).to_have_count(0)
    is_sound(page)
    assert Objective.objects.get(title=words.objective).state == "active"


def tell(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def due_row(page: Page, key_result: KeyResult) -> Locator:
    return page.locator(f"#kr-{key_result.pk}")


def checks_in(page: Page, words: Words) -> None:
    """Value, Tab, confidence (which goes on to the note), Enter; then the second key result, where nothing moved."""
    first, second = (KeyResult.objects.get(title=title) for title in words.key_results)
    expect(due_row(page, first).get_by_role("textbox", name=_("Value"))).to_be_focused()
    tell(page, "3", "1", "Tab", "6")
    page.keyboard.type(words.note)
    tell(page, "Enter")
    expect(due_row(page, first).get_by_role("status")).to_be_visible()
    expect(due_row(page, first)).to_contain_text(words.note)
    expect(due_row(page, second).get_by_role("textbox", name=_("Value"))).to_be_focused()
    tell(page, "1", "4", "Enter")
    expect(page.locator(".week-done")).to_contain_text(_("All done."))
    is_sound(page)
    page.goto(f"/objectives/{first.objective_id}/")


def updates_both(page: Page, key_result: KeyResult) -> None:
    tell(page, "3", "9", "Tab", "8", "Enter")
    expect(due_row(page, key_result).get_by_role("status")).to_be_visible()
    tell(page, "9", "Enter")
    expect(page.locator(".week-done")).to_contain_text(_("All done."))
    page.goto(f"/objectives/{key_result.objective_id}/")


def sees_on_the_objective(page: Page, key_result: KeyResult, *, value: str, progress: str, status: str) -> None:
    block = due_row(page, key_result)
    expect(block).to_contain_text(value)
    expect(block.locator(".kr-numbers .bar-row")).to_contain_text(progress)
    expect(block.locator(".row-meta .status")).to_have_text(status)
    assert round(float((block.locator(".bar-fill").get_attribute("width") or "").removesuffix("%"))) == int(
        progress[:-1]
    )
    expect(page.get_by_role("region", name=_("Alignment"))).to_contain_text(UNITS_OBJECTIVE)
    is_sound(page)


def the_leader_sees(page: Page, company: Company, day: date, *, progress: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=_("Unit"), exact=True).click()
    expect(page.get_by_role("heading", level=1, name=company.unit.name)).to_be_visible()
    row = page.get_by_role("region", name=_("Members")).locator("tr", has_text=company.member.name)
    expect(row).to_contain_text(_("Updated"))
    expect(row).to_contain_text(formats.date(day))
    expect(row).to_contain_text(progress)
    is_sound(page)


def the_champion_sees(page: Page, company: Company) -> None:
    page.goto(f"/cycles/{company.quarter.pk}/")
    everybody = formats.number(Person.objects.filter(left_on=None).count())
    for fact in (_("Published"), _("Checked in")):
        told = page.get_by_role("region", name=_("The whole company")).locator("dl div")
        expect(told.filter(has=page.get_by_text(fact, exact=True))).to_contain_text(
            _("%(some)s of %(all)s") % {"some": "1", "all": everybody}
        )
    who = page.get_by_role("region", name=_("Who"), exact=True)
    who.get_by_role("link", name=_("Updated"), exact=True).click()
    expect(who.locator("tbody tr")).to_have_count(1)
    expect(who.locator("tbody tr")).to_contain_text(company.member.name)
    is_sound(page)


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("zh-hans", "phone")])
def test_one_click_lets_in_each_of_the_cast(company: Company, open_page: Open, language: str, size: str) -> None:
    page = open_page("/accounts/login/", size=size, language={"en": "en", "zh-hans": "zh-CN"}[language])
    cast = page.get_by_role("region", name=_("Demo")).get_by_role("button")
    expect(cast.first).to_be_visible()
    is_sound(page)
    for number in range(cast.count()):
        cast.nth(number).click()
        expect(page.get_by_role("heading", level=1, name=_("My week"))).to_be_visible()
        is_sound(page)
        page.context.clear_cookies()
        page.goto("/accounts/login/")
