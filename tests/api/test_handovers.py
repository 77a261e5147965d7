"""Handing over through the JSON door: the same command, the same refusals."""

from collections.abc import Callable

from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.world import World, fresh


def test_what_a_leaver_holds_goes_to_a_successor_and_back(world: World, door: Callable[[Person], Door]) -> None:
    objective = world.objective()
    action = okr.add_action(world.ada, objective, title="Guide page", owner=world.ada)
    path = f"/people/{world.ada.pk}"
    held = door(world.ben).get(f"{path}/entrusted")
    assert [one["id"] for one in held["objectives"]] == [objective.pk]
    assert [one["id"] for one in held["actions"]] == [action.pk]
    chosen = {"person": world.ben.pk, "objectives": [objective.pk], "actions": [action.pk]}
    door(world.hana).post(f"{path}/hand-over", chosen, 403)
    people.leave_company(SYSTEM, world.ada)
    hana = door(world.hana)
    assert hana.post(f"{path}/hand-over", {**chosen, "unit": world.web.pk}, 422)["error"]["field"] == "person"
    assert hana.post(f"{path}/hand-over", {**chosen, "person": 999999}, 422)["error"]["field"] == "person"
    done = hana.post(f"{path}/hand-over", chosen, 201)
    assert done["to"] == {"kind": "person", "id": world.ben.pk, "name": "Ben"}
    assert fresh(objective).goal_set.owner_person == world.ben
    assert hana.post(f"/hand-overs/{done['id']}/undo")["undone"] is True
    assert fresh(objective).goal_set.owner_person == world.ada
    dropped = hana.post(f"{path}/lay-down", {"objectives": [objective.pk], "reason": "No time"}, 201)
    assert dropped["to"] is None
    assert fresh(objective).state == "dropped"
    hana.get("/hand-overs/999999/undo", 405)
    hana.post("/hand-overs/999999/undo", status=404)


def test_an_archived_units_goals(world: World, door: Callable[[Person], Door]) -> None:
    webs = world.objective(world.web)
    people.archive_unit(SYSTEM, world.web)
    hana, path = door(world.hana), f"/units/{world.web.pk}"
    assert [one["id"] for one in hana.get(f"{path}/entrusted")["objectives"]] == [webs.pk]
    done = hana.post(f"{path}/lay-down", {"objectives": [webs.pk], "reason": "Merged"}, 201)
    hana.post(f"/hand-overs/{done['id']}/undo")
    hana.post(f"{path}/hand-over", {"unit": world.cloud.pk, "objectives": [webs.pk]}, 201)
    assert fresh(webs).goal_set.owner_unit == world.cloud


def test_led_units_and_what_is_hidden(world: World, door: Callable[[Person], Door]) -> None:
    secret = okr.set_visibility(world.lin, world.objective(world.lin), visibility="people")
    hana, path = door(world.hana), f"/people/{world.lin.pk}"
    assert hana.get(f"{path}/entrusted")["hidden"] == 0
    people.leave_company(SYSTEM, world.lin)
    held = hana.get(f"{path}/entrusted")
    assert (held["hidden"], held["objectives"], [one["id"] for one in held["led"]]) == (1, [], [world.web.pk])
    assert door(world.ben).get(f"{path}/entrusted")["hidden"] == 0
    hana.post(f"{path}/hand-over", {"person": world.ada.pk, "hidden": True, "led": [world.web.pk]}, 201)
    assert (fresh(secret).goal_set.owner_person, fresh(world.web).lead) == (world.ada, world.ada)
