"""Single key results, those of one objective with the archived ones, and their check-ins as a list."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.core.rows import Rows
from tandem.cycles.rules import elapsed
from tandem.okr.access import seen_among
from tandem.okr.models import CheckIn, KeyResult, Visibility
from tandem.okr.queries.goals import KEY_RESULT_COLUMNS
from tandem.okr.queries.history import CHECK_IN_COLUMNS
from tandem.okr.queries.rows import KeyResultRow
from tandem.people.actors import Actor


class PlacedKeyResult(NamedTuple):
    """A key result, and since when it is put away."""

    row: KeyResultRow
    archived_on: date | None
    is_open: bool
    """Is the objective for everybody to read?"""


def _placed(*columns: Any) -> PlacedKeyResult:
    *own, archived_on, visibility, start, end, phase = columns
    on = today()
    row = KeyResultRow(*own)._replace(on=on, expected=elapsed(start, end, on), closed=phase == "closed")
    return PlacedKeyResult(row, archived_on, visibility == Visibility.COMPANY)


def _where(**which: int) -> QuerySet[Any, Any]:
    cycle = "objective__goal_set__cycle"
    rows = KeyResult.objects.filter(**which).order_by("position", "pk")
    return rows.values_list(
        *KEY_RESULT_COLUMNS,
        "archived_on",
        "objective__visibility",
        *(f"{cycle}__{name}" for name in ("start", "end", "phase")),
    )


_one = Rows(_placed, lambda key_result: _where(pk=key_result))
_of_objective = Rows(_placed, lambda objective: _where(objective=objective))


def one_key_result(actor: Actor, pk: int) -> PlacedKeyResult:
    """Raises Missing (404)."""
    found = _seen(actor, _one(key_result=pk))
    if not found:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    return found[0]


def key_results_of(actor: Actor, objective_id: int) -> list[PlacedKeyResult]:
    """All key results of an objective in their order, archived ones too."""
    return _seen(actor, _of_objective(objective=objective_id))


def _seen(actor: Actor, found: list[PlacedKeyResult]) -> list[PlacedKeyResult]:
    """Those of objectives that the actor may read. No query where all are open to everybody."""
    seen = seen_among(actor, {one.row.objective_id for one in found if not one.is_open})
    return [one for one in found if one.is_open or one.row.objective_id in seen]


def check_ins(_actor: Actor, key_result: KeyResult) -> QuerySet[CheckIn, Any]:
    """The whole history as values of `CheckInRow`, in no order yet."""
    return CheckIn.objects.filter(key_result=key_result).values_list(*CHECK_IN_COLUMNS)
