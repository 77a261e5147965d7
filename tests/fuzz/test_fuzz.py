"""The API fuzzed from its own description, signed in as each role.

No answer is a 5xx, every answer is of a shape that the description promises, and nothing of a confidential goal is in
any of them. Where the description asks for a key, half of the tries name a thing that is there.
"""

import json
import zlib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from jsonschema_rs import validator_for

from tandem.config.api import described
from tandem.okr import commands as okr
from tandem.people.actors import SYSTEM
from tandem.people.tokens import make_token
from tests.api.conftest import API, Door
from tests.world import WEDNESDAY, World, build

pytestmark = pytest.mark.slow

ROLES = ("ben", "lin", "chen", "hana", "omar")
SECRET = "MARKERSECRET"
TRIES = 4
OPERATIONS = [
    (method.upper(), address)
    for address, methods in sorted(described()["paths"].items())
    for method in sorted(methods)
]  # fmt: skip


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(WEDNESDAY, tick=True):
        cache.clear()
        yield build()


@pytest.fixture
def keys(world: World) -> dict[str, list[int]]:
    """Things that are there, by the name of the key; and a goal of Wei's that none of the roles may read."""
    mine, above = world.objective(world.ben), world.objective(world.web)
    results = [world.key_result(mine), world.key_result(above)]
    check_in = okr.check_in(world.ben, results[0], value=5, note="five")
    action = okr.add_action(world.ben, mine, title="Page", owner=world.lin)
    secret = world.objective(world.wei, title=f"{SECRET} title", description=f"{SECRET} why")
    hidden = world.key_result(secret, title=f"{SECRET} result")
    kept = okr.check_in(world.wei, hidden, value=1, note=f"{SECRET} note")
    page = okr.add_action(world.wei, secret, title=f"{SECRET} action")
    okr.set_visibility(world.wei, secret, visibility="people")
    token, _text = make_token(SYSTEM, world.ada, name="CI")
    people = [getattr(world, who).pk for who in (*ROLES, "wei", "leo")]
    return {
        "objective_id": [mine.pk, above.pk, secret.pk], "parent_id": [above.pk, secret.pk],
        "key_result_id": [one.pk for one in (*results, hidden)], "check_in_id": [check_in.pk, kept.pk],
        "action_id": [action.pk, page.pk], "cycle_id": [world.quarter.pk, world.backlog.pk],
        "unit_id": [world.web.pk, world.cloud.pk, world.acme.pk], "person_id": people, "token_id": [token.pk],
    }  # fmt: skip


def narrowed(method: str, address: str, keys: dict[str, list[int]]) -> dict[str, Any]:
    """The description of one operation, whose keys are mostly of things that are there."""
    schema = {**described(), "paths": {}}
    operation = deepcopy(described()["paths"][address][method.lower()])
    for one in operation.get("parameters", ()):
        if one["in"] == "path" and one["name"] in keys:
            one["schema"] = {"enum": [*keys[one["name"]], 999_999]}
        elif one["in"] == "query" and f"{one['name']}_id" in keys:
            one["schema"] = {"anyOf": [{"enum": keys[f"{one['name']}_id"]}, one["schema"]]}
    operation["parameters"] = [one for one in operation.get("parameters", ()) if one["name"] != "Idempotency-Key"]
    schema["paths"] = {address: {method.lower(): operation}}
    return schema


def fits(method: str, address: str, status: int, content: bytes) -> str:
    """What is wrong with an answer, by the description."""
    answers = described()["paths"][address][method.lower()]["responses"]
    if status in (400, 405, 415):
        promised: Any = {"$ref": "#/components/schemas/Refused"}
    elif str(status) not in {str(one) for one in answers}:
        return f"{status} is not promised"
    else:
        kinds = next(one for code, one in answers.items() if str(code) == str(status)).get("content")
        if kinds is None:
            return "a body where none is promised" if content else ""
        promised = kinds["application/json"]["schema"]
    schema = {**promised, "components": described()["components"]}
    fault = next(validator_for(schema).iter_errors(json.loads(content)), None)
    return "" if fault is None else str(fault)[:500]


@pytest.mark.parametrize(("method", "address"), OPERATIONS, ids=lambda one: one)
def test_no_role_breaks_it(method: str, address: str, world: World, keys: dict[str, list[int]]) -> None:
    schema = schemathesis.openapi.from_dict(narrowed(method, address, keys))
    operation = schema[address][method]
    doors = {who: Door(getattr(world, who)) for who in ROLES}

    @seed(zlib.crc32(f"{method} {address}".encode()))
    @settings(
        max_examples=TRIES, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy())
    def fuzz(case: Any) -> None:
        path = case.formatted_path.removeprefix(API)
        query = "&".join(f"{name}={value}" for name, value in (case.query or {}).items())
        body = "" if not isinstance(case.body, dict | list) else json.dumps(case.body)
        for who, door in doors.items():
            point = transaction.savepoint()
            try:
                response = door.send(method, f"{path}?{query}" if query else path, body)
                told = (
                    f"{who}: {method} {path}?{query} {body[:300]} → {response.status_code} {response.content[:300]!r}"
                )
                assert response.status_code < 500, told
                fault = fits(method, address, response.status_code, response.content)
                assert not fault, f"{told}: {fault}"
                assert SECRET not in response.content.decode(), told
            finally:
                transaction.savepoint_rollback(point)

    fuzz()
