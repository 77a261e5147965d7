from tests.api.conftest import Door
from tests.world import World


def test_goals_of_a_person(world: World, ada: Door) -> None:
    objective = world.objective()
    world.key_result(objective)
    found = ada.get(f"/people/{world.ada.pk}/goals?cycle={world.quarter.pk}")
    assert found["goals"][0]["title"] == objective.title


def test_docs_page(ada: Door) -> None:
    page = ada.ask("GET", "/docs")
    assert page.status_code == 200
    assert b"/api/v1/objectives" in page.content
    assert ada.get("/openapi.json")["openapi"] == "3.1.0"
