"""Where a goal came from, and what became of it in later cycles."""

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from tandem.core.rows import Rows
from tandem.okr.access import seen_among
from tandem.okr.models import Objective, Visibility
from tandem.okr.queries.rows import ObjectiveRow
from tandem.people.actors import Actor


class Relative(NamedTuple):
    """The same goal in another cycle."""

    id: int
    title: str
    state: str
    score: Any
    band: str
    cloned_from_id: int | None
    carry_reason: str
    cycle_id: int
    cycle_name: str
    visibility: str


class Lineage(NamedTuple):
    origin: Relative | None
    heirs: list[Relative]


_COLUMNS = ("pk", "title", "state", "score", "band", "cloned_from_id", "carry_reason", "goal_set__cycle_id",
            "goal_set__cycle__name", "visibility")  # fmt: skip


def _relatives(objective: int, origin: int) -> QuerySet[Any, Any]:
    rows = Objective.objects.filter(Q(pk=origin) | Q(cloned_from=objective, archived_on=None))
    return rows.order_by("pk").values_list(*_COLUMNS)


_rows = Rows(Relative, _relatives)


def lineage_of(actor: Actor, one: ObjectiveRow) -> Lineage:
    """What an objective was taken along from and into, as far as the actor may see: two queries at most.

    Before its cycle runs nothing was taken along from it.
    """
    if one.cloned_from_id is None and one.cycle_phase in ("plan", "agree"):
        return Lineage(None, [])
    found = _rows(objective=one.id, origin=one.cloned_from_id or 0)
    hidden = {row.id for row in found if row.visibility != Visibility.COMPANY}
    hidden -= seen_among(actor, hidden)
    found = [row for row in found if row.id not in hidden]
    origin = next((row for row in found if row.id == one.cloned_from_id), None)
    return Lineage(origin, [row for row in found if row.cloned_from_id == one.id])
