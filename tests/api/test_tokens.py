"""Personal tokens at the API's door: who comes in, how far, and until when."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandem.activity.models import Event
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person, Token
from tandem.people.rules import scopes_that_may
from tandem.people.tokens import make_token, revoke_token
from tests.api.conftest import Door
from tests.world import World, fresh


class TokenDoor(Door):
    """The API as a program meets it."""

    def __init__(self, text: str) -> None:
        super().__init__(enforce_csrf_checks=True)
        self.text = text

    def send(self, method: str, path: str, body: str | bytes, kind: str = "application/json", **headers: str) -> Any:
        return super().send(method, path, body, kind, Authorization=f"Bearer {self.text}", **headers)


def token_door(person: Person, scope: str = "write", days: int = 90) -> TokenDoor:
    _token, text = make_token(SYSTEM, person, name="CI", scope=scope, days=days)
    return TokenDoor(text)


def test_a_token_is_made_shown_once_used_and_revoked(world: World, ada: Door) -> None:
    made = ada.post("/me/tokens", {"name": "Build robot", "scope": "write"}, 201)
    assert made["token"].startswith("tdm_")
    assert made["token"].split("_", 2)[2] not in str(Token.objects.values_list())
    (listed,) = ada.get("/me/tokens")["items"]
    assert (listed["name"], listed["used_at"], "token" in listed) == ("Build robot", None, False)

    robot = TokenDoor(made["token"])
    assert robot.get("/me")["name"] == "Ada Byron"
    objective = robot.post("/objectives", {"cycle": world.quarter.pk, "title": "From a program"}, 201)
    assert objective["title"] == "From a program"
    assert ada.get("/me/tokens")["items"][0]["used_at"] is not None

    assert ada.ask("DELETE", f"/tokens/{made['id']}").status_code == 204
    gone = robot.ask("GET", "/me")
    assert (gone.status_code, gone.json()["error"]["code"]) == (401, "not_signed_in")
    assert "token" in gone.json()["error"]["message"]
    assert [one.verb for one in Event.objects.filter(about=f"token:{made['id']}")] == ["token.revoked", "token.made"]


@pytest.mark.parametrize(
    ("method", "path", "may"),
    [
        ("GET", "objectives/7", {"read", "write", "admin"}),
        ("GET", "me/week", {"read", "check_in", "write", "admin"}),
        ("POST", "key-results/7/check-ins", {"check_in", "write", "admin"}),
        ("PATCH", "check-ins/7", {"check_in", "write", "admin"}),
        ("PATCH", "key-results/7", {"write", "admin"}),
        ("PUT", "people/7/goals/order", {"write", "admin"}),
        ("POST", "people", {"admin"}),
        ("POST", "units/7/archive", {"admin"}),
        ("POST", "cycles/7/phase", {"admin"}),
        ("POST", "something/new", {"admin"}),
        ("POST", "me/tokens", set()),
        ("GET", "tokens", set()),
        ("DELETE", "tokens/7", set()),
    ],
)
def test_what_a_scope_reaches(method: str, path: str, may: set[str]) -> None:
    assert scopes_that_may(method, path) == may


def test_a_scope_is_enforced(world: World) -> None:
    key_result = world.key_result(world.objective())
    address = f"/key-results/{key_result.pk}/check-ins"
    refused = token_door(world.ada, "read").ask("POST", address, {"value": 3})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "scope")
    narrow = token_door(world.ada, "check_in")
    assert narrow.post(address, {"value": 3}, 201)["key_result"]["current"] == 3
    assert narrow.ask("PATCH", f"/key-results/{key_result.pk}", {"target": 9}).status_code == 403
    assert narrow.ask("GET", "/objectives").status_code == 403


def test_a_token_never_does_more_than_its_person(world: World) -> None:
    door = token_door(world.ben, "admin")
    assert door.ask("POST", "/people", {"name": "Zoe"}).status_code == 403
    assert door.ask("PATCH", f"/objectives/{world.objective().pk}", {"title": "x"}).status_code == 403


def test_a_token_makes_no_tokens(world: World) -> None:
    assert token_door(world.omar, "admin").ask("POST", "/me/tokens", {"name": "x"}).status_code == 403


def test_it_ends_by_itself(world: World) -> None:
    door = token_door(world.ada, days=7)
    assert door.ask("GET", "/me").status_code == 200
    with time_machine.travel(Token.objects.get().expires_at + timedelta(seconds=1)):
        assert door.ask("GET", "/me").status_code == 401


def test_it_ends_with_its_person(world: World) -> None:
    door = token_door(world.ada)
    people.leave_company(SYSTEM, world.ada)
    assert door.ask("GET", "/me").status_code == 401


def test_what_is_no_token(world: World, ada: Door) -> None:
    good = token_door(world.ada).text
    other = token_door(world.ben).text
    mixed = "_".join([*good.split("_", 2)[:2], other.split("_", 2)[2]])
    for text in ("", "tdm_", "tdm_1_", mixed, good + "x", good.upper(), "tdm_999999999999999999_" + "a" * 43, "…"):
        assert TokenDoor(text).ask("GET", "/me").status_code == 401, text
    # A session beside a token that is none does not help.
    assert ada.ask("GET", "/me", Authorization="Bearer tdm_1_x").status_code == 401
    # And pages know no tokens.
    assert ada.client.get("/me/", headers={"Authorization": "Bearer tdm_1_x"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [({"name": ""}, "name"), ({"name": "x", "scope": "all"}, "scope"), ({"name": "x", "days": 367}, "days"),
     ({"name": "x" * 101}, "name"), ({}, "name")],
)  # fmt: skip
def test_what_is_refused(world: World, ada: Door, body: dict[str, Any], field: str) -> None:
    assert ada.post("/me/tokens", body, 422)["error"]["field"] == field
    assert not Token.objects.exists()


def test_administrators_see_all_and_revoke(world: World, ada: Door) -> None:
    token, _text = make_token(world.ada, world.ada, name="CI")
    omar, ben = Door(world.omar), Door(world.ben)
    assert [one["person"]["name"] for one in omar.get("/tokens")["items"]] == ["Ada Byron"]
    assert ben.ask("GET", "/tokens").status_code == 403
    assert ben.ask("DELETE", f"/tokens/{token.pk}").status_code == 404
    assert omar.ask("DELETE", f"/tokens/{token.pk}").status_code == 204
    assert fresh(token).revoked_at is not None
    revoke_token(world.ada, token)  # again: nothing happens
    assert Event.objects.filter(verb="token.revoked").count() == 1


def test_a_request_with_a_token_costs_one_query_more_than_none(world: World) -> None:
    door = token_door(world.ada, "read")
    door.get("/me/week")
    with CaptureQueriesContext(connection) as queries:
        door.get("/me/week")
    texts = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert sum("people_token" in sql for sql in texts) == 1
    assert not any("UPDATE" in sql or "django_session" in sql for sql in texts)
