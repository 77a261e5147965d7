"""Pages are asked for by the named cast of one small company, on one day."""

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tandem.people.models import Person
from tandem.people.queries import forget_organization, organization
from tests.world import WEDNESDAY, World, build

LANGUAGES = ("en", "zh-hans")
TOP = 13
"""No page asks the database more often than this, whatever the size of the company: twelve questions of its own,
and the bell's, which stands on every page."""


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller) -> Iterator[World]:
    yield build()
    forget_organization()


@pytest.fixture
def browse() -> Callable[..., Client]:
    """A client in which this person is signed in: `browse(world.ada, language="zh-hans")`."""

    def as_(person: Person, *, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(person)
        return client

    return as_


@pytest.fixture
def asks() -> Callable[[Client, str], int]:
    """How many queries a page costs, the company's own row being known already."""

    def count(client: Client, path: str) -> int:
        client.get(path)  # statements are compiled once
        forget_organization()
        organization()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    return count


def text_of(response: object) -> str:
    """The words of a page, without its markup."""
    html = response.content.decode()  # type: ignore[attr-defined]
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
