"""Scorecards: one's own, those one reviews, and what is done on them."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Flag, Id, IdText, Named, Number, Shown, Text, Versioned
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected, unchanged
from tandem.kpi import commands
from tandem.kpi.access import knows_result, looks_as_people_team
from tandem.kpi.models import FactorClaim, Scorecard, ScorecardItem
from tandem.kpi.queries import (
    appeal_of,
    claims_of,
    get_item,
    get_scorecard,
    items_of,
    own_scorecards,
    scorecards,
    scorecards_to_review,
)
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import known, named
from tandem.people.queries import get_person

router = Router(tags=["scorecards"])
StageName = Literal[
    "running", "self_review", "manager_review", "second_review", "calibration", "communicated", "acknowledged",
    "appealed", "resolved", "closed",
]  # fmt: skip


class AskedScorecards(Body):
    which: Literal["own", "review", "all"] = "own"
    """Those you carry, those you review, or all that you may see."""


class ReviewWords(Versioned):
    words: Text = ""


class SecondView(ReviewWords):
    back: Flag = False
    """Back to the manager; then words are needed."""


class Calibration(ReviewWords):
    adjustment: Number


class AppealWords(Body):
    words: Text


class AppealDecision(Versioned):
    words: Text
    result: Number | None = None
    """null keeps the result."""


class Reviewers(Body):
    manager: Id | None = None
    """null: the people team."""
    second: Id | None = None
    peers: list[Id] = OMITTED
    """Left out: as they are."""


class ItemNote(Versioned):
    note: Text = ""
    actual: Number | None = None
    applies: Flag = True


class ItemMark(Body):
    value: Number


class ScorecardLine(Shown):
    id: int
    round: int
    cycle: Named
    person: Named | None
    unit: Named | None
    manager: Named | None
    second: Named | None
    stage: StageName
    total: float | None
    result: float | None
    grade: str
    unscored: int
    respond_until: date | None
    was_silent: bool
    version: int


class ScorecardsOut(Shown):
    items: list[ScorecardLine]
    next: str | None


class MarkOut(Shown):
    author: Named
    role: Literal["self", "manager", "second", "peer"]
    value: float


class FactorClaimOut(Shown):
    id: int
    author: Named | None
    words: str
    evidence: str
    since: date | None
    until: date | None
    remedy: Literal["", "days", "target", "weight", "none"]
    """Empty until it is decided."""
    value: float | None
    answer: str
    decided_by: Named | None
    points_before: float | None
    points_after: float | None


class ItemOut(Shown):
    id: int
    code: str
    name_en: str
    name_zh: str
    measure: str
    kind: Literal["scored", "plus_minus", "veto", "watch"]
    weight: float
    counted: float
    dimension: str
    share: float | None
    """With two levels: the weight of its dimension; `weight` and `points` are then those inside of it."""
    share_counted: float | None
    method: str
    terms: dict[str, Any]
    read: float | None
    actual: float | None
    by_hand: bool
    source: str
    supplier: str
    applies: bool
    note: str
    points: float | None
    sum: str
    """How the points came about, with the numbers put in."""
    why: str
    """Why there are none."""
    marks: list[MarkOut]
    eased: dict[str, Any]
    """What granted claims change of the terms: `days`, `share`, `target`, `weight`."""
    claims: list[FactorClaimOut]


class AppealOut(Shown):
    words: str
    result_before: float
    grade_before: str
    answer: str
    decided_by: Named | None


class PartIn(Body):
    score: Number
    days: int
    words: Text


class Parts(Versioned):
    parts: list[PartIn]


class PartOut(Shown):
    score: str
    days: int
    words: str


class ScorecardOut(ScorecardLine):
    difficulty: float | None
    """The factor agreed with the targets."""
    parts: list[PartOut]
    """Parts of the period served elsewhere."""
    adjustment: float
    adjustment_words: str
    self_words: str
    review_words: str
    second_words: str
    appeal: AppealOut | None
    lines: list[ItemOut]


@router.get("/scorecards", response=ScorecardsOut)
def list_scorecards(
    request: HttpRequest, asked: Query[AskedScorecards], cursor: Cursor = None, limit: Limit = USUAL
) -> HttpResponse:
    """The newest first."""
    reads = {"own": own_scorecards, "review": scorecards_to_review, "all": scorecards}
    actor = actor_of(request)
    rows = reads[asked.which](actor)
    found = page(rows, ("-pk",), lambda one: (one.pk,), cursor=cursor, limit=limit, name=f"scorecards-{asked.which}")
    return answer({"items": [line_json(actor, one) for one in found.items], "next": found.next})


@router.get("/scorecards/{card_id}", response=ScorecardOut)
def read_scorecard(request: HttpRequest, card_id: IdText) -> HttpResponse:
    """One with its items. A look of the people team at another's is kept in the audit log."""
    actor = actor_of(request)
    card = get_scorecard(actor, card_id)
    if looks_as_people_team(actor, card):
        commands.note_look(actor, None, card=card)
    return shown(actor, card_id)


