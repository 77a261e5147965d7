"""Sending a file, seeing what it would change, importing it; the same through the JSON door."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tandem.people.models import Person
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World

Browse = Callable[..., Client]
refuses = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction; the page that says so is drawn after it."""
TABLE = "Name,E-mail,Home unit\n钱多多,qian@example.com,Web\n,ada@example.com,数据 Data\n".encode()
FAULTY = b"Name,E-mail,Home unit\nX,x@example.com,Moon\n"


def sent(client: Client, content: bytes = TABLE) -> str:
    """The address of the page that shows what was found."""
    answer = client.post(reverse("people_files"), {"file": SimpleUploadedFile("people.csv", content)})
    assert answer.status_code == 302
    return answer.url  # type: ignore[attr-defined,no-any-return]


@refuses
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_tried_then_imported(
    world: World, browse: Browse, language: str, asks: Callable[[Client, str], int]
) -> None:
    client = browse(world.hana, language=language)
    assert client.get(reverse("people_files")).status_code == 200
    page = sent(client)
    text = text_of(client.get(page))
    assert "钱多多" in text
    assert ("1 new, 1 changed" in text) is (language == "en")
    assert asks(client, page) <= TOP
    assert not Person.objects.filter(email="qian@example.com").exists()
    client.post(page)
    assert Person.objects.get(email="qian@example.com").unit == world.web
    assert client.post(page).status_code == 422, "once is enough"


def test_what_is_wrong_is_shown_by_row_and_column(world: World, browse: Browse) -> None:
    client = browse(world.hana)
    text = text_of(client.get(sent(client, FAULTY)))
    assert "Nothing goes by “Moon”." in text
    assert "People 2 Home unit" in text
    assert client.post(reverse("people_files")).status_code == 422
    assert client.post(reverse("people_files"), {"file": "no file"}).status_code == 422


def test_files_and_exports_are_for_who_keeps_the_organisation(world: World, browse: Browse) -> None:
    page = sent(browse(world.hana))
    assert browse(world.omar).get(page).status_code == 404, "somebody else's file"
    ada = browse(world.ada)
    for address in (page, reverse("people_files"), reverse("people_export"), reverse("people_template")):
        assert ada.get(address).status_code == 403
    hana = browse(world.hana)
    assert hana.get(reverse("people_template")).content[:2] == b"PK"
    assert hana.get(reverse("people_export")).content[:2] == b"PK"
    assert "Ada Byron" in hana.get(reverse("people_table", args=["people"])).content.decode("utf-8-sig")
    assert hana.get(reverse("people_table", args=["secrets"])).status_code == 404


def test_through_the_api(world: World, browse: Browse) -> None:
    hana = browse(world.hana)
    send = lambda content: hana.post("/api/v1/people-files", {"file": SimpleUploadedFile("x.csv", content)})  # noqa: E731
    assert send(FAULTY).json()["faults"][0]["column"] == "unit"
    answer = send(TABLE)
    assert answer.status_code == 201
    page = f"/api/v1/people-files/{answer.json()['id']}"
    assert hana.get(page).json()["counts"]["people"] == {"created": 1, "changed": 1, "unchanged": 0}
    assert browse(world.omar).get(page).status_code == 404
    assert hana.post(f"{page}/import").json()["state"] == "applied"
    assert (
        browse(world.ada).post("/api/v1/people-files", {"file": SimpleUploadedFile("x.csv", TABLE)}).status_code == 403
    )
