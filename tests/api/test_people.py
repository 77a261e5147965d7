"""People, units, the company and oneself over the JSON door."""

from typing import Any

import pytest

from tandem.people.models import Person
from tests.api.conftest import Door
from tests.world import World


def test_me(world: World, ada: Door) -> None:
    me = ada.get("/me")
    assert (me["id"], me["name"], me["unit"]["name"]) == (world.ada.pk, "Ada Byron", "Web")
    changed = ada.patch("/me", {"language": "zh-hans", "timezone": "Asia/Shanghai", "theme": "dark"})
    assert (changed["language"], changed["timezone"], changed["theme"]) == ("zh-hans", "Asia/Shanghai", "dark")
    refused = ada.patch("/me", {"theme": "pink"}, 422)["error"]
    assert refused["field"] == "theme"
    assert any("\u4e00" <= character <= "\u9fff" for character in refused["message"]) or refused["message"]
    assert ada.patch("/me", {"language": "tlh"}, 422)["error"]["field"] == "language"
    assert ada.patch("/me", {"timezone": "Mars/Olympus"}, 422)["error"]["field"] == "timezone"
    assert ada.patch("/me", {"is_administrator": True}, 422)["error"]["field"] == "is_administrator"
    assert ada.patch("/me", {"theme": "light"}, 409, If_Match='"1"')["error"]["current"]["name"] == "Ada Byron"


def test_people_are_listed_and_found(world: World, ada: Door) -> None:
    names = [one["name"] for one in ada.get("/people")["items"]]
    assert "Ben" in names
    assert "Leo" not in names
    assert "Leo" in [one["name"] for one in ada.get("/people?left=true")["items"]]
    assert [one["name"] for one in ada.get("/people?search=王")["items"]] == ["王伟"]
    found = ada.get(f"/people?unit={world.web.pk}")["items"]
    assert {one["name"] for one in found} == {"Ada Byron", "Ben", "林小雨"}


def test_one_person(world: World, ada: Door) -> None:
    lin = ada.get(f"/people/{world.lin.pk}")
    assert lin["leads"] == [{"id": world.web.pk, "name": "Web"}]
    assert lin["roles"] == {"administrator": False, "people_team": False, "champion": False}
    assert lin["memberships"][0]["unit"]["name"] == "Web"
    assert "password" not in str(lin)
    assert ada.get("/people/999999", 404)["error"]["code"] == "missing"


def test_the_people_team_keeps_people(world: World) -> None:
    hana = Door(world.hana)
    made = hana.post("/people", {"name": "Zoë 佐伊", "email": "zoe@example.com", "unit": world.web.pk}, 201)
    path = f"/people/{made['id']}"
    changed = hana.patch(path, {"name": "Zoë", "manager": world.lin.pk, "version": made["version"]})
    assert changed["manager"]["id"] == world.lin.pk
    assert hana.patch(path, {"name": "Z", "version": made["version"]}, 409)["error"]["current"]["name"] == "Zoë"
    assert hana.post(f"{path}/move", {"unit": world.data.pk})["unit"]["name"] == "数据 Data"
    assert len(hana.post(f"{path}/memberships", {"unit": world.web.pk}, 201)["memberships"]) == 3
    hana.delete(f"{path}/memberships/{world.web.pk}")
    assert hana.delete(f"{path}/memberships/{world.data.pk}", 422)["error"]["field"] == "unit"
    assert hana.post(f"{path}/leave", {"on": "2026-10-14"})["left_on"] == "2026-10-14"
    assert hana.post(f"{path}/return")["left_on"] is None
    told = hana.get(f"{path}/events")["items"]
    assert told[0]["verb"] == "person.returned"
    assert told[0]["actor"]["id"] == world.hana.pk


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "Z", "email": "no"}, "email"),
        ({"name": "Z", "email": "ADA@example.com"}, "email"),
        ({"name": "Z", "unit": 999_999}, "unit"),
        ({"name": "Z", "unit": 2**70}, "unit"),
        ({"name": "Z", "manager": "lin"}, "manager"),
        ({"name": "Z", "is_administrator": True}, "is_administrator"),
    ],
)
def test_a_person_that_cannot_be(world: World, body: dict[str, Any], field: str) -> None:
    assert Door(world.hana).post("/people", body, 422)["error"]["field"] == field


