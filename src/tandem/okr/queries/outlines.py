"""An owner's goals in outline, as their page shows them: sentences, key results, numbers.

Two queries, one more where not all is open.
"""

from typing import Any

from django.db.models import QuerySet

from tandem.core.clock import today
from tandem.core.rows import Rows
from tandem.cycles.rules import elapsed
from tandem.okr.queries.goals import Goal, key_results_where, objectives_where
from tandem.okr.queries.rows import KeyResultRow, ObjectiveRow
from tandem.okr.queries.sight import hidden_among
from tandem.people.actors import Actor


def _living(**which: int) -> QuerySet[Any, Any]:
    return objectives_where(**which).filter(archived_on=None)


_objectives_of_person = Rows(
    ObjectiveRow, lambda owner, cycle: _living(goal_set__owner_person=owner, goal_set__cycle=cycle)
)
_objectives_of_unit = Rows(
    ObjectiveRow, lambda owner, cycle: _living(goal_set__owner_unit=owner, goal_set__cycle=cycle)
)
_key_results_of_person = Rows(
    KeyResultRow, lambda owner, cycle: key_results_where(goal_set__owner_person=owner, goal_set__cycle=cycle)
)
_key_results_of_unit = Rows(
    KeyResultRow, lambda owner, cycle: key_results_where(goal_set__owner_unit=owner, goal_set__cycle=cycle)
)


def outline_of_person(actor: Actor, person_id: int, cycle_id: int) -> list[Goal]:
    """A person's goals of a cycle, without archived ones."""
    return _outline(actor, _objectives_of_person, _key_results_of_person, person_id, cycle_id)


def outline_of_unit(actor: Actor, unit_id: int, cycle_id: int) -> list[Goal]:
    """A unit's own goals of a cycle, without archived ones."""
    return _outline(actor, _objectives_of_unit, _key_results_of_unit, unit_id, cycle_id)


def _outline(
    actor: Actor, objectives: Rows[ObjectiveRow], key_results: Rows[KeyResultRow], owner_id: int, cycle_id: int
) -> list[Goal]:
    on = today()
    goals = {}
    found = objectives(owner=owner_id, cycle=cycle_id)
    hidden = hidden_among(actor, found)
    for row in found:
        if row.id in hidden:
            continue
        expected = elapsed(row.cycle_start, row.cycle_end, on)
        goals[row.id] = Goal(row._replace(on=on, expected=expected))
    for key_result in key_results(owner=owner_id, cycle=cycle_id) if goals else ():
        above = goals.get(key_result.objective_id)
        if above is not None:
            closed = above.objective.cycle_phase == "closed"
            above.key_results.append(key_result._replace(on=on, expected=above.objective.expected, closed=closed))
    return list(goals.values())
