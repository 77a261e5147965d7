"""Coverage through the API: the same commands and the same rows as the pages."""

from tandem.okr import commands as okr
from tandem.okr.models import Proposal
from tests.api.conftest import Door
from tests.world import World


def test_a_gap_is_delegated_and_carried(world: World) -> None:
    above = world.objective(world.web, title="Docs read well")
    world.key_result(above)
    path = f"/cycles/{world.quarter.pk}/coverage/units/{world.web.pk}"
    lin, ben = Door(world.lin), Door(world.ben)
    assert ben.get(path)["counts"] == {"all": 1, "carried": 0, "lead": 0, "delegated": 0, "gap": 1, "single": 0}
    ben.post(f"/objectives/{above.pk}/delegations", {"person": world.ben.pk}, 403)
    made = lin.post(f"/objectives/{above.pk}/delegations", {"person": world.ben.pk}, 201)
    assert made["to"] == {"kind": "person", "id": world.ben.pk, "name": "Ben"}
    found = ben.get(f"{path}?state=delegated")["objectives"][0]
    assert (found["coverage"], found["carried_by"][0]["delegation"]) == ("delegated", made["id"])
    okr.align(world.ben, world.objective(world.ben, title="Short pages"), parent=above)
    shown = ben.get(path)
    assert shown["objectives"][0]["carried_by"][0]["goals"][0]["title"] == "Short pages"
    assert shown["carriers"][0]["carrier"]["name"] == "Ben"
    assert shown["objectives"][0]["single"] is True
    lin.client.generic("DELETE", f"/api/v1/delegations/{made['id']}")
    assert ben.get(f"{path}?person={world.ada.pk}")["objectives"] == []


def test_wrong_carriers_name_the_field(world: World) -> None:
    above = world.objective(world.web)
    lin = Door(world.lin)
    for body, field in (
        ({}, "person"),
        ({"person": world.ada.pk, "unit": world.web.pk}, "person"),
        ({"person": 999999}, "person"),
        ({"unit": 999999}, "unit"),
        ({"unit": world.office.pk}, "to"),
    ):
        assert lin.post(f"/objectives/{above.pk}/delegations", body, 422)["error"]["field"] == field


def test_delegations_are_taken_back(world: World) -> None:
    made = okr.delegate(world.lin, world.objective(world.web), to=world.ben)
    assert Door(world.lin).ask("DELETE", f"/delegations/{made.pk}").status_code == 204
    Door(world.lin).delete(f"/delegations/{made.pk}", 404)


def test_a_goal_beyond_is_adopted(world: World) -> None:
    goal = world.objective(world.ada, title="Guides write themselves")
    ada, lin = Door(world.ada), Door(world.lin)
    path = f"/cycles/{world.quarter.pk}/coverage/units/{world.web.pk}/beyond"
    made = ada.post(f"/objectives/{goal.pk}/proposal")
    assert ada.get(path)["items"][0]["proposal"] == {"id": made["id"], "state": "open", "reason": ""}
    assert ada.get(path)["counts"] == {"here": 0, "elsewhere": 0, "beyond": 1}
    ada.post(f"/proposals/{made['id']}/adopt", status=403)
    assert lin.post(f"/proposals/{made['id']}/decline", {"reason": "Later"})["reason"] == "Later"
    assert lin.post(f"/proposals/{made['id']}/reopen")["state"] == "open"
    done = lin.post(f"/proposals/{made['id']}/adopt")
    assert done["adopted_as"] == Proposal.objects.get().adopted_as_id
    assert ada.get(path)["counts"] == {"here": 1, "elsewhere": 0, "beyond": 0}
    assert ada.post(f"/proposals/{made['id']}/withdraw", status=422)["error"]["code"] == "state"


def test_branches_come_in_pages_by_their_gaps(world: World) -> None:
    world.objective(world.office)
    okr.align(world.lin, world.objective(world.web), parent=world.objective(world.cloud))
    path = f"/cycles/{world.quarter.pk}/coverage"
    whole = Door(world.ada).get(path)
    assert (whole["branch"]["objectives"], whole["branch"]["gaps"]) == (3, 2)
    assert [one["name"] for one in whole["items"]] == ["Acme 极光"]
    below = Door(world.ada).get(f"{path}?unit={world.acme.pk}&gaps=true")
    assert {one["name"]: one["gaps"] for one in below["items"]} == {"云业务 Cloud": 1, "People Office": 1}
    assert below["next"] is None
    Door(world.ada).get(f"{path}?unit=999999", 404)
