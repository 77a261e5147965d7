"""Proof of the stored numbers: each is computed anew from what lies below it, and every rule is tried again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.bulk import chunks
from tandem.core.errors import Invalid
from tandem.okr.commands.coverage import COUNTS, true_coverage
from tandem.okr.commands.fields import check_measure
from tandem.okr.commands.following import fell_behind
from tandem.okr.commands.history import FOLLOWS, set_from_history
from tandem.okr.commands.numbers import (
    KEY_RESULT_ROW,
    OBJECTIVE_NUMBERS,
    OBJECTIVE_ROW,
    SET_NUMBERS,
    branch_counts,
    compute,
    home_of,
)
from tandem.okr.models import (
    Alignment,
    CheckIn,
    GoalSet,
    KeyResult,
    Objective,
    ObjectiveState,
    UnitCoverage,
    UnitNumbers,
)
from tandem.okr.models.numbers import COUNTED
from tandem.okr.queries.agreed import faults_of_agreements
from tandem.people.actors import Actor
from tandem.people.rules import first_ring

SETS = 200
"""Goal sets at hand at a time: memory does not grow with the company."""


def faults_of_goals(_actor: Actor, done: Callable[[int], object] = lambda _sets: None) -> Iterator[str]:
    """A sentence for everything that is not as it should be; `done` hears how many goal sets were looked at."""
    for pks in chunks(list(GoalSet.objects.order_by("pk").values_list("pk", flat=True)), SETS):
        yield from _faults_of_sets(pks)
        yield from faults_of_agreements(pks)
        done(len(pks))
    yield from _faults_of_branches()
    yield from faults_of_coverage()
    yield from _faults_of_following()
    yield from _loops()


def count_sets(_actor: Actor) -> int:
    return GoalSet.objects.count()


def _faults_of_sets(pks: list[int]) -> Iterator[str]:
    objectives = list(Objective.objects.filter(goal_set__in=pks).select_related("goal_set__cycle"))
    results = list(KeyResult.objects.filter(objective__goal_set__in=pks))
    history: dict[int, list[CheckIn]] = {}
    for one in CheckIn.objects.filter(key_result__objective__goal_set__in=pks, is_draft=False, withdrawn_at=None):
        history.setdefault(one.key_result_id, []).append(one)
    by_key = {one.pk: one for one in objectives}
    for result in results:
        result.objective = by_key[result.objective_id]
        yield from _faults_of_key_result(result, history.get(result.pk, []))
    for objective in objectives:
        yield from _faults_of_state(objective)
    sets = GoalSet.objects.filter(pk__in=pks).select_related("cycle", "owner_person", "owner_unit").order_by("pk")
    for goals in sets:
        yield from _faults_of_set(
            goals,
            [one for one in objectives if one.goal_set_id == goals.pk],
            [one for one in results if one.objective.goal_set_id == goals.pk and one.archived_on is None],
        )


def _faults_of_key_result(result: KeyResult, history: list[CheckIn]) -> Iterator[str]:
    """Leaves the true numbers in the row, for what is computed above it."""
    place = _("key result %(key)s") % {"key": result.key}
    try:
        check_measure(result)
    except Invalid as refusal:
        yield f"{place}: {refusal.message}"
        return
    if result.score is not None and not 0 <= result.score <= 1:
        yield f"{place}: " + _("A score is a number from 0 to 1.")
    if result.score is None and (result.scored_late or result.score_reason):
        yield f"{place}: " + _("It says why or when it was scored, and has no score.")
    if result.objective.cycle.is_closed:
        return  # frozen: what the rules say today is no measure of it
    stored = {name: getattr(result, name) for name in FOLLOWS}
    set_from_history(result, history)
    yield from _differences(place, stored, {name: getattr(result, name) for name in FOLLOWS}, FOLLOWS)


def _faults_of_state(objective: Objective) -> Iterator[str]:
    place = _("objective %(key)s") % {"key": objective.key}
    if objective.cycle.is_backlog and objective.state in (ObjectiveState.ACTIVE, ObjectiveState.CLOSED):
        yield f"{place}: " + _("The backlog holds drafts only; move it to a cycle first.")
    if objective.state == ObjectiveState.ACTIVE and objective.published_on is None:
        yield f"{place}: " + _("It is active but was never published.")


def _faults_of_set(goals: GoalSet, objectives: list[Objective], results: list[KeyResult]) -> Iterator[str]:
    names = OBJECTIVE_ROW
    rows = [{name: getattr(one, name) for name in names} for one in objectives]
    measured = [{name: getattr(one, name) for name in KEY_RESULT_ROW} for one in results]
    found = compute(goals, rows, measured, frozen=goals.cycle.is_closed)
    for one, row in zip(objectives, rows, strict=True):
        place = _("objective %(key)s") % {"key": one.key}
        yield from _differences(place, row, found.objectives[one.pk], OBJECTIVE_NUMBERS)
    place = _("goals of %(owner)s in %(cycle)s") % {"owner": goals.owner_name, "cycle": goals.cycle.name}
    stored = {name: getattr(goals, name) for name in SET_NUMBERS}
    yield from _differences(place, stored, found.own, SET_NUMBERS)
    owner = goals.owner_person or goals.owner_unit
    if owner is not None and not goals.cycle.is_closed and goals.unit_id != home_of(owner):
        yield f"{place}: " + _("They count in another unit than the owner’s.")


def _differences(place: str, stored: dict[str, Any], true: dict[str, Any], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if stored[name] != true[name]:
            told = {"name": name, "stored": stored[name], "true": true[name]}
            yield f"{place}: " + _("%(name)s is stored as %(stored)s and should be %(true)s") % told


def _faults_of_following() -> Iterator[str]:
    """What was handed in lately waits for the next look; what has not been carried over by now is a fault."""
    for one in fell_behind():
        yield _("key result %(key)s does not say what the readings it follows say") % {"key": one.key}


def _faults_of_branches() -> Iterator[str]:
    true = branch_counts()
    for row in UnitNumbers.objects.select_related("unit", "cycle").iterator(chunk_size=500):
        counts = true.pop((row.cycle_id, row.unit_id), Counter())
        unit = row.unit.name if row.unit is not None else _("the company")
        place = _("numbers of %(unit)s in %(cycle)s") % {"unit": unit, "cycle": row.cycle.name}
        yield from _differences(place, row.counts(), {name: counts.get(name, 0) for name in COUNTED}, COUNTED)
    for (cycle, missing), counts in true.items():
        if any(counts.values()):
            told = {"unit": missing or "–", "cycle": cycle}
            yield _("numbers of unit %(unit)s in cycle %(cycle)s are missing") % told


def faults_of_coverage() -> Iterator[str]:
    true = true_coverage()
    names = [*COUNTS, *(f"own_{name}" for name in COUNTS)]
    for row in UnitCoverage.objects.select_related("unit", "cycle").iterator(chunk_size=500):
        counts = true.pop((row.cycle_id, row.unit_id), Counter())
        unit = row.unit.name if row.unit is not None else _("the company")
        place = _("coverage of %(unit)s in %(cycle)s") % {"unit": unit, "cycle": row.cycle.name}
        stored = {name: getattr(row, name) for name in names}
        yield from _differences(place, stored, {name: counts.get(name, 0) for name in names}, names)
    for (cycle, missing), counts in true.items():
        if any(counts.values()):
            told = {"unit": missing or "–", "cycle": cycle}
            yield _("coverage of unit %(unit)s in cycle %(cycle)s is missing") % told


def _loops() -> Iterator[str]:
    above: dict[int, list[int]] = {}
    for child, parent in Alignment.objects.values_list("child_id", "parent_id").iterator(chunk_size=5000):
        above.setdefault(child, []).append(parent)
    ring = first_ring(above)
    if ring:
        keys = dict(Objective.objects.filter(pk__in=ring).values_list("pk", "key"))
        yield _("A loop of alignments: %(way)s") % {"way": " → ".join(keys[pk] for pk in [*ring, ring[0]])}
