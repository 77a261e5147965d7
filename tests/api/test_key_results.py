"""Key results and key actions over the JSON door."""

from typing import Any

import pytest

from tests.api.conftest import Door
from tests.proof import assert_numbers_true
from tests.world import World

KINDS: list[dict[str, Any]] = [
    {"kind": "metric", "start": 30, "target": 45.5, "unit": "%"},
    {"kind": "percent"},
    {"kind": "maintain", "low": 98, "tolerance": "0.5"},
    {"kind": "binary"},
    {"kind": "milestones", "steps": [{"title": "A", "weight": 2}, {"title": "B"}]},
    {"kind": "rubric", "steps": [{"level": "0.3", "text": "some"}, {"level": 0.7, "text": "most"}]},
    {"kind": "baseline", "unit": "ms"},
]


@pytest.mark.parametrize("fields", KINDS, ids=[str(one["kind"]) for one in KINDS])
def test_every_kind(world: World, ada: Door, fields: dict[str, Any]) -> None:
    objective = world.objective()
    made = ada.post(f"/objectives/{objective.pk}/key-results", {"title": "Result", **fields}, 201)
    assert made["kind"] == fields["kind"]
    assert ada.get(f"/key-results/{made['id']}") == made
    for name in ("start", "target", "low", "unit"):
        if name in fields:
            assert made[name] == fields[name]
    assert_numbers_true()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "wish"}, "kind"),
        ({"kind": "kpi"}, "indicator"),
        ({"kind": "metric"}, "target"),
        ({"kind": "metric", "start": 5, "target": 5}, "target"),
        ({"kind": "metric", "start": 5, "target": 1e300}, "target"),
        ({"kind": "metric", "start": 5, "target": "1e999999999"}, "target"),
        ({"kind": "metric", "start": 5, "target": "NaN"}, "target"),
        ({"kind": "metric", "start": 0.1234567, "target": 1}, "start"),
        ({"kind": "metric", "start": [1], "target": 1}, "start"),
        ({"kind": "maintain"}, "low"),
        ({"kind": "maintain", "low": 5, "high": 4}, "low"),
        ({"kind": "milestones", "steps": []}, "steps"),
        ({"kind": "milestones", "steps": [{"title": "A", "weight": 0}]}, "steps"),
        ({"kind": "milestones", "steps": [{"title": "A", "wait": 1}]}, "steps.0.wait"),
        ({"kind": "milestones", "steps": "all"}, "steps"),
        ({"kind": "rubric", "steps": [{"level": "0.5", "text": "x"}]}, "steps"),
        ({"weight": 1001}, "weight"),
        ({"confidence": 11}, "confidence"),
        ({"given": "much"}, "given"),
    ],
)
def test_a_key_result_that_cannot_be(world: World, ada: Door, fields: dict[str, Any], field: str) -> None:
    path = f"/objectives/{world.objective().pk}/key-results"
    assert ada.post(path, {"title": "Result", **fields}, 422)["error"]["field"] == field


def test_edit_weigh_order_archive(world: World, ada: Door) -> None:
    objective = world.objective()
    one, two, three = (world.key_result(objective, title=title) for title in "ABC")
    path = f"/objectives/{objective.pk}/key-results"
    changed = ada.patch(f"/key-results/{one.pk}", {"target": 50, "version": one.version})
    assert (changed["target"], changed["version"]) == (50, one.version + 1)
    refused = ada.patch(f"/key-results/{one.pk}", {"target": 60}, 409, If_Match=f'"{one.version}"')
    assert refused["error"]["current"]["target"] == 50
    weighed = ada.put(f"{path}/weights", {"shares": {str(one.pk): 0.5}})
    assert [each["weight"] for each in weighed["key_results"]] == [0.5, 0.25, 0.25]
    assert ada.put(f"{path}/weights", {"shares": {str(one.pk): 1.5}}, 422)["error"]["field"] == "shares"
    assert ada.put(f"{path}/weights", {"shares": {"x": 1}}, 422)["error"]["field"].startswith("shares")
    ordered = ada.put(f"{path}/order", {"order": [three.pk]})
    assert [each["id"] for each in ordered["key_results"]] == [three.pk, one.pk, two.pk]
    assert ada.post(f"/key-results/{two.pk}/archive")["archived_on"] == "2026-10-14"
    assert [each["id"] for each in ada.get(path)["items"]] == [three.pk, one.pk, two.pk]
    assert len(ada.get(f"/objectives/{objective.pk}")["key_results"]) == 2
    assert ada.post(f"/key-results/{two.pk}/restore")["archived_on"] is None
    assert_numbers_true()


def test_another_objectives_key_results_are_not_ordered_here(world: World, ada: Door) -> None:
    here, there = world.objective(), world.objective()
    stranger = world.key_result(there)
    path = f"/objectives/{here.pk}/key-results"
    assert ada.put(f"{path}/order", {"order": [stranger.pk]}, 422)["error"]["field"] == "order"
    assert ada.put(f"{path}/weights", {"shares": {str(stranger.pk): 1}}, 422)["error"]["field"] == "shares"
    assert ada.get(path) == {"items": []}
    ada.get("/objectives/999999/key-results", 404)
    ada.get("/key-results/999999", 404)


def test_actions(world: World, ada: Door) -> None:
    objective = world.objective()
    key_result = world.key_result(objective)
    body = {"title": "Guide page", "owner": world.ben.pk, "due_on": "2026-10-30", "key_result": key_result.pk}
    made = ada.post(f"/objectives/{objective.pk}/actions", body, 201)
    assert made["owner"] == {"id": world.ben.pk, "name": "Ben"}
    assert (made["state"], made["key_result"]) == ("todo", key_result.pk)
    path = f"/actions/{made['id']}"
    done = Door(world.ben).patch(path, {"state": "done"}, If_Match=f'"{made["version"]}"')
    assert (done["state"], done["version"]) == ("done", made["version"] + 1)
    assert ada.patch(path, {"state": "todo", "version": made["version"]}, 409)["error"]["current"]["state"] == "done"
    cleared = ada.patch(path, {"owner": None, "due_on": None, "key_result": None})
    assert (cleared["owner"], cleared["due_on"], cleared["key_result"]) == (None, None, None)
    second = ada.post(f"/objectives/{objective.pk}/actions", {"title": "Second"}, 201)
    ordered = ada.put(f"/objectives/{objective.pk}/actions/order", {"order": [second["id"]]})
    assert [one["id"] for one in ordered["actions"]] == [second["id"], made["id"]]
    assert ada.post(f"{path}/archive")["archived_on"]
    assert ada.post(f"{path}/restore")["archived_on"] is None
    assert ada.get(path)["title"] == "Guide page"
    Door(world.otto).patch(path, {"title": "No"}, 403)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"owner": 999_999}, "owner"),
        ({"owner": "ben"}, "owner"),
        ({"owner": -1}, "owner"),
        ({"due_on": "tomorrow"}, "due_on"),
        ({"due_on": "2026-02-30"}, "due_on"),
        ({"due_on": "0001-01-01"}, "due_on"),
        ({"due_on": 20261030}, "due_on"),
        ({"state": "maybe"}, "state"),
        ({"key_result": 999_999}, "key_result"),
        ({"title": None}, "title"),
    ],
)
def test_an_action_that_cannot_be(world: World, ada: Door, fields: dict[str, Any], field: str) -> None:
    path = f"/objectives/{world.objective().pk}/actions"
    assert ada.post(path, {"title": "Guide page", **fields}, 422)["error"]["field"] == field
