"""The kit page, the frame and the pages for refusals: they render, in both languages, under the strict policy."""

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from tandem.config.refusals import answer
from tandem.core.errors import Conflict, Invalid, Missing, NotAllowed, Refusal
from tandem.people.models import Person

PAGES = Path(str(files("tandem.pages")))
INLINE = re.compile(r"<[^>]*\sstyle=|<style|<script(?![^>]*\ssrc=)|<[^>]*\son\w+=", re.IGNORECASE)
REFUSALS: list[Callable[[], Refusal]] = [
    lambda: Refusal("Unclear."),
    lambda: NotAllowed("Not yours."),
    lambda: Missing("Gone."),
    lambda: Conflict("Newer.", current={"version": 8, "title": "Theirs <b>"}),
    lambda: Invalid("Too long.", field="title"),
]


def asked(method: str = "get", **headers: str) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(headers=headers), method)("/goals/", {"title": "Mine <i>"})
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_kit_shows_every_piece(signed_in: tuple[Client, Person], language: str) -> None:
    client, ada = signed_in
    Person.objects.filter(pk=ada.pk).update(language=language)
    page = client.get("/ui/").content.decode()
    assert f'<html lang="{language}"' in page
    macros = re.findall(r"set (\w+) = \w+_pieces", (PAGES / "templates/ui/kit.html").read_text())
    shown = "".join((PAGES / f"templates/ui/{name}.html").read_text() for name in ("specimens", "page"))
    hidden = {
        "icon",
        "cell",
        "crumb",
        "bar",
        "dialog_close",
        "status_word",
        "coverage_word",
        "bound_field",
        "row",
        "switcher",
    }
    assert [name for name in macros if f"ui.{name}(" not in shown and name not in hidden] == []
    assert not INLINE.search(page)


def test_the_frame_asks_the_database_for_the_bell_alone(
    signed_in: tuple[Client, Person], django_assert_max_num_queries: Callable[..., object]
) -> None:
    client, _ada = signed_in
    client.get("/ui/")
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]  # the session, the person and the bell
        client.get("/ui/")


@pytest.mark.django_db
@pytest.mark.parametrize("make", REFUSALS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_refusal_is_a_page(make: Callable[[], Refusal], language: str) -> None:
    refusal = make()
    with translation.override(language):
        response = answer(asked("post"), refusal)
    page = response.content.decode()
    assert response.status_code == refusal.status
    assert refusal.message in page
    assert not INLINE.search(page)
    if refusal.status in (409, 422):
        assert "Mine &lt;i&gt;" in page, "what was typed is shown again"
    if refusal.status == 409:
        assert "Theirs &lt;b&gt;" in page


def test_a_refusal_is_a_line_for_htmx() -> None:
    page = answer(asked(HX_Request="true"), Invalid("Too long <b>.", field="title")).content.decode()
    assert page.strip().startswith('<p class="field-error"')
    assert "Too long &lt;b&gt;." in page


def test_no_template_carries_style_or_script() -> None:
    templates = [path for path in PAGES.rglob("templates/**/*.html") if INLINE.search(path.read_text())]
    assert templates == []


@pytest.mark.django_db
def test_language_before_signing_in_is_a_cookie(client: Client) -> None:
    response = client.post("/preferences/language/", {"language": "zh-hans", "next": "https://elsewhere.example/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.cookies["language"].value == "zh-hans"
    assert client.post("/preferences/language/", {"language": "tlh"}).status_code == 422


def test_language_and_theme_are_kept_with_the_person(signed_in: tuple[Client, Person]) -> None:
    client, ada = signed_in
    client.post("/preferences/language/", {"language": "zh-hans", "next": "/ui/"})
    client.post("/preferences/theme/", {"theme": "dark", "next": "/ui/"})
    ada.refresh_from_db()
    assert (ada.language, ada.theme) == ("zh-hans", "dark")
    assert client.post("/preferences/theme/", {"theme": "neon"}).status_code == 422
