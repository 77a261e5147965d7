"""A company, and people at its JSON door."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tandem.people.models import Person
from tests.world import WEDNESDAY, World, build

API = "/api/v1"


class Door:
    """The API as one person meets it: what is asked comes back as (status, JSON)."""

    def __init__(self, person: Person | None = None, **options: Any) -> None:
        self.client = Client(**options)
        if person is not None:
            self.client.force_login(person)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The whole answer; a body is sent as JSON."""
        return self.send(method, path, "" if body is None else json.dumps(body), **headers)

    def send(self, method: str, path: str, body: str | bytes, kind: str = "application/json", **headers: str) -> Any:
        """A request as it is. What a command refuses is rolled back, as it is outside of tests."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with transaction.atomic():
            return self.client.generic(method, API + path, body, content_type=kind, headers=named)

    def get(self, path: str, status: int = 200) -> Any:
        return self._json(self.ask("GET", path), status)

    def post(self, path: str, body: object = None, status: int = 200, **headers: str) -> Any:
        return self._json(self.ask("POST", path, body, **headers), status)

    def put(self, path: str, body: object = None, status: int = 200, **headers: str) -> Any:
        return self._json(self.ask("PUT", path, body, **headers), status)

    def patch(self, path: str, body: object = None, status: int = 200, **headers: str) -> Any:
        return self._json(self.ask("PATCH", path, body, **headers), status)

    def delete(self, path: str, status: int = 200) -> Any:
        return self._json(self.ask("DELETE", path), status)

    def _json(self, response: Any, status: int) -> Any:
        assert response.status_code == status, (response.status_code, response.content[:2000])
        assert response.headers["Content-Type"].startswith("application/json")
        return response.json()


@pytest.fixture(autouse=True)
def _on_wednesday() -> Iterator[None]:
    with time_machine.travel(WEDNESDAY, tick=True):
        yield


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def door(world: World) -> Callable[[Person], Door]:
    return Door


@pytest.fixture
def ada(world: World) -> Door:
    return Door(world.ada)
