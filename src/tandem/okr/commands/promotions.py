"""A committed objective becomes a KPI: openly, by both sides, before its cycle starts.

What leads to pay is issued afterwards by the leader, as any target is, and knows nothing of the objective.
"""

from django.utils.translation import gettext as _

from tandem.core.clock import now, today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.texts import clean_text
from tandem.okr import access, versions
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.history import recount_all
from tandem.okr.commands.kept import contents
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import tell, writable
from tandem.okr.models import Ambition, Objective, ObjectiveState, Promotion
from tandem.people.actors import Actor


@command(may=access.may_promote)
def propose_promotion(actor: Actor, objective: Objective, /, *, words: str) -> Promotion:
    """One side proposes that the objective becomes a KPI, with the reason, and signs. Raises Invalid (422)."""
    _refuse(objective)
    if Promotion.objects.filter(objective=objective).exists():
        raise Invalid(_("It is proposed already; what is left is the other side’s signature."), code="state")
    said = clean_text(words, "words", length=2000)
    if not said:
        raise Invalid(_("Say why: the path is known, it must not fail, the number alone decides."), field="words")
    one = Promotion(objective=objective, words=said, content=_content(objective))
    _sign(actor, one)
    tell(actor, "objective.promotion_proposed", objective, reason=said)
    return one


@command(may=access.may_sign_promotion)
def sign_promotion(actor: Actor, one: Promotion) -> Promotion:
    """The other side signs the same words: the objective leaves the goals, and says where it went. Raises Invalid."""
    _refuse(one.objective)
    if one.is_done:
        raise Invalid(_("Both have signed."), code="state")
    if one.content != _content(one.objective):
        raise Invalid(_("It says something else than when it was proposed: propose it anew."), code="changed")
    _sign(actor, one)
    objective = one.objective
    objective.state, objective.dropped_reason = ObjectiveState.DROPPED, one.words
    objective.changed_at = now()
    objective.version += 1
    objective.save()
    recount_all(objective)
    refresh(objective.goal_set)
    tell(actor, "objective.promoted", objective, reason=one.words)
    follow_coverage(actor, objective.pk)
    return one


@command(may=access.may_withdraw_promotion)
def withdraw_promotion(actor: Actor, one: Promotion) -> Objective:
    """Either side takes it back as long as not both have signed. Raises Invalid."""
    if one.is_done:
        raise Invalid(_("Both have signed."), code="state")
    objective = one.objective
    one.delete()
    tell(actor, "objective.promotion_withdrawn", objective)
    return objective


def _refuse(objective: Objective) -> None:
    writable(objective)
    start = objective.cycle.start
    if objective.ambition != Ambition.COMMITTED:
        raise Invalid(_("Only a committed objective becomes a KPI; what is aspirational stays a goal."), code="state")
    if objective.state not in (ObjectiveState.DRAFT, ObjectiveState.ACTIVE):
        raise Invalid(_("Only a draft or an active objective becomes a KPI."), code="state")
    if start is None or start <= today():
        raise Invalid(_("The rules of a running cycle stay: this is done before it starts."), code="begun")


def _content(objective: Objective) -> str:
    (_goals, version), *_rest = contents(Objective.objects.filter(pk=objective.pk))
    return versions.content_hash(version)


def _sign(actor: Actor, one: Promotion) -> None:
    if access.is_owner_side(actor, one.objective.goal_set):
        one.owner_side_id, one.owner_signed_at = actor.pk, now()
    else:
        one.other_side_id, one.other_signed_at = actor.pk, now()
    one.save()
