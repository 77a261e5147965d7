"""What every answer carries, and what it says when something is wrong."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tandem.config.assets import files, fingerprint
from tandem.config.refusals import answer
from tandem.core.errors import Conflict, Invalid, Missing, NotAllowed, Refusal
from tandem.people.models import Person
from tests.conftest import PASSWORD

SIGN_IN = "/accounts/login/"


@pytest.mark.django_db
def test_the_browser_is_told_to_run_and_load_nothing_foreign(client: Client) -> None:
    headers = client.get(SIGN_IN).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_pages_have_no_inline_script_or_style(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=", page)


@pytest.mark.parametrize(
    ("accept", "language", "title"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.5", "zh-hans", None),
        ("de-DE,en;q=0.5", "en", "Sign in"),
        ("", "en", "Sign in"),
        ("xx;;q=", "en", "Sign in"),
    ],
)
@pytest.mark.django_db
def test_the_language_follows_the_browser(client: Client, accept: str, language: str, title: str | None) -> None:
    answered = client.get(SIGN_IN, headers={"Accept-Language": accept})
    assert answered.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answered.content.decode()
    assert title is None or f"<title>{title}" in answered.content.decode()


@pytest.mark.django_db
def test_the_cookie_beats_the_browser_and_the_person_beats_both(client: Client, person: object) -> None:
    client.cookies["language"] = "zh-hans"
    assert client.get(SIGN_IN, headers={"Accept-Language": "en"}).headers["Content-Language"] == "zh-hans"
    ada: Person = person("Ada", language="en")  # type: ignore[operator]
    client.force_login(ada)
    assert client.get("/accounts/devices/").headers["Content-Language"] == "en"
    client.cookies["language"] = "<nonsense>"
    assert client.get("/accounts/devices/").status_code == 200


@pytest.mark.django_db
def test_an_unknown_address_is_a_page_or_json(signed_in: tuple[Client, Person]) -> None:
    client, _ada = signed_in
    page = client.get("/no/such/place")
    assert page.status_code == 404
    assert "<h1>" in page.content.decode()
    data = client.get("/api/v1/no-such-thing")
    assert (data.status_code, data.json()["error"]["code"]) == (404, "missing")


@pytest.mark.django_db
def test_a_wrong_host_is_refused(client: Client) -> None:
    answered = client.get(SIGN_IN, headers={"host": "evil.example"})
    assert answered.status_code == 400


@pytest.mark.django_db
def test_a_post_from_elsewhere_is_refused(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(SIGN_IN, {"login": "a@example.com", "password": "x"})
    assert page.status_code == 403
    assert "Load it again" in page.content.decode()


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Invalid("Too long", field="title"), 422),
        (NotAllowed("No"), 403),
        (Missing("Gone"), 404),
        (Conflict("Changed", current={"title": "<b>theirs</b>"}), 409),
        (Refusal("What?"), 400),
    ],
)
@pytest.mark.django_db
def test_a_refusal_in_three_shapes(refusal: Refusal, status: int, rf: RequestFactory) -> None:
    data = answer(_asked(rf, "/api/v1/x"), refusal)
    fragment = answer(_asked(rf, "/week/", {"HX-Request": "true"}), refusal)
    page = answer(_asked(rf, "/week/"), refusal)
    assert {data.status_code, fragment.status_code, page.status_code} == {status}
    assert data["Content-Type"] == "application/json"
    assert f'"message": "{refusal.message}"' in data.content.decode()
    assert refusal.message in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert "<html" in page.content.decode()
    assert "<b>" not in page.content.decode()


def _asked(rf: RequestFactory, path: str, headers: dict[str, str] | None = None) -> HttpRequest:
    from django.contrib.auth.models import AnonymousUser

    request = rf.get(path, headers=headers or {})
    request.user = AnonymousUser()
    request._messages = []  # type: ignore[attr-defined]
    return request


@pytest.mark.django_db
def test_assets_are_kept_by_browsers_for_good_and_found_after_an_upgrade(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    address = re.findall(r'href="(/static/[^"]+/tandem/css/base\.css)"', page)[0]
    assert fingerprint() in address
    answered = client.get(address)
    assert "immutable" in answered.headers["Cache-Control"]
    assert b"".join(answered.streaming_content)
    older = client.get(address.replace(fingerprint(), "0123456789"))
    assert (older.status_code, older.headers["Cache-Control"]) == (200, "no-cache")
    assert b"".join(older.streaming_content)
    assert client.get(f"/static/{fingerprint()}/no/such.css").status_code in (302, 404)
    assert client.get(f"/static/{fingerprint()}/../../config/settings.py").status_code in (302, 404)


def test_everything_pages_ask_for_is_there() -> None:
    assert {"django_htmx/htmx-2.min.js", "tandem/icons.svg", "tandem/css/base.css"} <= set(files())


def test_a_broken_view_answers_without_a_traceback(rf: RequestFactory) -> None:
    from tandem.config.refusals import broken

    shown: HttpResponse = broken(_asked(rf, "/week/"))
    assert shown.status_code == 500
    assert "Traceback" not in shown.content.decode()
    assert broken(_asked(rf, "/api/v1/x")).content.startswith(b'{"error": {"code": "broken"')


@pytest.mark.django_db
def test_times_are_the_readers_own(signed_in: tuple[Client, Person]) -> None:
    client, ada = signed_in
    with time_machine.travel(datetime(2026, 11, 22, 20, 0, tzinfo=UTC), tick=False):
        client.post(SIGN_IN, {"login": ada.email, "password": PASSWORD})
        client.logout()
        client.post(SIGN_IN, {"login": ada.email, "password": PASSWORD})
        assert "Sun 22 Nov 20:00" in client.get("/accounts/devices/").content.decode()
        Person.objects.filter(pk=ada.pk).update(timezone="Asia/Shanghai")
        assert "Mon 23 Nov 04:00" in client.get("/accounts/devices/").content.decode()
        Person.objects.filter(pk=ada.pk).update(timezone="Nowhere/Land")
        assert client.get("/accounts/devices/").status_code == 200
