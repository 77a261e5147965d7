"""Stored numbers, told again from nothing: what the rows should say, computed the long way and compared.

Written apart from `okr.commands.numbers` on purpose: one objective, one unit at a time, no differences
carried along, so that a mistake there cannot repeat itself here.
"""

import re
from collections import Counter
from contextlib import contextmanager
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import transaction

from tandem.activity.events import VERBS
from tandem.activity.models import Event
from tandem.core.errors import Refusal
from tandem.cycles.rules import first_due, next_due
from tandem.okr import rules
from tandem.okr.models import Agreement, CheckIn, GoalSet, KeyResult, Objective, UnitNumbers
from tandem.okr.models.numbers import COUNTED
from tandem.people.actors import SYSTEM
from tandem.people.models import Unit
from tandem.search.queries import faults_of_index
from tests.coverage_proof import faults_of_coverage


def assert_numbers_true() -> None:
    """Every stored number equals its recomputation; says which row and which number when not."""
    wrong: list[str] = []
    for key_result in KeyResult.objects.select_related(*KeyResult.read_with):
        wrong += _differences(f"key result {key_result.pk}", key_result, of_key_result(key_result))
    for objective in Objective.objects.select_related(*Objective.read_with):
        wrong += _differences(f"objective {objective.pk}", objective, of_objective(objective))
    sets = {goals: of_set(goals) for goals in GoalSet.objects.all()}
    for goals, numbers in sets.items():
        wrong += _differences(f"goal set {goals.pk}", goals, numbers)
    wrong += _branches(sets)
    wrong += faults_of_index(SYSTEM)
    wrong += faults_of_coverage()
    assert not wrong, "\n".join(wrong)


def _differences(name: str, row: Any, numbers: dict[str, Any]) -> list[str]:
    return [
        f"{name}: {field} is {getattr(row, field)}, should be {value}"
        for field, value in numbers.items()
        if getattr(row, field) != value
    ]


def of_key_result(key_result: KeyResult) -> dict[str, Any]:
    rows = list(CheckIn.objects.filter(key_result=key_result, is_draft=False, withdrawn_at=None))
    rows.sort(key=lambda one: (one.on, one.written_at, one.pk))
    values = [(one.value, one.confirmed) for one in rows if one.value is not None]
    value, confirmed = values[-1] if values else (key_result.given, True)
    feelings = [one.confidence for one in rows if one.confidence is not None]
    share = key_result.measure.progress(value, confirmed=confirmed)
    return {
        "current": value,
        "progress": rules.stored(share),
        "confidence": feelings[-1] if feelings else key_result.given_confidence,
        "status": rows[-1].status if rows else "",
        "last_on": rows[-1].on if rows else None,
        "check_ins_count": len(rows),
        "next_due_on": _due(key_result, sorted({one.on for one in rows})),
    }


def _due(key_result: KeyResult, days: list[date]) -> date | None:
    objective, cycle = key_result.objective, key_result.objective.cycle
    if objective.state != "active" or cycle.start is None or objective.published_on is None:
        return None
    begin = max(cycle.start, objective.published_on, key_result.added_on)
    due = first_due(cycle.start, begin, cycle.rhythm, cycle.weekday)
    for day in days:
        due = next_due(due, day, cycle.rhythm)
    return due if due <= cycle.end else None


def of_objective(objective: Objective) -> dict[str, Any]:
    living = list(KeyResult.objects.filter(objective=objective, archived_on=None))
    with_data = [one for one in living if one.progress is not None]
    feelings = [one.confidence for one in living if one.confidence is not None]
    tenth = Decimal("0.1")
    return {
        "progress": _mean([(one.progress, one.weight) for one in with_data]),
        "key_results_count": len(living),
        "with_data": len(with_data),
        "confidence": (Decimal(sum(feelings)) / len(feelings)).quantize(tenth, ROUND_HALF_UP) if feelings else None,
        "status": rules.combined((one.status, one.weight) for one in living),
        **_scores(objective, [one for one in living if one.score is not None]),
    }


def _rounded(scores: list[tuple[Any, Decimal]]) -> Decimal | None:
    mean = _mean(scores)
    return None if mean is None else mean.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _scores(objective: Objective, scored: list[KeyResult]) -> dict[str, Any]:
    score = _rounded([(one.score, one.weight) for one in scored])
    steps = {"aspirational": ("0.4", "0.7"), "committed": ("0.7", "1.0")}[objective.ambition]
    band = "" if score is None else ("red", "yellow", "green")[sum(score >= Decimal(step) for step in steps)]
    return {"score": score, "band": band, "scored_late": any(one.scored_late for one in scored)}


