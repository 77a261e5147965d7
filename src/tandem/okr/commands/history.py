"""What follows from a key result's history: value, progress, confidence, status, freshness."""

from datetime import date
from typing import TYPE_CHECKING

from tandem.cycles.rules import next_due
from tandem.okr import rules
from tandem.okr.models import CheckIn, KeyResult, Objective, ObjectiveState

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

FOLLOWS = (
    "current",
    "progress",
    "confidence",
    "status",
    "last_on",
    "check_ins_count",
    "next_due_on",
)


def recount_all(objective: Objective) -> None:
    """Recount every key result of an objective whose state changed (who owes a check-in follows from it)."""
    rows = list(KeyResult.objects.filter(objective=objective))
    for key_result in rows:
        key_result.objective = objective
        recount(key_result)
    KeyResult.objects.bulk_update(rows, FOLLOWS)


def recount(key_result: KeyResult) -> None:
    """Set all that follows from the history: value, progress, confidence, status, freshness. Not saved."""
    rows: list[CheckIn] = []
    if key_result.pk is not None:
        rows = list(CheckIn.objects.filter(key_result=key_result, is_draft=False, withdrawn_at=None))
    set_from_history(key_result, rows)


def set_from_history(key_result: KeyResult, rows: list[CheckIn]) -> None:
    """The same from rows at hand (published, not withdrawn, newest first)."""
    rows = sorted(rows, key=lambda one: (one.on, one.written_at, one.pk or 0), reverse=True)
    valued = next((one for one in rows if one.value is not None), None)
    felt = next((one for one in rows if one.confidence is not None), None)
    key_result.current = valued.value if valued else key_result.given
    confirmed = valued.confirmed if valued else True
    key_result.progress = rules.stored(key_result.measure.progress(key_result.current, confirmed=confirmed))
    key_result.confidence = felt.confidence if felt else key_result.given_confidence
    key_result.status = rows[0].status if rows else ""
    key_result.last_on = rows[0].on if rows else None
    if key_result.read_on is not None and (key_result.last_on is None or key_result.last_on < key_result.read_on):
        key_result.last_on = key_result.read_on
        elapsed = key_result.objective.cycle.elapsed(key_result.read_on)
        key_result.status = rules.pace(key_result.progress, elapsed) or ""
    key_result.check_ins_count = len(rows)
    read = [key_result.read_on] if key_result.read_on is not None else []
    key_result.next_due_on = due_after(key_result, [one.on for one in rows] + read)


def due_after(key_result: KeyResult, days: list[date]) -> date | None:
    """The next check-in day that follows from when it was published and the days it was checked in."""
    objective = key_result.objective
    if objective.state != ObjectiveState.ACTIVE or objective.published_on is None:
        return None
    cycle = objective.cycle
    due = cycle.first_due(max(objective.published_on, key_result.added_on))
    for day in sorted(set(days)):
        if due is not None:
            due = next_due(due, day, cycle.rhythm)
    return capped(cycle, due)


def capped(cycle: "Cycle", due: date | None) -> date | None:
    """A check-in day after the cycle's last day is not owed."""
    return None if due is None or cycle.end is None or due > cycle.end else due
