"""Handshakes as the API shows them: the shapes for the description."""

from datetime import date, datetime
from typing import Any, Literal

from tandem.core.http.bodies import Named, Shown
from tandem.okr.api.shapes import OwnerOut

AgreementState = Literal["offered", "declined", "withdrawn", "signed", "voided"]


class VersionKeyResult(Shown):
    id: str
    title: str
    description: str
    kind: str
    unit: str
    start: float | None
    target: float | None
    low: float | None
    high: float | None
    tolerance: float | None
    steps: list[dict[str, Any]]
    weight: float


class VersionObjective(Shown):
    id: str
    """Its key."""
    title: str
    description: str
    ambition: str
    category: str
    weight: float
    aligned_to: list[str]
    key_results: list[VersionKeyResult]


class VersionOut(Shown):
    """A goal set as it is signed. Goals that the reader may not read are left out; the hash is of the whole."""

    cycle: str
    start: date | None
    end: date | None
    owner: str
    objectives: list[VersionObjective]


class PieceOut(Shown):
    kind: Literal["same", "gone", "new"]
    text: str


class FieldChangeOut(Shown):
    name: str
    was: Any
    now: Any
    pieces: list[PieceOut]
    """Of texts: joined without the new ones the old text, without the gone ones the new."""


class ChangeOut(Shown):
    kind: Literal["new", "gone", "changed"]
    what: Literal["set", "objective", "key_result"]
    id: str
    title: str
    fields: list[FieldChangeOut]


class AgreementRow(Shown):
    id: int
    key: str
    state: AgreementState
    is_trivial: bool
    hash: str
    """SHA-256 of the kept version's canonical JSON."""
    expectation: str
    forecast: str
    owner_side: Named | None
    other_side: Named | None
    offered_at: datetime
    owner_signed_at: datetime | None
    other_signed_at: datetime | None
    ended_at: datetime | None
    ended_by: Named | None
    reason: str
    version: int


class AgreementOut(AgreementRow):
    kept: VersionOut


class LeadersOut(Shown):
    first: int
    """Units whose lead has published own open goals, a growth goal among them."""
    led: int
    """Units that have a lead."""


class ByStateOut(Shown):
    offered: int
    declined: int
    withdrawn: int
    signed: int
    voided: int


class AgreeingOut(Shown):
    leaders: LeadersOut | None
    """null after the cycle has begun."""
    by_state: ByStateOut | None
    """Goal sets by the state of their newest handshake; null for whom these numbers are not."""


class MovedTargetOut(Shown):
    """A key result that asks something else than was signed."""

    key_result: int
    objective: int
    title: str
    objective_title: str
    owner: OwnerOut
    moved: Literal["raised", "lowered", "changed"]
    signed_at: datetime
    signed: VersionKeyResult
    """What both signed."""
    now: VersionKeyResult
    score_against_signed: float | None
    """What the numbers say against the signed target; null without data."""
    proposed_score: float | None
    """What they say against today's."""
    score: float | None


class MovedTargetsOut(Shown):
    items: list[MovedTargetOut]
    next: str | None


class SuggestionOut(Shown):
    id: int
    objective: int
    key_result: int | None
    was: str
    """The title that it was made for."""
    text: str
    state: Literal["open", "taken", "left", "withdrawn"]
    author: Named | None
    at: datetime


class AboveOut(Shown):
    id: int
    title: str


class TeamLine(Shown):
    owner: OwnerOut
    state: Literal["nothing", "", "offered", "declined", "withdrawn", "signed", "voided"]
    """"nothing" while there is no goal, "" while nothing was offered."""
    waits_for: Literal["", "owner", "other"]
    since: datetime | None
    settled_days: int | None
    """From the first goal to the second hand."""
    above_changed: bool


class TeamOut(Shown):
    items: list[TeamLine]
    next: int | None


class HandshakeOut(Shown):
    state: Literal["", "offered", "declined", "withdrawn", "signed", "voided"]
    """Of the newest agreement; "" while nothing was offered."""
    hash: str
    """Of the version that stands now: what one gives a hand on."""
    version: VersionOut
    agreement: AgreementRow | None
    changes: list[ChangeOut]
    """From the version that was offered or signed to the one that stands."""
    owner_side: Named | None
    other_side: Named | None
    is_due: bool
    """Somebody else stands on a side than those who signed: a new handshake is due."""
    suggestions: list[SuggestionOut]
    above_changed: list[AboveOut]
    """Objectives above that say something else than when this was signed."""
    earlier: list[AgreementRow]
