"""Scores and closing beside what was signed: the results, the closing page, their table and the API."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr import versions
from tandem.okr.commands.kept import recount_targets, version_of
from tandem.okr.models import Agreement, GoalSet, KeyResult, MovedTarget, Objective
from tandem.okr.queries import count_moved
from tandem.okr.queries.agreed import faults_of_agreements
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]


def sign(world: World, objective: Objective) -> Agreement:
    goals = GoalSet.objects.select_related(*GoalSet.read_with).get(pk=objective.goal_set_id)
    one = okr.offer(world.ada, goals)
    for hand in (world.ada, world.lin):
        one = okr.shake(hand, fresh(one), seen=versions.hash_of(version_of(goals)))
    return one


@pytest.fixture
def key_result(world: World) -> KeyResult:
    """Signed at 100, asked at 50 by now, and come to 40."""
    one = world.key_result(world.objective(title="Customers stay"), title="Second week 第二周")
    sign(world, one.objective)
    okr.edit_key_result(world.ada, fresh(one), target=50)
    okr.check_in(world.ada, fresh(one), value=40)
    return one


def ways(world: World) -> list[tuple[str, int]]:
    assert not list(faults_of_agreements(list(GoalSet.objects.values_list("pk", flat=True))))
    return list(MovedTarget.objects.values_list("way", "signed__target"))


def test_it_is_visible_for_ever(world: World, key_result: KeyResult) -> None:
    assert ways(world) == [("lowered", 100)]
    sign(world, key_result.objective)
    assert ways(world) == [("lowered", 100)]  # signed anew, and still less than was promised once
    okr.edit_key_result(world.ada, fresh(key_result), target=70)
    assert ways(world) == [("raised", 50)]
    okr.edit_key_result(world.ada, fresh(key_result), target=50)
    assert ways(world) == [("lowered", 100)]
    MovedTarget.objects.all().delete()
    assert list(faults_of_agreements([fresh(key_result).objective.goal_set_id]))
    recount_targets()
    assert ways(world) == [("lowered", 100)]


def test_what_says_again_what_was_signed_has_not_moved(world: World, key_result: KeyResult) -> None:
    okr.edit_key_result(world.ada, fresh(key_result), target=100)
    assert ways(world) == []


def test_it_moves_after_a_declined_offer_too(world: World, key_result: KeyResult) -> None:
    goals = GoalSet.objects.select_related(*GoalSet.read_with).get(pk=key_result.objective.goal_set_id)
    okr.decline(world.lin, okr.offer(world.ada, goals), reason="Not that little")
    okr.edit_key_result(world.ada, fresh(key_result), target=120)
    assert ways(world) == [("raised", 100)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["cycle_results", "cycle_closing"])
def test_results_and_closing_show_the_signed_target_beside_todays(
    world: World, browse: Browse, key_result: KeyResult, language: str, name: str
) -> None:
    for phase in ("agree", "run", "review"):
        cycles.enter_phase(SYSTEM, fresh(world.quarter), phase=phase)
    client = browse(world.chen, language=language)
    page = reverse(name, args=[world.quarter.pk])
    words = {
        "en": ("lowered since", "Targets moved since the handshake"),
        "zh-hans": ("之后要求降低", "握手之后变动的目标值"),
    }
    text = text_of(client.get(page))
    for word in ("Second week 第二周", "0 → 100", "0 → 50", "0.4", "0.8", *words[language]):
        assert word in text
    lines = client.get(page, {"csv": words[language][1]}).content.decode().splitlines()
    assert [word in lines[1] for word in ("0 → 100", "0 → 50", words[language][0], "0.4", "0.8")] == [True] * 5


def test_a_branch_shows_its_own(world: World, browse: Browse, key_result: KeyResult) -> None:
    page = reverse("cycle_results", args=[world.quarter.pk])
    for unit, there in ((world.web, True), (world.cloud, True), (world.office, False)):
        assert ("Second week" in text_of(browse(world.ben).get(f"{page}?unit={unit.pk}"))) == there


def test_the_table_of_units_counts_them(world: World, browse: Browse, key_result: KeyResult) -> None:
    page = reverse("cycle_results", args=[world.quarter.pk])
    lines = browse(world.ben).get(page, {"csv": "Units, with all below them"}).content.decode().splitlines()
    assert lines[0].endswith("Targets raised,Targets lowered")
    assert [line.split(",")[-2:] for line in lines[1:]] == [["0", "1"], ["0", "0"]]
    okr.set_visibility(world.ada, fresh(key_result.objective), visibility="line")
    lines = browse(world.ben).get(page, {"csv": "Units, with all below them"}).content.decode().splitlines()
    assert [line.split(",")[-2:] for line in lines[1:]] == [["0", "0"], ["0", "0"]]


def test_the_api_counts_them(world: World, browse: Browse, key_result: KeyResult) -> None:
    address = f"/api/v1/cycles/{world.quarter.pk}/results"
    for unit, lowered in ((None, 1), (world.cloud, 1), (world.office, 0)):
        found = browse(world.ben).get(address, {"unit": unit.pk} if unit else {}).json()
        assert (found["targets_raised"], found["targets_lowered"]) == (0, lowered)


def test_nobody_hears_of_what_they_may_not_read(world: World, browse: Browse, key_result: KeyResult) -> None:
    okr.set_visibility(world.ada, fresh(key_result.objective), visibility="line")
    page, api = reverse("cycle_results", args=[world.quarter.pk]), f"/api/v1/cycles/{world.quarter.pk}/moved-targets"
    for who, reads in ((world.lin, True), (world.ben, False), (world.chen, False)):
        assert ("Second week" in text_of(browse(who).get(page))) == reads
        assert len(browse(who).get(api).json()["items"]) == reads
        assert count_moved(who, world.quarter.pk)["lowered"] == reads


def test_the_api_tells_both_targets(world: World, browse: Browse, key_result: KeyResult) -> None:
    address = f"/api/v1/cycles/{world.quarter.pk}/moved-targets"
    (one,) = browse(world.ben).get(address).json()["items"]
    assert (one["moved"], one["signed"]["target"], one["now"]["target"]) == ("lowered", 100, 50)
    assert (one["score_against_signed"], one["proposed_score"], one["score"]) == (0.4, 0.8, None)
    assert browse(world.ben).get(address, {"unit": world.office.pk}).json() == {"items": [], "next": None}


def test_more_of_them_cost_no_more(
    world: World, browse: Browse, key_result: KeyResult, asks: Callable[[Client, str], int]
) -> None:
    client, page = browse(world.ben), reverse("cycle_results", args=[world.quarter.pk])
    few = asks(client, page)
    more = [world.key_result(fresh(key_result.objective), title=f"More {each}") for each in range(4)]
    sign(world, key_result.objective)
    for one in more:
        okr.edit_key_result(world.ada, fresh(one), target=150)
    assert asks(client, page) == few
    assert few <= TOP + 1
