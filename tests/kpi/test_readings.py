"""Readings: by the supplier's grid, by a program with its own token; corrected with history, never invented."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tandem.cycles import commands as cycles
from tandem.kpi import commands as kpi
from tandem.kpi.models import Correction, Indicator, Reading, Scheme, Target
from tandem.kpi.queries import actuals, due_of, readings_of
from tandem.kpi.rules.actuals import over_time
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tandem.people.tokens import make_token
from tests.api.conftest import Door
from tests.kpi.conftest import send
from tests.pages.conftest import text_of
from tests.proof import refused
from tests.world import WEDNESDAY, World

DAYS = [date(2026, 10, 1), date(2026, 10, 5), date(2026, 10, 13)]


@pytest.fixture
def coverage(world: World, indicator: Callable[..., Indicator]) -> Indicator:
    """Otto supplies it; Ada, Ben and Web carry it."""
    made = indicator("coverage", name_zh="测试覆盖率", unit="%", supplier=world.otto, over_time="mean")
    items = [{"indicator": "coverage", "floor": 60, "target": 80, "weight": 100}]
    kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=items)
    kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=items)
    return made


def enter(world: World, coverage: Indicator, value: Any, on: date = WEDNESDAY, **fields: Any) -> Reading:
    fields = {"carrier": world.ada, **fields}
    return kpi.enter_reading(world.otto, coverage, on=on, value=value, **fields)


@pytest.mark.parametrize(
    ("how", "value"),
    [
        ("sum", "60"), ("mean", "20"), ("last", "30"), ("min", "10"), ("max", "30"), ("none", None),
        # 4 days of 10, 8 of 20, and the 13th and 14th of 30
        ("weighted", Decimal(260) / 14),
    ],
)  # fmt: skip
def test_many_values_become_one(how: str, value: Any) -> None:
    readings = [(day, Decimal(10 * place)) for place, day in enumerate(DAYS, 1)]
    assert str(over_time(how, readings, WEDNESDAY)) == str(value)
    assert over_time(how, [], WEDNESDAY) is None
    assert over_time(how, readings[:1], WEDNESDAY) == 10


def test_a_value_is_kept_once_and_corrected_with_history(world: World, coverage: Indicator) -> None:
    first = enter(world, coverage, "71.5")
    assert enter(world, coverage, "71.50").version == 1
    assert enter(world, coverage, 72, note="run again").pk == first.pk
    kept = Reading.objects.get()
    assert (kept.value, kept.version, kept.author) == (72, 2, world.otto)
    old = Correction.objects.get()
    assert (old.value, old.author, old.note) == (Decimal("71.5"), world.otto, "")


@pytest.mark.parametrize(
    ("value", "on", "field"),
    [
        ("1e30", WEDNESDAY, "value"),
        ("good", WEDNESDAY, "value"),
        ("", WEDNESDAY, "value"),
        (None, WEDNESDAY, "value"),
        ("NaN", WEDNESDAY, "value"),
        ("1,5", WEDNESDAY, "value"),
        (1, date(2026, 10, 15), "on"),
        (1, date(2026, 9, 30), "carrier"),
    ],
)
def test_what_is_no_value_is_refused_by_name(
    world: World, coverage: Indicator, value: Any, on: date, field: str
) -> None:
    with refused(422, field=field):
        enter(world, coverage, value, on)
    assert not Reading.objects.exists()


def test_counts_and_answers_have_their_own_numbers(world: World, indicator: Callable[..., Indicator]) -> None:
    outage = indicator("outage", direction="events", method="veto")
    audit = indicator("audit", direction="yes_no", method="veto")
    items = [{"indicator": code, "kind": "veto"} for code in ("outage", "audit")]
    whole = indicator("whole")
    kpi.issue_to_unit(
        world.wei, world.web, cycle=world.quarter, items=[*items, {"indicator": "whole", "target": 1, "weight": 100}]
    )
    for row, value in ((outage, "1.5"), (outage, -1), (audit, 2)):
        with refused(422, field="value"):
            kpi.enter_reading(world.hana, row, carrier=world.web, on=WEDNESDAY, value=value)
    assert kpi.enter_reading(world.hana, whole, carrier=world.web, on=WEDNESDAY, value=-3).value == -3


def test_who_carries_it_does_not_hand_it_in(world: World, coverage: Indicator) -> None:
    for stranger in (world.ada, world.lin, world.wei, world.omar):
        with refused(403):
            kpi.enter_reading(stranger, coverage, carrier=world.ada, on=WEDNESDAY, value=1)
    with refused(422, field="carrier"):
        enter(world, coverage, 1, carrier=world.nia)
    assert kpi.enter_reading(world.hana, coverage, carrier=world.ada, on=WEDNESDAY, value=1)


def test_a_closed_cycle_takes_no_value(world: World, coverage: Indicator) -> None:
    cycles.enter_phase(SYSTEM, world.quarter, phase="closed")
    with refused(422, field="on"):
        enter(world, coverage, 1)
    assert due_of(world.otto, WEDNESDAY) == []


def test_readings_become_the_actual_of_their_cycle(world: World, coverage: Indicator) -> None:
    for day, value in zip(DAYS, (60, 70, 80), strict=True):
        enter(world, coverage, value, day)
    enter(world, coverage, 10, carrier=world.ben)
    target = Target.objects.select_related(*Target.read_with, "definition").get(scheme__carrier_person=world.ada)
    found = actuals(world.ada, [target])[target.pk]
    assert (found.value, found.values) == (70, [60, 70, 80])


def test_suppliers_see_their_values_and_others_only_their_own(world: World, coverage: Indicator) -> None:
    enter(world, coverage, 71)
    enter(world, coverage, 72, carrier=world.ben)
    enter(world, coverage, 73, carrier=world.web)
    seen = {
        who: sorted(int(one.value) for one in readings_of(getattr(world, who), coverage))
        for who in ("ada", "ben", "lin", "wei", "hana", "otto", "nia", "chen", "omar")
    }
    assert seen == {
        "ada": [71, 73], "ben": [72, 73], "lin": [71, 72, 73], "wei": [71, 72, 73], "hana": [71, 72, 73],
        "otto": [71, 72, 73], "nia": [], "chen": [], "omar": [],
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_supplier_fills_the_grid(
    world: World, coverage: Indicator, browse: Callable[..., Client], language: str
) -> None:
    otto = browse(world.otto, language=language)
    page = f"/kpi/readings/?on={WEDNESDAY.isoformat()}"
    said = text_of(otto.get(page))
    assert ("测试覆盖率" if language == "zh-hans" else "The coverage") in said
    names = {one.carrier.name: one.name for one in due_of(world.otto, WEDNESDAY)}
    assert names.keys() == {"Ada Byron", "Ben", "Web"}
    typed = {names["Ada Byron"]: "71.5", names["Ben"]: "lots", f"note-{names['Ben']}": "from memory"}
    wrong = send(otto, page, typed)
    assert wrong.status_code == 422
    assert 'value="71.5"' in wrong.content.decode()
    assert "from memory" in wrong.content.decode()
    assert not Reading.objects.exists()
    assert otto.post(page, typed | {names["Ben"]: "64"}).status_code == 302
    assert {int(one.value) for one in Reading.objects.all()} == {71, 64}
    assert browse(world.ada, language=language).get(page).status_code == 200
    assert due_of(world.ada, WEDNESDAY) == []


def test_a_target_shows_how_it_moved(world: World, coverage: Indicator, browse: Callable[..., Client]) -> None:
    enter(world, coverage, 61, DAYS[0])
    enter(world, coverage, 71)
    enter(world, coverage, 72)
    target = Target.objects.get(scheme__carrier_person=world.ada)
    page = browse(world.ada).get(f"/kpi/targets/{target.pk}/")
    assert "61" in text_of(page)
    assert "71" in text_of(page)  # what was corrected stays readable
    assert "line-target" in page.content.decode()
    assert "66.5" in text_of(browse(world.ada).get("/kpi/"))
    assert browse(world.otto).get(f"/kpi/targets/{target.pk}/").status_code == 404


def test_a_program_hands_in_one_indicator_and_nothing_else(world: World, coverage: Indicator) -> None:
    _token, text = make_token(world.otto, world.otto, name="CI", scope="readings", about="coverage")
    program = Door()
    signed = {"Authorization": f"Bearer {text}"}
    path = f"/indicators/coverage/readings/{WEDNESDAY.isoformat()}"
    for _again in range(2):
        done = program.put(path, {"value": 81.5, "unit": world.web.pk}, **signed)
        assert (done["value"], done["source"], done["version"]) == (81.5, "api", 1)
    assert program.put(path, {"value": "82", "unit": world.web.pk}, **signed)["version"] == 2
    refusals: list[tuple[object, int, str]] = [
        ({"value": 1}, 422, "person"),
        ({"value": "lots", "unit": world.web.pk}, 422, "value"),
        ({"value": 1e30, "unit": world.web.pk}, 422, "value"),
        ({"value": 1, "person": 987654321}, 422, "person"),
        ({"value": 1, "unit": world.web.pk, "person": world.ada.pk}, 422, "unit"),
    ]
    for body, status, field in refusals:
        answer = program.ask("PUT", path, body, **signed)
        assert (answer.status_code, answer.json()["error"]["field"]) == (status, field)
    later = path.replace("14", "15")
    assert program.ask("PUT", later, {"value": 1, "unit": world.web.pk}, **signed).json()["error"]["field"] == "on"
    assert program.ask("PUT", path.replace("-14", "-40"), {"value": 1}, **signed).status_code == 422
    assert program.ask("PUT", path.replace("coverage", "other"), {"value": 1}, **signed).status_code == 403
    assert program.ask("GET", "/indicators/coverage", **signed).status_code == 403
    assert program.ask("GET", "/me", **signed).status_code == 403
    assert [one["value"] for one in Door(world.otto).get("/indicators/coverage/readings")["items"]] == [82]


def test_a_token_for_values_names_its_indicator(world: World, browse: Callable[..., Client]) -> None:
    for scope, about in (("readings", ""), ("read", "coverage")):
        with refused(422, field="about"):
            make_token(world.otto, world.otto, name="CI", scope=scope, about=about)
    sent = {"name": "CI", "scope": "readings", "about": "coverage", "days": "30"}
    assert "tdm_" in browse(world.otto).post("/me/tokens/", sent).content.decode()


def test_the_grid_costs_the_same_however_many_values(
    world: World,
    coverage: Indicator,
    indicator: Callable[..., Indicator],
    browse: Callable[..., Client],
    asks: Callable[[Client, str], int],
    door: Callable[[Person], Door],
) -> None:
    otto, ada = browse(world.otto), browse(world.ada)
    target = Target.objects.get(scheme__carrier_person=world.ada)
    enter(world, coverage, 1, DAYS[0])
    paths = [(otto, "/kpi/readings/"), (ada, "/kpi/"), (ada, f"/kpi/targets/{target.pk}/")]
    before = [asks(client, path) for client, path in paths]
    for day in DAYS:
        enter(world, coverage, 2, day)
        enter(world, coverage, 2, day, carrier=world.ben)
    assert [asks(client, path) for client, path in paths] == before
    assert max(before) <= 11, before
    assert Scheme.objects.count() == 3
