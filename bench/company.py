"""A generated company as a plan file: units in five levels, every person with two objectives and six key results.

The same numbers give the same company. Every unit has two objectives of its own, which its members' align to.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Item = dict[str, Any]
CYCLE = "2026q4"
TEAM_SIZE, PART = 10, 5000
WEEKS_RUN, LENGTH = 8, timedelta(days=91)
KINDS = ("company", "business", "function", "team", "team")
WORDS = ("activation", "retention", "latency", "coverage", "首周体验", "交付质量", "onboarding", "renewals")


def parts(people: int, check_ins: int = 0) -> Iterator[tuple[Item, int]]:
    """The company as plan files to be applied one after the other, each with how many objects it holds.

    The first has the organization and the goals of its units; all have goals of `PART` people, so that no file is
    larger than memory likes. Every key result has so many check-ins, a week apart.
    """
    units = list(_units(max(1, people // TEAM_SIZE)))
    members = list(_people(people, [one["id"] for one in units if one["level"] == len(KINDS)]))
    start = datetime.now(UTC).date() - timedelta(weeks=WEEKS_RUN)
    cycle = {"id": CYCLE, "name": "Bench", "kind": "custom", "start": str(start), "end": str(start + LENGTH)}
    first: Item = {
        "organization": {"name": "Bench", "timezone": "UTC", "locale": "en"},
        "cycles": [cycle],
        "units": [{name: value for name, value in one.items() if name != "level"} for one in units],
        "people": members,
    }
    days = [str(start + timedelta(weeks=week)) for week in range(check_ins)]
    for begin in range(0, people, PART):
        above = _of_units(units) if begin == 0 else iter(())
        objectives = [*above, *_of_people(members, range(begin, min(begin + PART, people)))]
        for objective in objectives:
            for place, one in enumerate(objective["key_results"]):
                one["check_ins"] = [_check_in(one["kind"], place + week, day) for week, day in enumerate(days)]
        count = sum(1 + len(one["key_results"]) * (1 + check_ins) for one in objectives)
        head = first if begin == 0 else {"cycles": [], "units": []}
        yield {"tandem": 1, **head, "objectives": objectives}, count + (1 + len(units) + people) * (begin == 0)


def write(plan: Item, file: Path) -> None:
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")


def _check_in(kind: str, seed: int, day: str) -> Item:
    value = seed * 7 % 100 if kind == "percent" else 30 + seed % 15
    return {"date": day, "value": value, "confidence": 4 + seed % 5, "note": "as planned"}


def _units(teams: int) -> Iterator[Item]:
    """A tree whose levels widen evenly down to `teams`."""
    above = [""]
    for level, kind in enumerate(KINDS, start=1):
        width = 1 if level == 1 else max(len(above), round(teams ** ((level - 1) / (len(KINDS) - 1))))
        row = [f"u{level}-{place}" for place in range(width)]
        for place, key in enumerate(row):
            parent = above[place * len(above) // width] or None
            yield {"id": key, "name": f"{kind} {key}", "kind": kind, "parent": parent, "level": level}
        above = row


def _people(count: int, teams: list[str]) -> Iterator[Item]:
    """Members of the teams; the first of each leads it."""
    for place in range(count):
        team, rank = teams[place % len(teams)], place // len(teams)
        yield {
            "id": f"p{place}",
            "name": f"Person {place}",
            "email": f"p{place}@example.com",
            "unit": team,
            "lead": rank == 0,
        }


def _of_units(units: list[Item]) -> Iterator[Item]:
    for unit in units:
        for number in range(2):
            above = [f"{unit['parent']}-o{number}"] if unit["parent"] else []
            yield _objective(f"{unit['id']}-o{number}", f"unit:{unit['id']}", above, number)


def _of_people(members: list[Item], places: range) -> Iterator[Item]:
    for place in places:
        person = members[place]
        for number in range(2):
            yield _objective(f"p{place}-o{number}", f"person:p{place}", [f"{person['unit']}-o{number}"], place + number)


def _objective(key: str, owner: str, above: list[str], seed: int) -> Item:
    return {
        "id": key,
        "cycle": CYCLE,
        "owner": owner,
        "title": f"Customers love {WORDS[seed % len(WORDS)]} in {key}",
        "description": "What we want to be true at the end of the quarter, and for whom.",
        "aligned_to": above,
        "key_results": [_key_result(f"{key}k{number}", seed + number) for number in range(3)],
    }


def _key_result(key: str, seed: int) -> Item:
    shown: Item = {"id": key, "title": f"{WORDS[seed % len(WORDS)]} from 30 to 45 in {key}", "confidence": 3 + seed % 7}
    if seed % 3 == 2:
        return {**shown, "kind": "percent", "current": seed * 7 % 100}
    return {**shown, "kind": "metric", "start": 30, "target": 45, "current": 30 + seed % 15, "unit": "%"}
