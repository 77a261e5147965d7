"""Takes docs/images/my-week.png from a demo company of its own; `--all DIR` takes every page for people to look at."""

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGE = ROOT / "docs/images/my-week.png"
MOST_BYTES = 200_000
STARTING = 120  # seconds a slow machine may take to build the company
LANGUAGES = ("en", "zh-hans")
SIZES = {"1280": (1280, 900), "390": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LEAD, CHAMPION, ADMINISTRATOR = "leads", "OKR champion", "administrator"  # the first of each on the sign-in page


@contextmanager
def demo() -> Iterator[str]:
    """A demo company on a free port, with data that are gone afterwards; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [Path(sys.executable).with_name("tandem"), "demo", "--port", str(port)]
    with tempfile.TemporaryDirectory(prefix="tandem-screenshots-") as folder:
        environment = {"PATH": "/usr/bin:/bin", "TANDEM_DATA_DIR": folder}
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"{address}/readyz", server)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    sys.exit("screenshots: the demo did not start")


@contextmanager
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        sys.exit("screenshots: Chromium is missing (Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Camera:
    """One window size and theme; signs in, goes somewhere, and keeps what it sees."""

    context: BrowserContext
    page: Page
    folder: Path
    name: str

    def before(self, address: str, language: str) -> None:
        """As a guest who reads this language."""
        self.context.clear_cookies()
        self.context.add_cookies([{"name": "language", "value": language, "url": address}])

    def sign_in(self, address: str, part: str, language: str) -> None:
        """One click on the first of the demo's cast who has this part."""
        self.before(address, "en")
        self.page.goto("/accounts/login/")
        self.page.locator(".cast", has_text=part).first.click()
        self.page.wait_for_url("**/")
        self._choose("language", language)

    def _choose(self, name: str, value: str) -> None:
        """What the person's menu sets, without opening it."""
        button = self.page.locator(f"button[name={name}][value={value}]")
        with self.page.expect_navigation():
            button.evaluate("button => button.form.requestSubmit(button)")

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.page.wait_for_load_state("networkidle")

    def take(self, what: str, *, full: bool = True) -> None:
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=self.folder / f"{self.name}-{what}.png", full_page=full, animations="disabled")
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            print(f"{self.name}-{what}: has to be scrolled sideways")

    def shoot(self, what: str, path: str) -> None:
        self.go(path)
        self.take(what)

    def first(self, pattern: str) -> str:
        """The first address on the page that looks like this."""
        for link in self.page.locator("main a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))"):
            if re.match(pattern, link):
                return str(link)
        raise LookupError(f"{self.page.url} leads nowhere like {pattern}")


@contextmanager
def camera(browser: Browser, address: str, folder: Path, size: str, theme: str, name: str) -> Iterator[Camera]:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        has_touch=size == "390",
        is_mobile=size == "390",
    )
    yield Camera(context, context.new_page(), folder, name)
    context.close()


def of_the_week(browser: Browser, address: str) -> None:
    """The picture for the README: what waits for a lead, and what happened around them."""
    with tempfile.TemporaryDirectory() as folder, camera(browser, address, Path(folder), "1280", "light", "en") as one:
        one.sign_in(address, LEAD, "en")
        one.go("/week/")
        one.page.set_viewport_size({"width": 1280, "height": 760})
        one.take("week", full=False)
        made = Path(folder) / "en-week.png"
        if made.stat().st_size > MOST_BYTES:
            sys.exit(f"screenshots: {made.stat().st_size} bytes are more than {MOST_BYTES}")
        IMAGE.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, IMAGE)
        print(f"{IMAGE.relative_to(ROOT)}: {made.stat().st_size} bytes")


