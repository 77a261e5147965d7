"""A generated company as a plan file: units in five levels, every person with two objectives and six key results.

The same numbers give the same company. Every unit has two objectives of its own, which its members' align to.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Item = dict[str, Any]
CYCLE = "2026q4"
TEAM_SIZE = 10
KINDS = ("company", "business", "function", "team", "team")
WORDS = ("activation", "retention", "latency", "coverage", "首周体验", "交付质量", "onboarding", "renewals")


def write(people: int, file: Path) -> int:
    """Write the company's plan to `file`; how many objects it holds."""
    units = list(_units(max(1, people // TEAM_SIZE)))
    members = list(_people(people, [one["id"] for one in units if one["level"] == len(KINDS)]))
    objectives = [*_of_units(units), *_of_people(members)]
    plan = {
        "tandem": 1,
        "organization": {"name": "Bench", "timezone": "UTC", "locale": "en"},
        "cycles": [{"id": CYCLE, "name": "2026 Q4", "start": "2026-10-01", "end": "2026-12-31"}],
        "units": [{name: value for name, value in one.items() if name != "level"} for one in units],
        "people": members,
        "objectives": objectives,
    }
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return 1 + len(units) + len(members) + sum(1 + len(one["key_results"]) for one in objectives)


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


def _of_people(members: list[Item]) -> Iterator[Item]:
    for place, person in enumerate(members):
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
