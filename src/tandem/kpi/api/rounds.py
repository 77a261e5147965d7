"""Rounds of scoring, for the people team."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Day, Flag, Id, IdText, Named, Number, Shown, Text, Versioned, Words
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected, unchanged
from tandem.cycles.queries import get_cycle
from tandem.kpi import commands
from tandem.kpi.api.scorecards import ScorecardsOut, StageName, line_json
from tandem.kpi.models import Round
from tandem.kpi.queries import by_unit, cards_of_round, get_round, rounds, rounds_reviewed, standing, waits_of
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person

router = Router(tags=["rounds"])
Pair = tuple[Text, Number]


class RoundChange(Versioned):
    grades: list[Pair] = OMITTED
    """[name, lowest result], from best to worst."""
    shares: list[Pair] = OMITTED
    """[grade, share]: guidance, forces nothing."""
    smallest_group: int = OMITTED
    mix: dict[Literal["self", "manager", "second", "peer"], Number] = OMITTED
    """Weight of each assessor's mark."""
    second_review: Flag = OMITTED
    appeal_days: int = OMITTED
    """Working days to answer a result."""
    self_review_until: Day | None = None
    review_until: Day | None = None


class NewRound(RoundChange):
    cycle: Id


class RoundMove(Body):
    to: Literal["self_review", "manager_review", "communicated", "closed"]
    scorecards: list[Id] | None = None
    """All that can go, when left out."""


class AskedCards(Body):
    stage: StageName | Literal[""] = ""
    search: Words = ""
    unit: IdText | None = None
    """Only its own scorecard and those of its members."""


class RoundLine(Shown):
    id: int
    cycle: Named
    grades: list[tuple[str, str]]
    shares: list[tuple[str, str]]
    smallest_group: int
    mix: dict[str, str]
    second_review: bool
    appeal_days: int
    self_review_until: date | None
    review_until: date | None
    closed_at: str | None
    version: int


class RoundsOut(Shown):
    items: list[RoundLine]
    next: str | None


class WaitsFor(Shown):
    name: str
    count: int


class UnitLine(Shown):
    """How many scorecards of a unit stand where."""

    unit: int | None
    name: str
    total: int
    running: int
    self_review: int
    review: int
    calibration: int
    communicated: int
    appealed: int
    done: int
    unscored: int
    silent: int


class Delegation(Body):
    reviewer: Id
    to: Id


class Reminded(Shown):
    told: int


class RoundOut(RoundLine):
    waiting: dict[str, int]
    """Carriers whose targets are not accepted yet: issued, negotiating."""
    stages: dict[str, int]
    unscored: int
    late: int
    distribution: dict[str, int]
    guidance: dict[str, int]
    open_claims: int
    """Claims of outside factors that nobody decided yet."""
    reviewers: list[WaitsFor]
    suppliers: list[WaitsFor]
    """Who has the most left to do."""
    units: list[UnitLine]


class LeftBehind(Shown):
    scorecard: int
    name: str
    reason: str


class RoundMoved(Shown):
    moved: int
    left: list[LeftBehind]


class RoundFilled(Shown):
    made: int


