"""The coach beside the editor, about a whole set, and in a unit: on pages and through the API."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
from django.test import Client

from tandem.okr import commands as okr
from tandem.okr.queries import coaching_of_person
from tests.pages.conftest import TOP, text_of
from tests.world import World

Browse = Callable[..., Client]
pytestmark = pytest.mark.django_db


def ask(client: Client, text: str, kind: str = "key_result", **more: Any) -> str:
    response = client.post("/goals/coach/", {"text": text, "kind": kind, **more})
    assert response.status_code == 200
    return text_of(response)


def test_a_line_is_asked_about_while_it_is_typed(world: World, browse: Browse) -> None:
    assert "How will two people" in ask(browse(world.ada), "Improve communication")
    assert "两个人各自来看" in ask(browse(world.ada, language="zh-hans"), "提升用户体验")
    assert ask(browse(world.ada), "Activation rises from 30% to 45%") == ""
    assert "Is this a number" in ask(browse(world.ada), "Raise renewal rate to 90%", "objective")


def test_numbers_set_by_hand_are_known(world: World, browse: Browse) -> None:
    objective = world.objective()
    measured = world.key_result(objective, title="Better answers")
    of_it = {"objective": objective.pk, "key_result": measured.pk}
    assert "How will two people" not in ask(browse(world.ada), "Answers get better", **of_it)
    assert "How will two people" in ask(browse(world.ada), "Answers get better", objective=objective.pk)


def test_a_slice_of_the_number_above(world: World, browse: Browse) -> None:
    above = world.objective(world.web, title="Web carries the company")
    world.key_result(above, title="新增客户 100 家", kind="percent", start=None, target=None)
    mine = world.objective(title="客户愿意推荐我们")
    okr.align(world.ada, mine, parent=above)
    client = browse(world.ada)
    assert "Is the number handed down" in ask(client, "新增客户 30 家", objective=mine.pk)
    assert "nearly the words" in ask(client, "Web carries the company!", "objective", objective=mine.pk)


def test_what_one_may_not_read_is_not_compared_aloud(world: World, browse: Browse) -> None:
    above = world.objective(world.web, title="Web carries the company")
    mine = world.objective(title="Web carries the company!")
    okr.align(world.ada, mine, parent=above)
    assert "nearly the words" in text_of(
        browse(world.ben).get(f"/goals/person/{world.ada.pk}/{world.quarter.pk}/coach/")
    )
    okr.set_visibility(world.lin, above, visibility="people")
    page = browse(world.ben).get(f"/goals/person/{world.ada.pk}/{world.quarter.pk}/coach/")
    assert "nearly the words" not in text_of(page)
    okr.set_visibility(world.ada, mine, visibility="people")
    assert browse(world.ben).post("/goals/coach/", {"text": "x", "objective": mine.pk}).status_code == 404
    assert browse(world.ben).get(f"/api/v1/objectives/{mine.pk}/coach").status_code == 404


@pytest.mark.parametrize("text", ["", "x" * 20_000, "\x00\u202e\ud7ff", "ا" * 300, "提高" * 5_000])
def test_any_text_is_answered_at_once(world: World, browse: Browse, text: str) -> None:
    client = browse(world.ada)
    objective = world.objective()
    ask(client, text, objective=objective.pk)
    began = perf_counter()
    ask(client, text, objective=objective.pk)
    assert perf_counter() - began < 1  # 50 ms are meant; what is asserted is that nothing runs away
    assert client.post("/goals/coach/", {"text": text, "objective": "seven"}).status_code == 422


def test_all_questions_about_a_set(world: World, browse: Browse) -> None:
    goal = world.objective(title="搭建数据平台", published=False)
    world.key_result(goal, title="Improve the data", kind="percent", start=None, target=None)
    world.objective(title="赋能一线")
    path = f"/goals/person/{world.ada.pk}/{world.quarter.pk}/coach/"
    page = text_of(browse(world.ada).get(path))
    assert "What do you want to be able to do at the end" in page
    assert "“搭建” is something one does" in page
    assert "How would you say “赋能” to a friend" in page
    part = browse(world.ada, language="zh-hans").get(path, headers={"HX-Request": "true"})
    assert "教练有" in text_of(part)
    okr.archive_objective(world.ada, goal)
    assert "搭建" not in text_of(browse(world.ada).get(path))


def test_nothing_to_ask(world: World, browse: Browse) -> None:
    path = f"/goals/person/{world.ben.pk}/{world.quarter.pk}/coach/"
    assert "Where there are no goals yet" in text_of(browse(world.ben).get(path))


def test_confidence_counts_only_at_the_start(world: World) -> None:
    goal = world.objective()
    results = [world.key_result(goal, title=f"Region {name} pays, 40%", confidence=10) for name in "AB"]
    codes = {one.code for one in coaching_of_person(world.ada, world.ada.pk, world.quarter.pk).findings}
    assert "sure-from-start" in codes
    for one in results:
        okr.check_in(world.ada, one, value=1, confidence=10, date="2026-10-13")
        okr.check_in(world.ada, one, value=2, confidence=10, date="2026-10-14")
    codes = {one.code for one in coaching_of_person(world.ada, world.ada.pk, world.quarter.pk).findings}
    assert "sure-from-start" not in codes


def test_a_units_questions_by_check(world: World, browse: Browse) -> None:
    world.objective(world.web, title="Raise renewal rate to 90%")
    kept = world.objective(world.ada, title="搭建数据平台")
    page = text_of(browse(world.chen).get(f"/units/{world.web.pk}/coach/"))
    assert "Asked about 2 open objectives" in page
    assert "A number as an objective 1" in page
    assert "搭建数据平台 · Ada" in page
    okr.set_visibility(world.ada, kept, visibility="people")
    assert "搭建" not in text_of(browse(world.chen).get(f"/units/{world.web.pk}/coach/"))
    chinese = text_of(browse(world.chen, language="zh-hans").get(f"/units/{world.web.pk}/coach/"))
    assert "把数字当目标" in chinese


def test_the_same_through_the_api(world: World, browse: Browse) -> None:
    world.objective(world.web, title="Raise renewal rate to 90%")
    goal = world.objective(title="搭建数据平台")
    client = browse(world.ada)
    free = client.post(
        "/api/v1/coach", {"text": "赋能一线", "kind": "objective"}, content_type="application/json"
    ).json()
    assert [(one["code"], one["words"], one["start"], one["end"]) for one in free["items"]] == [
        ("empty-words", "赋能", 0, 2)
    ]
    assert free["judgement"]["smart_verdict"] == "fixable"
    of_it = client.get(f"/api/v1/objectives/{goal.pk}/coach").json()["items"]
    assert {(one["code"], one["about"], one["id"]) for one in of_it} >= {("task-objective", "objective", goal.pk)}
    mine = client.get(f"/api/v1/people/{world.ada.pk}/goals/coach?cycle={world.quarter.pk}").json()["items"]
    assert {one["code"] for one in mine} >= {"task-objective", "no-key-results"}
    units = client.get(f"/api/v1/units/{world.web.pk}/goals/coach?cycle={world.quarter.pk}").json()["items"]
    assert {one["code"] for one in units} >= {"metric-only"}
    counts = client.get(f"/api/v1/units/{world.web.pk}/coach?cycle={world.quarter.pk}").json()
    assert counts["objectives"] == 2
    assert {"code": "metric-only", "name": "A number as an objective", "count": 1} in counts["items"]
    refused = client.post("/api/v1/coach", {"text": "x" * 20_001}, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "text")


def test_pages_cost_the_same_however_much_there_is(
    world: World, browse: Browse, asks: Callable[[Client, str], int]
) -> None:
    paths = [f"/goals/person/{world.ada.pk}/{world.quarter.pk}/coach/", f"/units/{world.web.pk}/coach/"]
    above = world.objective(world.web, title="Web carries the company")
    costs = []
    for number in range(2):
        for each in range(1 + 3 * number):
            goal = world.objective(title=f"Customers of kind {number} {each} stay")
            world.key_result(goal)
            okr.add_action(world.ada, goal, title="Guide page")
            okr.align(world.ada, goal, parent=above)
        costs.append([asks(browse(world.ada), path) for path in paths])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= TOP


def test_too_many_is_said_once_beside_the_editor(world: World, browse: Browse) -> None:
    objective = world.objective()
    for number in range(5):
        world.key_result(objective, title=f"Answer time from 1{number} to 9 minutes")
    address = f"/goals/person/{world.ada.pk}/{world.quarter.pk}/coach/"
    many = "which of them would you keep"
    client = browse(world.ada)
    whole = text_of(client.get(address))
    beside = text_of(client.get(address, headers={"HX-Request": "true"}))
    assert many in whole
    assert many not in beside
    assert "which of them would you miss" in text_of(
        client.get(address.removesuffix("coach/"))
    )  # the editor says it itself
