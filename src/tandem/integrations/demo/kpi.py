"""The demo company's indicators: a library, targets in every state, and the values of the last weeks.

Everybody acts on the days of the story: what belongs to last quarter was written while it ran.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tandem.cycles.queries import cycles_by_key
from tandem.integrations.demo.calendar import day_of
from tandem.integrations.demo.days import on
from tandem.integrations.demo.rounds import fill_round
from tandem.kpi import commands as kpi
from tandem.kpi.queries import get_indicator, scheme_of, targets_of
from tandem.people.actors import SYSTEM
from tandem.people.queries import people_by_key, units_by_key

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.kpi.models import Scheme

Item = dict[str, Any]


@transaction.atomic
def fill_kpi(plan: Item, key: str, until: date) -> None:
    """The indicators, targets, values and the round of one cycle; values go up to `until`, both in the order of the
    file, each step by who takes it."""
    cycle = cycles_by_key([key])[key]
    assert cycle.start is not None
    with on(cycle.start + timedelta(days=1)):
        _library(plan.get("indicators", []))
    for one in plan["units"]:
        _unit(one, cycle)
    for one in plan["teams"]:
        _team(one, cycle)
    for one in plan["units"]:
        _values(units_by_key([one["unit"]])[one["unit"]], one["values"], cycle.start, until)
    for one in plan["teams"]:
        for who, values in one["values"].items():
            _values(_person(who), values, cycle.start, until)
    fill_round(plan["round"], cycle)


def _library(rows: list[Item]) -> None:
    keeper = _person("jingyi")
    for row in rows:
        beside = {}
        if "supplier" in row:
            beside["supplier"] = _person(row["supplier"])
        if "used_by" in row:
            beside["used_by"] = units_by_key([row["used_by"]])[row["used_by"]]
        kpi.add_indicator(keeper, None, **{**row, **beside, "precision": int(row["precision"])})


def _unit(one: Item, cycle: Any) -> None:
    unit, by = units_by_key([one["unit"]])[one["unit"]], _person(one["by"])
    with on(cycle.start + timedelta(days=2)):
        scheme = kpi.issue_to_unit(by, unit, cycle=cycle, items=one["items"])
    assert unit.lead is not None
    with on(cycle.start + timedelta(days=4)):
        kpi.accept_targets(unit.lead, scheme)


def _team(one: Item, cycle: Any) -> None:
    lead = _person(one["by"])
    with on(cycle.start + timedelta(days=3)):
        kpi.issue_to_team(lead, units_by_key([one["unit"]])[one["unit"]], cycle=cycle, items=one["items"])
    with on(cycle.start + timedelta(days=5)):
        for who, why in one.get("dropped", {}).items():
            kpi.drop_targets(_person("jingyi"), _scheme(_person(who), cycle), reason=why)
    with on(cycle.start + timedelta(days=7)):
        for who in one["accepted"]:
            person = _person(who)
            kpi.accept_targets(person, _scheme(person, cycle))
    for said in one["negotiates"]:
        _negotiation(lead, said, cycle)


def _negotiation(lead: Any, said: Item, cycle: Any) -> None:
    """Asked for something else, with the reason; then the leader's other terms, their final word, or nothing yet."""
    person = _person(said["who"])
    with on(cycle.start + timedelta(days=8)):
        target = targets_of(person, _scheme(person, cycle)).get(indicator__code=said["indicator"])
        target = kpi.negotiate_target(person, target, reason=said["reason"], wish=said["wish"])
    with on(cycle.start + timedelta(days=10)):
        if "agreed" in said:
            changes = {target.pk: {"target": said["wish"]}}
            kpi.change_targets(lead, _scheme(person, cycle), changes=changes, reason=said["agreed"])
        elif "final" in said:
            kpi.speak_final_word(lead, target, reason=said["final"])
    if said.get("signed"):
        with on(cycle.start + timedelta(days=11)):
            kpi.accept_targets(person, _scheme(person, cycle))


def _values(carrier: Any, values: Mapping[str, list[Any]], start: date, until: date) -> None:
    """One value a week, the last one on the last Friday; some weeks have none."""
    for code, series in values.items():
        indicator = get_indicator(SYSTEM, code)
        for place, value in enumerate(reversed(series)):
            day = day_of(f"{place}w", until)
            if value is not None and day >= start and indicator.supplier is not None:
                with on(day, 17):
                    kpi.enter_reading(indicator.supplier, indicator, carrier=carrier, on=day, value=value)


def _scheme(person: Any, cycle: "Cycle") -> "Scheme":
    found = scheme_of(person, person, cycle)
    assert found is not None
    return found


def _person(key: str) -> Any:
    return people_by_key([key])[key]
