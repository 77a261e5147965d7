"""A KPI from issue to a closed round: negotiated, measured by program and grid, reviewed, appealed, closed."""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from tandem.kpi import commands as kpi
from tandem.kpi.models import Reading, Round, Scheme, Scorecard, Target
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password, set_roles
from tandem.people.queries import forget_organization
from tandem.people.tokens import make_token
from tests.browser.test_growth import is_sound
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build

Enter = Callable[..., Page]


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        set_roles(SYSTEM, made.nia, people_team=True)
        for who in (made.ada, made.lin, made.hana, made.nia, made.otto):
            set_password(SYSTEM, who, password=PASSWORD)
        for code, names, beside in (
            ("coverage", ("Test coverage", "测试覆盖率"), {"unit": "%"}),
            ("escaped", ("Defects found by customers", "客户发现的缺陷"), {"method": "inverse", "direction": "lower"}),
        ):
            kpi.add_indicator(
                SYSTEM, None, code=code, name_en=names[0], name_zh=names[1], supplier=made.otto, precision=1, **beside
            )
        yield made
    forget_organization()


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("zh-CN", "phone")])
def test_a_round_from_issue_to_its_end(
    world: World, signed_in: Enter, live_server: Any, language: str, size: str
) -> None:
    how = {"language": language, "size": size}
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        lin, ada = signed_in("lin", f"/kpi/units/{world.web.pk}/", **how), signed_in("ada", "/kpi/", **how)
        is_sound(ada)
        issue(lin, world)
        negotiate(ada)
        change(lin)
        accept(ada)
        hand_in_by_program(world, str(live_server))
        hand_in_by_grid(signed_in("otto", "/kpi/readings/", **how), world)
        hana = signed_in("hana", "/kpi/rounds/new/", **how)
        open_round(hana)
        card = f"/kpi/scorecards/{Scorecard.objects.get().pk}/"
        look_back(ada, card)
        review(lin, card)
        calibrate(hana, card)
        appeal(ada, card)
        decide(signed_in("nia", card, **how))
        close(hana)
        ada.goto(card)
        expect(ada.locator(".kpi-facts")).to_contain_text("101")
        is_sound(ada)
    assert Round.objects.get().closed_at is not None
    assert Scorecard.objects.get().stage == "closed"


