"""Scoring, closing and taking goals along at the JSON door."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.people.actors import SYSTEM
from tests.api.conftest import Door
from tests.world import World


def review(world: World) -> None:
    world.quarter = cycles.enter_phase(world.chen, world.quarter, phase="review")


def test_a_score_and_what_follows(world: World, ada: Door) -> None:
    objective = world.objective()
    key_result = world.key_result(objective, given=40)
    path = f"/key-results/{key_result.pk}/score"
    assert ada.put(path, {"score": 0.4}, 422)["error"]["code"] == "phase"
    review(world)
    refused = ada.put(path, {"score": 0.9}, 422)["error"]
    assert (refused["field"], refused["code"]) == ("reason", "reason")
    assert ada.put(path, {"score": 0.45}, 422)["error"]["field"] == "score"
    shown = ada.put(path, {"score": 0.9, "reason": "签下了两家", "version": key_result.version})
    assert (shown["score"], shown["proposed_score"], shown["score_reason"]) == (0.9, 0.4, "签下了两家")
    conflict = ada.put(path, {"score": 0.2, "version": key_result.version}, 409)["error"]["current"]
    assert (conflict["score"], conflict["score_reason"]) == (0.9, "签下了两家")
    goal = ada.get(f"/objectives/{objective.pk}")
    assert (goal["score"], goal["band"], goal["scored_late"]) == (0.9, "green", False)
    Door(world.lin).put(path, {"score": 0.1}, 403)
    assert ada.put(path, {"score": None})["score"] is None


def test_reflections_and_proposals(world: World, ada: Door) -> None:
    objective = world.objective()
    world.key_result(objective, given=40)
    review(world)
    said = ada.put(f"/objectives/{objective.pk}/reflection", {"reflection": "Ask sooner", "version": objective.version})
    assert said["reflection"] == "Ask sooner"
    at = f"/people/{world.ada.pk}/goals"
    own = {"cycle": world.quarter.pk}
    assert (
        ada.put(f"{at}/reflection", {**own, "reflection": "少而精", "version": 1})["numbers"]["reflection"] == "少而精"
    )
    ada.put(f"{at}/reflection", {**own, "reflection": "x", "version": 1}, 409)
    assert ada.post(f"{at}/proposals", own)["numbers"]["score"] == 0.4
    assert ada.post(f"{at}/proposals", {"cycle": world.backlog.pk}, 404)["error"]["code"] == "missing"
    Door(world.lin).put(f"{at}/reflection", {**own, "reflection": "x"}, 403)
    webs = world.objective(world.web)
    lin = Door(world.lin)
    assert (
        lin.put(f"/units/{world.web.pk}/goals/reflection", {**own, "reflection": "x"})["numbers"]["reflection"] == "x"
    )
    assert lin.post(f"/units/{world.web.pk}/goals/proposals", own)["numbers"]["score"] is None
    assert webs.score is None


def test_closing_and_opening_again(world: World, ada: Door) -> None:
    key_result = world.key_result(world.objective(), given=40)
    chen, omar, at = Door(world.chen), Door(world.omar), f"/cycles/{world.quarter.pk}"
    review(world)
    [missing] = chen.get(f"{at}/missing-scores")["items"]
    assert missing == {
        "owner": {"kind": "person", "id": world.ada.pk, "name": "Ada Byron"},
        "key_results": 1,
        "scored": 0,
    }
    ada.get(f"{at}/missing-scores", 403)
    closed = chen.post(f"{at}/phase", {"phase": "closed"})
    assert (closed["closed_on"], closed["late_until"]) == ("2026-10-14", "2026-10-28")
    assert ada.put(f"/key-results/{key_result.pk}/score", {"score": 0.4})["scored_late"]
    assert [one["score"] for one in ada.get(f"{at}/late")["items"]] == [0.4]
    found = ada.get(f"{at}/results?unit={world.web.pk}")
    assert (found["scored"], found["late"], found["mean"]) == (1, 1, 0.4)
    assert found["aspirational"]["scores"][4] == 1
    chen.post(f"{at}/reopen", {"reason": "x"}, 403)
    omar.post(f"{at}/reopen", {"reason": ""}, 422)
    assert omar.post(f"{at}/reopen", {"reason": "Wrong readings"})["phase"] == "review"
    omar.post(f"{at}/reopen", {"reason": "Wrong readings"}, 422)


def test_taking_goals_along(world: World, ada: Door) -> None:
    one = world.objective()
    world.key_result(one, given=40)
    review(world)
    following = cycles.create_cycle(SYSTEM, None, name="2027 Q1", start=date(2027, 1, 1), end=date(2027, 3, 31))
    body = {"to": following.pk, "carry_over": "Half way", "from_last": True}
    heir = ada.post(f"/objectives/{one.pk}/clone", body, 201)
    assert (heir["state"], heir["carry_reason"], heir["key_results"][0]["start"]) == ("draft", "Half way", 40)
    assert ada.post(f"/objectives/{one.pk}/clone", body, 201)["id"] == heir["id"]
    assert ada.get(f"/objectives/{one.pk}/lineage")["heirs"][0]["id"] == heir["id"]
    assert ada.get(f"/objectives/{heir['id']}/lineage")["origin"]["cycle_name"] == "2026 Q4"
    Door(world.lin).post(f"/objectives/{one.pk}/clone", body, 403)
    assert ada.post(f"/objectives/{one.pk}/clone", {"to": 10**9}, 422)["error"]["field"] == "to"
    every = {"cycle": world.quarter.pk, "to": world.backlog.pk}
    assert len(ada.post(f"/people/{world.ada.pk}/goals/clone", every, 201)["items"]) == 1
    few = {**every, "to": following.pk, "objectives": [{"id": one.pk, "carry_over": ""}]}
    assert ada.post(f"/people/{world.ada.pk}/goals/clone", few, 422)["error"]["field"] == "reason"
    webs = world.objective(world.web)
    made = Door(world.lin).post(f"/units/{world.web.pk}/goals/clone", every, 201)["items"]
    assert [each["title"] for each in made] == [webs.title]


def test_results_cost_the_same_for_any_company(world: World, ada: Door) -> None:
    def queries(path: str) -> int:
        ada.get(path)
        with CaptureQueriesContext(
            connection,
        ) as few:
            ada.get(path)
        return len(few)

    at = f"/cycles/{world.quarter.pk}"
    review(world)
    paths = [f"{at}/results?unit={world.web.pk}", f"{at}/late", f"{at}/dropped"]
    okr.score_key_result(world.ada, world.key_result(world.objective()), score=1)
    before = [queries(path) for path in paths]
    for _each in range(5):
        okr.score_key_result(world.ada, world.key_result(world.objective()), score=1)
        okr.drop_objective(world.ada, world.objective(), reason="Enough")
    assert [queries(path) for path in paths] == before
    assert max(before) <= 8


def test_who_is_missing_is_reminded(world: World) -> None:
    world.key_result(world.objective(), given=60)
    path = f"/cycles/{world.quarter.pk}/missing-scores/reminders"
    assert Door(world.chen).post(path, {}, 422)["error"]["code"] == "state"
    review(world)
    Door(world.ada).post(path, {}, 403)
    assert Door(world.chen).post(path, {}, 200) == {"reminded": 1}
    assert Door(world.omar).post(path, {}, 200) == {"reminded": 0}
