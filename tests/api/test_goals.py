"""The hottest read: one owner's goals of a cycle, the same rows as the queries give everybody else."""

from django.test import Client

from tandem.okr.queries import goals_of_person
from tests.api.conftest import Door
from tests.world import World


def test_it_shows_what_the_queries_show(world: World, ada: Door) -> None:
    above = world.objective(world.web, title="上新更快")
    objective = world.objective(description="**why**", category="growth")
    key_result = world.key_result(objective, start=30, target=45, unit="%", weight="2.5")
    ada.put(f"/objectives/{objective.pk}/aligned-to/{above.pk}")
    ada.put(f"/objectives/{objective.pk}/co-owners/{world.ben.pk}")
    ada.post(f"/objectives/{objective.pk}/actions", {"title": "Guide page", "due_on": "2026-10-30"}, 201)
    ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": 36, "confidence": 6}, 201)

    found = ada.get(f"/people/{world.ada.pk}/goals?cycle={world.quarter.pk}")
    goals = goals_of_person(world.ada, world.ada.pk, world.quarter.pk)

    assert found["numbers"]["objectives"] == 1
    assert found["numbers"]["progress"] == 0.4
    [shown], [goal] = found["goals"], goals.goals
    assert shown["title"] == goal.objective.title
    assert shown["owner"] == {"kind": "person", "id": world.ada.pk, "name": "Ada Byron"}
    assert shown["cycle"] == {
        "id": world.quarter.pk, "name": "2026 Q4", "phase": "plan", "start": "2026-10-01", "end": "2026-12-31",
    }  # fmt: skip
    [one] = shown["key_results"]
    assert (one["start"], one["target"], one["current"], one["progress"], one["weight"]) == (30, 45, 36, 0.4, 2.5)
    assert one["status"] == goal.key_results[0].status
    assert (one["last_on"], one["next_due_on"]) == ("2026-10-14", goal.key_results[0].next_due_on.isoformat())
    assert [one["id"] for one in shown["aligned_to"]] == [above.pk]
    assert shown["aligned_to"][0]["owner"] == {"kind": "unit", "id": world.web.pk, "name": "Web"}
    assert shown["co_owners"] == [{"id": world.ben.pk, "name": "Ben"}]
    assert shown["actions"][0]["due_on"] == "2026-10-30"


def test_whole_numbers_have_no_point(world: World, ada: Door) -> None:
    world.key_result(world.objective())
    raw = ada.ask("GET", f"/people/{world.ada.pk}/goals?cycle={world.quarter.pk}").content
    assert b'"start":0,"target":100,' in raw


def test_nobody_has_goals_yet(world: World, ada: Door) -> None:
    assert ada.get(f"/people/{world.ben.pk}/goals?cycle={world.quarter.pk}") == {"numbers": None, "goals": []}
    assert ada.get(f"/units/{world.web.pk}/goals?cycle={world.quarter.pk}") == {"numbers": None, "goals": []}


def test_what_is_not_there_is_missing(world: World, ada: Door) -> None:
    for path in (
        f"/people/999999/goals?cycle={world.quarter.pk}",
        f"/people/{world.ada.pk}/goals?cycle=999999",
        f"/units/999999/goals?cycle={world.quarter.pk}",
        f"/units/{world.web.pk}/goals?cycle=999999",
    ):
        assert ada.get(path, 404)["error"]["code"] == "missing"


def test_the_cycle_must_be_said(world: World, ada: Door) -> None:
    refused = ada.get(f"/people/{world.ada.pk}/goals", 422)["error"]
    assert (refused["code"], refused["field"]) == ("needed", "cycle")


def test_goals_are_put_in_order(world: World, ada: Door) -> None:
    first, second, third = (world.objective(title=title) for title in "ABC")
    body = {"cycle": world.quarter.pk, "order": [third.pk, first.pk]}
    found = ada.put(f"/people/{world.ada.pk}/goals/order", body)
    assert [one["id"] for one in found["goals"]] == [third.pk, first.pk, second.pk]
    refused = ada.put(f"/people/{world.ada.pk}/goals/order", {**body, "order": [999_999]}, 422)
    assert refused["error"]["field"] == "order"
    assert Door(world.lin).put(f"/people/{world.ada.pk}/goals/order", body, 403)["error"]["code"] == "not_allowed"


def test_a_units_goals_are_its_leads_to_order(world: World) -> None:
    first, second = (world.objective(world.web, title=title) for title in "AB")
    body = {"cycle": world.quarter.pk, "order": [second.pk]}
    found = Door(world.lin).put(f"/units/{world.web.pk}/goals/order", body)
    assert [one["id"] for one in found["goals"]] == [second.pk, first.pk]
    assert Door(world.ada).put(f"/units/{world.web.pk}/goals/order", body, 403)
    assert Door(world.grace).put(f"/units/{world.office.pk}/goals/order", body, 404)


def test_strangers_are_told_to_sign_in(world: World) -> None:
    response = Client().get(f"/api/v1/people/{world.ada.pk}/goals?cycle={world.quarter.pk}")
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "not_signed_in"


def test_who_was_signed_out_or_left_is_a_stranger_at_once(world: World, ada: Door) -> None:
    path = f"/people/{world.ada.pk}/goals?cycle={world.quarter.pk}"
    ada.get(path)
    ada.client.session.delete()
    ada.get(path, 401)
    again = Door(world.ada)
    again.get(path)
    Door(world.hana).post(f"/people/{world.ada.pk}/leave", {})
    again.get(path, 401)
