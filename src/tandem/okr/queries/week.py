"""What waits for a person this week: key results to check in on, actions to finish."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, Q, QuerySet

from tandem.core.clock import today
from tandem.core.rows import Rows
from tandem.cycles.rules import EARLY_DAYS, elapsed
from tandem.okr import rules
from tandem.okr.models import ActionState, CheckIn, KeyAction, KeyResult, ObjectiveState
from tandem.okr.queries.goals import KEY_RESULT_COLUMNS
from tandem.okr.queries.history import CHECK_IN_COLUMNS, CheckInRow
from tandem.okr.queries.lookups import missing
from tandem.okr.queries.rows import KeyResultRow
from tandem.okr.queries.sight import Guarded, refuse_hidden
from tandem.people.access import units_in_care
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person

MOST_ROWS = 200
_OBJECTIVE = "objective__"
_SET = f"{_OBJECTIVE}goal_set__"
_ABOVE = (
    f"{_OBJECTIVE}title",
    f"{_OBJECTIVE}visibility",
    *(f"{_SET}cycle__{name}" for name in ("name", "start", "end", "rhythm")),
    *(f"{_SET}{name}" for name in ("owner_person_id", "owner_person__name", "owner_unit_id", "owner_unit__name")),
)


class CheckInDue(NamedTuple):
    """A key result somebody should check in on, with what stands above it and what was said last."""

    key_result: KeyResultRow
    objective_title: str
    visibility: str
    cycle_name: str
    cycle_start: date | None
    cycle_end: date | None
    rhythm: str
    person_id: int | None
    person_name: str | None
    unit_id: int | None
    unit_name: str | None
    last: CheckInRow | None = None
    valued: CheckInRow | None = None
    """The newest one with a value: of milestones it says which are done."""
    draft: CheckInRow | None = None

    @property
    def owner_name(self) -> str:
        return self.person_name or self.unit_name or ""

    @property
    def paced(self) -> str:
        """The status that pace proposes for the value that stands; "" while it is too early."""
        return rules.pace(self.key_result.progress, self.key_result.expected) or ""

    @property
    def is_due(self) -> bool:
        return is_due(self.key_result.next_due_on, self.key_result.last_on, self.key_result.on, self.rhythm)


def is_due(due: date | None, last_on: date | None, on: date, rhythm: str) -> bool:
    """Does it belong on the list of this week? Overdue or due until Sunday, and not said already this week.

    What was said too early to count for the due day comes back when the day is near.
    """
    monday = on - timedelta(days=on.weekday())
    if due is None or due > monday + timedelta(days=6):
        return False
    said = last_on is not None and last_on >= monday
    return not said or on >= due - timedelta(days=EARLY_DAYS[rhythm])


def _due(*columns: Any) -> CheckInDue:
    split = len(KEY_RESULT_COLUMNS)
    row = CheckInDue(KeyResultRow(*columns[:split]), *columns[split:])
    on = today()
    expected = elapsed(row.cycle_start, row.cycle_end, on)
    return row._replace(key_result=row.key_result._replace(on=on, expected=expected))


def _rows(**which: Any) -> QuerySet[Any, Any]:
    found = KeyResult.objects.filter(archived_on=None, **which)
    return found.order_by("objective_id", "position", "pk").values_list(*KEY_RESULT_COLUMNS, *_ABOVE)


def _living(**which: Any) -> QuerySet[Any, Any]:
    open_ones = {f"{_OBJECTIVE}archived_on": None, f"{_OBJECTIVE}state": ObjectiveState.ACTIVE}
    return _rows(**open_ones, **which).exclude(**{f"{_SET}cycle__phase": "closed"})[:MOST_ROWS]


_of_person = Rows(_due, lambda person: _living(**{f"{_SET}owner_person": person}))
_of_co_owner = Rows(_due, lambda person: _living(**{f"{_OBJECTIVE}co_owners__person": person}))
_one = Rows(_due, lambda key_result: _rows(pk=key_result))


@dataclass(frozen=True)
class Week:
    """Key results to update now, those not due yet, and actions due. The earliest due first."""

    due: list[CheckInDue] = field(default_factory=list)
    later: list[CheckInDue] = field(default_factory=list)
    actions: list["ActionDue"] = field(default_factory=list)


def week_of(actor: "Person") -> Week:
    """Everything one person should update or finish: at most seven queries, however much it is."""
    found = [*_of_person(person=actor.pk), *_of_co_owner(person=actor.pk)]
    units = units_in_care(actor)
    if units:
        found += [_due(*one) for one in _living(**{f"{_SET}owner_unit__in": units})]
    found.sort(key=lambda one: one.key_result.next_due_on or date.max)
    said = _said([one.key_result.id for one in found])
    rows = [_with_words(one, said) for one in found]
    return Week([one for one in rows if one.is_due], [one for one in rows if not one.is_due], _actions_due(actor))


def check_in_due(actor: Actor, key_result_id: int) -> CheckInDue:
    """One key result as it stands on the list: two queries. Raises Missing (404)."""
    found = _one(key_result=key_result_id)
    if not found:
        raise missing()
    row = found[0]
    refuse_hidden(actor, Guarded(row.key_result.objective_id, row.visibility, row.person_id))
    return _with_words(found[0], _said([key_result_id]))


def _said(key_results: list[int]) -> list[CheckInRow]:
    """Drafts, and what was said last; of milestones everything that says which are done."""
    if not key_results:
        return []
    worth = Q(is_draft=True) | Q(on=F("key_result__last_on"))
    steps = Q(key_result__kind=rules.MILESTONES, value__isnull=False)
    rows = CheckIn.objects.filter(worth | steps, key_result__in=key_results, withdrawn_at=None)
    return [CheckInRow(*one) for one in rows.order_by("-on", "-written_at", "-pk").values_list(*CHECK_IN_COLUMNS)]


def _with_words(row: CheckInDue, said: list[CheckInRow]) -> CheckInDue:
    own = [one for one in said if one.key_result_id == row.key_result.id]
    counted = [one for one in own if not one.is_draft]
    return row._replace(
        last=next(iter(counted), None),
        valued=next((one for one in counted if one.value is not None), None),
        draft=next((one for one in own if one.is_draft), None),
    )


class ActionDue(NamedTuple):
    """A key action of one's own that is due this week, or was."""

    id: int
    title: str
    due_on: date
    state: str
    version: int
    objective_id: int
    objective_title: str
    on: date = date.min

    @property
    def is_overdue(self) -> bool:
        return self.due_on < self.on


def _open_actions(owner: int) -> QuerySet[Any, Any]:
    rows = KeyAction.objects.filter(
        owner=owner,
        archived_on=None,
        state__in=(ActionState.TODO, ActionState.DOING),
        due_on__isnull=False,
        objective__archived_on=None,
        objective__state=ObjectiveState.ACTIVE,
    ).exclude(objective__goal_set__cycle__phase="closed")
    columns = ("pk", "title", "due_on", "state", "version", "objective_id", "objective__title")
    return rows.order_by("due_on", "pk").values_list(*columns)[:MOST_ROWS]


_actions_of = Rows(ActionDue, _open_actions)


def _actions_due(actor: "Person") -> list[ActionDue]:
    on = today()
    sunday = on + timedelta(days=6 - on.weekday())
    return [one._replace(on=on) for one in _actions_of(owner=actor.pk) if one.due_on <= sunday]
