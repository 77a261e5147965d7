"""The round through both doors: stories and refusals on pages and in the API, with a fixed number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tandem.activity.models import Event
from tandem.kpi import commands as kpi
from tandem.kpi.models import FactorClaim, Round, Stage
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.kpi.scoring_world import Quarter, opened, with_targets
from tests.pages.conftest import LANGUAGES, TOP
from tests.world import World

pytestmark = pytest.mark.django_db
Browse = Callable[..., Client]
refusing = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quarter(world: World) -> Quarter:
    return opened(world)


@refusing
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_on_pages(world: World, browse: Browse, language: str) -> None:
    with_targets(world)
    team = browse(world.hana, language=language)
    assert team.get("/kpi/rounds/").status_code == 200
    page = team.get("/kpi/rounds/new/").content.decode()
    assert "S: 95" in page
    form = {"cycle": world.quarter.pk, "grades": "A: 90\nB：0", "mix": "manager: 100", "smallest_group": 10,
            "appeal_days": 5, "shares": ""}  # fmt: skip
    board = team.post("/kpi/rounds/new/", form).headers["Location"]
    quarter = Quarter(world, Round.objects.get())
    card = quarter.card(world.ada)
    sheet, item, mark = f"/kpi/scorecards/{card.pk}/", quarter.item(world.ada), quarter.item(world.ada, "attitude")
    team.post(f"{board}move/", {"to": "self_review"})
    ada, lin = browse(world.ada, language=language), browse(world.lin, language=language)
    ada.post(f"{sheet}self-review/", {"words": "Good 不错"})
    refused = lin.post(f"/kpi/scorecard-items/{item.pk}/note/", {"actual": "76", "note": ""})
    assert refused.status_code == 422
    assert 'value="76"' in refused.content.decode()
    lin.post(f"/kpi/scorecard-items/{item.pk}/note/", {"actual": "76", "note": "Counted"})
    assert lin.post(f"/kpi/scorecard-items/{mark.pk}/mark/", {"value": "9"}).status_code == 422
    lin.post(f"/kpi/scorecard-items/{mark.pk}/mark/", {"value": "4"})
    assert "60 × 76 ÷ 80 = 57.00" in lin.get(sheet).content.decode()
    assert lin.post(f"{sheet}hand-in/", {"to": "list"}).headers["Location"] == "/kpi/scorecards/"
    team.post(f"{sheet}calibrate/", {"adjustment": "1", "words": "Level"})
    team.post(f"{board}move/", {"to": "communicated"})
    assert ada.post(f"{sheet}appeal/", {"words": " "}).status_code == 422
    ada.post(f"{sheet}appeal/", {"words": "Not so"})
    assert quarter.card(world.ada).stage == Stage.APPEALED
    assert "Not so" in team.get(sheet).content.decode()
    assert ada.post(f"{sheet}decide/", {"words": "x"}).status_code == 403


def test_the_same_through_the_api(world: World, door: Callable[[Person], Door]) -> None:
    with_targets(world)
    hana, ada, lin = door(world.hana), door(world.ada), door(world.lin)
    one = hana.post("/rounds", {"cycle": world.quarter.pk, "grades": [["A", 90], ["B", "0"]]}, 201)
    assert hana.post("/rounds", {"cycle": world.quarter.pk}, 422)["error"]["field"] == "cycle"
    address = f"/rounds/{one['id']}"
    hana.patch(address, {"appeal_days": 3, "version": one["version"]})
    hana.patch(address, {"appeal_days": 3, "version": one["version"]}, 409)
    assert hana.post(f"{address}/move", {"to": "self_review"}) == {"moved": 3, "left": []}
    (mine,) = ada.get("/scorecards")["items"]
    card = f"/scorecards/{mine['id']}"
    assert ada.post(f"{card}/self-review", {"words": "Good"})["stage"] == "manager_review"
    coverage, attitude = (line["id"] for line in lin.get(card)["lines"])
    assert lin.post(f"/scorecard-items/{coverage}/note", {"actual": 76}, 422)["error"]["field"] == "note"
    lin.post(f"/scorecard-items/{coverage}/note", {"actual": 76, "note": "Counted"})
    lin.post(f"/scorecard-items/{attitude}/mark", {"value": 4})
    assert lin.post(f"{card}/review", {})["total"] == 89
    hana.post(f"{card}/calibration", {"adjustment": 1, "words": "Level"})
    before = ada.get(card)
    assert (before["result"], before["grade"], before["adjustment"], before["review_words"]) == (None, "", 0, "")
    assert hana.post(f"{address}/move", {"to": "communicated"})["moved"] == 1
    assert ada.post(f"{card}/acknowledge")["stage"] == "acknowledged"
    assert hana.post(f"{address}/move", {"to": "closed", "scorecards": [mine["id"]]})["moved"] == 1
    assert hana.post(f"{address}/close", None, 422)["error"]["code"] == "state"
    assert hana.get(f"{address}/scorecards?stage=closed")["items"][0]["grade"] == "A"


@refusing
def test_what_is_not_yours_is_not_there(quarter: Quarter, browse: Browse, door: Callable[[Person], Door]) -> None:
    world, card = quarter.world, quarter.card(quarter.world.ada)
    item = quarter.item(world.ada)
    for who in (world.ben, world.omar, world.chen):
        page = browse(who)
        assert page.get(f"/kpi/scorecards/{card.pk}/").status_code == 404
        assert page.post(f"/kpi/scorecards/{card.pk}/acknowledge/").status_code == 404
        assert page.post(f"/kpi/scorecard-items/{item.pk}/note/", {"note": "x"}).status_code == 404
        for address in ("/kpi/rounds/", "/kpi/rounds/new/", f"/kpi/rounds/{quarter.round.pk}/",
                        f"/kpi/scorecards/{card.pk}/reviewers/"):  # fmt: skip
            assert page.get(address).status_code == 404
        assert door(who).get(f"/scorecards/{card.pk}", 404)
        assert door(who).get("/rounds") == {"items": [], "next": None}
        assert "Ada" not in page.get("/kpi/scorecards/").content.decode().replace("Ada Byron&#39;s", "")


def test_looks_by_office_are_kept_and_others_are_not(quarter: Quarter, browse: Browse) -> None:
    world, card = quarter.world, quarter.card(quarter.world.ada)
    looks = Event.objects.filter(verb="scorecard.looked", about=f"scorecard:{card.pk}")
    for who in (world.ada, world.lin, world.grace):
        assert browse(who).get(f"/kpi/scorecards/{card.pk}/").status_code == 200
    assert not looks.exists()
    browse(world.hana).get(f"/kpi/scorecards/{card.pk}/")
    assert [one.actor_id for one in looks] == [world.hana.pk]


def test_a_manager_hands_in_from_the_list(quarter: Quarter, browse: Browse) -> None:
    world = quarter.world
    kpi.note_item(world.lin, quarter.item(world.ben), actual=80, note="x")
    kpi.mark_item(world.lin, quarter.item(world.ben, "attitude"), value=4)
    quarter.to(Stage.MANAGER_REVIEW)
    page = browse(world.lin).get("/kpi/scorecards/").content.decode()
    assert f"/kpi/scorecards/{quarter.card(world.ben).pk}/hand-in/" in page
    assert f"/kpi/scorecards/{quarter.card(world.ada).pk}/hand-in/" not in page


def test_pages_cost_a_fixed_number_of_queries(quarter: Quarter, browse: Browse, asks: Any) -> None:
    world = quarter.world
    quarter.communicated(world.ada)
    for who, path in ((world.hana, f"/kpi/rounds/{quarter.round.pk}/"), (world.lin, "/kpi/scorecards/"),
                      (world.ada, "/kpi/scorecards/"), (world.hana, "/kpi/rounds/")):  # fmt: skip
        assert asks(browse(who), path) <= TOP, path


def test_a_scorecard_costs_a_fixed_number_of_queries_at_every_stage(
    quarter: Quarter, browse: Browse, asks: Any
) -> None:
    """The people team's look is written down in the same breath."""
    world = quarter.world
    sheet = f"/kpi/scorecards/{quarter.card(world.ada).pk}/"
    clients = [browse(who) for who in (world.ada, world.lin, world.hana)]
    kpi.claim_factor(world.ada, quarter.item(world.ada), words="It burned", evidence="Report")

    def cost() -> list[int]:
        return [asks(client, sheet) for client in clients]

    costs = [cost()]
    quarter.to(Stage.SELF_REVIEW)
    costs.append(cost())
    nia = people.set_roles(SYSTEM, world.nia, people_team=True)
    kpi.decide_claim(nia, FactorClaim.objects.get(), remedy="none", words="Not shown")
    quarter.to(Stage.MANAGER_REVIEW)
    quarter.reviewed(world.ada)
    costs.append(cost())
    quarter.to(Stage.COMMUNICATED)
    costs.append(cost())
    kpi.appeal(world.ada, quarter.card(world.ada), words="Why?")
    kpi.claim_factor(world.ada, quarter.item(world.ada), words="It burned again", evidence="Report")
    costs.append(cost())
    assert max(map(max, costs)) <= TOP, costs


@refusing
def test_what_makes_no_sense_is_no_fault_of_ours(quarter: Quarter, browse: Browse) -> None:
    team, one = browse(quarter.world.hana), quarter.round
    assert team.post(f"/kpi/rounds/{one.pk}/move/", {"to": "nowhere"}).status_code == 422
    assert team.get(f"/kpi/rounds/{one.pk}/?stage=x&page=zz").status_code == 200
    assert team.post(f"/kpi/scorecards/{quarter.card(quarter.world.ada).pk}/fly/").status_code == 404
    form = {"grades": "A", "mix": "boss: 1", "smallest_group": "-1", "appeal_days": "0"}
    assert team.post(f"/kpi/rounds/{one.pk}/edit/", form).status_code == 422
    rename = {"grades": "A: 90", "mix": "boss: 1", "smallest_group": 1, "appeal_days": 5}
    assert team.post(f"/kpi/rounds/{one.pk}/edit/", rename).status_code == 422