@router.post("/scorecards/{card_id}/self-review", response=ScorecardOut)
def review_oneself(request: HttpRequest, card_id: IdText, body: ReviewWords) -> HttpResponse:
    """Your own look back; it goes to your manager."""
    actor = actor_of(request)
    version = expected(request, body.version)
    commands.review_oneself(actor, get_scorecard(actor, card_id), words=body.words, version=version)
    return shown(actor, card_id)


@router.put("/scorecards/{card_id}/parts", response=ScorecardOut)
def note_parts(request: HttpRequest, card_id: IdText, body: Parts) -> HttpResponse:
    """Parts of the period served elsewhere, all of them; the result is the mean by days."""
    actor = actor_of(request)
    card, version = get_scorecard(actor, card_id), expected(request, body.version)
    commands.note_parts(actor, card, parts=[one.model_dump() for one in body.parts], version=version)
    return shown(actor, card_id)


@router.post("/scorecards/{card_id}/review", response=ScorecardOut)
def hand_in_review(request: HttpRequest, card_id: IdText, body: ReviewWords) -> HttpResponse:
    """The manager is done; refused while something is not scored."""
    actor = actor_of(request)
    version = expected(request, body.version)
    commands.hand_in_review(actor, get_scorecard(actor, card_id), words=body.words, version=version)
    return shown(actor, card_id)


@router.post("/scorecards/{card_id}/second-review", response=ScorecardOut)
def hand_in_second(request: HttpRequest, card_id: IdText, body: SecondView) -> HttpResponse:
    actor = actor_of(request)
    card = get_scorecard(actor, card_id)
    version = expected(request, body.version)
    commands.hand_in_second_review(actor, card, words=body.words, back=body.back, version=version)
    return shown(actor, card_id)


@router.post("/scorecards/{card_id}/calibration", response=ScorecardOut)
def calibrate(request: HttpRequest, card_id: IdText, body: Calibration) -> HttpResponse:
    """Add to the computed total, or take from it, with the reason; 0 takes that back."""
    actor = actor_of(request)
    card = get_scorecard(actor, card_id)
    version = expected(request, body.version)
    commands.calibrate(actor, card, adjustment=body.adjustment, words=body.words, version=version)
    return shown(actor, card_id)


@router.post("/scorecards/{card_id}/acknowledge", response=ScorecardOut)
def acknowledge(request: HttpRequest, card_id: IdText) -> HttpResponse:
    actor = actor_of(request)
    commands.acknowledge(actor, get_scorecard(actor, card_id))
    return shown(actor, card_id)


@router.post("/scorecards/{card_id}/appeal", response=ScorecardOut)
def appeal(request: HttpRequest, card_id: IdText, body: AppealWords) -> HttpResponse:
    """Once for a result, within the days to answer."""
    actor = actor_of(request)
    commands.appeal(actor, get_scorecard(actor, card_id), words=body.words)
    return shown(actor, card_id)


@router.post("/scorecards/{card_id}/appeal-decision", response=ScorecardOut)
def decide_appeal(request: HttpRequest, card_id: IdText, body: AppealDecision) -> HttpResponse:
    """By somebody who had no hand in the score; the old result stays on the sheet."""
    actor = actor_of(request)
    card = get_scorecard(actor, card_id)
    version = expected(request, body.version)
    commands.decide_appeal(actor, card, words=body.words, result=body.result, version=version)
    return shown(actor, card_id)


