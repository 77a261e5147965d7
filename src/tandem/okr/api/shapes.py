"""Goals as the API shows them: the shapes for the description. `as_json` makes the answers."""

from datetime import date, datetime
from typing import Literal

from tandem.core.http.bodies import Named, Shown

Ambition = Literal["aspirational", "committed"]
Visibility = Literal["company", "branch", "line", "people"]
Category = Literal["contribution", "growth", "health"]
State = Literal["draft", "active", "dropped", "closed"]
Kind = Literal["metric", "percent", "maintain", "binary", "milestones", "rubric", "baseline", "kpi"]
Pace = Literal["", "on_track", "at_risk", "off_track"]
Status = Literal["on_track", "at_risk", "off_track", "pending", "stale", "closed"]
Band = Literal["", "red", "yellow", "green"]
ActionState = Literal["todo", "doing", "done", "dropped"]


class OwnerOut(Shown):
    kind: Literal["person", "unit"]
    id: int
    name: str


class CycleRef(Shown):
    id: int
    name: str
    phase: Literal["plan", "agree", "run", "review", "closed"]
    start: date | None
    end: date | None


class StepOut(Shown):
    """Milestones have titles and weights, rubrics levels and texts."""

    title: str | None = None
    weight: float | None = None
    level: str | None = None
    text: str | None = None


class KeyResultOut(Shown):
    id: int
    key: str
    objective: int
    title: str
    description: str
    kind: Kind
    unit: str
    start: float | None
    target: float | None
    low: float | None
    high: float | None
    tolerance: float | None
    steps: list[StepOut]
    given: float | None
    """The value that came with it; it counts while there is no check-in."""
    indicator: str | None
    """The code of the indicator that a key result of kind kpi follows."""
    carrier: str | None
    """Whose readings are followed: unit:KEY; null for the objective's owner."""
    read_on: date | None
    """The day of the newest reading that counts."""
    weight: float
    current: float | None
    progress: float | None
    """Raw: may lie below 0 or above 1. Null means no data."""
    expected: float
    """The share of time gone, 0–1."""
    confidence: int | None
    reported: Pace
    status: Status
    last_on: date | None
    next_due_on: date | None
    check_ins: int
    score: float | None
    """0–1, given by the owner."""
    proposed_score: float | None
    """What the numbers say: capped progress, one decimal."""
    score_reason: str
    scored_late: bool
    position: int
    version: int


class OneKeyResultOut(KeyResultOut):
    archived_on: date | None


class KeyResultsOut(Shown):
    items: list[OneKeyResultOut]


class ActionOut(Shown):
    id: int
    key: str
    objective: int
    key_result: int | None
    title: str
    owner: Named | None
    due_on: date | None
    state: ActionState
    position: int
    version: int


class OneActionOut(ActionOut):
    archived_on: date | None


class AlignedToOut(Shown):
    id: int
    title: str
    state: State
    owner: OwnerOut
    is_tentative: bool
    """It hangs on a draft."""


class CandidateOut(Shown):
    """An objective one could align to."""

    id: int
    title: str
    state: State
    owner_name: str
    cycle_name: str
    is_tentative: bool


class ContributionsOut(Shown):
    readable: int
    confidential: int
    """They align to it, and no more is said of them."""


class CandidatesOut(Shown):
    items: list[CandidateOut]


class ObjectiveOut(Shown):
    id: int
    key: str
    """The id in plan files."""
    title: str
    description: str
    ambition: Ambition
    category: Category
    weight: float
    position: int
    state: State
    status: Literal[
        "on_track",
        "at_risk",
        "off_track",
        "pending",
        "stale",
        "draft",
        "dropped",
        "reached",
        "partly",
        "missed",
        "closed",
    ]
    """In a closed cycle how it ended; closed where nobody scored."""
    dropped_reason: str
    archived_on: date | None
    published_on: date | None
    progress: float | None
    """0–1; null means no data."""
    expected: float
    confidence: float | None
    next_due_on: date | None
    score: float | None
    """The weighted mean of the key results' scores, one decimal."""
    band: Band
    scored_late: bool
    reflection: str
    carry_reason: str
    """Why it was carried over from an earlier cycle."""
    owner: OwnerOut
    cycle: CycleRef
    visibility: Visibility
    version: int


