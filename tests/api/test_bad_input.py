"""Whatever is sent, the answer is a refusal that says why: never a traceback, never a 500, nothing half done."""

import json
from typing import Any

import pytest

from tandem.activity.models import Event
from tandem.okr.models import CheckIn, KeyResult
from tests.api.conftest import Door
from tests.proof import assert_numbers_true
from tests.world import World

HUGE = 2**63
DEEP = "[" * 20_000 + "]" * 20_000
BODIES = {
    "empty": b"",
    "cut off": b'{"title": "A bet',
    "not JSON": b"title=A",
    "not UTF-8": b'{"title": "\xff\xfe"}',
    "half a character": b'{"title": "\\ud83d"}',
    "deep": DEEP.encode(),
    "a list": b"[]",
    "null": b"null",
    "a number": b"7",
    "NaN": b'{"title": NaN}',
    "endless number": b'{"title": ' + b"9" * 5000 + b"}",
    "twice": b'{"title": "A"} {"title": "B"}',
}
VALUES: list[Any] = [
    None, True, -1, 0, HUGE, -HUGE, 10**30, 1e308, 0.1, "", " ", "\x00", "a\x00b", "\u202e", "x" * 30_000, [], {},
    [[[]]], {"$ne": 1}, ["a", 1], "<script>alert(1)</script>", "'; DROP TABLE okr_objective; --", "1e999999999",
    "٣", "2026-02-31", "%s%n", "{{ 7*7 }}", "../../etc/passwd",
]  # fmt: skip


def answered(response: Any) -> Any:
    """The refusal; what is wrong is said in the one shape."""
    assert 400 <= response.status_code < 500, (response.status_code, response.content[:500])
    error = response.json()["error"]
    assert set(error) <= {"code", "message", "field", "current"}
    assert error["message"]
    return error


@pytest.mark.parametrize("name", BODIES)
def test_bodies_that_cannot_be_read(world: World, ada: Door, name: str) -> None:
    objective = world.objective()
    for method, path in (("PATCH", f"/objectives/{objective.pk}"), ("POST", "/objectives"), ("PATCH", "/me")):
        answered(ada.send(method, path, BODIES[name]))


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "xml"])
def test_only_json_is_read(world: World, ada: Door, kind: str) -> None:
    response = ada.send("POST", "/objectives", b'{"title": "A", "cycle": 1}', kind)
    assert response.status_code == 415
    assert answered(response)["code"] == "media_type"


def test_more_than_anybody_writes(world: World, ada: Door) -> None:
    body = json.dumps({"title": "x" * 3_000_000})
    assert answered(ada.send("POST", "/objectives", body))["code"] in ("too_large", "bad_request")


