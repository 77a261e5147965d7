"""The company's files put together as one plan: who checked in, and since when a goal is published."""

from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from tandem.integrations.demo.calendar import cycles, dated
from tandem.integrations.plan.comparing import apply
from tandem.integrations.plan.reading import parse

FILES = ("year", "last", "quarter_units", "quarter_people", "next")
Item = dict[str, Any]


def company(today: date) -> Item:
    """The demo company as a plan file, as it stands on this day."""
    plan: Item = dated(_file("organization"), today)
    plan["cycles"] = cycles(today)
    plan["objectives"] = [one for name in FILES for one in dated(_file(name), today)["objectives"]]
    leads = {one["unit"]: one["id"] for one in plan["people"] if one.get("lead")}
    starts = {one["id"]: one.get("start") for one in plan["cycles"]}
    for one in plan["objectives"]:
        _publish(one, starts[one["cycle"]], today)
        _sign(one, leads)
    return plan


def fill(today: date) -> None:
    """Write the company into the present database."""
    apply(company(today))


def _file(name: str) -> Any:
    return parse(files(__package__).joinpath("company", f"{name}.yaml").read_bytes(), f"{name}.yaml")


def _publish(one: Item, start: str | None, today: date) -> None:
    """Goals are published in the first week of their cycle, unless the story says otherwise."""
    if start is not None and one.get("state", "active") != "draft" and "published" not in one:
        one["published"] = min(date.fromisoformat(start) + timedelta(days=4), today).isoformat()


def _sign(one: Item, leads: dict[str, str]) -> None:
    """People check in on their own goals, a lead on those of the unit; a unit without one is looked after."""
    kind, _colon, key = one["owner"].partition(":")
    author = key if kind == "person" else leads.get(key, "hannah")
    for result in one.get("key_results", ()):
        for check_in in result.get("check_ins", ()):
            check_in.setdefault("author", author)