class GoalOut(ObjectiveOut):
    """An objective with all that hangs under it."""

    key_results: list[KeyResultOut]
    actions: list[ActionOut]
    aligned_to: list[AlignedToOut]
    co_owners: list[Named]
    readers: list[Named]
    """Named to read it where it is not open to all; its owners and whoever has an action in it read it anyway."""


class ObjectivesOut(Shown):
    items: list[ObjectiveOut]
    next: str | None


class SetOut(Shown):
    """One owner's goals of a cycle in numbers."""

    progress: float | None
    objectives: int
    drafts: int
    key_results: int
    with_data: int
    updated_on: date | None
    next_due_on: date | None
    score: float | None
    key_results_scored: int
    reflection: str
    agreement: Literal["", "offered", "declined", "withdrawn", "signed", "voided"]
    """How the newest handshake on these goals stands; "" for none, and where it is not yours to know."""
    version: int
    """Of the reflection."""


class GoalsOut(Shown):
    numbers: SetOut | None
    """Null while there is no goal."""
    goals: list[GoalOut]


class CheckInOut(Shown):
    id: int
    key_result: int
    on: date
    value: float | None
    done_steps: list[int]
    confirmed: bool
    confidence: int | None
    status: Pace
    note: str
    is_draft: bool
    author: Named | None
    written_at: datetime
    withdrawn_at: datetime | None
    replaces: int | None


class CheckInsOut(Shown):
    items: list[CheckInOut]
    next: str | None


class KeyResultNumbers(Shown):
    """What follows from the history of a key result."""

    id: int
    current: float | None
    progress: float | None
    confidence: int | None
    reported: Pace
    last_on: date | None
    next_due_on: date | None
    check_ins: int


class CheckedInOut(Shown):
    check_in: CheckInOut
    key_result: KeyResultNumbers


class DueOut(Shown):
    """A key result to check in on."""

    key_result: KeyResultOut
    objective_title: str
    owner: OwnerOut
    cycle_name: str
    paced: Pace
    """What pace proposes for the value that stands."""
    last: CheckInOut | None
    draft: CheckInOut | None


class ActionDueOut(Shown):
    id: int
    title: str
    due_on: date
    state: ActionState
    is_overdue: bool
    objective: int
    objective_title: str
    version: int


class WeekOut(Shown):
    due: list[DueOut]
    later: list[DueOut]
    """Not due yet, the earliest first."""
    actions: list[ActionDueOut]


class TallyOut(Shown):
    """Counts over a branch: every goal of the unit and of the units below it."""

    people_drafted: int
    people_published: int
    people_checked_in: int
    drafts: int
    objectives: int
    key_results: int
    with_data: int
    confidence: float | None
    confidences: list[int]
    """How many key results stand at confidence 0 … 10."""
    progresses: list[int]
    """How many objectives lie in each tenth of progress."""


class AtRiskOut(Shown):
    items: list[ObjectiveOut]


class RelativeOut(Shown):
    """The same goal in another cycle."""

    id: int
    title: str
    state: State
    cycle_id: int
    cycle_name: str
    score: float | None
    carry_reason: str


class LineageOut(Shown):
    origin: RelativeOut | None
    heirs: list[RelativeOut]


class ClonesOut(Shown):
    items: list[ObjectiveOut]


class BandsOut(Shown):
    red: int
    yellow: int
    green: int


class AmbitionResultsOut(Shown):
    mean: float | None
    scores: list[int]
    """How many objectives have the score 0.0, 0.1 … 1.0."""
    bands: BandsOut


class ResultsOut(Shown):
    """How a cycle ended for a branch or the company."""

    objectives: int
    scored: int
    key_results: int
    key_results_scored: int
    owners: int
    """People and units with something to score."""
    owners_scored: int
    late: int
    dropped: int
    targets_raised: int
    """Key results that ask more than was signed; with `targets_lowered` those that you may read."""
    targets_lowered: int
    mean: float | None
    aspirational: AmbitionResultsOut
    committed: AmbitionResultsOut


class MissingOut(Shown):
    owner: OwnerOut
    key_results: int | None
    """Of goals open to all; null where what is missing is for a few to read."""
    scored: int | None


class RemindedOut(Shown):
    reminded: int
    """How many people."""


class MissingScoresOut(Shown):
    items: list[MissingOut]
    next: str | None
