"""What the coach asks in a whole unit, by check."""

from dataclasses import dataclass
from itertools import starmap
from typing import Any

from tandem.coach import Finding, GoalSetText, ObjectiveText, findings_of_goal_set
from tandem.okr.models import Objective
from tandem.okr.queries.coaching import LIVING, OwnerKind, Silencer, silence, texts_of
from tandem.okr.queries.goals import OBJECTIVE_COLUMNS, Goal, actions_of, key_results_of, links_of
from tandem.okr.queries.rows import ObjectiveRow
from tandem.people.actors import Actor
from tandem.people.queries import organization


@dataclass(frozen=True)
class AsOwned:
    """A finding with whose goal it is about."""

    finding: Finding
    objective: ObjectiveRow
    """The first of the set where it is about a whole set."""


@dataclass(frozen=True)
class UnitCoaching:
    """What there is to ask about the open goals that count in a unit: its own, and those of its members."""

    objectives: int
    by_code: dict[str, list[AsOwned]]
    """Most first."""
    more: bool
    """There are more objectives than were looked at."""
    silenced_by: Silencer = ""


MOST_OBJECTIVES = 300


def coaching_in_unit(actor: Actor, unit_id: int, cycle_id: int) -> UnitCoaching:
    """About the living goals of a unit and of its members, as far as the actor reads them: at most five queries.

    The first `MOST_OBJECTIVES` are looked at, owner by owner.
    """
    if by := silence(actor, None):
        return UnitCoaching(0, {}, more=False, silenced_by=by)
    goals = _goals_in_unit(actor, unit_id, cycle_id)
    found: dict[str, list[AsOwned]] = {}
    sets: dict[int, list[Goal]] = {}
    for goal in goals[:MOST_OBJECTIVES]:
        sets.setdefault(goal.objective.goal_set_id, []).append(goal)
    texts = texts_of(goals[:MOST_OBJECTIVES])
    by_key = {text.ref: text for text in texts}
    for owned in sets.values():
        for one in _of_one_set(owned, by_key):
            found.setdefault(one.finding.code, []).append(one)
    ordered = dict(sorted(found.items(), key=lambda item: -len(item[1])))
    return UnitCoaching(len(goals[:MOST_OBJECTIVES]), ordered, more=len(goals) > MOST_OBJECTIVES)


def _of_one_set(owned: list[Goal], by_key: dict[Any, ObjectiveText]) -> list[AsOwned]:
    of: dict[tuple[str, Any], ObjectiveRow] = {}
    for goal in owned:
        of["objective", goal.objective.id] = goal.objective
        of |= {("key_result", one.id): goal.objective for one in goal.key_results}
    first = owned[0].objective
    kind: OwnerKind = "unit" if first.unit_id else "person"
    company = organization()
    texts = tuple(by_key[goal.objective.id] for goal in owned)
    found = findings_of_goal_set(GoalSetText(texts, kind, company.most_objectives, company.most_key_results))
    return [AsOwned(one, of.get((one.where.kind, one.where.ref), first)) for one in found]


def _goals_in_unit(actor: Actor, unit_id: int, cycle_id: int) -> list[Goal]:
    """One more than `MOST_OBJECTIVES` at most."""
    rows = Objective.objects.visible_to(actor).filter(
        goal_set__unit=unit_id, goal_set__cycle=cycle_id, state__in=LIVING, archived_on=None
    )
    found = rows.order_by("goal_set__owner_person", "goal_set", "position", "pk").values_list(*OBJECTIVE_COLUMNS)
    goals = {row.id: Goal(row) for row in starmap(ObjectiveRow, found[: MOST_OBJECTIVES + 1])}
    keys = list(goals)
    for key_result in key_results_of(keys):
        goals[key_result.objective_id].key_results.append(key_result)
    for action in actions_of(keys):
        goals[action.objective_id].actions.append(action)
    for link in links_of(actor, keys):
        goals[link.child_id].aligned_to.append(link)
    return list(goals.values())
