"""Outside factors: claimed with evidence by the carrier or the reviewer, decided by somebody who does not score."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.numbers import parse_number
from tandem.core.texts import clean_text
from tandem.kpi.access import may_claim, may_decide_claim
from tandem.kpi.commands.filling import read_again
from tandem.kpi.commands.scoring import rescore
from tandem.kpi.models import BEFORE_CALIBRATION, FactorClaim, Kind, Remedy, Round, Scorecard, ScorecardItem, Stage
from tandem.kpi.rules import remedies
from tandem.kpi.rules.weights import CENT
from tandem.people.actors import Actor

CLAIMABLE = (*BEFORE_CALIBRATION, Stage.CALIBRATION, Stage.APPEALED)
MOST_CLAIMS = 10


@command(may=may_claim)
def claim_factor(
    actor: Actor,
    item: ScorecardItem,
    /,
    *,
    words: str,
    evidence: str,
    since: date | None = None,
    until: date | None = None,
) -> FactorClaim:
    """Say what outside kept this item from its target, with evidence, and on which days if it had any.

    Refused once the result is communicated, unless it is appealed. Raises Invalid (422) naming the field.
    """
    card = item.scorecard
    _refuse_stage(card)
    if item.claims.count() >= MOST_CLAIMS:
        raise Invalid(_("At most %(most)s of them.") % {"most": MOST_CLAIMS}, field="words")
    said, shown = clean_text(words, "words", length=4000), clean_text(evidence, "evidence", length=4000)
    if not said:
        raise Invalid(_("Say what happened."), field="words")
    if not shown:
        raise Invalid(_("Name the evidence: a link, a record, who can confirm it."), field="evidence")
    if since is not None or until is not None:
        since, until = _span(card.round, since, until)
    claim = FactorClaim.objects.create(
        item=item, author_id=actor.pk, words=said, evidence=shown, since=since, until=until
    )
    _save(card)
    record(actor, "scorecard.claimed", card, name=card.name)
    return claim


@command(may=may_decide_claim)
def decide_claim(
    actor: Actor,
    claim: FactorClaim,
    /,
    *,
    remedy: str,
    words: str,
    since: date | None = None,
    until: date | None = None,
    value: object | None = None,
    version: int | None = None,
) -> Scorecard:
    """Grant a remedy, or `none`, with the reason; the scorecard is computed anew. Claim and answer stay on the sheet.

    `days` leaves out `since` to `until` (of the claim, if they are not given); `target` and `weight` take the new
    `value`. `version` is the scorecard's. Raises Invalid (422) naming the field, Conflict (409).
    """
    item, card = claim.item, claim.item.scorecard
    expect_version(card, version)
    _refuse_stage(card)
    if not claim.is_open:
        raise Invalid(_("This is decided already."), code="state")
    answer = clean_text(words, "words", length=4000)
    if not answer:
        raise Invalid(_("Say why; the carrier reads it."), field="words")
    if remedy not in Remedy.values:
        raise Invalid(_("Choose one of the offered values."), field="remedy")
    claim.points_before = item.points
    _ease(item, _Wish(claim, remedy, since, until, value))
    item.save()
    rescore(card)
    claim.remedy, claim.answer = remedy, answer
    claim.decided_by_id, claim.decided_at = actor.pk, now()
    claim.points_after = ScorecardItem.objects.values_list("points", flat=True).get(pk=item.pk)
    claim.save()
    _save(card)
    record(actor, "scorecard.claim_decided", card, name=card.name)
    return card


@dataclass(frozen=True)
class _Wish:
    claim: FactorClaim
    remedy: str
    since: date | None
    until: date | None
    value: object | None


def _ease(item: ScorecardItem, wish: _Wish) -> None:
    """Put the remedy beside what was signed; one of the same sort before it gives way, days add up."""
    claim = wish.claim
    if wish.remedy == Remedy.DAYS:
        _leave_days_out(item, claim, wish.since or claim.since, wish.until or claim.until)
    elif wish.remedy == Remedy.TARGET:
        claim.value = _new_target(item, wish.value)
        item.eased = {**item.eased, "target": f"{claim.value:f}"}
    elif wish.remedy == Remedy.WEIGHT:
        claim.value = _new_weight(item, wish.value)
        item.eased = {**item.eased, "weight": f"{claim.value:f}"}


def _leave_days_out(item: ScorecardItem, claim: FactorClaim, since: date | None, until: date | None) -> None:
    one = item.scorecard.round
    if item.by_hand or item.is_marked:
        said = _("Its actual does not come from dated values: re-base the target, or lower the weight.")
        raise Invalid(said, field="remedy")
    claim.since, claim.until = first, last = _span(one, since, until)
    spans = [*item.eased.get("days", []), [first.isoformat(), last.isoformat()]]
    start, end = one.cycle.start, one.cycle.end
    assert start is not None
    assert end is not None
    share = remedies.share_left(spans, start, end)
    if share == 0:
        raise Invalid(_("No day of the period would be left."), field="since")
    item.eased = {**item.eased, "days": spans}
    read_again(item, share)


def _span(one: Round, since: date | None, until: date | None) -> tuple[date, date]:
    """The days as they lie in the cycle of the round. Raises Invalid naming the end that does not."""
    start, end = one.cycle.start, one.cycle.end
    first, last = since or until, until or since
    if first is None or last is None:
        raise Invalid(_("Say from when until when."), field="since")
    if last < first:
        raise Invalid(_("The last day comes before the first."), field="until")
    if start is None or first < start:
        raise Invalid(_("This day lies outside of the cycle."), field="since")
    if end is None or last > end:
        raise Invalid(_("This day lies outside of the cycle."), field="until")
    return first, last


def _new_target(item: ScorecardItem, value: object | None) -> Decimal:
    if item.method not in remedies.COMPARES or item.holding.target is None:
        raise Invalid(_("Its points do not follow from a target: lower the weight instead."), field="remedy")
    found = parse_number("" if value is None else value, "value")
    if item.method in ("ratio", "inverse", "mirror") and found <= 0:
        raise Invalid(_("A ratio needs a target above 0."), field="value")
    return found


def _new_weight(item: ScorecardItem, value: object | None) -> Decimal:
    others = item.scorecard.items.filter(kind=Kind.SCORED, applies=True).exclude(pk=item.pk)
    if item.kind != Kind.SCORED or not others.exists():
        raise Invalid(_("No other item can take the weight: re-base the target instead."), field="remedy")
    found = parse_number("" if value is None else value, "value")
    if not 0 <= found < item.weight or found != found.quantize(CENT):
        raise Invalid(_("A lower weight than the one signed, with at most 2 decimals."), field="value")
    return found


def _refuse_stage(card: Scorecard) -> None:
    if card.stage not in CLAIMABLE:
        raise Invalid(_("The result was communicated: what kept it back is now said in an appeal."), code="state")


def _save(card: Scorecard) -> None:
    card.version += 1
    card.save()
