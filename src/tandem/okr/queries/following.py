"""The readings that key results follow, as their history: days and values, nothing of what the carrier agreed to."""

from collections.abc import Iterable

from tandem.kpi.queries import Course as Readings
from tandem.kpi.queries import Followed, courses_of
from tandem.okr.queries.rows import KeyResultRow, ObjectiveRow
from tandem.people.actors import SYSTEM
from tandem.people.queries import get_unit


def readings_of(objective: ObjectiveRow, key_results: Iterable[KeyResultRow]) -> dict[int, Readings]:
    """Of key results of an objective that the reader may see, by key; no query where none follows an indicator.

    Who chose to follow them published them: the values are for every reader of the objective.
    """
    start, end = objective.cycle_start, objective.cycle_end
    rows = [one for one in key_results if one.indicator is not None]
    if not rows or start is None or end is None:
        return {}
    own = None if objective.unit_id is None else get_unit(SYSTEM, objective.unit_id).key
    wanted = {
        one.id: Followed(
            one.indicator or "", None if one.followed_unit or own else objective.person_id, one.followed_unit or own,
            start, end,
        )
        for one in rows
    }  # fmt: skip
    found = courses_of(SYSTEM, wanted.values())
    return {key: found[one] for key, one in wanted.items()}