@router.get("/rounds", response=RoundsOut)
def list_rounds(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """The newest first; empty for everybody but the people team."""
    found = page(rounds(actor_of(request)), ("-pk",), lambda one: (one.pk,), cursor=cursor, limit=limit, name="rounds")
    return answer({"items": [_line(one) for one in found.items], "next": found.next})


@router.post("/rounds", response={201: RoundOut})
def open_round(request: HttpRequest, body: NewRound) -> HttpResponse:
    """A round for a cycle, with a scorecard for everybody who has accepted targets in it."""
    actor = actor_of(request)
    fields = body.said() | {"cycle": known(get_cycle, actor, body.cycle, "cycle")}
    return _shown(actor, commands.open_round(actor, None, **fields).pk, status=201)


@router.get("/rounds/{round_id}", response=RoundOut)
def read_round(request: HttpRequest, round_id: IdText) -> HttpResponse:
    """Its rules, and where everything stands."""
    return _shown(actor_of(request), round_id)


@router.patch("/rounds/{round_id}", response=RoundOut)
def change_round(request: HttpRequest, round_id: IdText, body: RoundChange) -> HttpResponse:
    actor = actor_of(request)
    version = expected(request, body.version)
    commands.edit_round(actor, get_round(actor, round_id), version=version, **body.said())
    return _shown(actor, round_id)


@router.get("/rounds/{round_id}/scorecards", response=ScorecardsOut)
def list_cards(
    request: HttpRequest, round_id: IdText, asked: Query[AskedCards], cursor: Cursor = None, limit: Limit = USUAL
) -> HttpResponse:
    actor = actor_of(request)
    one = get_round(actor, round_id)
    rows = cards_of_round(actor, one, stage=asked.stage, words=asked.search, unit=asked.unit)
    found = page(rows, ("pk",), lambda one: (one.pk,), cursor=cursor, limit=limit, name=f"round-{round_id}")
    return answer({"items": [line_json(actor, one) for one in found.items], "next": found.next})


@router.post("/rounds/{round_id}/refresh", response=RoundFilled)
def refresh(request: HttpRequest, round_id: IdText) -> HttpResponse:
    """Take targets and readings in again."""
    actor = actor_of(request)
    return answer({"made": commands.refresh_round(actor, get_round(actor, round_id))})


@router.post("/rounds/{round_id}/move", response=RoundMoved)
def move(request: HttpRequest, round_id: IdText, body: RoundMove) -> HttpResponse:
    """Move many scorecards on; those that cannot go are named with the reason."""
    actor = actor_of(request)
    return _moved(commands.move_cards(actor, get_round(actor, round_id), to=body.to, cards=body.scorecards))


@router.post("/rounds/{round_id}/delegation", response=RoundMoved)
def delegate(request: HttpRequest, round_id: IdText, body: Delegation) -> HttpResponse:
    """Somebody reviews instead of a reviewer who is away. Managers hand on their own reviews."""
    actor = actor_of(request)
    one = rounds_reviewed(actor).filter(pk=round_id).first() or get_round(actor, round_id)
    people = {name: known(get_person, actor, getattr(body, name), name) for name in ("reviewer", "to")}
    return _moved(commands.delegate_reviews(actor, one, **people))


@router.post("/rounds/{round_id}/reminders", response=Reminded)
def remind(request: HttpRequest, round_id: IdText) -> HttpResponse:
    """Remind by the dates of the round, and suppliers of late values; nobody is told twice."""
    actor = actor_of(request)
    told = commands.remind_of_round(actor, get_round(actor, round_id)) + commands.remind_suppliers(actor, None)
    return answer({"told": told})


def _moved(moved: commands.Moved) -> HttpResponse:
    left = [{"scorecard": card.pk, "name": card.name, "reason": reason} for card, reason in moved.left]
    return answer({"moved": moved.moved, "left": left})


@router.post("/rounds/{round_id}/close", response=RoundOut)
def close(request: HttpRequest, round_id: IdText) -> HttpResponse:
    """When every scorecard is closed."""
    actor = actor_of(request)
    one = get_round(actor, round_id)
    with unchanged(request, one):
        commands.close_round(actor, one)
    return _shown(actor, round_id)


def _line(one: Round) -> dict[str, Any]:
    names = (
        "grades", "shares", "smallest_group", "mix", "second_review", "appeal_days", "self_review_until",
        "review_until", "version",
    )  # fmt: skip
    closed = one.closed_at and one.closed_at.isoformat()
    cycle = {"id": one.cycle.pk, "name": one.cycle.name}
    return {"id": one.pk, "cycle": cycle, "closed_at": closed, **{name: getattr(one, name) for name in names}}


_COUNTED = ("name", "total", "running", "self_review", "review", "calibration", "communicated", "appealed", "done",
            "unscored", "silent")  # fmt: skip


def _shown(actor: Actor, pk: int, status: int = 200) -> HttpResponse:
    one = get_round(actor, pk)
    state, waits = standing(actor, one), waits_of(actor, one)
    units = [{"unit": line.key, **{name: getattr(line, name) for name in _COUNTED}} for line in by_unit(actor, one)]
    found = {
        "waiting": state.before, "stages": state.stages, "unscored": state.unscored, "late": state.late,
        "distribution": state.grades, "guidance": state.guidance, "open_claims": waits.claims, "units": units,
        "reviewers": [{"name": name, "count": many} for name, many in waits.reviewers],
        "suppliers": [{"name": name, "count": many} for name, many in waits.suppliers],
    }  # fmt: skip
    return answer(_line(one) | found, status=status, version=one.version)
