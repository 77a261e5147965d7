"""Stored coverage: how many objectives of each unit and branch have gaps. Whatever changes a link ends here.

`follow_coverage` counts the units concerned anew and carries the difference up the branch, last in its transaction:
`UnitCoverage` is locked after everything else. A closed cycle's numbers stay as they are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import F, Q, QuerySet

from tandem.activity.commands import record
from tandem.core.bulk import chunks
from tandem.core.commands import lock_rows
from tandem.okr import rules
from tandem.okr.models import Delegation, GoalSet, Objective, UnitCoverage
from tandem.okr.queries.carrying import counted_rows, met_delegations, open_units_objectives
from tandem.people.actors import Actor
from tandem.people.queries import unit_paths

COUNTS = ("objectives", "gaps", "delegated", "single")
Counts = Counter[str]
Place = tuple[int, int | None]
"""A cycle, and a unit or the company."""


def follow_coverage(actor: Actor, *objectives: int, sets: Iterable[int] = ()) -> None:
    """Links, states or owners of these objectives (keys) changed: count their unit, and the units they serve.

    `sets` are goal sets they have left. One query where no unit is concerned. Delegations that are met by now end.
    """
    found = _units_sets(objectives, sets)
    if not found:
        return
    _end_met(actor, [goals.pk for goals in found])
    _make_rows(found)
    lock_rows(UnitCoverage.objects.filter(_places(found)))
    own = own_counts(open_units_objectives().filter(goal_set__in=[goals.pk for goals in found]))
    stored = {(row.cycle_id, row.unit_id): row for row in UnitCoverage.objects.filter(_places(found, whole=False))}
    for goals in found:
        now = own.get(goals.pk, Counter())
        row = stored[goals.cycle_id, goals.owner_unit_id]
        change = {name: now[name] - getattr(row, f"own_{name}") for name in COUNTS}
        if any(change.values()):
            UnitCoverage.objects.filter(pk=row.pk).update(**{f"own_{name}": now[name] for name in COUNTS})
            _add(goals, change)


def _units_sets(objectives: Iterable[int], sets: Iterable[int]) -> list[GoalSet]:
    """The goal sets of units, in cycles not closed, in which these objectives lie or that they align to."""
    keys, places = list(objectives), list(sets)
    units = Objective.objects.filter(goal_set__owner_unit__isnull=False).order_by().values_list("goal_set_id")
    touched = units.filter(pk__in=keys).union(units.filter(aligned_by__child__in=keys))
    places += [goals for (goals,) in touched]
    if not places:
        return []
    rows = GoalSet.objects.filter(pk__in=places, owner_unit__isnull=False).exclude(cycle__phase="closed")
    return list(rows.select_related("owner_unit").order_by("pk"))


def _end_met(actor: Actor, sets: list[int]) -> None:
    for one in met_delegations(sets):
        about, unit = one.objective, one.objective.goal_set.owner_unit
        record(actor, "objective.delegation_met", about, unit, title=about.title, to=one.to_name)
        one.delete()


def _branch(goals: GoalSet) -> list[int]:
    return goals.owner_unit.path_ids if goals.owner_unit is not None else []


def _make_rows(sets: list[GoalSet]) -> None:
    wanted = {(goals.cycle_id, unit) for goals in sets for unit in (None, *_branch(goals))}
    known = set(UnitCoverage.objects.filter(_places(sets)).values_list("cycle_id", "unit_id"))
    fresh = sorted(wanted - known, key=lambda place: (place[0], place[1] or 0))
    UnitCoverage.objects.bulk_create(
        (UnitCoverage(cycle_id=cycle, unit_id=unit) for cycle, unit in fresh), ignore_conflicts=True
    )


def _places(sets: list[GoalSet], *, whole: bool = True) -> Q:
    """The rows of these sets' units; with those above them and the company's."""
    found = Q()
    for goals in sets:
        here = Q(unit__in=_branch(goals)) | Q(unit=None) if whole else Q(unit=goals.owner_unit_id)
        found |= Q(cycle=goals.cycle_id) & here
    return found


def _add(goals: GoalSet, change: dict[str, int]) -> None:
    steps = {name: F(name) + step for name, step in change.items() if step}
    rows = UnitCoverage.objects.filter(cycle=goals.cycle_id)
    rows.filter(unit__in=_branch(goals)).update(**steps)
    rows.filter(unit=None).update(**steps)


def own_counts(rows: QuerySet[Objective]) -> dict[int, Counts]:
    """By goal set: objectives, and how many of them are gaps, delegated, or rest on one carrier."""
    found: dict[int, Counts] = {}
    for goals, carriers, is_delegated in counted_rows(rows):
        state = rules.coverage(carriers, None, delegated=is_delegated)
        found.setdefault(goals, Counter()).update(
            objectives=1,
            gaps=state == rules.GAP,
            delegated=state == rules.DELEGATED,
            single=rules.rests_on_one(carriers),
        )
    return found


def true_coverage() -> dict[Place, Counts]:
    """What every row should say, its own counts as `own_…`; those of closed cycles are taken as they are stored."""
    paths = unit_paths()
    totals: dict[Place, Counts] = {}
    for cycle, unit, counts in _own_of_all():
        totals.setdefault((cycle, unit), Counter()).update({f"own_{name}": n for name, n in counts.items()})
        for above in (None, *paths.get(unit, ())):
            totals.setdefault((cycle, above), Counter()).update(counts)
    return totals


def _own_of_all() -> Iterator[tuple[int, int, Counts]]:
    closed = UnitCoverage.objects.filter(cycle__phase="closed", unit__isnull=False)
    for row in closed:
        assert row.unit_id is not None
        yield row.cycle_id, row.unit_id, Counter({name: getattr(row, f"own_{name}") for name in COUNTS})
    rows = GoalSet.objects.filter(owner_unit__isnull=False).exclude(cycle__phase="closed").order_by("pk")
    for sets in chunks(rows.values_list("pk", "cycle_id", "owner_unit_id")):
        own = own_counts(open_units_objectives().filter(goal_set__in=[pk for pk, _cycle, _unit in sets]))
        for pk, cycle, unit in sets:
            if pk in own and unit is not None:
                yield cycle, unit, own[pk]


def recount_coverage() -> None:
    """Every row anew: after imports and moves of units, and for a database that was older."""
    with transaction.atomic():
        for sets in chunks(Delegation.objects.order_by().values_list("objective__goal_set", flat=True).distinct()):
            met_delegations(sets).delete()
        rows = [
            UnitCoverage(cycle_id=cycle, unit_id=unit, **counts) for (cycle, unit), counts in true_coverage().items()
        ]
        UnitCoverage.objects.all().delete()
        rows.sort(key=lambda row: (row.cycle_id, row.unit_id or 0))
        UnitCoverage.objects.bulk_create(rows, batch_size=500)


def follow_moves(*, units: bool) -> None:
    """Units moved: their branches are counted anew. People move with their goals, which carry what they carried."""
    if units:
        recount_coverage()
