"""Files that cannot be applied: each fault has a path and words, and nothing is half done."""

import json
from typing import Any

import pytest
from django.db.models import Model

from tandem.activity.models import Event
from tandem.cycles.models import Cycle
from tandem.okr.models import Objective
from tandem.people.models import Person, Unit
from tests.plan.company import Bend, refusals, small, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_late_november")]
TEXT = json.dumps(small())


@pytest.fixture
def _late_november(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T10:00:00Z")


def first(plan: dict[str, Any]) -> dict[str, Any]:
    return plan["objectives"][0]["key_results"][0]  # type: ignore[no-any-return]


def _set(path: str, value: Any) -> Bend:
    """Bend the company at a path like `objectives.0.title`; `…` takes the key away."""

    def bend(plan: dict[str, Any]) -> None:
        *way, last = path.split(".")
        place: Any = plan
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        if value is ...:
            del place[last]
        elif isinstance(place, list):
            place.insert(int(last), value)
        else:
            place[last] = value

    return bend


UNREADABLE = {
    "empty": b"",
    "truncated": TEXT[: len(TEXT) // 2].encode(),
    "cut in a key": b'{"tandem": 1, "cyc',
    "not json": b"{tandem: [}",
    "latin-1": TEXT.replace("Ada", "Ad\xe0").encode("latin-1")
    if "Ad\xe0" in TEXT
    else '{"tandem": "\xe0"}'.encode("latin-1"),
    "utf-16": TEXT.encode("utf-16"),
    "key twice": b'{"tandem": 1, "tandem": 1, "cycles": [], "units": []}',
    "key twice below": b'{"tandem": 1, "cycles": [{"id": "a", "id": "b", "name": "c"}], "units": []}',
    "deep": b"[" * 100_000,
    "deep and closed": b'{"tandem":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "binary": bytes(range(256)),
    "a list": b"[]",
    "null": b"null",
    "a word": b'"tandem"',
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_plan_is_refused_in_a_line(name: str) -> None:
    found = refusals(UNREADABLE[name])
    assert found
    assert all("\n" not in message for message in found.values())
    _nothing_there()


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
YAML = {
    "bomb": (BOMB, "line 1"),
    "alias": ("tandem: 1\ncycles: *x\n", "line 2"),
    "tag": ("tandem: 1\ncycles: !!python/object/apply:os.system [ls]\n", "line 2"),
    "local tag": ("tandem: !odd 1\n", "line 1"),
    "tabs": ("tandem: 1\n\tcycles: []\n", "line 2"),
    "two documents": ("tandem: 1\n---\ntandem: 1\n", "line 2"),
    "key twice": ("tandem: 1\ntandem: 1\n", "tandem"),
    "number as key": ("1: 2\n", "line 1"),
    "list as key": ("[a]: 2\n", "line 1"),
    "deep": ("a: " + "[" * 1000 + "]" * 1000, "line 1"),
    "unclosed": ("a: [1, 2", "line 2"),
    "control character": ("tandem: \x01", "line 1"),
}


@pytest.mark.parametrize("name", YAML)
def test_yaml_beyond_plain_values_is_refused_by_line(name: str) -> None:
    text, path = YAML[name]
    assert path in refusals(text, "plan.yaml")


def test_large_yaml_says_to_use_json() -> None:
    found = refusals("tandem: 1\nsource: " + "x" * 20_000_001, "plan.yaml")
    assert "JSON" in found[""]


FAULTS: dict[str, tuple[Bend, str]] = {
    "no version": (_set("tandem", ...), "tandem"),
    "other version": (_set("tandem", 2), "tandem"),
    "version as text": (_set("tandem", "1"), "tandem"),
    "units missing": (_set("units", ...), "units"),
    "units an object": (_set("units", {}), "units"),
    "unknown key at the top": (_set("goals", []), "goals"),
    "unknown key below": (_set("objectives.0.key_results.0.targt", 3), "objectives[0].key_results[0].targt"),
    "item not an object": (_set("objectives.0", "o"), "objectives[0]"),
    "title missing": (_set("objectives.0.title", ...), "objectives[0].title"),
    "title a number": (_set("objectives.0.title", 5), "objectives[0].title"),
    "title empty": (_set("objectives.0.title", " \t "), "objectives[0].title"),
    "title too long": (_set("objectives.0.title", "x" * 501), "objectives[0].title"),
    "half a character": (_set("objectives.0.title", "\ud800"), "objectives[0].title"),
    "id a number": (_set("units.0.id", 7), "units[0].id"),
    "id empty": (_set("units.0.id", ""), "units[0].id"),
    "id too long": (_set("units.0.id", "x" * 201), "units[0].id"),
    "owner without a kind": (_set("objectives.0.owner", "eng"), "objectives[0].owner"),
    "unknown owner": (_set("objectives.0.owner", "unit:no"), "objectives[0].owner"),
    "unknown cycle": (_set("objectives.0.cycle", "no"), "objectives[0].cycle"),
    "unknown parent": (_set("units.1.parent", "no"), "units[1].parent"),
    "unknown unit": (_set("people.0.unit", "no"), "people[0].unit"),
    "unknown second unit": (_set("people.0.units", ["no"]), "people[0].units[0]"),
    "unknown manager": (_set("people.0.manager", "no"), "people[0].manager"),
    "unknown alignment": (_set("objectives.0.aligned_to", ["no"]), "objectives[0].aligned_to[0]"),
    "unknown co-owner": (_set("objectives.0.co_owners", ["no"]), "objectives[0].co_owners[0]"),
    "unknown author": (
        _set("objectives.0.key_results.0.check_ins.0.author", "no"),
        "objectives[0].key_results[0].check_ins[0].author",
    ),
    "unknown key result": (_set("objectives.0.actions.0.key_result", "no"), "objectives[0].actions[0].key_result"),
    "action of a unit": (_set("objectives.0.actions.0.owner", "unit:eng"), "objectives[0].actions[0].owner"),
    "owner is co-owner": (_set("objectives.1.co_owners", ["ada"]), "objectives[1].co_owners"),
    "aligned to itself": (_set("objectives.0.aligned_to", ["o1"]), "objectives[0].aligned_to[0]"),
    "aligned to its own key result": (_set("objectives.0.aligned_to", ["k1"]), "objectives[0].aligned_to[0]"),
    "loop of alignments": (_set("objectives.0.aligned_to", ["o2"]), "objectives[0].aligned_to"),
    "loop of units": (_set("units.0.parent", "eng"), "units[0].parent"),
    "unit below itself": (_set("units.0.parent", "co"), "units[0].parent"),
    "loop of managers": (_set("people.0.manager", "bob"), "people[0].manager"),
    "cycles apart": (_set("objectives.1.cycle", "old"), "objectives[1].aligned_to[0]"),
    "two leads": (
        lambda plan: plan["people"][1].update(lead=True),
        "people[1].lead",
    ),
    "lead without a unit": (_set("people.0.unit", ...), "people[0].lead"),
    "unit twice": (_set("units.2", {"id": "eng", "name": "x"}), "units[2].id"),
    "objective twice": (_set("objectives.2", small()["objectives"][1]), "objectives[2].id"),
    "key result twice": (
        _set("objectives.1.key_results", [{"id": "k1", "title": "x"}]),
        "objectives[1].key_results[0].id",
    ),
    "action twice": (_set("objectives.1.actions", [{"id": "a1", "title": "x"}]), "objectives[1].actions[0].id"),
    "address twice": (_set("people.1.email", "ADA@example.com"), "people[1].email"),
    "no address": (_set("people.1.email", "ada at home"), "people[1].email"),
    "dates reversed": (_set("cycles.0.end", "2026-09-01"), "cycles[0].end"),
    "no end": (_set("cycles.0.end", ...), "cycles[0].end"),
    "no such day": (_set("cycles.0.end", "2026-02-30"), "cycles[0].end"),
    "day written otherwise": (_set("cycles.0.end", "31.12.2026"), "cycles[0].end"),
    "day a number": (_set("cycles.0.end", 20261231), "cycles[0].end"),
    "backlog with days": (_set("cycles.2.start", "2026-01-01"), "cycles[2].start"),
    "unknown phase": (_set("cycles.0.phase", "dreaming"), "cycles[0].phase"),
    "unknown kind of unit": (_set("units.0.kind", "guild"), "units[0].kind"),
    "unknown kind": (_set("objectives.0.key_results.0.kind", "vibes"), "objectives[0].key_results[0].kind"),
    "unknown state": (_set("objectives.0.state", "asleep"), "objectives[0].state"),
    "unknown role": (_set("people.0.roles", ["king"]), "people[0].roles"),
    "unknown language": (_set("people.0.language", "tlh"), "people[0].language"),
    "unknown time zone": (_set("organization", {"timezone": "Mars/Base"}), "organization.timezone"),
    "start is target": (_set("objectives.0.key_results.0.target", 30), "objectives[0].key_results[0].target"),
    "no target": (_set("objectives.0.key_results.0.target", ...), "objectives[0].key_results[0].target"),
    "beyond sense": (_set("objectives.0.key_results.0.target", 1e30), "objectives[0].key_results[0].target"),
    "very many digits": (_set("objectives.0.key_results.0.target", 10**500), "objectives[0].key_results[0].target"),
    "too fine": (_set("objectives.0.key_results.0.target", 0.00000001), "objectives[0].key_results[0].target"),
    "not a number": (_set("objectives.0.key_results.0.target", float("nan")), "objectives[0].key_results[0].target"),
    "infinite": (_set("objectives.0.key_results.0.target", float("-inf")), "objectives[0].key_results[0].target"),
    "number in quotes": (_set("objectives.0.key_results.0.target", "45"), "objectives[0].key_results[0].target"),
    "true as a number": (_set("objectives.0.key_results.0.target", True), "objectives[0].key_results[0].target"),
    "negative weight": (_set("objectives.0.weight", -1), "objectives[0].weight"),
    "confidence 11": (_set("objectives.0.key_results.1.confidence", 11), "objectives[0].key_results[1].confidence"),
    "confidence 5.5": (_set("objectives.0.key_results.1.confidence", 5.5), "objectives[0].key_results[1].confidence"),
    "score 2": (_set("objectives.0.key_results.1.score", 2), "objectives[0].key_results[1].score"),
    "half done binary": (
        lambda plan: plan["objectives"][0]["key_results"][1].update(kind="binary", current=0.5),
        "objectives[0].key_results[1].current",
    ),
    "milestones without steps": (
        _set("objectives.0.key_results.1.kind", "milestones"), "objectives[0].key_results[1].steps",
    ),
    "unknown key in a step": (
        lambda plan: plan["objectives"][0]["key_results"][1].update(kind="milestones", steps=[{"titel": "x"}]),
        "objectives[0].key_results[1].steps[0].titel",
    ),
    "check-in tomorrow": (
        _set("objectives.0.key_results.0.check_ins.0.date", "2026-11-23"),
        "objectives[0].key_results[0].check_ins[0].date",
    ),
    "check-in long before": (
        _set("objectives.0.key_results.0.check_ins.0.date", "2020-01-01"),
        "objectives[0].key_results[0].check_ins[0].date",
    ),
    "check-in says nothing": (
        lambda plan: first(plan)["check_ins"].append({"date": "2026-11-01"}),
        "objectives[0].key_results[0].check_ins[3].value",
    ),
    "check-in on a draft": (
        lambda plan: plan["objectives"][0].update(state="draft", published=None),
        "objectives[0].key_results[0].check_ins[0]",
    ),
    "active in the backlog": (
        lambda plan: plan["objectives"][1].update(cycle="pool", state="active", published=None), "objectives[1].state",
    ),
    "dropped without a reason": (_set("objectives.1.state", "dropped"), "objectives[1].dropped_reason"),
    "a published draft": (_set("objectives.1.state", "draft"), "objectives[1].published"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_has_its_path(name: str) -> None:
    bend, path = FAULTS[name]
    found = refusals(small(bend))
    assert path in found, found
    assert len(found[path]) > 5
    _nothing_there()


def test_all_faults_in_one_go() -> None:
    def bend(plan: dict[str, Any]) -> None:
        for name in ("unknown key below", "unknown cycle", "no such day", "two leads", "unknown kind of unit"):
            FAULTS[name][0](plan)
        first(plan)["check_ins"][0]["confidence"] = "high"

    found = refusals(small(bend))
    assert {
        "objectives[0].key_results[0].targt", "objectives[0].cycle", "cycles[0].end", "people[1].lead", "units[0].kind",
        "objectives[0].key_results[0].check_ins[0].confidence",
    } <= found.keys()  # fmt: skip


def test_faults_are_told_in_chinese() -> None:
    from django.utils import translation

    with translation.override("zh-hans"):
        found = refusals(small(_set("objectives.0.title", 5)))
    assert found.keys() == {"objectives[0].title"}


def test_a_fault_changes_nothing_of_what_is_there() -> None:
    write(small())
    events = Event.objects.count()
    assert refusals(small(lambda plan: (plan["units"][0].update(name="New"), first(plan).update(target=30))))
    assert Unit.objects.get(key="co").name == "Company"
    assert Event.objects.count() == events


def test_html_and_control_characters_are_text() -> None:
    write(small(_set("objectives.0.title", "<script>alert(1)</script> \x00\x07& more")))
    assert Objective.objects.get(key="o1").title == "<script>alert(1)</script> & more"


def test_remarks_and_source_are_let_through() -> None:
    def bend(plan: dict[str, Any]) -> None:
        plan["source"] = {"anything": [1, {"x": None}]}
        plan["x-note"] = {"a": 1}
        first(plan)["x-old-id"] = 5

    assert not refusals(small(bend))


def _nothing_there() -> None:
    models: list[type[Model]] = [Cycle, Unit, Person, Objective, Event]
    assert not any(model._default_manager.exists() for model in models)
