"""Stored numbers of many goal sets at once: the same arithmetic as for one, in a fixed number of statements."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from tandem.core.bulk import chunks, update_rows
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.commands.history import FOLLOWS, set_from_history
from tandem.okr.commands.kept import follow_agreement
from tandem.okr.commands.numbers import (
    KEY_RESULT_ROW,
    OBJECTIVE_NUMBERS,
    OBJECTIVE_ROW,
    SET_NUMBERS,
    compute,
    recount_branches,
)
from tandem.okr.models import CheckIn, GoalSet, KeyResult, Objective


def recount_key_results(pks: Iterable[int]) -> None:
    """Set all that follows from the histories of these key results."""
    for chunk in chunks(pks):
        rows = list(KeyResult.objects.filter(pk__in=chunk).select_related("objective__goal_set__cycle"))
        history: dict[int, list[CheckIn]] = {}
        for one in CheckIn.objects.filter(key_result__in=chunk, is_draft=False, withdrawn_at=None):
            history.setdefault(one.key_result_id, []).append(one)
        for row in rows:
            set_from_history(row, history.get(row.pk, []))
        update_rows(rows, FOLLOWS)


def set_new_numbers(prepared: GoalsImport) -> None:
    """The numbers of new goal sets and their objectives, from the rows at hand."""
    own = {goals.pk for goals in prepared.new_sets}
    rows: dict[int, list[dict[str, Any]]] = {}
    measured: dict[int, list[dict[str, Any]]] = {}
    for one in prepared.new_objectives.values():
        if one.goal_set_id in own:
            names = ("pk", "weight", "state", "archived_on", "visibility", "ambition", "category")
            rows.setdefault(one.goal_set_id, []).append({name: getattr(one, name) for name in names})
    for result in prepared.new_key_results.values():
        home = result.objective.goal_set_id
        if home in own and result.archived_on is None:
            measured.setdefault(home, []).append({name: getattr(result, name) for name in KEY_RESULT_ROW})
    numbers: dict[int, dict[str, Any]] = {}
    for goals in prepared.new_sets:
        found = compute(goals, rows.get(goals.pk, []), measured.get(goals.pk, []))
        goals.__dict__.update(found.own)
        numbers.update(found.objectives)
    for one in prepared.new_objectives.values():
        one.__dict__.update(numbers.get(one.pk, {}))


def refresh_sets(pks: Iterable[int]) -> None:
    """Bring the numbers of these goal sets and their objectives up to date, then every branch once."""
    for chunk in chunks(pks):
        agreed = GoalSet.objects.filter(pk__in=chunk).exclude(agreement="")
        for goals in agreed.select_related(*GoalSet.read_with):
            follow_agreement(goals)
        _recount(chunk, frozen=False)
    recount_branches()


def count_anew(*, frozen: bool) -> None:
    """Every stored number from the rows below it: for a version that stores more of them than the one before.

    `frozen`: closed cycles had their objectives' own numbers frozen already, which stay as they were.
    """
    with transaction.atomic():
        for chunk in chunks(list(GoalSet.objects.order_by("pk").values_list("pk", flat=True))):
            _recount(chunk, frozen=frozen)
        recount_branches()


def _recount(chunk: list[int], *, frozen: bool) -> None:
    """The numbers of these goal sets and their objectives: three reads, and only what changed is written."""
    sets = list(GoalSet.objects.filter(pk__in=chunk).select_related("cycle"))
    below = _gathered(Objective.objects.filter(goal_set__in=chunk).values("goal_set_id", *OBJECTIVE_ROW), "goal_set_id")
    results = KeyResult.objects.filter(objective__goal_set__in=chunk, archived_on=None)
    measured = _gathered(results.values("objective__goal_set_id", *KEY_RESULT_ROW), "objective__goal_set_id")
    objectives: list[Objective] = []
    changed: list[GoalSet] = []
    for goals in sets:
        rows = below.get(goals.pk, [])
        found = compute(goals, rows, measured.get(goals.pk, []), frozen=frozen and goals.cycle.is_closed)
        for row in rows:
            new = found.objectives[row["pk"]]
            if any(row[name] != new[name] for name in OBJECTIVE_NUMBERS):
                objectives.append(Objective(pk=row["pk"], **new))
        if any(getattr(goals, name) != found.own[name] for name in SET_NUMBERS):
            for name in SET_NUMBERS:
                setattr(goals, name, found.own[name])
            changed.append(goals)
    update_rows(objectives, OBJECTIVE_NUMBERS)
    update_rows(changed, SET_NUMBERS)


def _gathered(rows: Iterable[dict[str, Any]], name: str) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found