WRITES = [
    ("POST", "/objectives", {"cycle": "cycle", "title": "A", "person": "ada", "description": "", "weight": 1}),
    ("PATCH", "/objectives/{objective}", {"title": "A", "description": "", "ambition": "committed", "version": 1}),
    ("POST", "/objectives/{objective}/drop", {"reason": "so", "version": 1}),
    ("POST", "/objectives/{objective}/move", {"cycle": "cycle"}),
    ("POST", "/objectives/{objective}/key-results", {"title": "A", "kind": "metric", "start": 0, "target": 1,
        "steps": [], "weight": 1, "confidence": 5, "unit": "%", "low": 1, "tolerance": 1, "given": 1}),
    ("PUT", "/objectives/{objective}/key-results/weights", {"shares": {}}),
    ("PUT", "/objectives/{objective}/key-results/order", {"order": []}),
    ("PUT", "/people/{ada}/goals/order", {"cycle": "cycle", "order": []}),
    ("POST", "/objectives/{objective}/actions", {"title": "A", "owner": "ada", "due_on": "2026-10-30",
        "key_result": None, "state": "todo"}),
    ("PATCH", "/key-results/{key_result}", {"target": 5, "start": 1, "steps": [], "kind": "metric", "given": 4}),
    ("POST", "/key-results/{key_result}/check-ins", {"value": 1, "confidence": 5, "on": "2026-10-14", "note": "",
        "status": "", "done_steps": [], "confirmed": True, "draft": False}),
    ("PATCH", "/me", {"language": "en", "timezone": "UTC", "theme": ""}),
    ("POST", "/people", {"name": "Z", "email": "z@example.com", "unit": None, "manager": None}),
    ("PATCH", "/people/{ada}", {"name": "Z", "email": "z@example.com", "manager": None}),
    ("POST", "/people/{ada}/leave", {"on": None}),
    ("PUT", "/people/{ada}/roles", {"administrator": False, "champion": True}),
    ("POST", "/units", {"name": "Z", "kind": "team", "parent": None, "lead": None}),
    ("PATCH", "/units/{unit}", {"name": "Z", "kind": "team"}),
    ("POST", "/cycles", {"name": "Z", "kind": "quarter", "start": "2027-01-01", "end": "2027-03-31", "weekday": 1}),
    ("PATCH", "/cycles/{cycle}", {"name": "Z", "start": "2027-01-01", "end": "2027-03-31", "rhythm": "weekly"}),
    ("POST", "/cycles/{cycle}/phase", {"phase": "run"}),
    ("PUT", "/cycles/{cycle}/phases/run", {"planned_on": None}),
    ("PATCH", "/organization", {"name": "Z", "timezone": "UTC", "fiscal_year_start": 1, "quarter_name": "xxxx Qzz"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "good"), WRITES, ids=[f"{one[0]} {one[1]}" for one in WRITES])
def test_every_field_with_every_value(world: World, method: str, path: str, good: dict[str, Any]) -> None:
    """Each field in turn takes each strange value. Some are fine; none breaks anything."""
    objective = world.objective()
    key_result = world.key_result(objective)
    keys = {
        "objective": objective.pk, "key_result": key_result.pk, "ada": world.ada.pk, "unit": world.data.pk,
        "cycle": world.quarter.pk,
    }  # fmt: skip
    good = {name: keys.get(value, value) if isinstance(value, str) else value for name, value in good.items()}
    writer = Door(world.omar if path.startswith(("/people", "/units", "/cycles", "/organization")) else world.ada)
    writer = Door(world.ada) if path.startswith("/people/{ada}/goals") else writer
    for field in good:
        for value in VALUES:
            body = json.dumps({**good, field: value})
            response = writer.send(method, path.format(**keys), body)
            assert response.status_code < 500, (field, value, response.content[:500])
            if response.status_code >= 400:
                answered(response)
    assert_numbers_true()


STRANGE_KEYS = ["0", "-1", "1.0", "abc", "99999999999999999", str(HUGE), "9" * 400, "%00", "1%00", "٣", "null", "1;2"]


@pytest.mark.parametrize("key", STRANGE_KEYS)
def test_keys_nobody_has(world: World, ada: Door, key: str) -> None:
    for path in (
        "/people/{}", "/people/{}/goals?cycle=1", "/units/{}", "/cycles/{}", "/objectives/{}", "/objectives/{}/events",
        "/key-results/{}", "/key-results/{}/check-ins", "/actions/{}", "/units/{}/numbers?cycle=1",
    ):  # fmt: skip
        assert ada.get(path.format(key), 404)["error"]["code"] == "missing"
    ada.post(f"/objectives/{key}/publish", None, 404)


@pytest.mark.parametrize("value", ["0", "-1", "abc", str(HUGE), "9" * 400, "1.5", "%00", "", "٣"])
def test_questions_that_make_no_sense(world: World, ada: Door, value: str) -> None:
    for path, field in (
        (f"/people/{world.ada.pk}/goals?cycle={value}", "cycle"),
        (f"/objectives?person={value}", "person"),
        (f"/objectives?limit={value}", "limit"),
        (f"/objectives/{world.objective().pk}/events?cursor={value}", "cursor"),
        (f"/people?unit={value}", "unit"),
    ):
        response = ada.ask("GET", path)
        if response.status_code != 200:  # a digit of another script is a digit
            assert response.status_code == 422, path
            assert answered(response)["field"] == field


def test_questions_in_strange_words(world: World, ada: Door) -> None:
    for query in ("search=%00", "search=" + "x" * 300, "state=maybe", "archived=perhaps", "limit=101"):
        assert ada.ask("GET", f"/objectives?{query}").status_code == 422, query
    assert ada.ask("GET", "/people?search=%25%5F%27").status_code == 200
    assert ada.ask("GET", "/people?search=%ff%fe").status_code == 200


def test_addresses_nobody_has(world: World, ada: Door) -> None:
    for method, path in (("GET", "/"), ("GET", "/nothing"), ("POST", "/objectives/1/love"), ("GET", "/people/")):
        assert answered(ada.ask(method, path))["code"] == "missing"
    for method, path in (("DELETE", "/objectives"), ("PUT", "/me"), ("TRACE", "/me"), ("POST", "/openapi.json/x")):
        response = ada.ask(method, path)
        assert response.status_code in (404, 405), (method, path)
        answered(response)
    wrong = ada.ask("DELETE", f"/objectives/{world.objective().pk}")
    assert (wrong.status_code, answered(wrong)["code"]) == (405, "method_not_allowed")
    assert set(wrong.headers["Allow"].split(", ")) == {"GET", "PATCH"}


def test_writes_without_the_token_are_refused(world: World) -> None:
    door = Door(world.ada, enforce_csrf_checks=True)
    assert door.get("/me")["name"] == "Ada Byron"
    for headers in ({}, {"X_CSRFToken": "x" * 32}, {"Origin": "https://evil.example"}):
        response = door.ask("PATCH", "/me", {"theme": "dark"}, **headers)
        assert (response.status_code, answered(response)["code"]) == (403, "csrf")
    door.client.cookies["csrf"] = "c" * 32
    assert door.patch("/me", {"theme": "dark"}, X_CSRFToken="c" * 32)["theme"] == "dark"
    assert door.patch("/me", {"theme": ""}, 403, X_CSRFToken="d" * 32)["error"]["code"] == "csrf"


def test_what_is_sent_twice_is_done_once_or_refused(world: World, ada: Door) -> None:
    objective = world.objective(published=False)
    ada.post(f"/objectives/{objective.pk}/publish")
    assert ada.post(f"/objectives/{objective.pk}/publish", None, 422)["error"]["code"] == "state"
    ada.post(f"/objectives/{objective.pk}/archive")
    told = Event.objects.count()
    ada.post(f"/objectives/{objective.pk}/archive")
    assert Event.objects.count() == told
    key_result = world.key_result(world.objective())
    body = {"value": 5, "confidence": 6}
    first, second = (ada.post(f"/key-results/{key_result.pk}/check-ins", body, 201) for _twice in range(2))
    assert first["key_result"]["progress"] == second["key_result"]["progress"]
    assert_numbers_true()


def test_nothing_of_a_refused_write_stays(world: World, ada: Door) -> None:
    objective = world.objective()
    before = (KeyResult.objects.count(), CheckIn.objects.count(), Event.objects.count())
    ada.post(f"/objectives/{objective.pk}/key-results", {"title": "A", "kind": "metric", "start": 1, "target": 1}, 422)
    assert (KeyResult.objects.count(), CheckIn.objects.count(), Event.objects.count()) == before


def test_refusals_speak_the_reader_s_language(world: World, ada: Door) -> None:
    response = ada.ask("PATCH", "/me", {"theme": 7}, Accept_Language="zh-hans")
    assert response.headers["Content-Language"] == "zh-hans"
    assert answered(response)["field"] == "theme"


def test_markup_in_titles_is_only_text(world: World, ada: Door) -> None:
    made = ada.post("/objectives", {"cycle": world.quarter.pk, "title": "<b>Bold</b> & “so”"}, 201)
    assert made["title"] == "<b>Bold</b> & “so”"
