"""A backup restored into a new place, met in a browser; a token made and used; both languages."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tandem.people.models import Person
from tests.conftest import PASSWORD
from tests.serving.server import serving
from tests.serving.test_backup import PLAN, new_place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORDS = {
    "en": {"email": "E-mail", "password": "Password", "go": "Sign in"},
    "zh-CN": {"email": "邮箱", "password": "密码", "go": "登录"},
}


def test_a_backup_restored_into_a_new_place(browser: Browser, tmp_path: Path) -> None:
    here, there = new_place(tmp_path, "here"), new_place(tmp_path, "there")
    (tmp_path / "plan.json").write_text(json.dumps(PLAN), encoding="utf-8")
    here.run("apply", str(tmp_path / "plan.json"))
    here.run("user", "password", "ada@example.com", "--password", PASSWORD)
    here.run("backup", str(tmp_path / "b.zip"))
    there.run("restore", str(tmp_path / "b.zip"))
    with serving(there.data, **there.settings) as server:
        for language, words in WORDS.items():
            context = browser.new_context(base_url=server.address, locale=language)
            page = context.new_page()
            page.goto("/objectives/1/")
            page.locator("input[name=login]").fill("ada@example.com")
            page.locator("input[name=password]").fill(PASSWORD)
            page.get_by_role("main").get_by_role("button", name=words["go"], exact=True).click()
            expect(page.get_by_role("heading", name="第 0 个目标")).to_be_visible()
            expect(page.get_by_text("Activation").first).to_be_visible()
            context.close()


@pytest.mark.parametrize(
    ("size", "language", "dark", "make"),
    [("desktop", "en", False, "Make a token"), ("phone", "zh-CN", True, "创建令牌")],
)
def test_a_token_is_made_and_used(
    open_page: Callable[..., Page], person: Callable[..., Person], size: str, language: str, dark: bool, make: str
) -> None:
    person("Ada")
    page = open_page("/me/tokens/", size=size, language=language, dark=dark)
    page.locator("input[name=login]").fill("ada@example.com")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.locator("input[name=name]").fill("Build robot")
    page.get_by_role("button", name=make).click()
    token = page.locator("#made-token").input_value()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    answer = page.context.request.get("/api/v1/me", headers={"Authorization": f"Bearer {token}", "Cookie": ""})
    assert answer.json()["name"] == "Ada"
    page.reload()
    expect(page.get_by_text("Build robot").first).to_be_visible()