def issue(page: Page, world: World) -> None:
    page.goto(f"/kpi/units/{world.web.pk}/issue/team/?cycle={world.quarter.pk}")
    for place, (code, target, weight) in enumerate((("coverage", "80", "60"), ("escaped", "4", "40"))):
        row = page.locator(".kpi-issue tbody tr").nth(place)
        row.locator("select[name=indicator]").select_option(code)
        row.locator("input[name=target]").fill(target)
        row.locator("input[name=weight]").fill(weight)
    is_sound(page)
    page.get_by_role("button", name=_("Try first")).click()
    expect(page.locator("main .notice")).to_contain_text("Ada Byron")
    assert not Target.objects.exists()
    page.get_by_role("button", name=_("Issue"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_("KPI of %(unit)s") % {"unit": world.web.name})
    is_sound(page)


def negotiate(page: Page) -> None:
    page.reload()
    steps = page.locator(".kpi-steps").first
    steps.locator("summary").click()
    steps.locator("textarea[name=reason]").fill("Half of it is older than the tests. 一半代码比测试还老。")
    steps.locator("input[name=wish]").fill("76")
    is_sound(page)
    steps.get_by_role("button", name=_("Negotiate")).click()
    expect(page.locator("main table").first).to_contain_text(_("the carrier negotiates"))
    expect(page.locator(".kpi-steps").first).to_contain_text("一半代码")


def change(page: Page) -> None:
    scheme = Scheme.objects.get(carrier_person__name="Ada Byron")
    page.goto(f"/kpi/schemes/{scheme.pk}/")
    target = Target.objects.get(scheme=scheme, indicator__code="coverage")
    page.locator(f"input[name=target-{target.pk}]").fill("76")
    page.locator("#f-change-reason").fill("Fair; next quarter 80. 合理，下季度再到 80。")
    is_sound(page)
    page.get_by_role("button", name=_("Change and ask anew")).click()
    expect(page.locator(f"#target-{target.pk}")).to_contain_text("76")
    expect(page.locator(f"#target-{target.pk}")).to_contain_text(_("issued, waits for the carrier"))


def accept(page: Page) -> None:
    page.goto("/kpi/")
    page.get_by_role("button", name=_("Accept what waits for me")).click()
    expect(page.locator("main table").first).to_contain_text(_("accepted by both"))
    expect(page.get_by_role("button", name=_("Accept what waits for me"))).to_have_count(0)
    is_sound(page)


def hand_in_by_program(world: World, site: str) -> None:
    """As a CI job does it: a token that can do nothing else."""
    _token, text = make_token(SYSTEM, world.otto, name="CI", scope="readings", about="coverage")
    asked = urllib.request.Request(
        f"{site}/api/v1/indicators/coverage/readings/2026-10-13",
        json.dumps({"value": 74.5, "person": world.ada.pk}).encode(),
        {"Authorization": f"Bearer {text}", "Content-Type": "application/json"},
        method="PUT",
    )
    with urllib.request.urlopen(asked) as answer:
        assert json.load(answer)["source"] == "api"


def hand_in_by_grid(page: Page, world: World) -> None:
    fields = page.locator("main tbody tr").filter(has_text=world.ada.name).locator("input[data-paste]")
    expect(fields).to_have_count(2)
    is_sound(page)
    for field, value in zip(fields.all(), ("76", "4"), strict=True):
        field.fill(value)
    page.get_by_role("button", name=_("Hand in"), exact=True).click()
    expect(page.locator("main")).to_contain_text("74.5")
    expect(page.locator(".toast, .notice").first).to_be_visible()
    assert Reading.objects.count() == 3


def open_round(page: Page) -> None:
    page.locator("textarea[name=grades]").fill("A: 90\nB: 70\nC: 0")
    is_sound(page)
    page.get_by_role("button", name=_("Open the round")).click()
    expect(page.locator(".kpi-stages")).to_be_visible()
    is_sound(page)
    page.get_by_role("button", name=_("Begin the self-reviews")).click()
    expect(page.locator(".kpi-stages a")).to_have_text(_("self-review"))


def look_back(page: Page, card: str) -> None:
    page.goto(card)
    expect(page.locator(".kpi-sheet")).to_contain_text("60 × 76 ÷ 76 = 60.00")
    page.locator("#self-review-words").fill("A good quarter. 这个季度不错。")
    is_sound(page)
    page.get_by_role("button", name=_("Hand in my self-review")).click()
    expect(page.locator("main")).to_contain_text(_("manager’s review"))


def review(page: Page, card: str) -> None:
    page.goto(card)
    exception = page.locator(".kpi-sheet details").filter(has=page.locator("input[name=actual]")).last
    exception.locator("summary").click()
    exception.locator("input[name=actual]").fill("5")
    exception.locator("textarea[name=note]").fill("One more, reported by phone. 电话里还报了一个。")
    is_sound(page)
    exception.get_by_role("button", name=_("Save")).click()
    expect(page.locator(".kpi-sheet")).to_contain_text("40 × 4 ÷ 5 = 32.00")
    page.locator("#hand-in-words").fill("Agreed. 同意。")
    page.get_by_role("button", name=_("Hand in the review")).click()
    expect(page.locator("main")).to_contain_text(_("calibration"))


def calibrate(page: Page, card: str) -> None:
    page.goto(card)
    page.locator("#calibrate-adjustment").fill("1")
    page.locator("#calibrate-words").fill("Level with the other team. 与另一个团队拉齐。")
    is_sound(page)
    page.get_by_role("button", name=_("Save"), exact=True).last.click()
    expect(page.locator(".kpi-facts")).to_contain_text("93")
    page.goto(f"/kpi/rounds/{Round.objects.get().pk}/")
    page.get_by_role("button", name=_("Communicate the results")).click()
    expect(page.locator(".kpi-stages a")).to_have_text(_("communicated"))


def appeal(page: Page, card: str) -> None:
    page.goto(card)
    expect(page.locator(".kpi-facts")).to_contain_text("93")
    fold = page.locator(".kpi-acts details")
    fold.locator("summary").click()
    fold.locator("textarea").fill("The fifth was not ours. 第五个不是我们的。")
    is_sound(page)
    fold.get_by_role("button", name=_("Appeal")).click()
    expect(page.locator(".kpi-words").last).to_contain_text("第五个不是我们的")


def decide(page: Page) -> None:
    page.locator("#decide-result").fill("101")
    page.locator("#decide-words").fill("True: it was the provider’s. 属实，是供应商的问题。")
    is_sound(page)
    page.get_by_role("button", name=_("Decide"), exact=True).click()
    expect(page.locator(".kpi-words").last).to_contain_text("供应商")
    expect(page.locator(".kpi-facts")).to_contain_text("101")


def close(page: Page) -> None:
    page.reload()
    page.get_by_role("button", name=_("Close what is settled")).click()
    expect(page.locator(".kpi-stages a")).to_have_text(re.compile(re.escape(_("closed")) + "|已"))
    page.get_by_role("button", name=_("Close the round")).click()
    expect(page.locator("main .notice").first).to_be_visible()
    is_sound(page)