@router.put("/scorecards/{card_id}/reviewers", response=ScorecardOut)
def name_reviewers(request: HttpRequest, card_id: IdText, body: Reviewers) -> HttpResponse:
    actor = actor_of(request)
    card = get_scorecard(actor, card_id)
    given = {name: named(get_person, actor, getattr(body, name), name) for name in ("manager", "second")}
    if "peers" in body.said():
        peers = [known(get_person, actor, one, "peers") for one in body.peers]
    else:
        peers = list(card.peers.all())
    with unchanged(request, card):
        commands.name_reviewers(actor, card, **given, peers=peers)
    return shown(actor, card_id)


@router.post("/scorecard-items/{item_id}/note", response=ScorecardOut)
def note_item(request: HttpRequest, item_id: IdText, body: ItemNote) -> HttpResponse:
    """An exception: another actual, or that it does not apply, with words; neither takes it back."""
    actor = actor_of(request)
    item, version = get_item(actor, item_id), expected(request, body.version)
    card = commands.note_item(actor, item, note=body.note, actual=body.actual, applies=body.applies, version=version)
    return shown(actor, card.pk)


@router.post("/scorecard-items/{item_id}/mark", response=ScorecardOut)
def mark_item(request: HttpRequest, item_id: IdText, body: ItemMark) -> HttpResponse:
    """A mark on an item that is judged and not measured."""
    actor = actor_of(request)
    return shown(actor, commands.mark_item(actor, get_item(actor, item_id), value=body.value).pk)


def shown(actor: Actor, pk: int, status: int = 200) -> HttpResponse:
    card = get_scorecard(actor, pk)
    found = appeal_of(actor, card)
    words = ("difficulty", "parts", "adjustment", "adjustment_words", "self_words", "review_words", "second_words")
    data = line_json(actor, card) | {name: getattr(card, name) for name in words}
    if not knows_result(actor, card):
        data |= {"adjustment": 0, "adjustment_words": "", "review_words": "", "second_words": ""}
    data["appeal"] = found and {
        "words": found.words, "result_before": found.result_before, "grade_before": found.grade_before,
        "answer": found.answer, "decided_by": _named(found.decided_by),
    }  # fmt: skip
    claims = claims_of(actor, card)
    data["lines"] = [_item_json(one, claims.get(one.pk, [])) for one in items_of(actor, card)]
    return answer(data, status=status, version=card.version)


def line_json(actor: Actor, card: Scorecard) -> dict[str, Any]:
    beside = {name: _named(getattr(card, name)) for name in ("person", "unit", "manager", "second")}
    names = ("stage", "total", "result", "grade", "unscored", "respond_until", "was_silent", "version")
    plain = {name: getattr(card, name) for name in names}
    if not knows_result(actor, card):
        plain |= {"result": None, "grade": ""}
    return {"id": card.pk, "round": card.round_id, "cycle": _named(card.round.cycle), **beside, **plain}


def _item_json(item: ScorecardItem, claims: list[FactorClaim]) -> dict[str, Any]:
    names = (
        "code", "name_en", "name_zh", "measure", "kind", "weight", "counted", "dimension", "share",
        "share_counted", "method", "terms", "read", "actual",
        "by_hand", "source", "supplier", "applies", "note", "points", "sum", "why", "eased",
    )  # fmt: skip
    marks = [{"author": _named(one.author), "role": one.role, "value": one.value} for one in item.marks.all()]
    plain = {name: getattr(item, name) for name in names}
    return {"id": item.pk, **plain, "marks": marks, "claims": [_claim_json(one) for one in claims]}


def _claim_json(claim: FactorClaim) -> dict[str, Any]:
    names = ("words", "evidence", "since", "until", "remedy", "value", "answer", "points_before", "points_after")
    people = {name: _named(getattr(claim, name)) for name in ("author", "decided_by")}
    return {"id": claim.pk, **people, **{name: getattr(claim, name) for name in names}}


def _named(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "name": row.name}
