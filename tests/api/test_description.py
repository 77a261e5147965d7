"""What the API says of itself is true: every read answers as described, and nothing is left out."""

import re
from datetime import date
from typing import Any

import pytest

from tandem.config.api import api, described
from tandem.core.clock import today
from tandem.core.http.bodies import Body, Shown
from tandem.growth.commands import name_panel
from tandem.guide.commands import keep_answers_about
from tandem.guide.rules import QUESTIONS
from tandem.integrations.people_file.commands import send_file
from tandem.kpi import commands as kpi
from tandem.okr import commands as okr
from tandem.people.tokens import make_token
from tandem.rewards import commands as rewards
from tests.api.conftest import Door
from tests.world import World, fresh

READS = sorted(path for path, methods in described()["paths"].items() if "get" in methods)
NEEDS_CYCLE = (
    "/goals",
    "/handshake",
    "/units/{unit_id}/numbers",
    "/coach",
    "/units/{unit_id}/kpi-or-okr",
    "/handshakes",
    "/targets",
)


def shapes() -> dict[str, Any]:
    """The model of every read's answer, by its address."""
    found = {}
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if "GET" in operation.methods:
                    address = "/api/v1" + re.sub(r"{[^}:]+:", "{", path)
                    model = operation.response_models[200]
                    assert model is not None
                    found[address] = model.model_fields["response"].annotation
    return found


@pytest.fixture
def keys(world: World, ada: Door) -> dict[str, Any]:
    """A company in which every list has something to show, and a key for each kind of thing."""
    above, objective = world.objective(world.web), world.objective(description="*why*", weight="0.5")
    key_result = world.key_result(objective, steps=[])
    world.key_result(objective, kind="milestones", steps=[{"title": "A", "weight": 2}])
    world.key_result(objective, kind="rubric", steps=[{"level": "0.3", "text": "some"}])
    world.key_result(objective, kind="maintain", low="98.5", tolerance="0.25")
    ada.put(f"/objectives/{objective.pk}/aligned-to/{above.pk}")
    ada.put(f"/objectives/{objective.pk}/co-owners/{world.ben.pk}")
    body = {"title": "Guide", "owner": world.ada.pk, "due_on": "2026-10-15"}
    action = ada.post(f"/objectives/{objective.pk}/actions", body, 201)
    ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": "33.25", "confidence": 4, "note": "slow"}, 201)
    ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": 40, "draft": True}, 201)
    ada.post(f"/objectives/{world.objective(published=False).pk}/drop", {"reason": "so"})
    world.objective(world.ben)
    words = {"field": "title", "quote": "first week"}
    thread = ada.post(f"/objectives/{objective.pk}/comments", {"text": "@Ben?", "words": words}, 201)["comments"][0][
        "id"
    ]
    ada.put(f"/comments/{thread}/reactions/idea")
    okr.add_comment(world.ben, objective, text="@Ada Byron?")
    told = ada.get("/notifications")["items"][0]["id"]
    okr.suggest_wording(world.lin, fresh(objective), text="Say it so")
    hands = ada.post(f"/people/{world.ada.pk}/handshake", {"cycle": world.quarter.pk}, 201)["agreement"]["id"]
    okr.edit_objective(world.ada, fresh(objective), title="New customers love week one")
    coverage = kpi.add_indicator(world.hana, None, code="coverage", name_en="Coverage", cap="1.5")
    items = [{"indicator": "coverage", "target": "80.5", "weight": 100}]
    scheme = kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=items)[0]
    webs = kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=items)
    kpi.enter_reading(world.hana, coverage, carrier=world.ada, on=today(), value="71.25")
    kpi.accept_targets(world.ada, scheme)
    scoring = kpi.open_round(world.hana, None, cycle=world.quarter)
    told_rule = rewards.announce_rule(
        world.hana, None, name="Bugs", kind="plus_minus", terms={"rate": "1.5"}, unit=world.web,
        from_day=date(2027, 1, 1), ballot_until=date(2026, 12, 1),
    )  # fmt: skip
    return {
        "rule_id": told_rule.pk, "ballot_id": told_rule.versions.get().ballot.pk,
        "round_id": scoring.pk, "card_id": scoring.cards.get(person=world.ada).pk,
        "scheme_id": scheme.pk,
        "target_id": webs.targets.get().pk,
        "notification_id": told,
        "person_id": world.ada.pk, "unit_id": world.web.pk, "cycle_id": world.quarter.pk, "objective_id": objective.pk,
        "key_result_id": key_result.pk, "action_id": action["id"],
        "comment_id": thread,
        "agreement_id": hands,
        "answers_id": keep_answers_about(world.ada, objective, **dict.fromkeys(QUESTIONS, True)).pk,
        "code": coverage.code,
        "example_key": "product.first-week", "team_key": "development",
        "review_id": name_panel(world.hana, world.ada, year=2026, chair=world.wei, members=[world.lin]).pk,
        "kpi_file_id": kpi.send_library(world.omar, None, name="x.csv", content=b"code,name_en\nx,X\n").pk,
        "file_id": send_file(world.omar, None, name="x.csv", content=b"Name,E-mail\nX,x@example.com\n").pk,
    }  # fmt: skip


@pytest.mark.parametrize("address", READS)
def test_answers_are_as_described(keys: dict[str, Any], world: World, ada: Door, address: str) -> None:
    path = address.removeprefix("/api/v1").format(**keys)
    query = f"?cycle={keys['cycle_id']}" if address.endswith(NEEDS_CYCLE) else ""
    query = "?change=archive" if address == "/api/v1/units/{unit_id}/touched" else query
    query = "?change=leave" if address == "/api/v1/people/{person_id}/touched" else query
    response = ada.ask("GET", path + query)
    if response.status_code in (403, 404):  # for administrators, and for whoever leads
        make_token(world.ada, world.ada, name="CI")
        leads = "handshake" in address or "split" in address
        other = world.lin if leads else world.hana if "rounds" in address else world.omar
        response = Door(other).ask("GET", path + query)
    assert response.status_code == 200, response.content
    shapes()[address].model_validate_json(response.content, strict=True)


def test_single_things_carry_their_version(keys: dict[str, Any], ada: Door) -> None:
    for path in ("people/{person_id}", "units/{unit_id}", "cycles/{cycle_id}", "objectives/{objective_id}",
                 "key-results/{key_result_id}", "actions/{action_id}", "organization", "me"):  # fmt: skip
        response = ada.ask("GET", "/" + path.format(**keys))
        assert response.headers["ETag"] == f'"{response.json()["version"]}"'


def test_every_operation_is_told_apart_and_explained() -> None:
    operations = [one for methods in described()["paths"].values() for one in methods.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert all(one["tags"] for one in operations)
    assert all("404" in one["responses"] for one in operations)


def test_strangers_see_no_description(world: World) -> None:
    door = Door()
    assert door.ask("GET", "/openapi.json").status_code == 401
    assert door.ask("GET", "/docs").status_code == 401


def test_the_page_lists_every_operation_and_needs_no_script(world: World, ada: Door) -> None:
    page = ada.ask("GET", "/docs").content.decode()
    for address, methods in described()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {address}" in page
    assert ada.get("/openapi.json")["openapi"] == "3.1.0"


def test_no_two_shapes_have_one_name() -> None:
    """The description knows shapes by their bare names: of two of one name it would tell the first alone."""
    names: dict[str, set[str]] = {}
    kinds = [Shown, Body]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        names.setdefault(kind.__name__, set()).add(kind.__module__)
    assert not {name: modules for name, modules in names.items() if len(modules) > 1}
