"""Reminders: of the key results to update today, and of the scores that a cycle waits for."""

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tandem.activity.commands import claim_days, event, tell_each, tell_some
from tandem.core.bulk import chunks
from tandem.core.clock import today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.cycles.access import may_run_cycles
from tandem.okr import access
from tandem.okr.models import GoalSet, KeyResult, ObjectiveState
from tandem.people.access import acting_leads
from tandem.people.actors import Actor
from tandem.people.queries import people_by_id

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

BATCH = 500
MOST_AT_ONCE = 2_000
_OWNER = "objective__goal_set__owner_person"


@command(may=access.may_remind)
def remind_of_check_ins(actor: Actor, _subject: None, *, after: int = 0) -> int | None:
    """Tell the next people (by key, beyond `after`) whose own key results are due today, each once a day.

    Gives the last key that was looked at, None when there was nobody left: a large company is told in many
    short transactions.
    """
    due = KeyResult.objects.filter(
        next_due_on=today(), archived_on=None, objective__archived_on=None, objective__state=ObjectiveState.ACTIVE
    ).filter(**{f"{_OWNER}__gt": after})
    rows = due.order_by(_OWNER).values_list(_OWNER).annotate(Count("pk"))[:BATCH]
    counts: dict[int, int] = dict(rows)
    if not counts:
        return None
    people = people_by_id(actor, claim_days(counts, "due", today()))
    events = {one.pk: event(actor, "check_in.due", one, None, {"count": counts[one.pk]}) for one in people}
    tell_each(events, "due")
    return max(counts)


@command(may=may_run_cycles)
def remind_of_scores(actor: Actor, cycle: "Cycle", /) -> int:
    """Remind those who have not scored everything; of a unit, whoever leads it. Gives how many were told.

    Nobody is told twice a day, and about `MOST_AT_ONCE` are by one call: the next call goes on with the others.
    Raises Invalid (422) while the cycle takes no scores at its end: before its review, and after the late days.
    """
    if not cycle.takes_scores():
        raise Invalid(_("Scores are not asked for now: the cycle is not in review."), code="state")
    people, units = _who_is_missing(cycle)
    told: list[int] = []
    for some in chunks(sorted({*people, *acting_leads(units).values()} - {actor.pk}), BATCH):
        told += sorted(claim_days(some, "scores", today()))
        if len(told) >= MOST_AT_ONCE:
            break
    if told:
        tell_some(event(actor, "cycle.scores_asked", cycle, None, {"name": cycle.name}), "score", told)
    return len(told)


def _who_is_missing(cycle: "Cycle") -> tuple[list[int], list[int]]:
    """People who are here, and units, that have not scored everything: two queries."""
    rows = GoalSet.objects.filter(cycle=cycle).unscored().order_by()
    here = Q(owner_person__left_on=None) | Q(owner_person__left_on__gt=today())
    people = rows.filter(here, owner_person__isnull=False).values_list("owner_person_id", flat=True)
    units = rows.filter(owner_unit__isnull=False).values_list("owner_unit_id", flat=True)
    return list(filter(None, people)), list(filter(None, units))
