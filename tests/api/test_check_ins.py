"""Check-ins over the JSON door: the value moves, the history stays."""

from typing import Any

import pytest

from tandem.okr import commands
from tests.api.conftest import Door
from tests.proof import assert_numbers_true
from tests.world import World, fresh


def test_it_moves_everything_above(world: World, ada: Door) -> None:
    key_result = world.key_result(world.objective())
    done = ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": 40, "confidence": 7, "note": "guide"}, 201)
    assert done["check_in"]["status"] == "on_track"
    assert done["check_in"]["author"] == {"id": world.ada.pk, "name": "Ada Byron"}
    assert (done["key_result"]["current"], done["key_result"]["progress"]) == (40, 0.4)
    shown = ada.get(f"/objectives/{key_result.objective_id}")
    assert (shown["progress"], shown["confidence"]) == (0.4, 7)
    numbers = ada.get(f"/units/{world.acme.pk}/numbers?cycle={world.quarter.pk}")
    assert (numbers["people_checked_in"], numbers["confidences"][7], numbers["confidence"]) == (1, 1, 7)
    assert ada.get(f"/cycles/{world.quarter.pk}/numbers") == numbers
    assert_numbers_true()


def test_the_same_as_by_the_command(world: World, ada: Door) -> None:
    one, two = (world.key_result(world.objective()) for _twice in range(2))
    ada.post(f"/key-results/{one.pk}/check-ins", {"value": 40, "confidence": 7}, 201)
    commands.check_in(world.ada, two, value=40, confidence=7)
    names = ("current", "progress", "confidence", "status", "last_on", "next_due_on", "check_ins_count")
    assert [getattr(fresh(one), name) for name in names] == [getattr(fresh(two), name) for name in names]


def test_draft_publish_correct_withdraw_restore(world: World, ada: Door) -> None:
    key_result = world.key_result(world.objective())
    path = f"/key-results/{key_result.pk}/check-ins"
    drafted = ada.post(path, {"value": 10, "draft": True}, 201)
    assert drafted["check_in"]["is_draft"]
    assert drafted["key_result"]["check_ins"] == 0
    published = ada.post(f"/check-ins/{drafted['check_in']['id']}/publish", {"confidence": 6})
    assert (published["key_result"]["current"], published["check_in"]["confidence"]) == (10, 6)
    corrected = ada.patch(f"/check-ins/{drafted['check_in']['id']}", {"value": 20})
    assert corrected["check_in"]["replaces"] == drafted["check_in"]["id"]
    assert corrected["key_result"]["current"] == 20
    own = f"/check-ins/{corrected['check_in']['id']}"
    assert ada.post(f"{own}/withdraw")["key_result"]["current"] is None
    assert ada.post(f"{own}/restore")["key_result"]["current"] == 20
    history = ada.get(path)["items"]
    assert [(one["value"], one["withdrawn_at"] is None) for one in history] == [(20, True), (10, False)]
    ada.post(f"/check-ins/{drafted['check_in']['id']}/publish", None, 422)
    ada.patch(f"/check-ins/{drafted['check_in']['id']}", {"value": 1}, 422)
    assert_numbers_true()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "value"),
        ({"value": "much"}, "value"),
        ({"value": 1e12}, "value"),
        ({"value": True}, "value"),
        ({"value": {"a": 1}}, "value"),
        ({"confidence": 11}, "confidence"),
        ({"confidence": 5.5}, "confidence"),
        ({"confidence": "5"}, "confidence"),
        ({"value": 1, "on": "2026-10-15"}, "on"),
        ({"value": 1, "on": "2020-01-01"}, "on"),
        ({"value": 1, "on": "yesterday"}, "on"),
        ({"value": 1, "status": "great"}, "status"),
        ({"value": 1, "note": 7}, "note"),
        ({"value": 1, "note": "x" * 5001}, "note"),
        ({"value": 1, "confidence": 2}, "note"),
        ({"value": 1, "draft": "yes"}, "draft"),
        ({"value": 1, "feeling": 2}, "feeling"),
    ],
)
def test_a_check_in_that_cannot_be(world: World, ada: Door, fields: dict[str, Any], field: str) -> None:
    key_result = world.key_result(world.objective())
    refused = ada.post(f"/key-results/{key_result.pk}/check-ins", fields, 422)
    assert refused["error"]["field"] == field
    assert fresh(key_result).check_ins_count == 0


def test_milestones_name_their_steps(world: World, ada: Door) -> None:
    steps = [{"title": "A", "weight": 3}, {"title": "B", "weight": 1}]
    key_result = world.key_result(world.objective(), kind="milestones", steps=steps)
    path = f"/key-results/{key_result.pk}/check-ins"
    assert ada.post(path, {"done_steps": [0]}, 201)["key_result"]["progress"] == 0.75
    for wrong in ([2], [-1], [10**30], ["A"], "A"):
        assert ada.post(path, {"done_steps": wrong}, 422)["error"]["field"].startswith("done_steps")


def test_nobody_else_checks_in(world: World, ada: Door) -> None:
    key_result = world.key_result(world.objective())
    path = f"/key-results/{key_result.pk}/check-ins"
    written = ada.post(path, {"value": 1}, 201)["check_in"]["id"]
    lin = Door(world.lin)
    assert lin.post(path, {"value": 2}, 403)["error"]["code"] == "not_allowed"
    lin.patch(f"/check-ins/{written}", {"value": 2}, 403)
    lin.post(f"/check-ins/{written}/withdraw", None, 403)
    ada.post("/key-results/999999/check-ins", {"value": 1}, 404)
    ada.post("/check-ins/999999/withdraw", None, 404)
    ada.post(f"/key-results/{world.key_result(world.objective(published=False)).pk}/check-ins", {"value": 1}, 422)


def test_my_week(world: World, ada: Door) -> None:
    objective = world.objective()
    key_result = world.key_result(objective)
    ada.post(f"/objectives/{objective.pk}/actions", {"title": "A", "owner": world.ada.pk, "due_on": "2026-10-16"}, 201)
    week = ada.get("/me/week")
    assert [one["key_result"]["id"] for one in week["due"]] == [key_result.pk]
    assert (week["due"][0]["last"], week["due"][0]["owner"]["kind"]) == (None, "person")
    assert [one["title"] for one in week["actions"]] == ["A"]
    ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": 5}, 201)
    assert Door(world.ben).get("/me/week") == {"due": [], "later": [], "actions": []}
