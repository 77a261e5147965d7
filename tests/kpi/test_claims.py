"""Outside factors: claimed with evidence, decided by somebody who does not score, computed anew for all to see."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tandem.kpi import commands as kpi
from tandem.kpi.models import FactorClaim, Indicator, Stage
from tandem.kpi.rules import remedies
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.kpi.scoring_world import Quarter, opened
from tests.pages.conftest import LANGUAGES, text_of
from tests.proof import refused
from tests.world import WEDNESDAY, World, fresh

pytestmark = pytest.mark.django_db
D = Decimal
WORDS = {"words": "The build farm burned down 机房失火", "evidence": "Report of the fire brigade"}
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 9)


@pytest.fixture
def quarter(world: World) -> Quarter:
    return opened(world, grades=[["A", 90], ["B", 0]])


def claimed(quarter: Quarter, **fields: Any) -> FactorClaim:
    return kpi.claim_factor(quarter.world.ada, quarter.item(quarter.world.ada), **WORDS, **fields)


def with_readings(quarter: Quarter) -> None:
    coverage = Indicator.objects.get(code="coverage")
    for day, value in ((FIRST, 20), (WEDNESDAY, 60)):
        kpi.enter_reading(quarter.world.hana, coverage, carrier=quarter.world.ada, on=day, value=value)
    kpi.refresh_round(quarter.world.hana, fresh(quarter.round))


@pytest.mark.parametrize(
    ("eased", "expected"),
    [
        ({}, ("80", "60", "100", "40")),
        ({"target": "70"}, ("70", "50", "90", "40")),
        ({"share": "0.5"}, ("40", "30", "50", "40")),
        ({"share": "0.5", "target": "70"}, ("70", "50", "90", "40")),
        ({"weight": "10"}, ("80", "60", "100", "10")),
        ({"weight": "90"}, ("80", "60", "100", "40")),
    ],
)
def test_what_holds_of_the_terms(eased: dict[str, str], expected: tuple[str, ...]) -> None:
    held = remedies.holding({"target": "80", "floor": "60", "challenge": "100"}, D(40), eased)
    assert (held.target, held.floor, held.challenge, held.weight) == tuple(map(D, expected))


@pytest.mark.parametrize(
    ("weights", "lowered", "expected"),
    [
        ((60, 40), (None, 10), (90, 10)),
        ((50, 30, 20), (0, None, None), (0, 60, 40)),
        ((100,), (50,), (100,)),
        ((60, 40), (None, None), (60, 40)),
        ((60, 40), (10, 10), (60, 40)),
    ],
)
def test_what_was_lowered_goes_to_the_others(weights: Any, lowered: Any, expected: Any) -> None:
    held = [None if one is None else D(one) for one in lowered]
    assert remedies.weights_held([D(one) for one in weights], held) == [D(one) for one in expected]


def test_the_days_that_are_left() -> None:
    spans = [["2026-10-01", "2026-10-04"], ["2026-10-03", "2026-10-05"], ["2027-01-01", "2027-01-02"]]
    assert remedies.share_left(spans, date(2026, 10, 1), date(2026, 10, 10)) == D("0.5")


def test_a_target_is_rebased_and_the_sheet_shows_it(quarter: Quarter) -> None:
    world = quarter.world
    kpi.note_item(world.lin, quarter.item(world.ada), actual=40, note="Counted")
    claim = claimed(quarter)
    assert quarter.item(world.ada).points == D(30)
    kpi.decide_claim(world.hana, claim, remedy="target", value="50", words="Half of the time was lost.")
    item = quarter.item(world.ada)
    assert (item.points, item.sum, item.terms["target"]) == (D(48), "60 × 40 ÷ 50 = 48.00", "80")
    assert (fresh(claim).points_before, fresh(claim).points_after) == (D(30), D(48))
    kpi.refresh_round(world.hana, fresh(quarter.round))
    assert quarter.item(world.ada).points == D(48)


def test_a_weight_is_lowered_and_goes_to_the_others(quarter: Quarter) -> None:
    world = quarter.world
    kpi.note_item(world.lin, quarter.item(world.ada), actual=40, note="Counted")
    kpi.mark_item(world.lin, quarter.item(world.ada, "attitude"), value=5)
    card = kpi.decide_claim(world.hana, claimed(quarter), remedy="weight", value=20, words="It was no use.")
    assert (quarter.item(world.ada).counted, quarter.item(world.ada, "attitude").counted) == (D(20), D(80))
    assert card.total == D(90)


def test_days_are_left_out_of_the_readings(quarter: Quarter) -> None:
    world = quarter.world
    kpi.edit_indicator(world.hana, Indicator.objects.get(code="coverage"), over_time="mean")
    with_readings(quarter)
    assert quarter.item(world.ada).actual == D(60)  # signed when the latest counted
    claim = claimed(quarter, since=date(2026, 10, 12), until=WEDNESDAY)
    kpi.decide_claim(world.hana, claim, remedy="days", words="The fire brigade confirms it.")
    item = quarter.item(world.ada)
    assert (item.actual, item.holding.target) == (D(20), D(80))
    kpi.refresh_round(world.hana, fresh(quarter.round))
    assert quarter.item(world.ada).actual == D(20)


def test_of_a_sum_the_target_shrinks_with_the_days(world: World) -> None:
    kpi.add_indicator(SYSTEM, None, code="orders", name_en="Orders", over_time="sum")
    items = [{"indicator": "orders", "weight": 100, "target": 92}]
    (scheme,) = [one for one in kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=items)
                 if one.carrier_person == world.ada]  # fmt: skip
    kpi.accept_targets(world.ada, scheme)
    quarter = Quarter(world, kpi.open_round(world.hana, None, cycle=world.quarter))
    for day, value in ((FIRST, 1), (WEDNESDAY, 41)):
        kpi.enter_reading(world.hana, Indicator.objects.get(code="orders"), carrier=world.ada, on=day, value=value)
    kpi.refresh_round(world.hana, fresh(quarter.round))
    claim = kpi.claim_factor(
        world.ada, quarter.item(world.ada, "orders"), **WORDS, since=FIRST, until=date(2026, 10, 10)
    )
    kpi.decide_claim(world.hana, claim, remedy="days", words="Ten of 92 days.")
    item = quarter.item(world.ada, "orders")
    assert (item.actual, round(item.holding.target, 2), item.points) == (D(41), D("82.00"), D("50.00"))


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"words": " "}, "words"),
        ({"evidence": ""}, "evidence"),
        ({"since": LAST, "until": FIRST}, "until"),
        ({"since": date(2026, 9, 30)}, "since"),
        ({"until": date(2027, 1, 1)}, "until"),
    ],
)
def test_a_claim_needs_words_and_evidence(quarter: Quarter, fields: dict[str, Any], named: str) -> None:
    with refused(422, field=named):
        kpi.claim_factor(quarter.world.ada, quarter.item(quarter.world.ada), **WORDS | fields)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"remedy": "money"}, "remedy"),
        ({"remedy": "none", "words": ""}, "words"),
        ({"remedy": "days"}, "since"),
        ({"remedy": "days", "since": FIRST, "until": date(2026, 12, 31)}, "since"),
        ({"remedy": "target"}, "value"),
        ({"remedy": "target", "value": "-1"}, "value"),
        ({"remedy": "target", "value": "10^30"}, "value"),
        ({"remedy": "weight", "value": 60}, "value"),
        ({"remedy": "weight", "value": "99.99"}, "value"),
        ({"remedy": "weight", "value": "1.999"}, "value"),
    ],
)
def test_a_remedy_that_makes_no_sense(quarter: Quarter, fields: dict[str, Any], named: str) -> None:
    claim = claimed(quarter)
    with refused(422, field=named):
        kpi.decide_claim(quarter.world.hana, claim, **{"words": "x", **fields})
    assert fresh(claim).is_open
    assert quarter.item(quarter.world.ada).eased == {}


def test_what_is_judged_has_no_days_and_no_target(quarter: Quarter) -> None:
    world = quarter.world
    claim = kpi.claim_factor(world.lin, quarter.item(world.ada, "attitude"), **WORDS)
    for remedy in ("days", "target"):
        with refused(422, field="remedy"):
            kpi.decide_claim(world.hana, claim, remedy=remedy, value=1, since=FIRST, words="x")
    alone = kpi.claim_factor(world.lin, quarter.item(world.web), **WORDS)
    with refused(422, field="remedy"):
        kpi.decide_claim(world.hana, alone, remedy="weight", value=1, words="x")


def test_who_scores_does_not_decide_and_who_decides_does_not_score(quarter: Quarter) -> None:
    world = quarter.world
    for member in (world.lin, world.nia, world.chen):
        people.set_roles(SYSTEM, member, people_team=True)
    lin, nia, chen = fresh(world.lin), fresh(world.nia), fresh(world.chen)
    claim = claimed(quarter)
    with refused(403):
        kpi.decide_claim(lin, claim, remedy="none", words="No.")
    kpi.decide_claim(nia, claim, remedy="none", words="Not shown.")
    with refused(422):
        kpi.decide_claim(chen, claim, remedy="none", words="Again")
    card = quarter.reviewed(world.ada)
    with refused(403):
        kpi.calibrate(nia, card, adjustment=1, words="x")
    quarter.to(Stage.COMMUNICATED)
    kpi.appeal(world.ada, quarter.card(world.ada), words="It burned.")
    with refused(403):
        kpi.decide_appeal(nia, quarter.card(world.ada), words="x")
    kpi.decide_appeal(chen, quarter.card(world.ada), words="It stays.")


def test_an_open_claim_holds_the_result_back(quarter: Quarter) -> None:
    world = quarter.world
    claim = claimed(quarter)
    quarter.reviewed(world.ada)
    moved = kpi.move_cards(world.hana, quarter.round, to=Stage.COMMUNICATED)
    assert (moved.moved, [card.name for card, _why in moved.left]) == (0, ["Ada Byron"])
    kpi.decide_claim(world.hana, claim, remedy="none", words="Not shown.")
    quarter.to(Stage.COMMUNICATED)
    with refused(422):
        claimed(quarter)


def test_with_an_appeal_a_claim_is_heard_again(quarter: Quarter) -> None:
    world = quarter.world
    chen = people.set_roles(SYSTEM, world.chen, people_team=True)
    quarter.communicated(world.ada, actual=40)
    kpi.appeal(world.ada, quarter.card(world.ada), words="It burned.")
    claim = claimed(quarter)
    with refused(422):
        kpi.decide_appeal(chen, quarter.card(world.ada), words="x")
    kpi.decide_claim(world.hana, claim, remedy="target", value=40, words="Half.")
    card = kpi.decide_appeal(chen, quarter.card(world.ada), words="As computed anew.")
    assert (card.appeal.result_before, card.result, card.grade) == (D(62), D(92), "A")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_claimed_and_decided_on_the_sheet(quarter: Quarter, browse: Callable[..., Client], language: str) -> None:
    world, item = quarter.world, quarter.item(quarter.world.ada)
    kpi.note_item(world.lin, item, actual=40, note="Counted")
    ada, hana = browse(world.ada, language=language), browse(world.hana, language=language)
    sheet = f"/kpi/scorecards/{item.scorecard_id}/"
    wrong = ada.post(f"/kpi/scorecard-items/{item.pk}/claim/", {"words": "火灾", "evidence": "", "since": "x"})
    assert (wrong.status_code, "火灾" in text_of(wrong)) == (422, True)
    assert ada.post(f"/kpi/scorecard-items/{item.pk}/claim/", WORDS).status_code == 302
    claim = FactorClaim.objects.get()
    address = f"/kpi/claims/{claim.pk}/decide/"
    assert address in hana.get(sheet).content.decode()
    assert address not in ada.get(sheet).content.decode()
    assert ada.post(address, {"remedy": "none", "words": "x"}).status_code == 403
    assert browse(world.ben).post(address, {"remedy": "none", "words": "x"}).status_code == 404
    assert hana.post(address, {"remedy": "target", "words": "x"}).status_code == 422
    assert hana.post(address, {"remedy": "target", "value": "50", "words": "Half 一半"}).status_code == 302
    said = text_of(ada.get(sheet))
    assert "Half 一半" in said
    assert "30.00 → 48.00" in said


def test_the_same_through_the_api(quarter: Quarter, door: Callable[[Person], Door]) -> None:
    world, item = quarter.world, quarter.item(quarter.world.ada)
    ada, hana = door(world.ada), door(world.hana)
    ada.post(f"/scorecard-items/{item.pk}/claims", {"words": "x", "evidence": " "}, 422)
    made = ada.post(f"/scorecard-items/{item.pk}/claims", WORDS | {"since": "2026-10-01", "until": "2026-10-02"}, 201)
    (claim,) = made["lines"][0]["claims"]
    assert (claim["author"]["name"], claim["remedy"]) == ("Ada Byron", "")
    ada.post(f"/factor-claims/{claim['id']}/decision", {"remedy": "none", "words": "x"}, 403)
    door(world.ben).post(f"/factor-claims/{claim['id']}/decision", {"remedy": "none", "words": "x"}, 404)
    decision = {"remedy": "weight", "value": 20, "words": "Less"}
    hana.post(f"/factor-claims/{claim['id']}/decision", decision | {"version": 1}, 409)
    done = hana.post(f"/factor-claims/{claim['id']}/decision", decision | {"version": made["version"]})
    assert [(line["counted"], line["eased"]) for line in done["lines"]] == [(20, {"weight": "20"}), (80, {})]
