"""Signing in, in a browser: both languages, both themes, a phone; nothing that axe objects to."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tandem.people.models import Person
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("size", "language", "dark"), [("desktop", "en", False), ("phone", "zh-CN", True), ("desktop", "zh-CN", False)]
)
def test_the_page_is_accessible(open_page: Callable[..., Page], size: str, language: str, dark: bool) -> None:
    page = open_page("/accounts/login/", size=size, language=language, dark=dark)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_in_and_out(open_page: Callable[..., Page], person: Callable[..., Person]) -> None:
    person("Ada")
    page = open_page("/accounts/devices/")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("not correct")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Devices")).to_be_visible()
    expect(page.get_by_text("This device")).to_be_visible()
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_another_device_is_signed_out_in_place(open_page: Callable[..., Page], person: Callable[..., Person]) -> None:
    person("Ada")
    here, there = open_page("/accounts/devices/"), open_page("/accounts/devices/", size="phone")
    for page in (there, here):
        page.get_by_label("E-mail").fill("ada@example.com")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("This device")).to_be_visible()
    here.get_by_role("main").get_by_role("button", name="Sign out Chrome, Linux").click()
    expect(here.get_by_role("button", name="Sign out everywhere else")).to_have_count(0)
    there.reload()
    expect(there.get_by_role("heading", name="Sign in")).to_be_visible()
