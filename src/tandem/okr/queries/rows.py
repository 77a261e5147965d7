"""Goals as plain rows: what pages, API and neighbours get to see of the tables."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tandem.cycles.rules import is_stale
from tandem.okr import rules


class KeyResultRow(NamedTuple):
    """A key result's stored row; `on` and `expected` (share of time gone) are filled by the read."""

    id: int
    key: str
    objective_id: int
    title: str
    description: str
    kind: str
    unit: str
    start: Decimal | None
    target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    tolerance: Decimal | None
    steps: list[dict[str, Any]]
    given: Decimal | None
    weight: Decimal
    current: Decimal | None
    progress: Decimal | None
    confidence: int | None
    reported: str
    last_on: date | None
    next_due_on: date | None
    check_ins: int
    score: Decimal | None
    position: int
    version: int
    score_reason: str
    scored_late: bool
    indicator: str | None = None
    """The code of what it follows."""
    followed_unit: str | None = None
    """The key of the unit whose readings it follows; None: the owner's."""
    read_on: date | None = None
    on: date = date.min
    expected: Decimal = Decimal(0)
    closed: bool = False
    """Is its cycle closed?"""

    @property
    def carrier(self) -> str | None:
        return self.followed_unit and f"unit:{self.followed_unit}"

    @property
    def proposed_score(self) -> Decimal | None:
        """What the numbers propose: capped progress, one decimal."""
        return rules.proposed_score(self.progress)

    @property
    def is_stale(self) -> bool:
        return is_stale(self.next_due_on, self.on)

    @property
    def status(self) -> str:
        """on_track, at_risk, off_track, pending or stale: what is true of it on the day `on`; closed at the end."""
        return rules.status(
            outcome="closed" if self.closed else None,
            stale=self.is_stale,
            reported=self.reported or None,
            paced=rules.pace(self.progress, self.expected),
            checked_in=self.last_on is not None,
        )

    @property
    def last_value(self) -> Decimal | None:
        """The value that stands: the newest, else the one given, else the start."""
        return self.current if self.current is not None else self.start


class ObjectiveRow(NamedTuple):
    """An objective's stored row, with its owner and cycle; `on` and `expected` as above."""

    id: int
    key: str
    goal_set_id: int
    title: str
    description: str
    ambition: str
    category: str
    weight: Decimal
    position: int
    state: str
    dropped_reason: str
    archived_on: date | None
    published_on: date | None
    progress: Decimal | None
    confidence: Decimal | None
    reported: str
    next_due_on: date | None
    version: int
    visibility: str
    score: Decimal | None
    band: str
    scored_late: bool
    reflection: str
    cloned_from_id: int | None
    carry_reason: str
    cycle_id: int
    cycle_name: str
    cycle_phase: str
    cycle_start: date | None
    cycle_end: date | None
    person_id: int | None
    person_name: str | None
    unit_id: int | None
    unit_name: str | None
    on: date = date.min
    expected: Decimal = Decimal(0)

    @property
    def owner_name(self) -> str:
        return self.person_name or self.unit_name or ""

    @property
    def is_closed(self) -> bool:
        return self.state == "closed" or self.cycle_phase == "closed"

    @property
    def is_stale(self) -> bool:
        return is_stale(self.next_due_on, self.on)

    @property
    def status(self) -> str:
        """draft, dropped, how it ended (reached, partly, missed; closed without a score), or on_track, at_risk,
        off_track, pending, stale on the day `on`."""
        outcome = self.state if self.state in ("draft", "dropped") else None
        if outcome is None and self.is_closed:
            outcome = rules.OUTCOMES[self.band]
        return rules.status(
            outcome=outcome,
            stale=self.is_stale,
            reported=self.reported or None,
            paced=rules.pace(self.progress, self.expected),
            checked_in=self.progress is not None,
        )


class ActionRow(NamedTuple):
    id: int
    key: str
    objective_id: int
    key_result_id: int | None
    title: str
    owner_id: int | None
    owner_name: str | None
    due_on: date | None
    state: str
    position: int
    version: int


class LinkRow(NamedTuple):
    """An alignment seen from the child: the objective above it."""

    child_id: int
    id: int
    title: str
    state: str
    visibility: str
    person_id: int | None
    person_name: str | None
    unit_id: int | None
    unit_name: str | None

    @property
    def is_tentative(self) -> bool:
        return self.state == "draft"

    @property
    def owner_name(self) -> str:
        return self.person_name or self.unit_name or ""


class CoOwnerRow(NamedTuple):
    objective_id: int
    id: int
    name: str


class SetRow(NamedTuple):
    id: int
    progress: Decimal | None
    objectives: int
    drafts: int
    key_results: int
    with_data: int
    updated_on: date | None
    next_due_on: date | None
    restricted: int
    score: Decimal | None
    reflection: str
    version: int
    """Of the reflection."""
    key_results_scored: int
    agreement: str
    """How the newest agreement stands; "" for none, and where it is not the reader's to know."""

    def saying(self, numbers: dict[str, Any]) -> "SetRow":
        """The same set with other numbers: those over what one reader may see."""
        return self._replace(**{name: value for name, value in numbers.items() if name in self._fields})
