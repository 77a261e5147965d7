"""Goals that go beyond: proposed to the unit by who writes them, adopted or declined by who leads it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.core.clock import now, today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.texts import clean_text
from tandem.okr import access
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.fields import refuse_closed
from tandem.okr.commands.findable import index_objective, index_whole
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import goal_set, last_place, refuse_gone, tell, writable
from tandem.okr.models import (
    Alignment,
    Objective,
    ObjectiveState,
    Proposal,
    ProposalState,
    Reader,
    Visibility,
)
from tandem.okr.models.visibility import readable
from tandem.okr.queries.carrying import living
from tandem.people.access import acting_lead
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Unit

TAKEN_ALONG = ("title", "description", "ambition", "category", "visibility")


@command(may=access.may_write)
def propose_to_unit(actor: Actor, objective: Objective) -> Proposal:
    """Propose a goal that aligns to nothing to its owner's unit (a unit's goal: to the unit above).

    Said twice it is said once; what was declined may be proposed again. Raises Invalid.
    """
    writable(objective)
    if objective.state not in (ObjectiveState.DRAFT, ObjectiveState.ACTIVE):
        raise Invalid(_("Only a draft or an active objective is proposed."), code="state")
    if Alignment.objects.filter(living("parent"), readable(actor, "parent"), child=objective).exists():
        raise Invalid(_("It aligns to an objective already; only what goes beyond is proposed."), code="state")
    unit = _unit_for(objective)
    found, new = Proposal.objects.get_or_create(objective=objective, unit=unit)
    if new or found.state != ProposalState.OPEN:
        found.by_id, found.at, found.state, found.reason = actor.pk, now(), ProposalState.OPEN, ""
        found.decided_by_id, found.decided_at, found.adopted_as = None, None, None
        found.save()
        tell(actor, "objective.proposed", objective, unit=unit.name, unit_id=unit.pk)
    return found


def _unit_for(objective: Objective) -> "Unit":
    goals = objective.goal_set
    unit = goals.owner_unit.parent if goals.owner_unit is not None else goals.unit
    if unit is None:
        raise Invalid(_("There is no unit above to propose it to."), code="state")
    refuse_gone(unit)
    lead = acting_lead(unit)
    if lead is not None and not access.seen_pairs({(lead.pk, objective.pk)}):
        raise Invalid(_("%(name)s may not read it; open it to them first.") % {"name": lead.name}, field="visibility")
    return unit


@command(may=access.may_withdraw_proposal)
def withdraw_proposal(actor: Actor, proposal: Proposal) -> Proposal:
    """Take it back while nobody has decided."""
    _refuse_decided(proposal)
    proposal.state = ProposalState.WITHDRAWN
    proposal.save(update_fields=["state"])
    tell(actor, "objective.proposal_withdrawn", proposal.objective, unit=proposal.unit.name, unit_id=proposal.unit_id)
    return proposal


def _refuse_decided(proposal: Proposal) -> None:
    if proposal.state != ProposalState.OPEN:
        raise Invalid(_("This proposal does not wait any longer."), code="state")


@command(may=access.may_decide)
def adopt_proposal(actor: Actor, proposal: Proposal) -> Objective:
    """A new draft of the unit in the proposal's words, to which the proposed goal is aligned. Raises Invalid.

    Its key results are the unit's to write; it keeps to whoever reads the goal, and its owner reads it.
    """
    _refuse_decided(proposal)
    origin, unit = proposal.objective, proposal.unit
    writable(origin)
    refuse_gone(unit)
    goals = goal_set(unit, origin.cycle)
    taken = {name: getattr(origin, name) for name in TAKEN_ALONG}
    draft = Objective(goal_set=goals, position=last_place(goals), **taken)
    draft.save()
    _keep_readers(origin, draft)
    index_objective(draft)
    refresh(goals)
    Alignment.objects.create(child=origin, parent=draft)
    refresh(origin.goal_set)
    _decide(actor, proposal, ProposalState.ADOPTED, adopted_as=draft)
    tell(actor, "objective.adopted", origin, draft, unit=unit.name, adopted_id=draft.pk)
    tell(actor, "objective.drafted_from", draft, origin, origin=origin.title, origin_id=origin.pk)
    follow_coverage(actor, draft.pk, origin.pk)
    return draft


def _keep_readers(origin: Objective, draft: Objective) -> None:
    if draft.visibility == Visibility.COMPANY:
        return
    readers = set(origin.readers.values_list("person_id", flat=True))
    if origin.goal_set.owner_person_id is not None:
        readers.add(origin.goal_set.owner_person_id)
    Reader.objects.bulk_create(Reader(objective=draft, person_id=one) for one in sorted(readers))


def _decide(
    actor: Actor, proposal: Proposal, state: str, *, reason: str = "", adopted_as: Objective | None = None
) -> None:
    proposal.state, proposal.reason, proposal.adopted_as = state, reason, adopted_as
    proposal.decided_by_id, proposal.decided_at = actor.pk, now()
    proposal.save()


@command(may=access.may_decide)
def decline_proposal(actor: Actor, proposal: Proposal, reason: str) -> Proposal:
    """Say no with a word: the goal stays its owner's, beyond what the unit wants. Raises Invalid naming `reason`."""
    _refuse_decided(proposal)
    text = clean_text(reason, "reason", length=2000)
    if not text:
        raise Invalid(_("Say why: who proposed it has earned a word."), field="reason")
    _decide(actor, proposal, ProposalState.DECLINED, reason=text)
    tell(actor, "objective.declined", proposal.objective, unit=proposal.unit.name, reason=text)
    return proposal


@command(may=access.may_decide)
def reopen_proposal(actor: Actor, proposal: Proposal) -> Proposal:
    """Take the decision back. An adopted draft is archived, as long as it is one and nothing else aligns to it."""
    if proposal.state not in (ProposalState.ADOPTED, ProposalState.DECLINED):
        raise Invalid(_("Nobody has decided about it."), code="state")
    draft, origin = proposal.adopted_as, proposal.objective
    _decide(actor, proposal, ProposalState.OPEN)
    tell(actor, "objective.proposal_reopened", origin, unit=proposal.unit.name)
    if draft is not None:
        _put_away(actor, draft, origin)
    return proposal


def _put_away(actor: Actor, draft: Objective, origin: Objective) -> None:
    goals = goal_set(_owner(draft), draft.cycle)
    draft = Objective.objects.select_related(*Objective.read_with).get(pk=draft.pk)
    refuse_closed(draft.cycle)
    others = Alignment.objects.filter(parent=draft).exclude(child=origin)
    if draft.state != ObjectiveState.DRAFT or others.exists():
        raise Invalid(_("The unit has gone on with it: drop it instead, with a reason."), code="state")
    Alignment.objects.filter(child=origin, parent=draft).delete()
    refresh(origin.goal_set)
    if draft.archived_on is None:
        draft.archived_on = today()
        draft.version += 1
        draft.save()
        refresh(goals)
        index_whole(draft.pk)
        tell(actor, "objective.archived", draft)
    follow_coverage(actor, draft.pk, origin.pk)


def _owner(draft: Objective) -> "Unit":
    unit = draft.goal_set.owner_unit
    if unit is None:
        raise Invalid(_("The unit has gone on with it: drop it instead, with a reason."), code="state")
    return unit