def as_lead(one: Camera) -> None:
    one.shoot("week", "/week/")
    one.shoot("goals-own", "/goals/")
    one.shoot("goals-unit", one.first(r"/goals/unit/\d+/\d+/$"))
    own = one.page.url
    one.page.locator("[data-opens-picker]").first.evaluate("link => link.click()")
    one.page.locator("[data-picker]").wait_for()
    one.take("goals-picker")
    one.go(own)
    one.page.locator(".line-measure a").first.click()
    one.page.locator(".measure-panel").wait_for()
    one.take("goals-numbers")
    one.go(own)
    one.shoot("objective-own", one.first(r"/objectives/\d+/$"))
    one.page.locator(".kr-history summary").first.click()
    one.page.locator(".past, .kr-past .soft").first.wait_for()
    one.take("objective-history")
    one.go(one.page.url)
    one.page.locator(".kr-foot a").first.click()
    one.page.locator("form.check-in").first.wait_for()
    one.take("objective-check-in")
    one.page.locator(".page-action summary").click()
    one.take("objective-menu", full=False)
    one.shoot("map", "/map/")
    one.shoot("map-outline", "/map/?view=outline")
    one.shoot("organization", "/organization/")
    unit = one.first(r"/units/\d+/$")
    one.shoot("unit-top", unit)
    objective = one.first(r"/objectives/\d+/$")
    one.shoot("objective-top", objective)
    one.go("/organization/")
    below = units(one)
    for number, link in enumerate(below, 1):
        one.shoot(f"unit-{number}", link)
    one.go(below[0])
    objective, person = one.first(r"/objectives/\d+/$"), one.first(r"/people/\d+/")
    one.shoot("goals-of-others", one.first(r"/goals/unit/\d+/\d+/$"))
    one.shoot("objective-of-others", objective)
    one.shoot("person-other", person)
    one.shoot("me", "/me/")
    one.shoot("cycles", "/cycles/")
    for number, link in enumerate(cycles(one), 1):
        one.shoot(f"cycle-{number}", link)
    one.shoot("missing", "/objectives/99999999/")
    one.shoot("kit", "/ui/")
    one.go("/week/")
    one.page.keyboard.press("Escape")
    one.page.evaluate("document.activeElement.blur()")
    one.page.keyboard.press("?")
    one.take("keys", full=False)


def units(one: Camera) -> list[str]:
    links = one.page.locator("main a[href^='/units/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return list(dict.fromkeys(links))[1:5]


def cycles(one: Camera) -> list[str]:
    links = one.page.locator("main a[href^='/cycles/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [link for link in dict.fromkeys(links) if re.fullmatch(r"/cycles/\d+/", link)]


def as_champion(one: Camera) -> None:
    one.shoot("champion-week", "/week/")
    one.shoot("champion-goals", "/goals/")
    one.shoot("champion-cycles", "/cycles/")
    running = one.page.locator("tr.is-current a").first.get_attribute("href") or ""
    one.shoot("champion-cycle", running)
    one.page.locator("[data-dialog-open=phase-next]").click()
    one.take("champion-cycle-dialog", full=False)
    one.shoot("champion-cycle-new", "/cycles/new/")
    one.shoot("champion-cycle-edit", f"{running}edit/")


def as_administrator(one: Camera) -> None:
    one.shoot("admin-organization", "/organization/")
    unit = one.first(r"/units/\d+/$")
    one.shoot("admin-organization-search", "/organization/?q=a")
    person = one.first(r"/people/\d+/$")
    one.shoot("admin-company", "/organization/company/")
    one.shoot("admin-unit", unit)
    one.shoot("admin-unit-new", "/units/new/")
    one.shoot("admin-unit-edit", f"{unit}edit/")
    one.shoot("admin-unit-lead", f"{unit}lead/")
    one.shoot("admin-unit-move", f"{unit}move/")
    one.shoot("admin-person-new", "/people/new/")
    one.shoot("admin-person", person)
    for form in ("edit", "move", "leave", "roles", "password"):
        one.shoot(f"admin-person-{form}", f"{person}{form}/")
    one.shoot("admin-devices", "/accounts/devices/")
    one.shoot("admin-password", "/accounts/password/change/")


WALKS: dict[str, Callable[[Camera], None]] = {
    LEAD: as_lead,
    CHAMPION: as_champion,
    ADMINISTRATOR: as_administrator,
}


def every_page(browser: Browser, address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for theme in ("light", "dark"):
            for size in SIZES:
                name = f"{language[:2]}-{theme}-{size}"
                with camera(browser, address, folder, size, theme, name) as one:
                    one.before(address, language)
                    one.shoot("sign-in", "/accounts/login/")
                    one.shoot("reset", "/accounts/password/reset/")
                    for part, walk in WALKS.items():
                        one.sign_in(address, part, language)
                        walk(one)
                print(name)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--all", metavar="DIR", type=Path, help="every page in both languages, themes and two widths")
    folder = asked.parse_args().all
    with demo() as address, chromium() as browser:
        if folder:
            every_page(browser, address, folder)
        else:
            of_the_week(browser, address)


if __name__ == "__main__":
    main()