def _mean(shares: list[tuple[Any, Decimal]]) -> Decimal | None:
    """Σ w·p ÷ Σ w with every p held within 0…1."""
    if not shares:
        return None
    if not any(weight for _share, weight in shares):
        shares = [(share, Decimal(1)) for share, _weight in shares]
    held = sum(min(Decimal(1), max(Decimal(0), share)) * weight for share, weight in shares)
    return (held / sum(weight for _share, weight in shares)).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def of_set(goals: GoalSet) -> dict[str, Any]:
    living = list(Objective.objects.filter(goal_set=goals, archived_on=None, visibility="company"))
    active = [one for one in living if one.state in ("active", "closed")]
    results = list(KeyResult.objects.filter(objective__in=active, archived_on=None))
    counts: Counter[str] = Counter(drafts=sum(one.state == "draft" for one in living), objectives=len(active))
    counts["growth"] = sum(one.category == "growth" for one in active)
    newest = Agreement.objects.filter(goal_set=goals).order_by("pk").last()
    if newest is not None:
        counts[f"hands_{newest.state}"] = 1
    counts["key_results"] = len(results)
    counts["with_data"] = sum(one.progress is not None for one in results)
    for objective in active:
        if objective.progress is not None:
            counts[f"progress_{min(9, int(objective.progress * 10))}"] += 1
    for one in results:
        if one.confidence is not None:
            counts.update({"confidence_sum": one.confidence, "confidence_count": 1, f"confidence_{one.confidence}": 1})
    if goals.owner_person_id is not None:
        counts["people_drafted"] = int(counts["drafts"] + counts["objectives"] > 0)
        counts["people_published"] = int(counts["objectives"] > 0)
        counts["people_checked_in"] = int(any(one.last_on for one in results))
    counts["dropped"] = sum(one.state == "dropped" for one in living)
    counts["key_results_scored"] = sum(one.score is not None for one in results)
    counts["owners"] = int(bool(results))
    counts["owners_scored"] = int(bool(results) and all(one.score is not None for one in results))
    for one in (goal for goal in active if goal.score is not None):
        counts.update(scored=1, late=int(one.scored_late))
        counts.update([f"{one.ambition}_{int(one.score * 10)}", f"{one.ambition}_{one.band}"])
    return {
        **{name: counts[name] for name in COUNTED},
        "progress": _mean([(one.progress, one.weight) for one in active if one.progress is not None]),
        "restricted": Objective.objects.filter(goal_set=goals, archived_on=None).exclude(visibility="company").count(),
        "score": _rounded([(one.score, one.weight) for one in active if one.score is not None]),
        "updated_on": max((one.last_on for one in results if one.last_on), default=None),
        "next_due_on": min((one.next_due_on for one in results if one.next_due_on), default=None),
    }


def _branches(sets: dict[GoalSet, dict[str, Any]]) -> list[str]:
    """Each unit's row is the sum over the sets that lie in its branch; a row that is not there says 0."""
    above = {unit.pk: unit.parent_id for unit in Unit.objects.all()}
    totals: dict[tuple[int, int | None], Counter[str]] = {}
    for goals, numbers in sets.items():
        place: int | None = goals.unit_id
        branch: list[int | None] = [None]
        while place is not None:
            branch.append(place)
            place = above[place]
        for unit in branch:
            totals.setdefault((goals.cycle_id, unit), Counter()).update({name: numbers[name] for name in COUNTED})
    stored = {(one.cycle_id, one.unit_id): one.counts() for one in UnitNumbers.objects.all()}
    nothing = dict.fromkeys(COUNTED, 0)
    return [
        f"cycle {key[0]}, unit {key[1]}: {name} is {stored.get(key, nothing)[name]}, should be {totals[key][name]}"
        for key in totals | stored
        for name in COUNTED
        if stored.get(key, nothing)[name] != totals.get(key, nothing)[name]
    ]


def assert_events_read_well() -> None:
    """Every event's sentence finds what it names: a verb of its own, and no place left as a dash."""
    for event in Event.objects.all():
        assert event.verb in VERBS, event.verb
        places = set(re.findall(r"%\((\w+)\)s", str(VERBS[event.verb].sentence))) - {"actor"}
        assert places <= event.data.keys(), f"{event.verb} has no {places - event.data.keys()}"


@contextmanager
def refused(status: int, *, field: str | None = None, code: str | None = None) -> Any:
    """The block is refused with this status (field, code), and nothing it wrote is left."""
    before = Event.objects.count()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        yield caught
    answer = caught.value
    assert answer.status == status, answer.message
    assert answer.message
    if field is not None:
        assert answer.field == field, answer.message
    if code is not None:
        assert answer.code == code
    assert Event.objects.count() == before


@contextmanager
def records(*verbs: str) -> Any:
    """The block records exactly these events, in this order."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    told = Event.objects.filter(pk__gt=last).order_by("pk").values_list("verb", flat=True)
    assert tuple(told) == verbs
