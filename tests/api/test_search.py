"""Search through the JSON door."""

from urllib.parse import quote

from tests.api.conftest import Door
from tests.world import World


def test_what_is_found(ada: Door, world: World) -> None:
    objective = world.objective(title="Growth")
    world.key_result(objective, title="Growth of all")
    found = ada.get("/search?q=grow")["items"]
    assert [(one["kind"], one["title"], one["objective"]) for one in found] == [
        ("objective", "Growth", objective.pk),
        ("key_result", "Growth of all", objective.pk),
    ]
    assert found[0]["owner"] == "Ada Byron"
    assert ada.get("/search?q=wangwei")["items"][0]["title"] == "王伟"


def test_pages_of_one_kind(ada: Door, world: World) -> None:
    for place in range(5):
        world.objective(title=f"Growth {place}")
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = ada.get(f"/search?q=growth&kind=objective&limit=2{'&cursor=' + cursor if cursor else ''}")
        seen += [one["title"] for one in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == [f"Growth {place}" for place in range(5)]


def test_bad_questions(ada: Door, world: World) -> None:
    for text in ("", "a", "客", "x" * 5000, '"', "* OR (", "\x00", "🎉", "\u202e"):
        assert ada.get(f"/search?q={quote(text)}")["next"] is None
    assert ada.get("/search?q=a&kind=nothing", status=422)["error"]["field"] == "kind"
    assert ada.get("/search?q=a&cursor=-1", status=422)["error"]["field"] == "cursor"
