"""Lists come in pages: every row once, in a stable order, whatever is added or forged meanwhile."""

from typing import Any

import pytest
from django.core import signing

from tests.api.conftest import Door
from tests.world import World


def walk(door: Door, path: str, limit: int) -> list[Any]:
    found, cursor = [], ""
    for _page in range(100):
        shown = door.get(f"{path}{'&' if '?' in path else '?'}limit={limit}{cursor}")
        assert len(shown["items"]) <= limit
        found += shown["items"]
        if shown["next"] is None:
            return found
        cursor = f"&cursor={shown['next']}"
    raise AssertionError("the list does not end")


def test_every_list_gives_every_row_once(world: World, ada: Door) -> None:
    objective = world.objective()
    for title in "ABC":
        world.objective(title=title)
    key_result = world.key_result(objective)
    for value, day in ((1, "2026-10-12"), (2, "2026-10-13"), (3, "2026-10-13"), (4, "2026-10-14")):
        ada.post(f"/key-results/{key_result.pk}/check-ins", {"value": value, "on": day}, 201)
    for path, keys in (
        ("/people", 10), ("/units", 5), ("/cycles", 2), ("/objectives", 4), (f"/units/{world.web.pk}/members", 3),
        (f"/key-results/{key_result.pk}/check-ins", 4), (f"/objectives/{objective.pk}/events", 7),
        (f"/people/{world.ada.pk}/events", None), (f"/objectives?cycle={world.quarter.pk}", 4),
    ):  # fmt: skip
        whole = walk(ada, path, 100)
        assert keys is None or len(whole) == keys, path
        for limit in (1, 2, 3):
            assert walk(ada, path, limit) == whole, path
    days = [one["on"] for one in walk(ada, f"/key-results/{key_result.pk}/check-ins", 2)]
    assert days == sorted(days, reverse=True)


def test_a_row_added_meanwhile_moves_nothing(world: World, ada: Door) -> None:
    for title in "ABC":
        world.objective(title=title)
    first = ada.get("/objectives?limit=2")
    world.objective(title="D")
    second = ada.get(f"/objectives?limit=2&cursor={first['next']}")
    assert [one["title"] for one in first["items"] + second["items"]] == ["A", "B", "C", "D"]


@pytest.mark.parametrize("cursor", ["x", "eyJhIjoxfQ:abc", "%00", "1", "." * 100, "x" * 3000])
def test_forged_cursors(world: World, ada: Door, cursor: str) -> None:
    for path in ("/people", "/objectives", "/cycles"):
        assert ada.get(f"{path}?cursor={cursor}", 422)["error"]["field"] == "cursor"


def test_a_cursor_belongs_to_its_list(world: World, ada: Door) -> None:
    cursor = ada.get("/people?limit=1")["next"]
    assert ada.get(f"/units?cursor={cursor}", 422)["error"]["field"] == "cursor"
    short = signing.Signer(salt="tandem.cursor.people").sign_object(["Ada"])
    assert ada.get(f"/people?cursor={short}", 422)["error"]["field"] == "cursor"


@pytest.mark.parametrize("limit", [0, -1, 101, "many"])
def test_limits(world: World, ada: Door, limit: Any) -> None:
    assert ada.get(f"/people?limit={limit}", 422)["error"]["field"] == "limit"
