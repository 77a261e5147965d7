"""A browser for journeys: Chromium, driven by Playwright, at a live server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import PASSWORD

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _assets_as_in_use() -> Iterator[None]:
    """Tandem serves its own assets; the test server would look for them elsewhere and find none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda _self, _path: False)
        yield


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread, beside Django
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """Opens a page: `open_page("/week/", size="phone", language="zh-CN", dark=True)`. Faults in it fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    cache.clear()  # all journeys sign in from one address within one standing minute

    def open_(path: str = "/", *, size: str = "desktop", language: str = "en", dark: bool = False) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=str(live_server),
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh-hans" else language,
            color_scheme="dark" if dark else "light",
            has_touch=size == "phone",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def signed_in(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a page as somebody of the cast who has a password: `signed_in("omar", "/week/", size="phone")`."""

    def open_(who: str, path: str, **how: Any) -> Page:
        page = open_page("/accounts/login/", **how)
        page.fill("[name=login]", f"{who}@example.com")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    return open_
