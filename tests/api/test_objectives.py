"""Objectives over the JSON door: their whole life, and every refusal on the way."""

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.proof import assert_numbers_true
from tests.world import World, fresh


def draft(world: World, door: Door, **fields: Any) -> Any:
    return door.post("/objectives", {"cycle": world.quarter.pk, "title": "A better start", **fields}, 201)


def test_an_objectives_life(world: World, ada: Door) -> None:
    made = draft(world, ada, ambition="committed", category="health", weight=2)
    path = f"/objectives/{made['id']}"
    assert (made["state"], made["status"], made["ambition"], made["weight"]) == ("draft", "draft", "committed", 2)
    assert made["owner"]["id"] == world.ada.pk
    ada.post(f"{path}/key-results", {"title": "Activation", "kind": "metric", "start": 30, "target": 45}, 201)
    assert ada.post(f"{path}/publish")["state"] == "active"
    assert ada.post(f"{path}/unpublish")["state"] == "draft"
    ada.post(f"{path}/publish")
    dropped = ada.post(f"{path}/drop", {"reason": "The market moved"})
    assert (dropped["state"], dropped["dropped_reason"]) == ("dropped", "The market moved")
    assert ada.post(f"{path}/reactivate")["state"] == "active"
    assert ada.post(f"{path}/archive")["archived_on"] == "2026-10-14"
    assert ada.post(f"{path}/restore")["archived_on"] is None
    assert_numbers_true()
    told = [one["verb"] for one in ada.get(f"{path}/events")["items"]]
    assert told[:3] == ["objective.restored", "objective.archived", "objective.reactivated"]


def test_a_unit_s_objective_is_written_by_its_lead(world: World, ada: Door) -> None:
    made = draft(world, Door(world.lin), unit=world.web.pk)
    assert made["owner"] == {"kind": "unit", "id": world.web.pk, "name": "Web"}
    body = {"cycle": world.quarter.pk, "title": "No", "unit": world.web.pk}
    assert ada.post("/objectives", body, 403)["error"]["code"] == "not_allowed"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"title": None}, "title"),
        ({"ambition": "huge"}, "ambition"),
        ({"category": "money"}, "category"),
        ({"weight": -1}, "weight"),
        ({"weight": "many"}, "weight"),
        ({"weight": True}, "weight"),
        ({"cycle": 999_999}, "cycle"),
        ({"unit": 999_999}, "unit"),
        ({"person": 999_999}, "person"),
        ({"person": 1, "unit": 1}, "unit"),
        ({"colour": "red"}, "colour"),
        ({"description": 7}, "description"),
    ],
)
def test_a_draft_that_cannot_be(world: World, ada: Door, fields: dict[str, Any], field: str) -> None:
    body = {"cycle": world.quarter.pk, "title": "A better start", **fields}
    assert ada.post("/objectives", body, 422)["error"]["field"] == field


def test_an_edit_keeps_both_versions(world: World, ada: Door) -> None:
    objective = world.objective()
    path = f"/objectives/{objective.pk}"
    seen = ada.ask("GET", path).headers["ETag"]
    changed = ada.patch(path, {"title": "Second"}, If_Match=seen)
    assert (changed["title"], changed["version"]) == ("Second", objective.version + 1)
    for headers, body in (({"If_Match": seen}, {}), ({}, {"version": objective.version})):
        refused = ada.patch(path, {"title": "Third", **body}, 409, **headers)["error"]
        assert refused["code"] == "conflict"
        assert (refused["current"]["title"], refused["current"]["version"]) == ("Second", changed["version"])
    assert fresh(objective).title == "Second"
    assert ada.ask("GET", path).headers["ETag"] == f'"{changed["version"]}"'


def test_a_version_that_cannot_be(world: World, ada: Door) -> None:
    path = f"/objectives/{world.objective().pk}"
    for header in ('"x"', '"-1"', '"99999999999999999999"', '"1", "2"', "七"):
        response = ada.ask("PATCH", path, {"title": "Third"}, If_Match=header)
        assert response.status_code == 422, header
        assert response.json()["error"]["field"] == "If-Match"
    assert ada.patch(path, {"title": "T", "version": 1}, 422, If_Match='"2"')["error"]["field"] == "version"
    ada.patch(path, {"title": "Fourth"}, If_Match="*")


@pytest.mark.parametrize("step", ["publish", "unpublish", "archive", "restore", "reactivate"])
def test_every_step_honours_the_version(world: World, ada: Door, step: str) -> None:
    objective = world.objective()
    refused = ada.post(f"/objectives/{objective.pk}/{step}", None, 409, If_Match='"77"')
    assert refused["error"]["current"]["version"] == objective.version
    assert fresh(objective).version == objective.version


