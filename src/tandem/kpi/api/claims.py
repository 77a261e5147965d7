"""Outside factors, claimed and decided."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.bodies import Body, Day, IdText, Number, Text, Versioned
from tandem.core.http.versions import expected
from tandem.kpi import commands
from tandem.kpi.api.scorecards import ScorecardOut, shown
from tandem.kpi.queries import get_claim, get_item
from tandem.people.actors import actor_of

router = Router(tags=["scorecards"])


class FactorIn(Body):
    words: Text
    evidence: Text
    since: Day | None = None
    until: Day | None = None


class ClaimDecision(Versioned):
    remedy: Literal["days", "target", "weight", "none"]
    words: Text
    since: Day | None = None
    until: Day | None = None
    """For `days`; those of the claim when left out."""
    value: Number | None = None
    """The new target or weight."""


@router.post("/scorecard-items/{item_id}/claims", response={201: ScorecardOut})
def claim_factor(request: HttpRequest, item_id: IdText, body: FactorIn) -> HttpResponse:
    """Say what outside kept the item from its target, with evidence. Not once the result is communicated, unless it is
    appealed."""
    actor = actor_of(request)
    claim = commands.claim_factor(
        actor, get_item(actor, item_id), words=body.words, evidence=body.evidence, since=body.since, until=body.until
    )
    return shown(actor, claim.item.scorecard_id, status=201)


@router.post("/factor-claims/{claim_id}/decision", response=ScorecardOut)
def decide_claim(request: HttpRequest, claim_id: IdText, body: ClaimDecision) -> HttpResponse:
    """By somebody who does not score this card; it is computed anew, and claim and answer stay on the sheet. The
    version is the scorecard's."""
    actor = actor_of(request)
    card = commands.decide_claim(
        actor, get_claim(actor, claim_id), remedy=body.remedy, words=body.words, since=body.since, until=body.until,
        value=body.value, version=expected(request, body.version),
    )  # fmt: skip
    return shown(actor, card.pk)
