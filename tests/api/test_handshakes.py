"""Handshakes at the JSON door: the same steps, the same refusals."""

from typing import Any

import pytest

from tandem.okr.models import Agreement
from tests.api.conftest import Door
from tests.world import World


@pytest.fixture
def lin(world: World) -> Door:
    return Door(world.lin)


def of(world: World) -> str:
    return f"/people/{world.ada.pk}/handshake"


def offered(world: World, ada: Door) -> dict[str, Any]:
    mine = world.objective(published=False)
    world.key_result(mine, title="First-week activation", start=30, target=45)
    seen = ada.get(f"{of(world)}?cycle={world.quarter.pk}")
    assert (seen["state"], seen["agreement"]) == ("", None)
    found: dict[str, Any] = ada.post(of(world), {"cycle": world.quarter.pk, "seen": seen["hash"]}, 201)
    return found


def test_offered_and_signed(world: World, ada: Door, lin: Door) -> None:
    found = offered(world, ada)
    one = found["agreement"]["id"]
    lin.put(f"/agreements/{one}/expectation", {"text": "Own it", "version": found["agreement"]["version"]})
    ada.put(f"/agreements/{one}/forecast", {"text": "Two releases"})
    for door in (ada, lin):
        found = door.post(f"/agreements/{one}/hand", {"seen": found["hash"]})
    assert found["state"] == "signed"
    kept = lin.get(f"/agreements/{one}")["kept"]
    assert kept["objectives"][0]["key_results"][0]["target"] == 45
    assert ada.get(f"/people/{world.ada.pk}/goals?cycle={world.quarter.pk}")["numbers"]["agreement"] == "signed"


def test_another_version_is_a_conflict_with_what_changed(world: World, ada: Door, lin: Door) -> None:
    found = offered(world, ada)
    objective = ada.get(f"/people/{world.ada.pk}/goals?cycle={world.quarter.pk}")["goals"][0]["id"]
    ada.patch(f"/objectives/{objective}", {"title": "Other"})
    refused = lin.post(f"/agreements/{found['agreement']['id']}/hand", {"seen": found["hash"]}, 409)
    assert refused["error"]["current"]["changes"][0]["fields"][0]["name"] == "title"


def test_a_signature_sent_twice_is_one(world: World, ada: Door, lin: Door) -> None:
    found = offered(world, ada)
    path, body = f"/agreements/{found['agreement']['id']}/hand", {"seen": found["hash"]}
    first = lin.post(path, body, idempotency_key="once")
    assert lin.post(path, body, idempotency_key="once") == first
    assert lin.post(path, body, 422)["error"]["code"] == "signed"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("hand", {}, 422),
        ("hand", {"seen": "x" * 9}, 409),
        ("hand", {"seen": 1}, 422),
        ("decline", {"reason": ""}, 422),
        ("withdraw", {}, 403),
        ("forecast", {"text": "x"}, 403),
        ("expectation", {"text": "x" * 5001}, 422),
        ("expectation", {"text": "x", "version": 9}, 409),
    ],
)
def test_what_is_refused(world: World, ada: Door, lin: Door, path: str, body: dict[str, Any], status: int) -> None:
    one = offered(world, ada)["agreement"]["id"]
    method = "PUT" if path in ("forecast", "expectation") else "POST"
    assert lin.ask(method, f"/agreements/{one}/{path}", body).status_code == status


def test_strangers_find_nothing(world: World, ada: Door) -> None:
    one = offered(world, ada)["agreement"]["id"]
    ben = Door(world.ben)
    ben.get(f"/agreements/{one}", 404)
    ben.get(f"{of(world)}?cycle={world.quarter.pk}", 404)
    ben.post(f"/agreements/{one}/hand", {"seen": "x"}, 404)


def test_suggestions(world: World, ada: Door, lin: Door) -> None:
    objective = world.objective()
    made = lin.post(f"/objectives/{objective.pk}/suggestions", {"text": "Stay"}, 201)
    assert lin.post(f"/suggestions/{made['id']}/take", {}, 403)["error"]["code"] == "not_allowed"
    assert ada.post(f"/suggestions/{made['id']}/take")["state"] == "taken"
    assert ada.get(f"/objectives/{objective.pk}")["title"] == "Stay"
    again = lin.post(f"/objectives/{objective.pk}/suggestions", {"text": "Go"}, 201)["id"]
    assert lin.post(f"/suggestions/{again}/withdraw")["state"] == "withdrawn"
    assert ada.post(f"/suggestions/{again}/leave", {}, 422)["error"]["code"] == "state"


def test_sides_and_reminders(world: World, ada: Door, lin: Door) -> None:
    one = offered(world, ada)["agreement"]["id"]
    assert ada.post(f"/agreements/{one}/reminders") == {"reminded": 1}
    named = {"cycle": world.quarter.pk, "other_side": world.wei.pk}
    assert lin.put(f"{of(world)}/sides", named)["other_side"]["id"] == world.wei.pk
    assert lin.put(f"{of(world)}/sides", {"cycle": world.quarter.pk})["other_side"]["id"] == world.lin.pk
    lin.put(f"{of(world)}/sides", {**named, "owner_side": world.ben.pk}, 422)
    lin.post(f"/agreements/{one}/decline", {"reason": "Not yet"})
    ada.post(of(world), {"cycle": world.quarter.pk}, 201)
    assert ada.post(f"/agreements/{Agreement.objects.latest('pk').pk}/withdraw", {})["state"] == "withdrawn"
    assert len(ada.get(f"{of(world)}?cycle={world.quarter.pk}")["earlier"]) == 1


def test_of_a_unit(world: World, lin: Door) -> None:
    world.objective(world.web)
    path = f"/units/{world.web.pk}/handshake"
    assert lin.post(path, {"cycle": world.quarter.pk, "forecast": "All"}, 201)["other_side"]["id"] == world.wei.pk
    assert Door(world.wei).get(f"{path}?cycle={world.quarter.pk}")["state"] == "offered"
    Door(world.chen).put(f"{path}/sides", {"cycle": world.quarter.pk, "owner_side": world.ben.pk}, 404)
    lin.get(f"/units/{world.cloud.pk}/handshake?cycle={world.quarter.pk}", 404)


def test_the_table_of_a_unit(world: World, ada: Door, lin: Door) -> None:
    offered(world, ada)
    path = f"/units/{world.web.pk}/handshakes?cycle={world.quarter.pk}"
    rows = {one["owner"]["name"]: one for one in lin.get(path)["items"]}
    assert (rows["Ada Byron"]["state"], rows["Ada Byron"]["waits_for"]) == ("offered", "other")
    assert rows["Ben"]["state"] == "nothing"
    ada.get(path, 404)
    assert lin.get(f"{path}&start=25")["items"] == []
    lin.get(f"{path}&start=-1", 422)