def test_steps_out_of_turn(world: World, ada: Door) -> None:
    active, drafted = world.objective(), world.objective(published=False)
    for pk, step, body in (
        (active.pk, "publish", None),
        (drafted.pk, "unpublish", None),
        (active.pk, "reactivate", None),
        (active.pk, "drop", {"reason": " "}),
        (active.pk, "move", {"cycle": world.backlog.pk}),
    ):
        ada.post(f"/objectives/{pk}/{step}", body, 422)
    assert ada.post(f"/objectives/{drafted.pk}/move", {"cycle": 999_999}, 422)["error"]["field"] == "cycle"
    assert ada.post(f"/objectives/{drafted.pk}/move", {"cycle": world.backlog.pk})["cycle"]["id"] == world.backlog.pk
    assert_numbers_true()


def test_others_look_but_do_not_touch(world: World) -> None:
    objective = world.objective()
    lin = Door(world.lin)
    path = f"/objectives/{objective.pk}"
    assert lin.get(path)["title"] == objective.title
    for answer in (
        lin.patch(path, {"title": "Mine"}, 403),
        lin.post(f"{path}/archive", None, 403),
        lin.post(f"{path}/drop", {"reason": "so"}, 403),
        lin.put(f"{path}/co-owners/{world.ben.pk}", None, 403),
        lin.post(f"{path}/key-results", {"title": "KR"}, 403),
        lin.post(f"{path}/actions", {"title": "A"}, 403),
    ):
        assert answer["error"]["code"] == "not_allowed"


def test_co_owners_write_too(world: World, ada: Door) -> None:
    path = f"/objectives/{world.objective().pk}"
    assert ada.put(f"{path}/co-owners/{world.ben.pk}")["co_owners"] == [{"id": world.ben.pk, "name": "Ben"}]
    assert Door(world.ben).patch(path, {"title": "Ours"})["title"] == "Ours"
    assert ada.put(f"{path}/co-owners/{world.leo.pk}", None, 422)["error"]["field"] == "person"
    assert ada.delete(f"{path}/co-owners/{world.ben.pk}")["co_owners"] == []
    Door(world.ben).patch(path, {"title": "Mine"}, 403)


def test_alignment(world: World, ada: Door) -> None:
    above, own, below = world.objective(world.web), world.objective(), world.objective(world.ben)
    path = f"/objectives/{own.pk}"
    offered = {one["id"] for one in ada.get(f"{path}/alignment-candidates")["items"]}
    assert offered == {above.pk, below.pk}
    Door(world.ben).put(f"/objectives/{below.pk}/aligned-to/{own.pk}")
    assert [one["id"] for one in ada.put(f"{path}/aligned-to/{above.pk}")["aligned_to"]] == [above.pk]
    assert ada.put(f"{path}/aligned-to/{above.pk}")["aligned_to"]
    assert ada.put(f"{path}/aligned-to/{own.pk}", None, 422)["error"]["code"] == "loop"
    assert ada.put(f"{path}/aligned-to/{below.pk}", None, 422)["error"]["field"] == "parent"
    assert ada.get(f"{path}/alignment-candidates")["items"] == []
    assert ada.delete(f"{path}/aligned-to/{above.pk}")["aligned_to"] == []
    ada.put(f"{path}/aligned-to/999999", None, 404)


def test_a_list_by_what_one_asks(world: World, ada: Door) -> None:
    own = world.objective(title="Own 增长", category="growth")
    drafted = world.objective(published=False)
    web = world.objective(world.web, ambition="committed")
    far = world.objective(world.office)
    ada.put(f"/objectives/{own.pk}/aligned-to/{web.pk}")
    expected = {
        "": [own, drafted, web, far],
        f"cycle={world.quarter.pk}": [own, drafted, web, far],
        f"cycle={world.backlog.pk}": [],
        f"person={world.ada.pk}": [own, drafted],
        f"unit={world.web.pk}": [web],
        f"branch={world.cloud.pk}": [own, drafted, web],
        "state=draft": [drafted],
        "ambition=committed": [web],
        "category=growth": [own],
        "search=增长": [own],
        f"aligned_to={web.pk}": [own],
        "person=999999": [],
    }
    for query, objectives in expected.items():
        found = ada.get(f"/objectives?{query}")
        assert [one["id"] for one in found["items"]] == [one.pk for one in objectives], query
        assert found["next"] is None
    ada.post(f"/objectives/{drafted.pk}/archive")
    assert len(ada.get("/objectives")["items"]) == 3
    assert len(ada.get("/objectives?archived=true")["items"]) == 4
