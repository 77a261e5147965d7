"""A difficulty agreed with the targets, and a period served in parts."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tandem.kpi import commands as kpi
from tandem.kpi.models import Scheme, Stage
from tandem.kpi.rules import cards
from tandem.kpi.rules.methods import Terms
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.kpi.scoring_world import UNIT_ITEMS, Quarter, opened
from tests.pages.conftest import LANGUAGES, text_of
from tests.proof import refused
from tests.world import World, fresh

pytestmark = pytest.mark.django_db
D = Decimal
PART = {"score": "70", "days": 46, "words": "With Data, by Otto 在数据组"}


@pytest.mark.parametrize(
    ("actuals", "extra", "total"),
    [
        ((100, 100), 0, "110.00"),
        ((110, 100), 0, "116.60"),
        ((110, 90), 0, "96.00"),
        ((100, 100), 3, "113.00"),
        ((100, 100), -3, "107.00"),
    ],
)
def test_the_factor_counts_where_every_item_reaches_its_weight(actuals: Any, extra: int, total: str) -> None:
    lines = [
        cards.Line("scored", Terms("ratio", D(weight), D(100)), D(actual), code=str(weight))
        for weight, actual in zip((60, 40), actuals, strict=True)
    ]
    lines.append(cards.Line("plus_minus", Terms("plus_minus", D(0), D(0), parameters={"step": 1}), D(extra)))
    assert cards.outcome(lines, [("A", D(0))], D("1.1")).total == D(total)


@pytest.mark.parametrize("raw", ["0", "0.49", "2.01", "1.001", "x", "1e400"])
def test_a_factor_that_makes_no_sense(world: World, indicator: Any, raw: str) -> None:
    indicator()
    with refused(422, field="difficulty"):
        kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=UNIT_ITEMS, difficulty=raw)


def test_it_is_issued_with_the_targets_and_holds_for_the_whole_team(world: World, indicator: Any) -> None:
    indicator()
    made = kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=UNIT_ITEMS, difficulty="1.2")
    assert {one.difficulty for one in made} == {D("1.2")}
    bens = Scheme.objects.get(carrier_person=world.ben)
    kpi.drop_targets(SYSTEM, bens, reason="x")
    (again,) = kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=UNIT_ITEMS)
    assert fresh(again).difficulty == D("1.2")
    kpi.accept_targets(world.ada, Scheme.objects.get(carrier_person=world.ada))
    quarter = Quarter(world, kpi.open_round(world.hana, None, cycle=world.quarter))
    kpi.note_item(world.lin, quarter.item(world.ada), actual=80, note="Counted")
    assert (quarter.card(world.ada).difficulty, quarter.card(world.ada).total) == (D("1.20"), D(120))


@pytest.fixture
def quarter(world: World) -> Quarter:
    return opened(world, grades=[["A", 90], ["B", 0]])


def test_a_period_in_parts_is_weighed_by_days(quarter: Quarter) -> None:
    world = quarter.world
    quarter.reviewed(world.ben)
    kpi.note_item(world.lin, quarter.item(world.ada), actual=80, note="Counted")
    kpi.mark_item(world.lin, quarter.item(world.ada, "attitude"), value=4)
    card = kpi.note_parts(world.lin, quarter.card(world.ada), parts=[PART])
    assert (card.total, card.result, card.grade) == (D(92), D(81), "B")  # 46 of 92 days
    kpi.refresh_round(world.hana, fresh(quarter.round))
    assert quarter.card(world.ada).result == D(81)
    card = kpi.note_parts(world.lin, card, parts=[])
    assert (card.result, card.grade) == (D(92), "A")
    with refused(422):
        kpi.note_parts(world.lin, quarter.card(world.ben), parts=[PART])
    with refused(409):
        kpi.note_parts(world.lin, card, parts=[PART], version=1)


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([{**PART, "score": "x"}], "score"),
        ([{**PART, "score": 1001}], "score"),
        ([{**PART, "days": 0}], "days"),
        ([{**PART, "days": "1.5"}], "days"),
        ([{**PART, "days": 92}], "days"),
        ([PART, PART], "days"),
        ([{**PART, "words": " "}], "words"),
        ([{**PART, "days": 1}] * 5, "parts"),
    ],
)
def test_parts_that_make_no_sense(quarter: Quarter, parts: list[dict[str, Any]], field: str) -> None:
    with refused(422, field=field):
        kpi.note_parts(quarter.world.lin, quarter.card(quarter.world.ada), parts=parts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_page(quarter: Quarter, browse: Callable[..., Client], language: str) -> None:
    world = quarter.world
    lin, sheet = browse(world.lin, language=language), f"/kpi/scorecards/{quarter.card(world.ada).pk}/"
    wrong = lin.post(f"{sheet}parts/", {"score": "70", "days": "", "words": "数据组"})
    assert (wrong.status_code, "数据组" in wrong.content.decode()) == (422, True)
    lin.post(f"{sheet}parts/", {"score": ["70", ""], "days": ["46", ""], "words": ["数据组", ""]})
    assert "数据组" in text_of(lin.get(sheet))
    assert browse(world.ada).post(f"{sheet}parts/", {}).status_code == 403
    quarter.to(Stage.SELF_REVIEW)


def test_the_same_through_the_api(quarter: Quarter, door: Callable[[Person], Door]) -> None:
    world, lin = quarter.world, door(quarter.world.lin)
    card = f"/scorecards/{quarter.card(world.ada).pk}"
    assert lin.put(f"{card}/parts", {"parts": [PART]})["parts"] == [
        {"score": "70.00", "days": 46, "words": PART["words"]}
    ]
    assert lin.put(f"{card}/parts", {"parts": [{**PART, "days": 0}]}, 422)["error"]["field"] == "days"
    assert lin.put(f"{card}/parts", {"parts": []})["parts"] == []
