"""Coverage told again from nothing: one objective at a time, and both directions against each other."""

from collections import Counter
from typing import Any

from tandem.okr.models import Alignment, Delegation, KeyAction, Objective, UnitCoverage
from tandem.okr.queries import beyond, covered_objectives, upward
from tandem.people.actors import SYSTEM
from tandem.people.models import Unit

NAMES = ("objectives", "gaps", "delegated", "single")


def lives(objective: Objective) -> bool:
    return objective.archived_on is None and objective.state != "dropped"


def carriers_of(objective: Objective) -> set[Any]:
    """Owners of open goals below it, each goal that is not open, and who has an action."""
    found: set[Any] = set()
    for link in Alignment.objects.filter(parent=objective).select_related("child__goal_set"):
        goal = link.child
        if lives(goal):
            owner = (goal.goal_set.owner_person_id, goal.goal_set.owner_unit_id)
            found.add(owner if goal.visibility == "company" else f"goal {goal.pk}")
    for action in KeyAction.objects.filter(objective=objective):
        if action.archived_on is None and action.state != "dropped" and action.owner_id is not None:
            found.add((action.owner_id, None))
    return found


def counts_of(objective: Objective) -> Counter[str]:
    carriers = carriers_of(objective)
    asked = Delegation.objects.filter(objective=objective).exists()
    return Counter(
        objectives=1,
        gaps=not carriers and not asked,
        delegated=not carriers and asked,
        single=len(carriers) == 1,
    )


def faults_of_coverage() -> list[str]:
    """Stored rows against the objectives themselves, in cycles that are not closed."""
    wanted: dict[tuple[int, int | None], Counter[str]] = {}
    for objective in Objective.objects.select_related("goal_set__owner_unit", "goal_set__cycle"):
        unit, cycle = objective.goal_set.owner_unit, objective.goal_set.cycle
        if unit is None or objective.visibility != "company" or not lives(objective) or cycle.is_closed:
            continue
        counts = counts_of(objective)
        own = wanted.setdefault((cycle.pk, unit.pk), Counter())
        own.update({f"own_{name}": count for name, count in counts.items()})
        for place in (None, *Unit.objects.get(pk=unit.pk).path_ids):
            wanted.setdefault((cycle.pk, place), Counter()).update(counts)
    wrong = []
    for row in UnitCoverage.objects.exclude(cycle__phase="closed"):
        counts = wanted.pop((row.cycle_id, row.unit_id), Counter())
        wrong += [
            f"coverage {row.cycle_id}/{row.unit_id}: {name} is {getattr(row, name)}, should be {counts[name]}"
            for name in (*NAMES, *(f"own_{name}" for name in NAMES))
            if getattr(row, name) != counts[name]
        ]
    return wrong + [f"coverage {place} is missing" for place in wanted]


def assert_both_ways_add_up(cycle: Any) -> None:
    """Down: each objective of a unit is in one state. Up: each goal serves the unit, another one, or goes beyond."""
    living = [one for one in Objective.objects.filter(goal_set__cycle=cycle).select_related("goal_set") if lives(one)]
    down = up = 0
    for unit in Unit.objects.all():
        states = Counter(one.coverage for one in covered_objectives(SYSTEM, unit, cycle))
        assert set(states) <= {"carried", "lead", "delegated", "gap"}
        own = [one for one in living if one.goal_set.owner_unit_id == unit.pk]
        assert states.total() == len(own)
        counts = upward(SYSTEM, unit.pk, cycle.pk)
        members = [one for one in living if one.goal_set.owner_person_id and one.goal_set.unit_id == unit.pk]
        below = [one for one in living if one.goal_set.owner_unit_id and one.goal_set.owner_unit.parent_id == unit.pk]
        assert counts.all == len(members) + len(below)
        page = beyond(SYSTEM, unit.pk, cycle.pk)
        assert counts.beyond == (page[0].of_all if page else 0)
        down += states.total()
        up += counts.all - len(below)
    homeless = [one for one in living if one.goal_set.owner_person_id and one.goal_set.unit_id is None]
    assert down + up + len(homeless) == len(living)
