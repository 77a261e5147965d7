"""The whole company, or one cycle of it, as plan items: a chunk at a time, in an order that never changes.

What a fresh import would give anyway is left out, so that a file stays short and reads well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.core.numbers import plain
from tandem.cycles import queries as cycles
from tandem.cycles import rules as cycle_rules
from tandem.okr import rules
from tandem.okr.queries import agreements_plan as agreements
from tandem.okr.queries import plan as goals
from tandem.people import queries as people
from tandem.people.actors import SYSTEM

Item = dict[str, Any]
Section = tuple[str, Iterator[Item] | Item | int]

ORGANIZATION = {"fiscal_year_start": 1, "quarter_name": "xxxx Qzz", "late_score_days": 14}
CYCLE = {"rhythm": "weekly", "weekday": 4}
UNIT = {"kind": "team", "archived": None}
PERSON: Item = {
    "email": None, "unit": None, "units": [], "lead": False, "leads": [], "manager": None, "roles": [],
    "language": "", "timezone": "", "theme": "", "left": None,
}  # fmt: skip
OBJECTIVE = {
    "description": "", "ambition": "aspirational", "category": "contribution", "weight": 1, "dropped_reason": "",
    "published": None, "archived": None, "aligned_to": [], "co_owners": [], "reflection": "", "cloned_from": None,
    "carry_reason": "", "visibility": "company", "readers": [],
}  # fmt: skip
KEY_RESULT = {
    "description": "", "unit": "", "weight": 1, "start": None, "target": None, "low": None, "high": None,
    "tolerance": None, "steps": [], "indicator": None, "carrier": None,
    "current": None, "confidence": None, "score": None, "score_reason": "",
    "late": False, "archived": None,
}  # fmt: skip
ACTION = {"key_result": None, "owner": None, "due": None, "state": "todo", "archived": None}
AGREEMENT: Item = {
    "trivial": False, "owner_signed": None, "other_signed": None, "owner_side": None, "other_side": None,
    "owner_for": None, "other_for": None, "expectation": "", "forecast": "", "ended": None, "ended_by": None,
    "reason": "", "changed_to": "", "above": {},
}  # fmt: skip
CHECK_IN: Item = {
    "value": None, "done_steps": [], "confirmed": True, "confidence": None, "note": "", "draft": False, "author": None,
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What to export: everything, or one cycle with all that its objectives align to."""

    cycles: dict[str, Item]
    objectives: set[int] | None
    only: str | None = None
    """The one cycle (its id) that was asked for."""


def choose(cycle_key: str | None) -> Choice:
    """Raises Missing (404)."""
    found = cycles.as_plan(SYSTEM)
    if cycle_key is None:
        return Choice(found, None)
    cycle = cycles.cycles_by_key([cycle_key]).get(cycle_key)
    if cycle is None:
        raise Missing(_("There is no cycle %(id)s.") % {"id": cycle_key}, field="cycle")
    wanted = goals.with_parents(SYSTEM, cycle.pk)
    keys = goals.cycle_keys(SYSTEM, wanted) | {cycle_key}
    return Choice({key: one for key, one in found.items() if key in keys}, wanted, cycle_key)


def sections(choice: Choice) -> Iterator[Section]:
    """The file's top-level keys in order, with items in the iterators."""
    yield "tandem", 1
    organization = people.organization_as_plan(SYSTEM)
    yield "organization", _shown(organization, ORGANIZATION)
    yield "cycles", (_cycle(key, one) for key, one in choice.cycles.items())
    yield "units", (_unit(key, one) for key, one in people.units_as_plan(SYSTEM).items())
    yield "people", ({"id": key, **_shown(one, PERSON)} for key, one in people.people_as_plan(SYSTEM).items())
    yield "objectives", _objectives(choice)
    if agreements.has_agreements(SYSTEM, cycle=choice.only):
        rows = agreements.agreements_in_order(SYSTEM, cycle=choice.only)
        yield "agreements", (_shown(_without(one), AGREEMENT) for one in rows)


