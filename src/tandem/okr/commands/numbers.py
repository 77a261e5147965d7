"""Stored numbers: every command that touches a goal ends here, in its own transaction.

`refresh` reads one goal set, computes its objectives' and its own numbers anew, and carries only the
difference up the branch. `tandem check` computes the same from nothing and compares.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from tandem.core.commands import lock_rows
from tandem.core.numbers import rounded
from tandem.core.one_row import write_row
from tandem.core.rows import Rows
from tandem.okr import rules
from tandem.okr.commands.findable import index_sets
from tandem.okr.commands.history import recount_all
from tandem.okr.commands.kept import follow_agreement
from tandem.okr.models import Category, GoalSet, KeyResult, Objective, ObjectiveState, UnitNumbers, Visibility
from tandem.okr.models.numbers import COUNTED
from tandem.people.queries import is_person, unit_paths

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person, Unit

SCORES = ("score", "band", "scored_late")
ASIDE = {"draft": "drafts", "dropped": "dropped"}
"""States that are counted by themselves and leave all other numbers."""
OBJECTIVE_NUMBERS = (
    "progress",
    "key_results_count",
    "with_data",
    "confidence",
    "status",
    "next_due_on",
    *SCORES,
)
KEY_RESULT_ROW = (
    "objective_id",
    "weight",
    "progress",
    "confidence",
    "status",
    "next_due_on",
    "last_on",
    "score",
    "scored_late",
)
OBJECTIVE_ROW = ("pk", "weight", "state", "archived_on", "visibility", "ambition", "category", *OBJECTIVE_NUMBERS)
SET_NUMBERS = (*COUNTED, "progress", "score", "updated_on", "next_due_on", "restricted")


_objectives_of = Rows(
    lambda *values: dict(zip(OBJECTIVE_ROW, values, strict=True)),
    lambda goals: Objective.objects.filter(goal_set=goals).order_by().values_list(*OBJECTIVE_ROW),
)
_key_results_of = Rows(
    lambda *values: dict(zip(KEY_RESULT_ROW, values, strict=True)),
    lambda goals: (
        KeyResult.objects.filter(objective__goal_set=goals, archived_on=None).order_by().values_list(*KEY_RESULT_ROW)
    ),
)


@dataclass(frozen=True)
class SetNumbers:
    """What a goal set's rows should say: per objective, and for the set."""

    objectives: dict[int, dict[str, Any]]
    own: dict[str, Any]


def refresh(goals: GoalSet, *, late: int | None = None, only_progress: bool = False) -> None:
    """Bring the numbers of a goal set, its objectives and its branch up to date, and the handshake on it.

    In a closed cycle what was frozen stays as it is stored: only the scores of the objective `late` (a key) move.
    `only_progress`: nothing was written that anybody signs (a check-in, a score, a hand).
    """
    if not only_progress:
        follow_agreement(goals)
    rows = _objectives_of(goals=goals.pk)
    results = _key_results_of(goals=goals.pk)
    found = compute(goals, rows, results, frozen=goals.cycle.is_closed, late=late)
    for row in rows:
        new = found.objectives[row["pk"]]
        if any(row[name] != new[name] for name in OBJECTIVE_NUMBERS):
            write_row(Objective, row["pk"], new)
    changed = {name: found.own[name] for name in SET_NUMBERS if getattr(goals, name) != found.own[name]}
    if changed:
        write_row(GoalSet, goals.pk, changed)
        add_to_branch(goals, {name: new - getattr(goals, name) for name, new in changed.items() if name in COUNTED})
        for name, value in changed.items():
            setattr(goals, name, value)


def compute(
    goals: GoalSet,
    objectives: Iterable[dict[str, Any]],
    key_results: Iterable[dict[str, Any]],
    *,
    seen: Collection[int] = (),
    frozen: bool = False,
    late: int | None = None,
) -> SetNumbers:
    """The numbers that follow from a set's rows (`OBJECTIVE_ROW`, `KEY_RESULT_ROW`).

    The set's own are over the goals open to all, and those (keys) `seen`: what is stored is everybody's to read.
    Where they are `frozen`, the objectives' own numbers are those stored, whatever the rules say today.
    """
    below = _by_objective(key_results)
    counts: Counter[str] = Counter()
    of_objectives: dict[int, dict[str, Any]] = {}
    shares: list[tuple[Decimal | None, Decimal]] = []
    scores: list[tuple[Decimal | None, Decimal]] = []
    last: list[date] = []
    due: list[date] = []
    for row in objectives:
        results = below.get(row["pk"], [])
        numbers = _frozen(row, results, late) if frozen else objective_numbers(row, results)
        of_objectives[row["pk"]] = numbers
        if row["archived_on"] is not None:
            continue
        if row["visibility"] != Visibility.COMPANY and row["pk"] not in seen:
            counts["restricted"] += 1
        elif row["state"] in ASIDE:
            counts[ASIDE[row["state"]]] += 1
        else:
            shares.append((numbers["progress"], row["weight"]))
            scores.append((numbers["score"], row["weight"]))
            counts.update(_counted(numbers, results))
            counts["growth"] += row["category"] == Category.GROWTH
            counts.update(_results(row["ambition"], numbers, results))
            last += [one["last_on"] for one in results if one["last_on"]]
            due += [one["next_due_on"] for one in results if one["next_due_on"]]
    _count_owner(goals, counts, checked_in=bool(last))
    own: dict[str, Any] = {name: counts[name] for name in (*COUNTED, "restricted")}
    own |= {"progress": rules.stored(rules.unit_progress(shares)), "score": rules.objective_score(scores)}
    own |= {"updated_on": max(last, default=None), "next_due_on": min(due, default=None)}
    return SetNumbers(of_objectives, own)


