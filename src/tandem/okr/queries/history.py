"""The history of key results: every check-in, corrected, withdrawn and kept as a draft; and its course."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from tandem.core.numbers import HUNDRED, ZERO
from tandem.core.rows import Rows
from tandem.kpi.queries import Course as Readings
from tandem.okr import rules
from tandem.okr.models import CheckIn
from tandem.okr.queries.following import readings_of
from tandem.okr.queries.rows import KeyResultRow, ObjectiveRow
from tandem.people.actors import Actor

CHECK_IN_COLUMNS = (
    *("pk", "key_result_id", "on", "value", "done_steps", "confirmed", "confidence", "status", "note"),
    *("is_draft", "author_id", "author__name", "written_at", "withdrawn_at", "replaces_id"),
    Exists(CheckIn.objects.filter(replaces=OuterRef("pk"), withdrawn_at=None)),
)
POINTS, CHART_POINTS = 13, 27


class CheckInRow(NamedTuple):
    """A check-in as it stands in the history."""

    id: int
    key_result_id: int
    on: date
    value: Decimal | None
    done_steps: list[int]
    confirmed: bool
    confidence: int | None
    status: str
    note: str
    is_draft: bool
    author_id: int | None
    author_name: str | None
    written_at: datetime
    withdrawn_at: datetime | None
    replaces_id: int | None
    is_replaced: bool

    @property
    def state(self) -> str:
        """draft, corrected, withdrawn, or "" for one that counts."""
        if self.withdrawn_at is not None:
            return "corrected" if self.is_replaced else "withdrawn"
        return "draft" if self.is_draft else ""


def _newest_first(**which: int) -> QuerySet[Any, Any]:
    rows = CheckIn.objects.filter(**which).order_by("key_result_id", "-on", "-written_at", "-pk")
    return rows.values_list(*CHECK_IN_COLUMNS)


_of_objective = Rows(CheckInRow, lambda objective: _newest_first(key_result__objective=objective))
_of_key_result = Rows(CheckInRow, lambda key_result: _newest_first(key_result=key_result))


@dataclass(frozen=True)
class Course:
    """How a key result went: its check-ins (newest first) and what a chart needs. Nothing here asks the database."""

    key_result: KeyResultRow
    start: date | None
    end: date | None
    check_ins: list[CheckInRow] = field(default_factory=list)
    readings: Readings = field(default_factory=list)
    """What the followed indicator's readings came to, the oldest first."""

    @property
    def counted(self) -> list[CheckInRow]:
        """Those that count: published and not taken back."""
        return [one for one in self.check_ins if not one.state]

    @property
    def last(self) -> CheckInRow | None:
        return next(iter(self.counted), None)

    @property
    def draft(self) -> CheckInRow | None:
        return next((one for one in self.check_ins if one.state == "draft"), None)

    def days(self, points: int, *, whole: bool = False) -> list[date]:
        """Evenly spread days from the cycle's first to today (`whole`: to its last)."""
        today = self.key_result.on
        counted = self.counted
        first = self.start or (counted[-1].on if counted else today)
        last = self.end if whole and self.end else min(today, self.end or today)
        if last <= first:
            return [last]
        length = (last - first).days
        steps = min(points, length + 1)
        return [first + timedelta(days=round(length * step / (steps - 1))) for step in range(steps)]

    def values(self, days: Iterable[date]) -> list[Decimal | None]:
        """The value that stood on each day; None before the first and after today."""
        if self.key_result.kind == rules.KPI:
            entries = [rules.Entry(on, place, value) for place, (on, value) in enumerate(self.readings)]
            return self._series(entries, days)
        return self._standing(days, [one.value for one in self.counted])

    def confidences(self, days: Iterable[date]) -> list[Decimal | None]:
        felt = [None if one.confidence is None else Decimal(one.confidence) for one in self.counted]
        return self._standing(days, felt)

    def _standing(self, days: Iterable[date], stood: list[Decimal | None]) -> list[Decimal | None]:
        newest_first = enumerate(zip(self.counted, stood, strict=True))
        return self._series([rules.Entry(one.on, -place, value) for place, (one, value) in newest_first], days)

    def _series(self, entries: list[rules.Entry], days: Iterable[date]) -> list[Decimal | None]:
        days = list(days)
        today = self.key_result.on
        past = [day for day in days if day <= today]
        return [*rules.series(entries, past), *[None for day in days if day > today]]

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        """From where to where the value should go; None for kinds that go nowhere."""
        one = self.key_result
        if one.kind in rules.FROM_TO and one.start is not None and one.target is not None:
            return one.start, one.target
        if one.kind == rules.PERCENT:
            return ZERO, HUNDRED
        if one.kind == rules.MILESTONES:
            return ZERO, sum((Decimal(str(step.get("weight", 1))) for step in one.steps), ZERO)
        return None

    @property
    def forecast(self) -> Decimal | None:
        """Where the value ends if it goes on as it went; None at the start, at the end and without data."""
        one = self.key_result
        if self.ends is None or one.current is None or not rules.NO_VERDICT_BEFORE <= one.expected < 1:
            return None
        return rules.forecast(self.ends[0], one.current, one.expected)


def courses_of(_actor: Actor, objective: ObjectiveRow, key_results: Iterable[KeyResultRow]) -> dict[int, Course]:
    """The courses of all key results of one objective, by key: one query."""
    found = {
        key: list(rows) for key, rows in groupby(_of_objective(objective=objective.id), lambda one: one.key_result_id)
    }
    rows = list(key_results)
    read = readings_of(objective, rows)
    return {
        one.id: Course(one, objective.cycle_start, objective.cycle_end, found.get(one.id, []), read.get(one.id, []))
        for one in rows
    }


def course_of(_actor: Actor, objective: ObjectiveRow, key_result: KeyResultRow) -> Course:
    """The course of one key result: one query."""
    found = _of_key_result(key_result=key_result.id)
    read = readings_of(objective, [key_result]).get(key_result.id, [])
    return Course(key_result, objective.cycle_start, objective.cycle_end, found, read)