def _shown(fields: Item, defaults: Item) -> Item:
    """The fields that differ from what an import would assume, as JSON writes them."""
    return {name: _plain(value) for name, value in fields.items() if not (name in defaults and defaults[name] == value)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _cycle(key: str, one: Item) -> Item:
    start, end = one["start"], one["end"]
    planned = cycle_rules.planned_phases(start, end) if start else {}
    phases = {
        phase: {name: _plain(day) for name, day in dates.items() if name == "planned" or day is not None}
        for phase, dates in one["phases"].items()
        if dates["began"] is not None or dates["planned"] != planned.get(phase)
    }
    fields = {name: value for name, value in one.items() if name != "phases"}
    derived = {"kind": cycle_rules.kind_of(start, end)} if start else {"start": None, "end": None, "phase": "plan"}
    return {"id": key, **_shown(fields, CYCLE | derived), **({"phases": phases} if phases else {})}


def _unit(key: str, one: Item) -> Item:
    return {"id": key, **_shown(one, UNIT)}


def _objectives(choice: Choice) -> Iterator[Item]:
    """Of one cycle alone, where a goal came from lies outside the file and is left out."""
    backlogs = {key for key, one in choice.cycles.items() if one["kind"] == "backlog"}
    for chunk in goals.objectives_in_order(SYSTEM, within=choice.objectives):
        pks = [one["pk"] for one in chunk]
        results, actions = goals.key_results_under(SYSTEM, pks), goals.actions_under(SYSTEM, pks)
        check_ins = goals.check_ins_of(SYSTEM, [one["pk"] for rows in results.values() for one in rows])
        for one in chunk:
            cycle = choice.cycles[one["cycle"]]
            if choice.objectives is not None:
                one["cloned_from"] = None
            yield _objective(
                one,
                {"state": "draft" if one["cycle"] in backlogs else "active"},
                [_key_result(row, one, cycle, check_ins.get(row["pk"], [])) for row in results.get(one["pk"], ())],
                [_shown(_without(row, "objective"), ACTION) for row in actions.get(one["pk"], ())],
            )


def _without(row: Item, *names: str) -> Item:
    return {name: value for name, value in row.items() if name not in ("pk", *names)}


def _objective(one: Item, state: Item, key_results: list[Item], actions: list[Item]) -> Item:
    item = _shown(_without(one), OBJECTIVE | state)
    if key_results:
        item["key_results"] = key_results
    if actions:
        item["actions"] = actions
    return item


def _key_result(row: Item, objective: Item, cycle: Item, check_ins: list[Item]) -> Item:
    # A draft's key results owe nothing yet: since when they are there says nothing.
    unsaid = {"added": objective["published"] or row["added"]}
    if row["kind"] == "percent":
        unsaid["kind"] = "percent"
    if row["kind"] in rules.FROM_TO and row["start"] == 0:
        unsaid["start"] = row["start"]
    item = _shown(_without(row), KEY_RESULT | unsaid)
    if "steps" in item:
        item["steps"] = [_step(step) for step in item["steps"]]
    if check_ins:
        item["check_ins"] = [_check_in(one, row, cycle) for one in check_ins]
    return item


def _step(step: Item) -> Item:
    if "level" in step:
        return {"level": plain(Decimal(step["level"])), "text": step["text"]}
    weight = Decimal(str(step.get("weight", 1)))
    return {"title": step["title"], **({} if weight == 1 else {"weight": plain(weight)})}


def _check_in(one: Item, row: Item, cycle: Item) -> Item:
    unsaid: Item = {"status": _proposed(one, row, cycle)}
    if one["done_steps"]:
        weights = goals.measure_of(row).weights
        unsaid["value"] = sum((weights[place] for place in one["done_steps"] if place < len(weights)), Decimal(0))
    return _shown(_without(one), CHECK_IN | unsaid)


def _proposed(one: Item, row: Item, cycle: Item) -> str:
    """The status that an import would propose: what pace says of the value on its day."""
    if one["value"] is None or one["draft"]:
        return ""
    share = goals.measure_of(row).progress(one["value"], confirmed=one["confirmed"])
    return rules.pace(share, cycle_rules.elapsed(cycle["start"], cycle["end"], one["date"])) or ""
