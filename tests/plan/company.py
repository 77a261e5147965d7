"""A small company as a plan file, to be bent in tests."""

import copy
import json
from collections.abc import Callable
from typing import Any

from tandem.integrations.plan.comparing import Faulty, apply
from tandem.integrations.plan.exporting import choose, sections
from tandem.integrations.plan.reading import Unreadable, parse
from tandem.integrations.plan.writing import as_json, as_yaml

SMALL: dict[str, Any] = {
    "tandem": 1,
    "cycles": [
        {"id": "q", "name": "Q4", "start": "2026-10-01", "end": "2026-12-31", "phase": "run"},
        {"id": "old", "name": "2019 Q1", "start": "2019-01-01", "end": "2019-03-31"},
        {"id": "pool", "name": "Backlog", "kind": "backlog"},
    ],
    "units": [
        {"id": "co", "name": "Company", "kind": "company", "parent": None},
        {"id": "eng", "name": "Engineering", "parent": "co"},
    ],
    "people": [
        {"id": "ada", "name": "Ada", "email": "ada@example.com", "unit": "eng", "lead": True},
        {"id": "bob", "name": "Bob", "unit": "eng", "manager": "ada"},
    ],
    "objectives": [
        {
            "id": "o1",
            "cycle": "q",
            "owner": "unit:eng",
            "title": "New customers love the first week",
            "published": "2026-10-02",
            "key_results": [
                {
                    "id": "k1", "title": "Activation", "kind": "metric", "start": 30, "target": 45, "unit": "%",
                    "check_ins": [
                        {"date": "2026-10-16", "value": 33, "confidence": 6, "note": "guide page live"},
                        {"date": "2026-10-16", "value": 34},
                        {"date": "2026-10-23", "value": 36, "confidence": 7, "author": "ada"},
                    ],
                },
                {"id": "k2", "title": "Script rewritten"},
            ],
            "actions": [{"id": "a1", "title": "Guide page", "owner": "person:bob", "key_result": "k1"}],
        },
        {"id": "o2", "cycle": "q", "owner": "person:ada", "title": "Guide", "published": "2026-10-02",
         "aligned_to": ["k1"]},
    ],
}  # fmt: skip

Bend = Callable[[dict[str, Any]], object]


def small(bend: Bend | None = None) -> dict[str, Any]:
    plan = copy.deepcopy(SMALL)
    if bend is not None:
        bend(plan)
    return plan


def write(plan: dict[str, Any] | str | bytes, name: str = "plan.json") -> dict[str, tuple[int, int, int]]:
    """Apply, as from a file; gives created, changed and unchanged by kind."""
    text = json.dumps(plan) if isinstance(plan, dict) else plan
    prepared = apply(parse(text.encode() if isinstance(text, str) else text, name))
    return {kind: (len(one.created), len(one.changed), one.unchanged) for kind, one in prepared.comparisons()}


def refusals(plan: dict[str, Any] | str | bytes, name: str = "plan.json") -> dict[str, str]:
    """What is wrong, by path."""
    try:
        write(plan, name)
    except (Unreadable, Faulty) as refused:
        return {fault.path: fault.message for fault in refused.faults}
    return {}


def exported(form: str = "json", cycle: str | None = None) -> str:
    return "".join((as_json if form == "json" else as_yaml)(sections(choose(cycle))))


def changed(counts: dict[str, tuple[int, int, int]]) -> dict[str, tuple[int, int, int]]:
    """Only the kinds in which something is new or different."""
    return {kind: numbers for kind, numbers in counts.items() if numbers[0] or numbers[1]}
