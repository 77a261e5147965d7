"""What a cycle's key results ask beside what was signed: raised, lowered, changed, for ever."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from tandem.core.clock import today
from tandem.cycles.rules import elapsed
from tandem.okr.models import MovedTarget
from tandem.okr.models.visibility import readable
from tandem.okr.queries.agreed_targets import Agreed
from tandem.okr.queries.goals import KEY_RESULT_COLUMNS
from tandem.okr.queries.rows import KeyResultRow
from tandem.people.actors import Actor

WAYS = ("raised", "lowered", "changed")
_ABOUT = (
    *("pk", "way", "signed", "on", "key_result__objective__title", "goal_set__owner_person_id"),
    *("goal_set__owner_person__name", "goal_set__owner_unit_id", "goal_set__owner_unit__name"),
    *("cycle__phase", "cycle__start", "cycle__end"),
)


class Moved(NamedTuple):
    """A key result whose target is no longer the signed one."""

    id: int
    agreed: Agreed
    objective_title: str
    person_id: int | None
    person_name: str | None
    unit_id: int | None
    unit_name: str | None

    @property
    def row(self) -> KeyResultRow:
        return self.agreed.row

    @property
    def owner_name(self) -> str:
        return self.person_name or self.unit_name or ""


def moved_targets(actor: Actor, cycle_id: int, unit_path: str = "") -> QuerySet[MovedTarget, Any]:
    """Of a cycle (and a branch, by its path), what moved and the actor may read, as values for `moved_rows`.

    What was dropped or put away is not asked of anybody any more, and left out.
    """
    rows = MovedTarget.objects.filter(readable(actor, "key_result__objective"), cycle=cycle_id)
    rows = rows.filter(key_result__archived_on=None, key_result__objective__archived_on=None)
    rows = rows.exclude(key_result__objective__state="dropped")
    if unit_path:
        rows = rows.filter(goal_set__unit__path__startswith=unit_path)
    return rows.order_by("pk").values_list(*_ABOUT, *(f"key_result__{name}" for name in KEY_RESULT_COLUMNS))


def moved_rows(_actor: Actor, found: Iterable[tuple[Any, ...]]) -> list[Moved]:
    """The rows of `moved_targets` with what is true of them today."""
    return [_moved(one) for one in found]


def _moved(one: tuple[Any, ...]) -> Moved:
    pk, way, signed, when, title, *owner = one[: len(_ABOUT) - 3]
    phase, start, end = one[len(_ABOUT) - 3 : len(_ABOUT)]
    row = KeyResultRow(*one[len(_ABOUT) :])
    row = row._replace(on=today(), expected=elapsed(start, end, today()), closed=phase == "closed")
    return Moved(pk, Agreed(when, signed["target"], signed, False, way, row), title, *owner)


Moves = dict[str, int]


def count_moved(actor: Actor, cycle_id: int, unit_path: str = "") -> Moves:
    """How many were raised, lowered and changed: one query."""
    return count_moved_below(actor, cycle_id, (), unit_path)[None]


def count_moved_below(
    actor: Actor, cycle_id: int, units: Iterable[int], unit_path: str = ""
) -> dict[int | None, Moves]:
    """The same of all (None), and of each of these units (keys; none above another) with all below it: one query."""
    keys = list(units)
    of_unit = [When(goal_set__unit__path__contains=f"/{key}/", then=Value(key)) for key in keys]
    branch = Case(*of_unit, default=None, output_field=IntegerField()) if keys else Value(None, IntegerField())
    rows = moved_targets(actor, cycle_id, unit_path).order_by().annotate(branch=branch)
    found: dict[int | None, Moves] = {key: dict.fromkeys(WAYS, 0) for key in (None, *keys)}
    for key, way, many in rows.values_list("branch", "way").annotate(many=Count("pk")):
        for one in {None, key}:
            found[one][way] += many
    return found
