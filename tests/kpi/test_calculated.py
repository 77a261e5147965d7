"""Indicators calculated from others: what they come to, what they rest on, and no ring among them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tandem.integrations.plan.checking import faults
from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator, Reading, Scheme, Scorecard, ScorecardItem, Target
from tandem.kpi.queries import actuals
from tandem.kpi.rules import calculated, periods
from tests.kpi.conftest import send
from tests.pages.conftest import text_of
from tests.proof import refused
from tests.world import WEDNESDAY, World

JUNE = (date(2026, 6, 1), date(2026, 6, 30))
STRETCHES = [
    periods.Stretch(date(2026, 5, 22), date(2026, 6, 10), Decimal(20)),
    periods.Stretch(date(2026, 6, 11), date(2026, 7, 20), Decimal(40)),
]


@pytest.mark.parametrize(("how", "value"), [("sum", 30), ("mean", "33.33"), ("last", 40), ("max", 40), ("min", 20)])
def test_stretches_become_the_value_of_a_month(how: str, value: Any) -> None:
    """Ten of twenty days of 20, twenty of forty of 40: halves of the sums, and the mean by 10 and 20 days."""
    found = periods.over_period(how, STRETCHES, *JUNE)
    assert found is not None
    assert round(found, 2) == Decimal(value)
    assert periods.over_period(how, STRETCHES, date(2025, 1, 1), date(2025, 2, 1)) is None


@pytest.mark.parametrize(
    ("first", "latest", "direction", "wanted"),
    [
        (40, 52, "higher", (12, "positive")),
        (40, 52, "lower", (12, "negative")),
        (3, 1, "events", (-2, "positive")),
        (40, 52, "in_range", (12, "neutral")),
        (5, 5, "higher", (0, "neutral")),
    ],
)
def test_a_move_is_good_or_bad_by_direction(first: int, latest: int, direction: str, wanted: Any) -> None:
    assert periods.change(Decimal(first), Decimal(latest), direction) == wanted


def of(expression: str, known: dict[str, str] | None = None, **values: Any) -> tuple[Any, str]:
    found = calculated.Calculation(known or {}, values.get).of(expression)
    return found.value, found.fault.code if found.fault else ""


def test_what_a_calculation_comes_to() -> None:
    assert of("a / b * 100", a=Decimal(3), b=Decimal(4)) == (75, "")
    assert of("a / b", a=Decimal(3), b=Decimal(0)) == (None, "division_by_zero")
    assert of("a / b", a=Decimal(3)) == (None, "missing")
    assert of("if(b = 0, 0, a / b)", a=Decimal(3), b=Decimal(0)) == (0, "")
    assert of("half + 1", {"half": "a / 2"}, a=Decimal(3)) == (Decimal("2.5"), "")
    assert of("x", {"x": "y", "y": "x"}) == (None, "loop")
    assert of("x", {"x": "a / b"}, a=Decimal(1), b=Decimal(0)) == (None, "division_by_zero")
    wide = {f"n{place}": f"n{place + 1} + n{place + 1} * 1" for place in range(20)} | {"n20": "a"}
    assert of("n0", wide, a=Decimal(1))[0] == 2**20
    deep = {f"n{place}": f"n{place + 1}" for place in range(400)} | {"n400": "a"}
    assert of("n0", deep, a=Decimal(1)) == (None, "too_deep")


@pytest.fixture
def quotient(world: World, indicator: Callable[..., Indicator]) -> Indicator:
    """Ada, Ben and Web carry defects found before delivery, of all defects; Otto supplies both counts."""
    for code in ("found-early", "found-all"):
        indicator(code, supplier=world.otto, over_time="sum")
    return indicator("early", name_zh="缺陷前移率", unit="%", expression="[found-early] / [found-all] * 100")


def issue(world: World, *, accepted: bool = False) -> None:
    """The quotient counts; what it is made of is watched, so that its values have a carrier."""
    items = [{"indicator": "early", "target": 80, "weight": 100}]
    items += [{"indicator": code, "kind": "watch"} for code in ("found-early", "found-all")]
    kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=items)
    for scheme in Scheme.objects.select_related(*Scheme.read_with):
        if accepted and scheme.carrier_person is not None:
            kpi.accept_targets(scheme.carrier_person, scheme)


def adas(world: World, code: str = "early") -> Any:
    rows = Target.objects.select_related(*Target.read_with, "definition")
    target = rows.get(scheme__carrier_person=world.ada, indicator__code=code)
    return actuals(world.ada, [target])[target.pk]


def enter(world: World, code: str, value: Any, on: date = WEDNESDAY, **fields: Any) -> Reading:
    row = Indicator.objects.get(code=code)
    return kpi.enter_reading(world.otto, row, carrier=world.ada, on=on, value=value, **fields)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_quotient_is_live_wherever_it_is_read(
    world: World, quotient: Indicator, browse: Callable[..., Client], language: str
) -> None:
    issue(world)
    assert (adas(world).value, adas(world).sum) == (None, "– / – * 100")
    ada = browse(world.ada, language=language)
    target = Target.objects.get(scheme__carrier_person=world.ada, indicator=quotient)
    assert "found-early" in text_of(ada.get(f"/kpi/targets/{target.pk}/"))
    enter(world, "found-early", 3)
    enter(world, "found-all", 0)
    zero = adas(world)
    assert (zero.value, zero.sum) == (None, "3 / 0 * 100")
    assert zero.why in text_of(ada.get(f"/kpi/targets/{target.pk}/"))
    enter(world, "found-all", 4, date(2026, 10, 5))
    found = adas(world)
    assert (found.value, found.sum) == (75, "3 / 4 * 100")
    for path in ("/kpi/", f"/kpi/targets/{target.pk}/", "/kpi/indicators/early/"):
        assert "75" in text_of(ada.get(path)), path
    assert "3 / 4 * 100" in text_of(ada.get("/kpi/indicators/early/"))
    assert ("缺陷前移率" if language == "zh-hans" else "The early") in text_of(ada.get("/kpi/indicators/found-all/"))


def test_scorecards_take_what_is_calculated(world: World, quotient: Indicator) -> None:
    issue(world, accepted=True)
    enter(world, "found-early", 3)
    enter(world, "found-all", 4)
    kpi.open_round(world.hana, None, cycle=world.quarter)
    item = ScorecardItem.objects.get(scorecard__person=world.ada, code="early")
    assert (item.actual, item.source, item.points) == (75, "3 / 4 * 100", Decimal("93.75"))
    bens = ScorecardItem.objects.get(scorecard__person=world.ben, code="early")
    assert (bens.actual, bens.why, bens.source) == (None, "missing", "– / – * 100")


def test_nobody_hands_in_what_is_calculated(world: World, quotient: Indicator) -> None:
    issue(world)
    with refused(422, field="value"):
        kpi.enter_reading(world.hana, quotient, carrier=world.ada, on=WEDNESDAY, value=1)


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("early + 1", "early → early"),
        ("[found-all] + c", "early → c → early"),
        ("nothing * 2", "nothing"),
        ("1 + 2", "code"),
        ("a +", "4"),
        ("a ** 2", ""),
        ("__import__('os')", ""),
        ("(" * 30 + "[found-all]" + ")" * 30, ""),
        ("[found-all]" + " + [found-all]" * 300, ""),
    ],
)
def test_what_cannot_be_calculated_is_refused_when_written(
    world: World, quotient: Indicator, indicator: Callable[..., Indicator], expression: str, word: str
) -> None:
    indicator("c", expression="early * 2")
    with refused(422, field="expression") as refusal:
        kpi.edit_indicator(world.hana, quotient, expression=expression)
    assert word in str(getattr(refusal, "value", word))


def test_the_form_writes_a_calculation(world: World, quotient: Indicator, browse: Callable[..., Client]) -> None:
    hana = browse(world.hana)
    form = hana.get("/kpi/indicators/early/edit/").content.decode()
    assert "[found-early] / [found-all] * 100" in form.replace("&#x27;", "'")
    wrong = send(hana, "/kpi/indicators/early/edit/", {"name_en": "X", "expression": "early"})
    assert wrong.status_code == 422


def test_check_finds_what_should_never_be(world: World, quotient: Indicator) -> None:
    issue(world)
    assert list(faults()) == []
    Indicator.objects.filter(code="found-all").update(expression="early + gone")
    Target.objects.filter(scheme__carrier_person=world.ada, indicator=quotient).update(weight=49)
    first = Reading.objects.create(indicator=quotient, carrier_person=world.ben, on=WEDNESDAY, value=1, version=2)
    said = "\n".join(faults())
    assert "early → found-all → early" in said
    assert "gone" in said
    assert "add to 49" in said
    assert "found-all does not say" in said
    assert first.on.isoformat() in said


def test_check_computes_scorecards_anew(world: World, quotient: Indicator) -> None:
    issue(world, accepted=True)
    enter(world, "found-all", 4)
    kpi.open_round(world.hana, None, cycle=world.quarter)
    assert list(faults()) == []
    Scorecard.objects.filter(person=world.ada).update(total=99)
    assert any("Ada Byron" in one for one in faults())
