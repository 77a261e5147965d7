"""A read asks the same number of questions of a small company and of a larger one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Door
from tests.world import World

# The session and the person are two of them; the company's row is kept for seconds.
READS = {
    "/people/{ada}/goals?cycle={cycle}": 8,
    "/units/{web}/goals?cycle={cycle}": 8,
    "/objectives": 3,
    "/objectives/{objective}": 7,
    "/objectives/{objective}/key-results": 3,
    "/objectives/{objective}/events": 4,
    "/objectives/{objective}/alignment-candidates": 4,
    "/key-results/{key_result}": 3,
    "/key-results/{key_result}/check-ins": 4,
    "/me": 5,
    "/people": 3,
    "/people/{ada}": 5,
    "/units": 3,
    "/units/{web}": 4,
    "/units/{web}/members": 4,
    "/units/{web}/numbers?cycle={cycle}": 3,
    "/cycles": 3,
    "/cycles/{cycle}": 4,
    "/cycles/{cycle}/numbers": 3,
}

# These ask less where there is little to show.
AT_MOST = {"/me/week": 9, "/cycles/{cycle}/at-risk": 5}


def grow(world: World, keys: dict[str, Any]) -> None:
    """Twice as much of everything that lists show."""
    for owner in (world.ada, world.ben, world.web, world.cloud):
        for number in range(3):
            objective = world.objective(owner, title=f"More {number}")
            for _each in range(3):
                world.key_result(objective, confidence=2)
    own = Door(world.ada)
    objective = keys["objective"]
    for person in (world.ben, world.otto):
        own.put(f"/objectives/{objective}/co-owners/{person.pk}")
        own.post(f"/objectives/{objective}/actions", {"title": "A", "owner": world.ada.pk, "due_on": "2026-10-14"}, 201)
        own.post(f"/key-results/{keys['key_result']}/check-ins", {"value": 7}, 201)
    for above in own.get(f"/objectives/{objective}/alignment-candidates")["items"][:3]:
        own.put(f"/objectives/{objective}/aligned-to/{above['id']}")


def asked(door: Door, path: str) -> list[str]:
    door.get(path)  # what is compiled once, or kept for seconds
    with CaptureQueriesContext(
        connection,
    ) as queries:
        door.get(path)
    return [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("path", [*READS, *AT_MOST])
def test_reads_cost_the_same(world: World, ada: Door, path: str) -> None:
    objective = world.objective()
    key_result = world.key_result(objective)
    ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": 5, "confidence": 4}, 201)
    world.objective(world.web)
    keys = {
        "ada": world.ada.pk, "web": world.web.pk, "cycle": world.quarter.pk, "objective": objective.pk,
        "key_result": key_result.pk,
    }  # fmt: skip
    small = asked(ada, path.format(**keys))
    grow(world, keys)
    large = asked(ada, path.format(**keys))
    if path in AT_MOST:
        assert len(large) <= AT_MOST[path], "\n".join(large)
        return
    assert len(small) == len(large), "\n".join(large)
    assert len(small) == READS[path], "\n".join(small)


def test_a_check_in_touches_a_fixed_number_of_rows(world: World, ada: Door) -> None:
    objective = world.objective()
    key_result = world.key_result(objective)
    ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": 1, "confidence": 6}, 201)

    def questions() -> int:
        with CaptureQueriesContext(connection) as queries:
            ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": 55, "confidence": 7}, 201)
        return len([one for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    small = questions()
    grow(world, {"objective": objective.pk, "key_result": key_result.pk})
    assert questions() <= small + 8, "telling who follows: a fixed number more"
    assert small <= 16
