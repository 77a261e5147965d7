"""Out and in again: an export applied to an empty database is exported as the same bytes."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tandem.integrations.plan import checking
from tests.plan.company import changed, exported, small, write
from tests.plan.emptying import empty

texts = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=30).filter(lambda one: one.strip())
odd_words = st.sampled_from(
    [
        "yes",
        "no",
        "on",
        "null",
        "~",
        "1e5",
        "0x1F",
        "12:30",
        "2026-01-01",
        "- x",
        "a: b",
        "#x",
        "''",
        ".5",
        "=",
        "<b>",
        "!x",
        "*a",
        "&a",
        "\u2028x",
        "云 顶",
        "1_000",
    ]
)
titles = st.one_of(odd_words, texts).filter(lambda one: any(c.isprintable() and not c.isspace() for c in one))
notes = st.one_of(odd_words, st.text(st.characters(blacklist_categories=["Cs"]), max_size=60))
numbers = st.decimals(-1_000_000, 1_000_000, allow_nan=False, places=3).map(float)
QUARTER = date(2026, 10, 1)
days = st.integers(0, 50).map(lambda step: (QUARTER + timedelta(days=step)).isoformat())
Item = dict[str, Any]


@st.composite
def key_results(draw: st.DrawFn, key: str, open_: bool) -> Item:
    kind = draw(st.sampled_from(["metric", "percent", "maintain", "binary", "milestones", "rubric", "baseline"]))
    item: Item = {"id": key, "title": draw(titles), "kind": kind, "description": draw(notes)}
    values: st.SearchStrategy[Any] = numbers
    if kind == "metric":
        item |= {"start": draw(numbers), "target": 2_000_000}
    elif kind == "maintain":
        item |= {"low": draw(numbers), "tolerance": 3}
    elif kind == "binary":
        values = st.sampled_from([0, 1])
    elif kind == "rubric":
        values = st.sampled_from([0, 0.3, 0.7, 1])
        item["steps"] = [{"level": 0.3, "text": draw(titles)}, {"level": 1, "text": draw(titles)}]
    elif kind == "milestones":
        item["steps"] = [
            {"title": draw(titles), "weight": weight}
            for weight in draw(st.lists(st.integers(1, 5), min_size=2, max_size=3))
        ]
        values = st.sampled_from([0, 1])
    if draw(st.booleans()):
        item |= {"current": draw(values), "confidence": draw(st.integers(0, 10)), "weight": draw(st.integers(0, 9))}
    if draw(st.booleans()):
        item |= {"score": draw(st.sampled_from([0, 0.43, 1]))}
    if open_:
        item["check_ins"] = draw(st.lists(_check_ins(kind, values), max_size=4))
    return item


@st.composite
def _check_ins(draw: st.DrawFn, kind: str, values: st.SearchStrategy[Any]) -> Item:
    item: Item = {"date": draw(days), "value": draw(values), "note": draw(notes)}
    if kind == "milestones" and draw(st.booleans()):
        del item["value"]
        item["done_steps"] = draw(st.lists(st.sampled_from([0, 1]), max_size=2))
        item["confidence"] = 5
    if draw(st.booleans()):
        item |= {"confidence": draw(st.integers(0, 10)), "draft": draw(st.booleans())}
    if draw(st.booleans()):
        item |= {"status": draw(st.sampled_from(["", "on_track", "at_risk", "off_track"])), "author": "p0"}
    if kind == "baseline":
        item["confirmed"] = draw(st.booleans())
    return item


@st.composite
def companies(draw: st.DrawFn) -> Item:
    people = draw(st.integers(1, 4))
    objectives = []
    for place in range(draw(st.integers(0, 4))):
        state = draw(st.sampled_from(["draft", "active", "dropped", "closed"]))
        one: Item = {
            "id": f"o{place}",
            "cycle": draw(st.sampled_from(["q", "year"] if state != "draft" else ["q", "year", "pool"])),
            "owner": draw(st.sampled_from(["unit:co", "unit:team", *(f"person:p{n}" for n in range(people))])),
            "title": draw(titles),
            "description": draw(notes),
            "state": state,
            "ambition": draw(st.sampled_from(["aspirational", "committed"])),
            "aligned_to": draw(st.lists(st.sampled_from([f"o{n}" for n in range(place)]), max_size=2)) if place else [],
            "key_results": [
                draw(key_results(f"o{place}k{n}", state != "draft")) for n in range(draw(st.integers(0, 3)))
            ],
            "actions": [{"id": f"o{place}a", "title": draw(titles), "owner": "person:p0", "due": draw(days)}],
        }
        if state == "dropped":
            one["dropped_reason"] = "because"
        if state != "draft" and draw(st.booleans()):
            one["published"] = draw(days)
        objectives.append(one)
    return {
        "tandem": 1,
        "organization": {"name": draw(titles), "locale": "zh-hans"},
        "cycles": [
            {"id": "q", "name": draw(titles), "start": "2026-10-01", "end": "2026-12-31", "phase": "run"},
            {"id": "year", "name": "2026", "start": "2026-01-01", "end": "2026-12-31", "rhythm": "monthly"},
            {"id": "pool", "name": "Backlog", "kind": "backlog"},
        ],
        "units": [
            {"id": "team", "name": draw(titles), "parent": "co"},
            {"id": "co", "name": draw(titles), "kind": "company", "parent": None, "archived": draw(st.none() | days)},
        ],
        "people": [
            {
                "id": f"p{n}",
                "name": draw(titles),
                "unit": draw(st.sampled_from([None, "co", "team"])),
                "manager": f"p{n - 1}" if n else None,
            }
            for n in range(people)
        ],
        "objectives": objectives,
    }


@pytest.mark.usefixtures("_late_november")
class TestGeneratedCompanies(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(companies())
    def test_round_trip(self, company: Item) -> None:
        write(company)
        first = exported()
        assert changed(write(first)) == {}
        as_yaml = exported("yaml")
        assert changed(write(as_yaml, "plan.yaml")) == {}
        assert list(checking.faults()) == []
        empty()
        write(as_yaml, "plan.yaml")
        assert exported() == first
        assert exported("yaml") == as_yaml
        assert list(checking.faults()) == []
        empty()


@pytest.fixture
def _late_november(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T10:00:00Z")


@pytest.mark.django_db
@pytest.mark.usefixtures("_late_november")
def test_one_cycle_takes_along_what_its_goals_align_to() -> None:
    def bend(plan: dict[str, Any]) -> None:
        plan["cycles"].append({"id": "year", "name": "2026", "start": "2026-01-01", "end": "2026-12-31"})
        plan["objectives"] += [
            {"id": "y1", "cycle": "year", "owner": "unit:co", "title": "The year"},
            {"id": "y2", "cycle": "year", "owner": "unit:co", "title": "Something else"},
        ]
        plan["objectives"][0]["aligned_to"] = ["y1"]

    write(small(bend))
    text = exported(cycle="q")
    assert [one["id"] for one in json.loads(text)["objectives"]] == ["o1", "o2", "y1"]
    assert changed(write(text)) == {}
    empty()
    write(text)
    assert exported(cycle="q") == text
