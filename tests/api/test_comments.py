"""Talk through the JSON door."""

from collections.abc import Callable

import pytest

from tandem.okr import commands as okr
from tandem.okr.models import Comment
from tandem.okr.queries import REPLIES
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.world import World


def test_a_thread_from_question_to_settled(world: World, ada: Door, door: Callable[[Person], Door]) -> None:
    objective = world.objective()
    ben = door(world.ben)
    path = f"/objectives/{objective.pk}/comments"
    words = {"field": "title", "quote": "first week"}
    made = ben.post(path, {"text": "Which, @Ada Byron?", "words": words, "mentions": [world.lin.pk]}, 201)
    root = made["comments"][0]
    assert made["words"] == {"field": "title", "quote": "first week", "position": 23}
    assert root["mentions"] == [{"id": world.ada.pk, "name": "Ada Byron"}], "Lin is not named in the text"
    answered = ada.post(f"/comments/{root['id']}/replies", {"text": "All."}, 201)
    assert [one["author"]["name"] for one in answered["comments"]] == ["Ben", "Ada Byron"]
    assert ada.put(f"/comments/{root['id']}/reactions/thanks")["comments"][0]["reactions"][0]["is_mine"]
    assert not ada.delete(f"/comments/{root['id']}/reactions/thanks")["comments"][0]["reactions"]
    assert ada.post(f"/comments/{root['id']}/resolve")["resolved_by"] == "Ada Byron"
    assert ada.post(f"/comments/{root['id']}/reopen")["resolved_at"] is None
    assert ben.patch(f"/comments/{root['id']}", {"text": "Which?", "version": 99}, 409)["error"]["code"] == "conflict"
    assert ben.patch(f"/comments/{root['id']}", {"text": "Which?"})["comments"][0]["edited_at"]
    assert ben.post(f"/comments/{root['id']}/withdraw")["comments"][0]["text"] == ""
    assert ben.post(f"/comments/{root['id']}/restore")["comments"][0]["text"] == "Which?"
    assert ben.get(f"/comments/{answered['comments'][1]['id']}")["comments"][0]["id"] == root["id"]


def test_threads_come_in_pages(world: World, ada: Door) -> None:
    objective = world.objective()
    for number in range(3):
        okr.add_comment(world.ben, objective, text=f"{number}")
    first = ada.get(f"/objectives/{objective.pk}/comments?limit=2")
    rest = ada.get(f"/objectives/{objective.pk}/comments?limit=2&cursor={first['next']}")
    said = [one["comments"][0]["text"] for one in (*first["items"], *rest["items"])]
    assert (said, rest["next"]) == (["2", "1", "0"], None)


def test_answers_come_in_pages(world: World, ada: Door) -> None:
    root = okr.add_comment(world.ben, world.objective(), text="Why?")
    for number in range(REPLIES + 2):
        okr.reply(world.ada, root, text=f"{number}")
    thread = ada.get(f"/comments/{root.pk}")
    assert (thread["earlier"], len(thread["comments"])) == (2, REPLIES + 1)
    first = ada.get(f"/comments/{root.pk}/replies?limit={REPLIES}")
    rest = ada.get(f"/comments/{root.pk}/replies?cursor={first['next']}")
    said = [int(one["text"]) for one in (*first["items"], *rest["items"])]
    assert (said, rest["next"]) == (list(reversed(range(REPLIES + 2))), None)


def test_following(world: World, ada: Door) -> None:
    path = f"/objectives/{world.objective(world.ben).pk}/follow"
    said = [ada.get(path), ada.put(path), ada.get(path), ada.delete(path), ada.get(path)]
    assert [one["is_following"] for one in said] == [False, True, True, False, False]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "text"),
        ({"text": 5}, 422, "text"),
        ({"text": "x", "mentions": [999]}, 422, "mentions"),
        ({"text": "x", "key_result": 999}, 422, "key_result"),
        ({"text": "x", "check_in": 999}, 422, "check_in"),
        ({"text": "x", "words": {"field": "secret", "quote": "x"}}, 422, "words.field"),
        (
            {"text": "x", "words": {"field": "title", "quote": "x\ud800".encode("utf-8", "replace").decode()}},
            422,
            "quote",
        ),
        ({"text": "x", "words": {"field": "note", "quote": "New"}}, 422, "field"),
        ({"text": "x", "colour": "red"}, 422, "colour"),
    ],
)
def test_bad_input_names_its_field(world: World, ada: Door, body: object, status: int, field: str) -> None:
    answer = ada.post(f"/objectives/{world.objective().pk}/comments", body, status)
    assert answer["error"]["field"] == field
    assert not Comment.objects.exists()


def test_what_is_not_there(world: World, ada: Door) -> None:
    ada.get("/comments/999", 404)
    ada.get("/objectives/999/comments", 404)
    root = okr.add_comment(world.ben, world.objective(), text="x")
    ada.put(f"/comments/{root.pk}/reactions/applause", None, 422)
