"""Who may do what with rounds and scorecards. Nobody decides about their own, and no score is anybody else's affair."""

from django.db.models import Q

from tandem.kpi.models.claims import FactorClaim
from tandem.kpi.models.rounds import Round
from tandem.kpi.models.scorecards import Role, Scorecard, ScorecardItem
from tandem.people.access import leads
from tandem.people.actors import Actor


def may_run_round(actor: Actor, _subject: Round | None = None) -> bool:
    """The people team alone: administrators run the system, and see nobody's scores."""
    return actor.is_people_team


def may_remind(actor: Actor, _subject: Round | None = None) -> bool:
    """Tandem itself by the dates of the round, and the people team whenever it wants."""
    return may_run_round(actor)


def may_delegate(actor: Actor, one: Round) -> bool:
    """Who reviews in this round, and the people team."""
    return may_run_round(actor) or (actor.pk is not None and one.cards.filter(manager=actor.pk).exists())


def carries(actor: Actor, card: Scorecard) -> bool:
    """Is it the actor's own, or that of a unit they lead?"""
    if card.unit is not None:
        return not actor.is_system and leads(actor, card.unit)
    return actor.pk is not None and actor.pk == card.person_id


def may_answer(actor: Actor, card: Scorecard) -> bool:
    """Looking back on it, acknowledging and appealing are the carrier's."""
    return carries(actor, card)


def may_review(actor: Actor, card: Scorecard) -> bool:
    """The reviewer named on it; without one the people team. Never the carrier."""
    if card.manager_id is None:
        return _may_score_by_office(actor, card)
    return actor.pk == card.manager_id


def may_review_second(actor: Actor, card: Scorecard) -> bool:
    if card.second_id is None:
        return _may_score_by_office(actor, card)
    return actor.pk == card.second_id


def _may_score_by_office(actor: Actor, card: Scorecard) -> bool:
    """Of the people team: neither who carries it, nor who decided a claim on it."""
    return actor.is_people_team and not carries(actor, card) and not has_decided_claim(actor, card)


def may_note_item(actor: Actor, item: ScorecardItem) -> bool:
    return may_review(actor, item.scorecard)


def role_of(actor: Actor, card: Scorecard) -> str:
    """As whom the actor gives marks; "" for nobody who may."""
    if carries(actor, card):
        return Role.SELF
    if may_review(actor, card):
        return Role.MANAGER
    if card.second_id is not None and actor.pk == card.second_id:
        return Role.SECOND
    return Role.PEER if is_peer(actor, card) else ""


def is_peer(actor: Actor, card: Scorecard) -> bool:
    """Was the actor asked for a view from beside?"""
    return not actor.is_system and card.peers.filter(pk=actor.pk).exists()


def may_mark(actor: Actor, item: ScorecardItem) -> bool:
    return not actor.is_system and bool(role_of(actor, item.scorecard))


def may_calibrate(actor: Actor, card: Scorecard) -> bool:
    return _may_score_by_office(actor, card)


def may_decide_appeal(actor: Actor, card: Scorecard) -> bool:
    """Somebody of the people team who neither carries it, nor scored, adjusted or reviewed it, nor decided a claim."""
    return _is_aside(actor, card, Q(claims__decided_by=actor.pk))


def _is_aside(actor: Actor, card: Scorecard, also: Q) -> bool:
    """Of the people team, and without a hand in the score; `also` names what else counts as one. One query at most."""
    if not actor.is_people_team or carries(actor, card):
        return False
    if actor.pk is None:
        return True
    if actor.pk in (card.manager_id, card.second_id, card.calibrated_by_id):
        return False
    return not card.items.filter(Q(noted_by=actor.pk) | Q(marks__author=actor.pk) | also).exists()


def may_claim(actor: Actor, item: ScorecardItem) -> bool:
    """An outside factor is claimed by the carrier or the reviewer."""
    return carries(actor, item.scorecard) or may_review(actor, item.scorecard)


def may_decide_claim(actor: Actor, claim: FactorClaim) -> bool:
    """Somebody of the people team who does not score this card, and did not claim it."""
    return (actor.pk is None or actor.pk != claim.author_id) and may_decide_claim_on(actor, claim.item.scorecard)


def may_decide_claim_on(actor: Actor, card: Scorecard) -> bool:
    """Could the actor decide claims of others on it? Who is asked for a view from beside scores too."""
    return _is_aside(actor, card, Q(scorecard__peers=actor.pk))


def has_decided_claim(actor: Actor, card: Scorecard) -> bool:
    return actor.pk is not None and FactorClaim.objects.filter(item__scorecard=card, decided_by=actor.pk).exists()


def knows_result(actor: Actor, card: Scorecard) -> bool:
    """Carriers read result, grade and the reviewers' words once they are communicated; before, it is others' work."""
    own = actor.pk is not None and actor.pk in (card.person_id, card.unit and card.unit.lead_id)
    return card.communicated_at is not None or not own


def looks_as_people_team(actor: Actor, card: Scorecard) -> bool:
    """Is it only by their office that the actor sees it? Such a look is kept in the audit log."""
    if actor.pk is None or not actor.is_people_team:
        return False
    return not Scorecard.objects.known_to(actor.pk).filter(pk=card.pk).exists()
