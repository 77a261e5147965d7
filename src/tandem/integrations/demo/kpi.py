"""The demo company's indicators: a library, targets in every state, and the values of the last weeks."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tandem.cycles.queries import cycles_by_key
from tandem.integrations.demo.calendar import day_of
from tandem.kpi import commands as kpi
from tandem.kpi.queries import get_indicator, scheme_of, targets_of
from tandem.people.actors import SYSTEM
from tandem.people.queries import people_by_key, units_by_key

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.kpi.models import Scheme

Item = dict[str, Any]


def fill_kpi(plan: Item, today: date) -> None:
    """In the order of the file, each step by who takes it."""
    _library(plan["indicators"])
    cycle = cycles_by_key(["quarter"])["quarter"]
    for one in plan["units"]:
        unit, by = units_by_key([one["unit"]])[one["unit"]], _person(one["by"])
        scheme = kpi.issue_to_unit(by, unit, cycle=cycle, items=one["items"])
        assert unit.lead is not None
        kpi.accept_targets(unit.lead, scheme)
        _values(unit, one["values"], cycle.start, today)
    for one in plan["teams"]:
        _team(one, cycle, today)


def _library(rows: list[Item]) -> None:
    keeper = _person("jingyi")
    for row in rows:
        beside = {"supplier": _person(row["supplier"])}
        if "used_by" in row:
            beside["used_by"] = units_by_key([row["used_by"]])[row["used_by"]]
        kpi.add_indicator(keeper, None, **{**row, **beside, "precision": int(row["precision"])})


def _team(one: Item, cycle: Any, today: date) -> None:
    lead = _person(one["by"])
    kpi.issue_to_team(lead, units_by_key([one["unit"]])[one["unit"]], cycle=cycle, items=one["items"])
    for who in one["accepted"]:
        person = _person(who)
        kpi.accept_targets(person, _scheme(person, cycle))
    for said in one["negotiates"]:
        person = _person(said["who"])
        target = targets_of(person, _scheme(person, cycle)).get(indicator__code=said["indicator"])
        target = kpi.negotiate_target(person, target, reason=said["reason"], wish=said["wish"])
        if "final" in said:
            kpi.speak_final_word(lead, target, reason=said["final"])
    for who, values in one["values"].items():
        _values(_person(who), values, cycle.start, today)


def _values(carrier: Any, values: Mapping[str, list[Any]], start: date | None, today: date) -> None:
    """One value a week, the last one on the last Friday."""
    for code, series in values.items():
        indicator = get_indicator(SYSTEM, code)
        for place, value in enumerate(reversed(series)):
            on = day_of(f"{place}w", today)
            if start is not None and on >= start and indicator.supplier is not None:
                kpi.enter_reading(indicator.supplier, indicator, carrier=carrier, on=on, value=value)


def _scheme(person: Any, cycle: "Cycle") -> "Scheme":
    found = scheme_of(person, person, cycle)
    assert found is not None
    return found


def _person(key: str) -> Any:
    return people_by_key([key])[key]