def test_members_keep_nobody(world: World, ada: Door) -> None:
    for answer in (
        ada.post("/people", {"name": "Zoe"}, 403),
        ada.patch(f"/people/{world.ben.pk}", {"name": "Bennie"}, 403),
        ada.post(f"/people/{world.ben.pk}/leave", {}, 403),
        ada.put(f"/people/{world.ada.pk}/roles", {"administrator": True}, 403),
        ada.post("/units", {"name": "Mine"}, 403),
        ada.patch(f"/units/{world.web.pk}", {"name": "Mine"}, 403),
        ada.put(f"/units/{world.web.pk}/lead", {"lead": world.ada.pk}, 403),
        ada.patch("/organization", {"name": "Mine"}, 403),
        ada.post("/cycles", {"name": "Mine"}, 403),
    ):
        assert answer["error"]["code"] == "not_allowed"
    assert not Person.objects.get(pk=world.ada.pk).is_administrator


def test_roles(world: World) -> None:
    omar = Door(world.omar)
    assert omar.put(f"/people/{world.ben.pk}/roles", {"champion": True})["champion"]
    refused = omar.put(f"/people/{world.omar.pk}/roles", {"administrator": False}, 422)
    assert refused["error"]["field"] == "administrator"


def test_units(world: World, ada: Door) -> None:
    hana = Door(world.hana)
    assert [one["name"] for one in ada.get("/units?roots=true")["items"]] == ["Acme 极光"]
    below = ada.get(f"/units?parent={world.cloud.pk}")["items"]
    assert {one["name"] for one in below} == {"Web", "数据 Data"}
    made = hana.post("/units", {"name": "Mobile", "parent": world.cloud.pk, "lead": world.ben.pk}, 201)
    assert [one["name"] for one in made["above"]] == ["Acme 极光", "云业务 Cloud"]
    path = f"/units/{made['id']}"
    renamed = hana.patch(path, {"name": "Apps"}, If_Match=f'"{made["version"]}"')
    assert hana.patch(path, {"name": "X"}, 409, If_Match=f'"{made["version"]}"')["error"]["current"]["name"] == "Apps"
    assert hana.put(f"{path}/lead", {"lead": None})["lead"] is None
    assert [one["name"] for one in hana.post(f"{path}/move", {"parent": world.acme.pk})["above"]] == ["Acme 极光"]
    assert hana.post(f"{path}/move", {"parent": made["id"]}, 422)["error"]["field"] == "parent"
    assert hana.post(f"{path}/archive")["archived_on"]
    assert hana.post(f"{path}/restore")["archived_on"] is None
    assert renamed["kind"] == "team"
    assert hana.patch(path, {"kind": "gang"}, 422)["error"]["field"] == "kind"
    members = ada.get(f"/units/{world.web.pk}/members")["items"]
    assert [one["name"] for one in members] == ["Ada Byron", "Ben", "林小雨"]
    assert ada.get(f"{path}/events")["items"][0]["verb"] == "unit.restored"
    ada.get("/units/999999", 404)


def test_the_company(world: World, ada: Door) -> None:
    company = ada.get("/organization")
    assert company["name"] == "Acme 极光"
    omar = Door(world.omar)
    changed = omar.patch("/organization", {"name": "Acme", "fiscal_year_start": 4})
    assert (changed["name"], changed["fiscal_year_start"]) == ("Acme", 4)
    said = {"languages": ["en"], "check_in_weekday": 2, "most_objectives": 6, "most_key_results": 3, "audit_days": 365}
    assert {name: omar.patch("/organization", said)[name] for name in said} == said
    assert omar.patch("/organization", {"check_in_weekday": None, "audit_days": None})["audit_days"] is None
    for field, wrong in (
        ("languages", []),
        ("audit_days", 1),
        ("most_objectives", 0),
        ("fiscal_year_start", 13),
        ("timezone", "x"),
        ("locale", "fr"),
        ("quarter_name", "Q"),
    ):
        assert omar.patch("/organization", {field: wrong}, 422)["error"]["field"] == field
