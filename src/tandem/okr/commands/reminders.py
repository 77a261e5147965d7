"""The reminder of the day: who has key results to update."""

from django.db.models import Count

from tandem.activity.commands import claim_days, event, tell_each
from tandem.core.clock import today
from tandem.core.commands import command
from tandem.okr import access
from tandem.okr.models import KeyResult, ObjectiveState
from tandem.people.actors import Actor
from tandem.people.queries import people_by_id

BATCH = 500
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
