"""What every test can ask for."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from django_tasks_db.management.commands import db_worker

from tandem.activity.worker import Worker
from tandem.config.limits import BUCKETS
from tandem.people.actors import SYSTEM
from tandem.people.catalogues import speak
from tandem.people.commands import add_person, set_password
from tandem.people.models import Person
from tandem.people.queries import forget_organization

PASSWORD = "a-long-way-to-ride"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=["sqlite", "postgresql"], default="sqlite", help="where the tests keep their rows")


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test starts in English and without what an earlier one left in memory.

    The company's row is read once in a test, however slow the machine: queries are counted.
    """
    forget_organization()
    BUCKETS.clear()
    monkeypatch.setattr("tandem.people.queries.company.KEPT_SECONDS", 3600.0)
    with translation.override("en"):
        yield
    speak({})


@pytest.fixture
def person(db: None) -> Callable[..., Person]:
    """Makes a person who can sign in: `person("Ada", unit=…)`; further fields are set as they are."""

    def make(name: str = "Ada", unit: Any = None, **fields: Any) -> Person:
        made = add_person(SYSTEM, unit, name=name, email=f"{name.lower()}@example.com")
        made = set_password(SYSTEM, made, password=PASSWORD)
        if fields:
            Person.objects.filter(pk=made.pk).update(**fields)
            made.refresh_from_db()
        return made

    return make


@pytest.fixture
def signed_in(client: Client, person: Callable[..., Person]) -> tuple[Client, Person]:
    """A client in which Ada is signed in, and Ada."""
    ada = person("Ada")
    client.force_login(ada)
    return client, ada


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Does what waits for the worker, in the test's own transaction (from which it would close the connection)."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return lambda: Worker().run_once()


@pytest.fixture
def no_throttle(db: None) -> None:
    cache.clear()


def missing(what: str) -> None:
    """A part of the machine is missing: fail where everything must run, else skip and say what to install."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder with the tables of cases."""
    folder = Path(os.environ.get("TANDEM_CASES", Path(__file__).parents[2] / "shared" / "cases"))
    if not folder.is_dir():
        pytest.skip(f"no case tables at {folder}; set TANDEM_CASES")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    missing("Chromium is missing: install it (Debian: apt-get install chromium fonts-noto-cjk)")
    raise AssertionError
