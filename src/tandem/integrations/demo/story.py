"""The company's files put together as one plan: who checked in, and since when a goal is published."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from tandem.integrations.demo.answers import fill_answers
from tandem.integrations.demo.calendar import cycles, dated
from tandem.integrations.demo.coverage import fill_coverage
from tandem.integrations.demo.days import on
from tandem.integrations.demo.growth import fill_growth
from tandem.integrations.demo.handshakes import fill_handshakes
from tandem.integrations.demo.kpi import fill_kpi
from tandem.integrations.demo.talk import fill_talk
from tandem.integrations.plan.comparing import apply
from tandem.integrations.plan.reading import parse
from tandem.okr.commands import check_in as say
from tandem.okr.commands import follow_all
from tandem.okr.queries import key_result_by_key
from tandem.people.queries import people_by_key

FILES = ("year", "last", "quarter_units", "quarter_people", "next")
LATELY = 7  # days
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
    """Write the company into the present database; what people said of their goals lately they say themselves."""
    plan = company(today)
    said = list(_said_lately(plan, today))
    _last_quarter(plan)
    apply(plan)
    start = next(date.fromisoformat(one["start"]) for one in plan["cycles"] if one["id"] == "quarter")
    with on(start + timedelta(days=5)):
        fill_coverage(_file("coverage"))
    fill_handshakes(_file("handshakes"), start, today)
    fill_kpi(_file("kpi"), "quarter", today)
    follow_all()
    for key_result, check_in in said:
        _say(key_result, check_in)
    fill_talk(_file("talk"))
    fill_answers(_file("answers")["answers"])
    fill_growth(dated(_file("growth"), today))


def _last_quarter(plan: Item) -> None:
    """The company before its goals: last quarter's indicators were issued and measured while that quarter was open."""
    opened = [{**one, "phase": "run"} if one["id"] == "last" else one for one in plan["cycles"]]
    apply({**plan, "cycles": opened, "objectives": []})
    end = next(one["end"] for one in opened if one["id"] == "last")
    fill_kpi(_file("kpi_last"), "last", date.fromisoformat(end))


def _said_lately(plan: Item, today: date) -> Iterator[tuple[str, Item]]:
    """Take the last week's check-ins of people's own goals out of the plan, oldest first."""
    found = []
    for objective in plan["objectives"]:
        if objective["owner"].startswith("person:") and objective.get("state", "active") == "active":
            for result in objective.get("key_results", ()):
                lately = [one for one in result.get("check_ins", ()) if (today - _day(one)).days < LATELY]
                result["check_ins"] = [one for one in result.get("check_ins", ()) if one not in lately]
                found += [(result["id"], one) for one in lately]
    return iter(sorted(found, key=lambda one: _day(one[1])))


def _say(key_result: str, check_in: Item) -> None:
    said = {name: value for name, value in check_in.items() if name not in ("date", "author")}
    said["confidence"] = int(said["confidence"])
    said["done_steps"] = [int(place) for place in said.get("done_steps", ())]
    author = people_by_key([check_in["author"]])[check_in["author"]]
    say(author, key_result_by_key(author, key_result), on=_day(check_in), **said)


def _day(check_in: Item) -> date:
    return date.fromisoformat(check_in["date"])


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
