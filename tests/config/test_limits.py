"""Requests that come too fast are turned away, and told when to come again."""

from typing import Any

import pytest
from django.test import Client

from tandem.config import limits
from tandem.config.limits import Buckets
from tests.api.conftest import Door
from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_a_bucket_runs_dry_and_fills_again() -> None:
    moment = [0.0]
    buckets = Buckets(lambda: moment[0])
    assert [buckets.seconds_to_wait("ada", 60) for _once in range(15)] == [0.0] * 15
    assert buckets.seconds_to_wait("ada", 60) == pytest.approx(1.0)
    assert buckets.seconds_to_wait("ben", 60) == 0
    moment[0] = 1.0
    assert buckets.seconds_to_wait("ada", 60) == 0
    assert buckets.seconds_to_wait("ada", 60) == pytest.approx(1.0)
    moment[0] = 1000.0
    assert [buckets.seconds_to_wait("ada", 60) for _once in range(15)] == [0.0] * 15
    assert buckets.seconds_to_wait("ada", 60) > 0


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BUCKETS", 3)
    buckets = Buckets()
    for asker in range(10):
        buckets.seconds_to_wait(asker, 60)
    assert len(buckets._held) == 3


def test_the_api_says_it_in_json(world: World, settings: Any) -> None:
    settings.RATE_PERSON = 8
    ada, ben = Door(world.ada), Door(world.ben)
    assert [ada.ask("GET", "/me").status_code for _once in range(3)] == [200, 200, 429]
    refused = ada.ask("GET", "/me")
    assert refused.json()["error"]["code"] == "too_many"
    assert 1 <= int(refused.headers["Retry-After"]) <= 8
    assert ben.get("/me")["name"] == "Ben"


@pytest.mark.parametrize(("language", "words"), [("en", "Too many"), ("zh-hans", "请求过于频繁")])
def test_a_browser_gets_a_page(world: World, settings: Any, language: str, words: str) -> None:
    settings.RATE_ADDRESS = 4
    client = Client(headers={"accept-language": language})
    assert client.get("/accounts/login/").status_code == 200
    refused = client.get("/accounts/login/")
    assert (refused.status_code, refused.headers["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert words in refused.content.decode()
    assert client.get("/healthz").status_code == 200


def test_an_address_behind_a_proxy_is_the_clients(world: World, settings: Any) -> None:
    settings.RATE_ADDRESS, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 4, 1
    client = Client()
    for address in ("203.0.113.1", "203.0.113.2"):
        # What the client itself writes in front makes no difference.
        headers = {"X-Forwarded-For": f"198.51.100.{address[-1]}, {address}"}
        assert client.get("/accounts/login/", headers=headers).status_code == 200
        assert client.get("/accounts/login/", headers={"X-Forwarded-For": address}).status_code == 429


def test_no_limit(world: World, settings: Any) -> None:
    settings.RATE_PERSON = 0
    ada = Door(world.ada)
    assert {ada.ask("GET", "/me").status_code for _once in range(20)} == {200}