def _by_objective(key_results: Iterable[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    below: dict[int, list[dict[str, Any]]] = {}
    for one in key_results:
        below.setdefault(one["objective_id"], []).append(one)
    return below


def _count_owner(goals: GoalSet, counts: Counter[str], *, checked_in: bool) -> None:
    """Where the owner stands: drafted, published, checked in (people); and scored, shaken hands (units too)."""
    if goals.owner_person_id is not None:
        counts["people_drafted"] = int(counts["drafts"] + counts["objectives"] > 0)
        counts["people_published"] = int(counts["objectives"] > 0)
        counts["people_checked_in"] = int(checked_in)
    if goals.agreement:
        counts[f"hands_{goals.agreement}"] = 1
    counts["owners"] = int(counts["key_results"] > 0)
    counts["owners_scored"] = int(0 < counts["key_results"] == counts["key_results_scored"])


def _frozen(row: dict[str, Any], results: list[dict[str, Any]], late: int | None) -> dict[str, Any]:
    stored = {name: row[name] for name in OBJECTIVE_NUMBERS}
    return {**stored, **_scores(row, results)} if row["pk"] == late else stored


def _scores(row: dict[str, Any], results: list[dict[str, Any]]) -> dict[str, Any]:
    """An objective's score, its band, and whether some of it came late."""
    score = rules.objective_score((one["score"], one["weight"]) for one in results)
    return {
        "score": score,
        "band": "" if score is None else rules.band(score, row["ambition"]),
        "scored_late": any(one["scored_late"] for one in results),
    }


def _results(ambition: str, numbers: dict[str, Any], results: list[dict[str, Any]]) -> Counter[str]:
    """What an objective adds to the counts of how it ended."""
    counts = Counter(key_results_scored=sum(one["score"] is not None for one in results))
    if numbers["score"] is not None:
        counts["scored"] = 1
        counts["late"] = int(numbers["scored_late"])
        counts[f"{ambition}_{int(numbers['score'] * 10)}"] = 1
        counts[f"{ambition}_{numbers['band']}"] = 1
    return counts


def objective_numbers(row: dict[str, Any], results: list[dict[str, Any]]) -> dict[str, Any]:
    """An objective's stored numbers from its row and its key results' rows."""
    feelings = [one["confidence"] for one in results if one["confidence"] is not None]
    mean = rounded(Decimal(sum(feelings)) / len(feelings), 1) if feelings else None
    shares = [(one["progress"], one["weight"]) for one in results]
    return {
        "progress": rules.stored(rules.objective_progress(shares)),
        "key_results_count": len(results),
        "with_data": sum(one["progress"] is not None for one in results),
        "confidence": mean,
        "status": rules.combined((one["status"], one["weight"]) for one in results),
        "next_due_on": max((one["next_due_on"] for one in results if one["next_due_on"]), default=None),
        **_scores(row, results),
    }


def _counted(numbers: dict[str, Any], results: list[dict[str, Any]]) -> Counter[str]:
    counts: Counter[str] = Counter(
        objectives=1, key_results=numbers["key_results_count"], with_data=numbers["with_data"]
    )
    if numbers["progress"] is not None:
        counts[f"progress_{rules.bucket(numbers['progress'])}"] += 1
    for one in results:
        if one["confidence"] is not None:
            counts["confidence_sum"] += one["confidence"]
            counts["confidence_count"] += 1
            counts[f"confidence_{one['confidence']}"] += 1
    return counts


def add_to_branch(goals: GoalSet, change: dict[str, int]) -> None:
    """Add a set's change to the company's row and to every unit from the root down to its own."""
    change = {name: step for name, step in change.items() if step}
    if change:
        path = goals.unit.path_ids if goals.unit is not None else []
        add_to_units(goals.cycle_id, path, change)


def add_to_units(cycle_id: int, path: list[int], change: dict[str, int]) -> None:
    """Add to the company's row and those of these units, which `make_branch` has made."""
    if connection.features.has_select_for_update:
        lock_rows(_branch(cycle_id, path))
    steps = ", ".join(f"{name} = {name} + %s" for name in change)
    units = ", ".join(["%s"] * len(path)) or "NULL"
    found = 0
    with connection.cursor() as cursor:
        # Two statements, each straight to its rows: with OR, SQLite would look at every unit of the cycle.
        for where, keys in (("unit_id IS NULL", []), (f"unit_id IN ({units})", path)):
            sql = f"UPDATE okr_unitnumbers SET {steps} WHERE {where} AND cycle_id = %s"  # noqa: S608
            cursor.execute(sql, [*change.values(), *keys, cycle_id])
            found += cursor.rowcount
    if found != len(path) + 1:
        recount_branches()  # somebody took a row away by hand


def make_branch(cycle_id: int, path: list[int]) -> None:
    """The rows that a set in this place counts in, where they are missing. Two writers may do this at once."""
    fresh = [UnitNumbers(cycle_id=cycle_id, unit_id=unit) for unit in (None, *path)]
    known = set(_branch(cycle_id, path).values_list("unit_id", flat=True))
    UnitNumbers.objects.bulk_create((one for one in fresh if one.unit_id not in known), ignore_conflicts=True)


def _branch(cycle_id: int, path: list[int]) -> QuerySet[UnitNumbers]:
    return UnitNumbers.objects.filter(Q(unit__in=path) | Q(unit=None), cycle=cycle_id)


def follow_moves(*, units: bool) -> None:
    """People moved: their sets in cycles not closed follow them. Units moved: branches are counted anew."""
    stray = (
        GoalSet.objects.filter(owner_person__isnull=False)
        .exclude(cycle__phase="closed")
        .exclude(unit=F("owner_person__unit"))
        .select_related("owner_person")
    )
    # No check-in may be half-way between the old branch and the new one while sets change places.
    lock_rows(GoalSet.objects.all() if units else stray.select_related(None))
    paths = unit_paths()
    for goals in stray:
        assert goals.owner_person is not None
        home = goals.owner_person.unit_id
        counts = {name: count for name, count in goals.counts().items() if count}
        GoalSet.objects.filter(pk=goals.pk).update(unit=home)
        make_branch(goals.cycle_id, paths.get(home, []))
        if counts:
            add_to_units(goals.cycle_id, paths.get(goals.unit_id, []), {k: -n for k, n in counts.items()})
            add_to_units(goals.cycle_id, paths.get(home, []), counts)
    index_sets(stray)
    if units:
        recount_branches()


def follow_all() -> None:
    """A cycle runs again: its people may have moved since it was closed."""
    follow_moves(units=False)


def follow_cycle(cycle: "Cycle") -> None:
    """The cycle's dates or rhythm changed: what is due when follows from them."""
    sets = GoalSet.objects.filter(cycle=cycle)
    lock_rows(sets)
    for goals in sets.select_related(*GoalSet.read_with, "unit"):
        for objective in Objective.objects.filter(goal_set=goals, state=ObjectiveState.ACTIVE):
            objective.goal_set = goals
            recount_all(objective)
        refresh(goals)


def finish_writers(cycle: "Cycle") -> None:
    """Wait for everybody who writes in the cycle just now; whoever comes later reads that it is closed."""
    lock_rows(GoalSet.objects.filter(cycle=cycle))


def branch_counts() -> dict[tuple[int, int | None], Counter[str]]:
    """What every `UnitNumbers` row should say, from the goal sets alone, by (cycle, unit or None)."""
    paths = unit_paths()
    totals: dict[tuple[int, int | None], Counter[str]] = {}
    rows = GoalSet.objects.values_list("cycle_id", "unit_id", *COUNTED)
    for cycle, unit, *counts in rows.iterator(chunk_size=2000):
        change = {name: count for name, count in zip(COUNTED, counts, strict=True) if count}
        for above in (None, *paths.get(unit, ())):
            totals.setdefault((cycle, above), Counter()).update(change)
    return totals


def recount_branches() -> None:
    """Write every branch row anew. For moves and imports; a single write carries its difference instead."""
    UnitNumbers.objects.all().delete()
    UnitNumbers.objects.bulk_create(
        (UnitNumbers(cycle_id=cycle, unit_id=unit, **counts) for (cycle, unit), counts in branch_counts().items()),
        batch_size=500,
    )


def home_of(owner: "Person | Unit") -> int | None:
    """The unit in which an owner's goals count."""
    return owner.unit_id if is_person(owner) else owner.pk
