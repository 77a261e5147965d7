"""The handshake, in both languages: draft → coach → offer → words commented on → suggest → take → shake → target
changed by the owner → voided → shaken again → scored against the signed target, also in the cycle's results."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import Agreement, Comment, KeyResult, Objective
from tandem.people.actors import SYSTEM
from tandem.people.commands import set_password
from tandem.people.queries import forget_organization
from tests.conftest import PASSWORD
from tests.world import WEDNESDAY, World, build, fresh

Open = Callable[..., Page]
WORDS = {
    "en": {
        "offer": "Offer the handshake", "suggest": "Suggest other words", "send": "Suggest", "take": "Take",
        "shake": "Shake hands on exactly this", "signed": "shaken hands", "voided": "amended, unsigned",
        "again": "Offer it anew", "lowered": "lowered since", "save": "Save", "comment": "Comment",
        "vague": "Improve communication", "clear": "Team survey from 3.1 to 4.0",
    },
    "zh-CN": {
        "offer": "发起握手", "suggest": "建议另一种措辞", "send": "建议", "take": "采用",
        "shake": "就这一版本握手", "signed": "已握手", "voided": "已修改，未重新握手", "again": "重新发起握手",
        "lowered": "之后要求降低", "save": "保存", "comment": "评论",
        "vague": "提升用户体验", "clear": "用户满意度从 3.8 提升到 4.5",
    },
}  # fmt: skip
MARK = """quote => {
  const node = document.querySelector('.hand-goal [data-field=title]').firstChild;
  const range = document.createRange();
  range.setStart(node, node.data.indexOf(quote));
  range.setEnd(node, node.data.indexOf(quote) + quote.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
TITLE, BETTER = "New customers love the first week 新客户", "New customers come back in the second week 回头客"


@pytest.fixture
def world(live_server: object) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        made = build()
        for who in (made.ada, made.lin):
            set_password(SYSTEM, who, password=PASSWORD)
        yield made
    forget_organization()


def is_clean(page: Page) -> bool:
    return not Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]


@pytest.mark.parametrize("language", WORDS)
def test_from_a_draft_to_a_score(world: World, signed_in: Open, language: str) -> None:
    words = WORDS[language]
    mine = world.objective(published=False, title=TITLE)
    key_result = world.key_result(mine, start=0, target=100)
    address, goals = (f"/{page}/person/{world.ada.pk}/{world.quarter.pk}/" for page in ("handshake", "goals"))
    ada, lin = signed_in("ada", goals, language=language), signed_in("lin", address, language=language, size="phone")
    heed_the_coach(ada, words)
    ada.goto(address)
    assert is_clean(ada)
    ada.get_by_role("textbox").first.fill("A guide page 指南")
    ada.get_by_role("button", name=words["offer"]).click()
    lin.goto("/week/")
    lin.locator("#week-head .notice a").click()
    expect(lin.locator("main")).to_contain_text("A guide page 指南")
    comment_on(lin, "first week" if language == "en" else "新客户", words)
    lin.locator("summary", has_text=words["suggest"]).first.click()
    lin.locator("details[open] textarea").first.fill(BETTER)
    lin.locator("details[open]").get_by_role("button", name=words["send"], exact=True).click()
    assert is_clean(lin)
    ada.reload()
    expect(ada.locator(".hand-goal .comment-text")).to_have_text("Which?")
    ada.locator(".suggestion").get_by_role("button", name=words["take"], exact=True).click()
    expect(ada.locator(".hand-goal .goal-title")).to_contain_text(BETTER)
    shake_hands(ada, lin, address, words)
    ada.goto(goals)
    ada.locator(f"#kr-{key_result.pk} a.chip[href$='/numbers/']").click()
    panel = ada.locator(".measure-panel")
    panel.locator("[name=target]").fill("50")
    with ada.expect_response(lambda answer: answer.request.method == "POST" and "/numbers/" in answer.url):
        panel.get_by_role("button", name=words["save"], exact=True).click()
    assert KeyResult.objects.get(pk=key_result.pk).target == 50
    assert Agreement.objects.get().state == "voided"
    ada.goto(address)
    expect(ada.locator(".hand-stands .chip")).to_have_text(words["voided"])
    expect(ada.locator(".change ins")).to_contain_text("50")
    assert is_clean(ada)
    ada.locator("#offer").get_by_role("button", name=words["again"]).click()
    shake_hands(ada, lin, address, words)
    scored(world, mine, key_result)
    ada.goto(f"/scores/person/{world.ada.pk}/{world.quarter.pk}/")
    expect(ada.locator(".score-row", has_text="→ 50")).to_contain_text(words["lowered"])
    assert is_clean(ada)
    lin.goto(f"/cycles/{world.quarter.pk}/results/")
    line = lin.locator("tr", has_text=key_result.title)
    for told in ("0 → 100", "0 → 50", words["lowered"], "0.4", "0.8"):
        expect(line).to_contain_text(told)
    assert is_clean(lin)


def heed_the_coach(ada: Page, words: dict[str, str]) -> None:
    """A second key result, first as a wish, then as something one can measure."""
    line = ada.locator("[data-new=key-result] textarea")
    line.click()
    ada.keyboard.type(words["vague"])
    expect(ada.locator("#coach-notes")).to_be_visible()
    line.fill(words["clear"])
    expect(ada.locator("#coach-notes")).to_have_count(0)
    ada.keyboard.press("Enter")
    expect(ada.locator(".line-waiting")).to_have_count(0)
    expect(ada.locator("main")).to_contain_text(words["clear"])


def comment_on(lin: Page, quote: str, words: dict[str, str]) -> None:
    lin.evaluate(MARK, quote)
    lin.locator("#talk-mark").click()
    box = lin.locator(".hand-goal .talk-new")
    expect(box.locator(".talk-quote")).to_have_text(quote)
    expect(box.locator("textarea")).to_be_focused()
    box.locator("textarea").fill("Which?")
    assert is_clean(lin)
    box.get_by_role("button", name=words["comment"], exact=True).click()
    expect(lin.locator(".hand-goal .thread .talk-quote")).to_have_text(quote)
    expect(lin.locator(".hand-goal .talk-new")).to_have_count(0)
    assert Comment.objects.get().quote == quote


def shake_hands(ada: Page, lin: Page, address: str, words: dict[str, str]) -> None:
    for page in (lin, ada):
        page.goto(address)
        page.get_by_role("button", name=words["shake"]).click()
        page.wait_for_load_state("networkidle")
    expect(ada.locator(".hand-stands .chip")).to_have_text(words["signed"])
    assert Agreement.objects.latest("pk").state == "signed"


def scored(world: World, mine: Objective, key_result: KeyResult) -> None:
    """The cycle runs on to its review; she has come to 40."""
    objective = okr.publish_objective(world.ada, fresh(mine))
    okr.check_in(world.ada, fresh(key_result), value=40)
    assert fresh(objective).goal_set.agreement == "signed"
    for phase in ("agree", "run", "review"):
        cycles.enter_phase(SYSTEM, fresh(world.quarter), phase=phase)
