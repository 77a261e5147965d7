"""Signing in and out, forgotten passwords, devices, the demo's cast."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from tandem.config import settings as product
from tandem.core.clock import today
from tandem.people.actors import SYSTEM
from tandem.people.commands import create_unit, name_lead
from tandem.people.devices import device_name
from tandem.people.models import Person
from tests.conftest import PASSWORD

SIGN_IN = "/accounts/login/"
People = Callable[..., Person]
Work = Callable[[], None]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_throttle")]


def sign_in(client: Client, email: str = "ada@example.com", password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"login": email, "password": password}).status_code


def test_a_person_signs_in_and_out(client: Client, person: People) -> None:
    person("Ada")
    assert client.get("/accounts/devices/").headers["Location"] == f"{SIGN_IN}?next=/accounts/devices/"
    assert sign_in(client, "ADA@example.com") == 302
    assert client.get("/accounts/devices/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/accounts/devices/").status_code == 302


def test_a_wrong_password_says_nothing_about_who_exists(client: Client, person: People) -> None:
    person("Ada")
    pages = [
        client.post(SIGN_IN, {"login": who, "password": "wrong"}).content.decode()
        for who in ("ada@example.com", "nobody@example.com")
    ]
    notes = [re.findall(r'class="notice[^>]*>(.*?)</', page, re.DOTALL) for page in pages]
    assert notes[0] == notes[1]
    assert "not correct" in pages[0]


def test_guessing_is_throttled(client: Client, person: People) -> None:
    person("Ada")
    for _ in range(12):
        sign_in(client, password="guess")
    assert client.post(SIGN_IN, {"login": "ada@example.com", "password": PASSWORD}).status_code in (200, 429)
    assert client.get("/accounts/devices/").status_code == 302


def test_who_left_cannot_sign_in_and_is_out_at_once(client: Client, person: People) -> None:
    ada = person("Ada")
    sign_in(client)
    Person.objects.filter(pk=ada.pk).update(left_on=today())
    assert client.get("/accounts/devices/").status_code == 302
    sign_in(client)
    assert client.get("/accounts/devices/").status_code == 302


def test_who_leaves_next_month_can_still_sign_in(client: Client, person: People) -> None:
    person("Ada", left_on=today() + timedelta(days=30))
    assert sign_in(client) == 302
    assert client.get("/accounts/devices/").status_code == 200


def test_nobody_can_add_themselves() -> None:
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {"account_signup", "account_email", "account_confirm_email"} & names == set()


@pytest.mark.parametrize("path", ["/accounts/devices/", "/ui/", "/accounts/password/change/"])
def test_pages_ask_for_signing_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302


def test_the_api_and_fragments_say_that_one_must_sign_in(client: Client) -> None:
    fragment = client.get(
        "/accounts/devices/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/me/?a=1"}
    )
    assert fragment.status_code == 401
    assert fragment.headers["HX-Redirect"] == f"{SIGN_IN}?next=/me/%3Fa%3D1"


def test_a_forgotten_password(client: Client, person: People, settings: Settings, work: Work) -> None:
    settings.EMAIL_BACKEND = product.EMAIL_BACKEND
    settings.OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person("Ada", language="zh-hans")
    client.post("/accounts/password/reset/", {"email": "ada@example.com"})
    client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert mail.outbox == []
    work()
    assert [message.to for message in mail.outbox] == [["ada@example.com"]]
    link = re.findall(rf"{product.BASE_URL}(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))[0]
    form = client.get(link, follow=True)
    done = client.post(form.redirect_chain[-1][0], {"password1": "rather-a-new-one", "password2": "rather-a-new-one"})
    assert done.status_code == 302
    assert sign_in(Client(), password="rather-a-new-one") == 302
    assert "too old" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize("weak", ["short", "password1234", "ada@example.com"])
def test_a_weak_password_is_refused(weak: str, signed_in: tuple[Client, Person]) -> None:
    client, ada = signed_in
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_passwords_are_kept_with_argon2() -> None:
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.mark.django_db(transaction=True)
def test_devices_are_listed_and_ended(person: People) -> None:
    person("Ada")
    person("Bob")
    laptop, phone, other = (
        Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"}),
        Client(headers={"user-agent": "Mozilla/5.0 (iPhone) AppleWebKit Safari/604.1"}),
        Client(),
    )
    sign_in(laptop)
    sign_in(phone)
    sign_in(other, "bob@example.com")
    page = laptop.get("/accounts/devices/").content.decode()
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert page.count("This device") == 1
    of_phone, of_bob = (UserSession.objects.get(session_key=one.session.session_key).pk for one in (phone, other))
    fragment = laptop.post(f"/accounts/devices/{of_phone}/end/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "iPhone" not in fragment
    assert phone.get("/accounts/devices/").status_code == 302
    sign_in(phone)
    laptop.post("/accounts/devices/others/end/")
    assert phone.get("/accounts/devices/").status_code == 302
    assert laptop.get("/accounts/devices/").status_code == 200
    assert other.get("/accounts/devices/").status_code == 200
    assert laptop.post(f"/accounts/devices/{of_bob}/end/").status_code == 404


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140 Safari/537 MicroMessenger/8", "WeChat, Android"),
        ("curl/8.1", "curl"),
        ("", "Unknown device"),
        ("<script>", "Unknown device"),
    ],
)
def test_devices_have_names(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name


def test_the_cast_is_offered_in_the_demo_only(client: Client, person: People, settings: Settings) -> None:
    ada = person("Ada")
    assert client.post("/accounts/demo/", {"person": ada.pk}).status_code == 404
    assert "Ada" not in client.get(SIGN_IN).content.decode()
    settings.DEMO = True
    bob, unit = person("Bob"), create_unit(SYSTEM, None, name="Acme", kind="company")
    name_lead(SYSTEM, unit, lead=bob)
    person("Cleo", is_champion=True)
    person("Dan", left_on=today())
    page = client.get(SIGN_IN).content.decode()
    assert re.findall(r"<span>(\w+)</span>", page)[:3] == ["Bob", "Cleo", "Ada"]
    assert "Dan" not in page
    assert client.post("/accounts/demo/", {"person": ada.pk}).status_code == 302
    assert client.get("/accounts/devices/").status_code == 200
    assert client.post("/accounts/demo/", {"person": "x"}).status_code == 404
