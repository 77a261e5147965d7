"""Cycles over the JSON door."""

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.world import World


def test_a_cycles_life(world: World) -> None:
    chen = Door(world.chen)
    body = {"name": "2027 Q1", "start": "2027-01-01", "end": "2027-03-31", "rhythm": "biweekly", "weekday": 0}
    made = chen.post("/cycles", body, 201)
    path = f"/cycles/{made['id']}"
    assert (made["phase"], made["expected"]) == ("plan", 0)
    assert [one["phase"] for one in made["phases"]] == ["plan", "agree", "run", "review", "closed"]
    assert chen.patch(path, {"name": "Q1"}, If_Match=f'"{made["version"]}"')["name"] == "Q1"
    assert chen.patch(path, {"name": "Q2"}, 409, If_Match=f'"{made["version"]}"')["error"]["current"]["name"] == "Q1"
    planned = chen.put(f"{path}/phases/run", {"planned_on": "2027-01-08"})
    assert planned["phases"][2]["planned_on"] == "2027-01-08"
    assert chen.post(f"{path}/phase", {"phase": "run"})["phase"] == "run"
    assert chen.post(f"{path}/phase", {"phase": "plan"}, 422)["error"]["field"] == "phase"
    assert chen.put(f"{path}/phases/party", {"planned_on": None}, 422)["error"]["field"] == "phase"
    assert chen.get(f"{path}/events")["items"][0]["verb"] == "cycle.phase.run"


def test_lists(world: World, ada: Door) -> None:
    assert [one["name"] for one in ada.get("/cycles")["items"]] == ["2026 Q4", "Backlog 想法"]
    assert ada.get("/cycles/current")["id"] == world.quarter.pk
    assert 0 < ada.get(f"/cycles/{world.quarter.pk}")["expected"] < 1
    assert ada.get(f"/cycles/{world.quarter.pk}/at-risk") == {"items": []}
    ada.get("/cycles/999999", 404)
    ada.get("/cycles/999999/numbers", 404)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"end": "2026-01-01"}, "end"),
        ({"end": None}, "end"),
        ({"start": "0001-01-01"}, "start"),
        ({"end": "9999-12-31"}, "end"),
        ({"start": "2027-1-1"}, "start"),
        ({"start": "2027-01-01T00:00:00"}, "start"),
        ({"kind": "fortnight"}, "kind"),
        ({"rhythm": "daily"}, "rhythm"),
        ({"weekday": 7}, "weekday"),
        ({"weekday": 10**30}, "weekday"),
        ({"weekday": "Friday"}, "weekday"),
        ({"name": ""}, "name"),
    ],
)
def test_a_cycle_that_cannot_be(world: World, fields: dict[str, Any], field: str) -> None:
    body = {"name": "2027 Q1", "start": "2027-01-01", "end": "2027-03-31", **fields}
    assert Door(world.chen).post("/cycles", body, 422)["error"]["field"] == field


def test_the_next_ones_are_prepared_on_request(world: World, ada: Door) -> None:
    chen = Door(world.chen)
    assert [one["start"] for one in chen.post("/cycles/prepare")["items"]] == ["2027-01-01"]
    assert chen.post("/cycles/prepare")["items"] == []
    ada.post("/cycles/prepare", None, 403)
