"""Cases about indicators: readings of a day, the way a value went, dated targets, values of stretches of days."""

from datetime import date, timedelta
from typing import Any

import time_machine

from tandem.activity.models import Event
from tandem.core.numbers import rounded
from tandem.cycles import commands as cycles
from tandem.kpi import commands as kpi
from tandem.kpi.models import Correction, Indicator, Reading
from tandem.kpi.queries import get_reading, target_on
from tandem.kpi.rules import periods
from tandem.people.actors import SYSTEM
from tests.cases.kinds import Ask, kind
from tests.cases.reading import Row, day, many, number, number_or_none, pick, same
from tests.world import World

WAYS = {
    "increase": "higher", "up": "higher", "higher": "higher", "decrease": "lower", "down": "lower", "lower": "lower",
    "neutral": "in_range", "none": "in_range",
}  # fmt: skip


def _measured(world: World, days: list[date]) -> Indicator:
    """An indicator that Web carries in a cycle around these days."""
    made = kpi.add_indicator(SYSTEM, None, code="measured", name_en="Measured")
    first, last = min(days) - timedelta(days=1), max(days) + timedelta(days=1)
    cycle = cycles.create_cycle(SYSTEM, None, name="Then", start=first, end=last)
    items = [{"indicator": "measured", "target": 100, "weight": 100}]
    kpi.issue_to_unit(world.wei, world.web, cycle=cycle, items=items)
    return made


def _put(world: World, indicator: Indicator, pairs: list[Any]) -> None:
    for on, value in pairs:
        with time_machine.travel(f"{max(day(one) for one, _value in pairs)}T09:00+00:00", tick=True):
            kpi.enter_reading(SYSTEM, indicator, carrier=world.web, on=day(on), value=number(value))


@kind("kpi_duplicate_period")
def test_a_day_has_one_value_and_every_one_before_is_kept(row: Row, ask: Ask) -> None:
    world, log = ask(), row["input"]["log"]
    indicator = _measured(world, [day(on) for on, _value in log])
    _put(world, indicator, log)
    wanted = row["expected"]
    assert Reading.objects.count() == wanted["entries_for_period"]
    assert same(Reading.objects.get().value, wanted["value"])
    told = Event.objects.filter(verb__startswith="reading.").count()
    assert told == wanted["audit_rows"]
    assert Correction.objects.count() == told - Reading.objects.count()


@kind("kpi_api_upsert")
def test_a_value_put_again_replaces_and_a_deleted_one_is_gone(row: Row, ask: Ask) -> None:
    world, given = ask(), row["input"]
    indicator = _measured(world, [day(on) for on, _value in given["put"]])
    _put(world, indicator, given["put"])
    assert same(_standing(), row["expected"]["values_after_puts"])
    for on in given.get("delete", ()):
        kpi.withdraw_reading(SYSTEM, get_reading(SYSTEM, indicator, world.web, day(on)))
    assert same(_standing(), row["expected"].get("values_after_delete", _standing()))


def _standing() -> dict[str, Any]:
    return {one.on.isoformat(): one.value for one in Reading.objects.all()}


@kind("kpi_trend")
def test_whether_a_move_is_good_depends_on_the_direction(row: Row, ask: Ask) -> None:
    given, wanted = row["input"], row["expected"]
    ways = many(given["preferred"])
    found = [periods.change(number(given["first"]), number(given["latest"]), WAYS[way]) for way in ways]
    assert all(same(delta, wanted["delta"]) for delta, _verdict in found)
    assert [verdict for _delta, verdict in found] == many(wanted["class"])


@kind("kpi_goal_window")
def test_targets_hold_in_their_own_days(row: Row, ask: Ask) -> None:
    world, given = ask(), row["input"]
    indicator = kpi.add_indicator(SYSTEM, None, code="windowed", name_en="Windowed")
    for place, one in enumerate(given["goals"]):
        start, end = day(pick(one, ("from", "start"))), day(pick(one, ("to", "end")))
        cycle = cycles.create_cycle(SYSTEM, None, name=f"Window {place}", start=start, end=end)
        items = [{"indicator": "windowed", "target": number(one["value"]), "weight": 100}]
        kpi.issue_to_unit(world.wei, world.web, cycle=cycle, items=items)
    found = [target_on(SYSTEM, indicator, world.web, day(one)) for one in many(given["date"])]
    assert same([None if one is None else one.target for one in found], many(row["expected"]["target"]))


@kind("kpi_period_sum", "kpi_period_mean", "kpi_period_average")
def test_values_of_stretches_are_asked_for_others(row: Row, ask: Ask) -> None:
    given = row["input"]
    items = given["items"] if "items" in given else [given["item"]]
    stretches = [periods.Stretch(day(first), day(last), number(value)) for first, last, value in items]
    how = "sum" if row["kind"] == "kpi_period_sum" else "mean"
    found = [periods.over_period(how, stretches, day(first), day(last)) for first, last in given["query"]]
    assert same(found, row["expected"]["value"])


@kind("kpi_variance_pct")
def test_a_difference_in_per_cent_goes_by_the_size_of_the_base(row: Row, ask: Ask) -> None:
    pairs = [(number_or_none(value), number_or_none(base)) for value, base in row["input"]["pairs"]]
    found = [periods.variance(value, base) for value, base in pairs]
    assert same([None if one is None else rounded(one, 6) for one in found], row["expected"]["pct"])
