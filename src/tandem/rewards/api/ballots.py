"""A team's ballots on plus and minus rules."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, IdText, Shown, Text
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.people.actors import Actor, actor_of
from tandem.rewards import commands
from tandem.rewards.models import Ballot
from tandem.rewards.queries import (
    Standing,
    ballots_of,
    get_ballot,
    objections_to,
    standing_of,
    standings,
    voice_of,
)

router = Router(tags=["rewards"])
ChoiceName = Literal["agree", "live", "object"]


class BallotAnswer(Body):
    choice: ChoiceName
    reason: Text = OMITTED
    """Needed for an objection; all who see the ballot read it with your name."""


class BallotLine(Shown):
    id: int
    rule: int
    title: str
    until: date
    outcome: Literal["open", "passed", "failed"]
    why: Literal["", "objection", "quorum", "nobody"]
    voters: int
    agree: int
    live: int
    object: int


class BallotsOut(Shown):
    items: list[BallotLine]
    next: str | None


class ObjectionShown(Shown):
    name: str
    reason: str


class BallotOut(BallotLine):
    own: ChoiceName | Literal[""] | None
    """Your answer; null where you were not asked."""
    objections: list[ObjectionShown]


@router.get("/ballots", response=BallotsOut)
def list_ballots(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Those you were asked in, of teams you lead, and for the people team all; the newest first."""
    actor = actor_of(request)
    found = page(ballots_of(actor), ("-pk",), lambda one: (one.pk,), cursor=cursor, limit=limit, name="ballots")
    stands = standings(actor, [one.pk for one in found.items])
    return answer({"items": [_line(one, stands[one.pk]) for one in found.items], "next": found.next})


@router.get("/ballots/{ballot_id}", response=BallotOut)
def read_ballot(request: HttpRequest, ballot_id: IdText) -> HttpResponse:
    """How it stands, and the objections."""
    return _shown(actor_of(request), ballot_id)


@router.put("/ballots/{ballot_id}/answer", response=BallotOut)
def answer_ballot(request: HttpRequest, ballot_id: IdText, body: BallotAnswer) -> HttpResponse:
    """Your answer, or another one, as long as the ballot is open."""
    actor = actor_of(request)
    commands.answer_ballot(actor, get_ballot(actor, ballot_id), **body.said())
    return _shown(actor, ballot_id)


def _line(one: Ballot, standing: Standing) -> dict[str, Any]:
    tally = standing.tally
    return {
        "id": one.pk, "rule": one.announced.rule_id, "title": one.announced.rule.name, "until": one.until,
        "outcome": standing.outcome, "why": standing.why, "voters": tally.voters, "agree": tally.agree,
        "live": tally.live, "object": tally.object,
    }  # fmt: skip


def _shown(actor: Actor, pk: int) -> HttpResponse:
    one = get_ballot(actor, pk)
    own = voice_of(actor, one)
    objections = [{"name": said.name, "reason": said.reason} for said in objections_to(actor, one)]
    shown = {"own": own.choice if own is not None else None, "objections": objections}
    return answer(_line(one, standing_of(actor, one)) | shown)
