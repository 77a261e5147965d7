"""What one does on the coverage pages: ask somebody to carry an objective, carry it, propose, adopt, decline."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Invalid, Missing
from tandem.core.http.fragments import back
from tandem.okr import commands
from tandem.okr.models import Objective, Proposal
from tandem.okr.queries import get_delegation, get_objective, get_proposal
from tandem.people.actors import actor_of
from tandem.people.commands import lock_organization
from tandem.people.queries import find_people, find_units, get_person, get_unit, members_of

if TYPE_CHECKING:
    from tandem.okr.commands.objectives import Owner
    from tandem.people.models import Person

MOST, LOOKED_AT, LONGEST = 8, 50, 100
"""Names offered, of so many found in the whole company; letters read."""


def _done(request: HttpRequest, address: str, text: str, undo: str = "") -> HttpResponse:
    messages.success(request, text, extra_tags=f"undo:{undo}" if undo else "")
    return back(request, address)


def _page_of(objective: Objective) -> str:
    goals = objective.goal_set
    if goals.owner_unit_id is None:
        return reverse("objective", args=[objective.pk])
    return f"{reverse('coverage_unit', args=[goals.owner_unit_id])}?cycle={goals.cycle_id}"


@require_POST
def delegate(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Ask the person or unit that `to` names: `p9`, `u4`."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    made = commands.delegate(actor, objective, to=_chosen(actor, objective, request.POST))
    undo = reverse("delegation_end", args=[made.pk])
    return _done(request, _page_of(objective), _("%(name)s is asked to carry it.") % {"name": made.to_name}, undo)


@require_GET
def carrier_choices(request: HttpRequest, objective_id: int) -> HttpResponse:
    """People and units of the objective's branch whose names, or their pinyin, begin like what was typed."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    typed = request.GET.get("name", "").strip()[:LONGEST]
    found = _named(actor, objective, typed)[:MOST]
    return render(request, "okr/coverage/choices.html", {"found": found, "typed": typed})


def _named(actor: "Person", objective: Objective, typed: str) -> "list[Owner]":
    unit = objective.goal_set.owner_unit
    if unit is None or not typed:
        return []
    below = [one for one in find_units(actor, typed, LOOKED_AT) if one.path.startswith(unit.path) and one != unit]
    people = find_people(actor, typed, LOOKED_AT)
    own = set(members_of(actor, unit).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
    here = [one for one in people if one.pk in own or (one.unit is not None and one.unit.path.startswith(unit.path))]
    return [*below, *(one for one in here if one.pk != unit.lead_id)]


def _chosen(actor: "Person", objective: Objective, data: QueryDict) -> "Owner":
    """Who was chosen, else the only one whose name begins like what was typed."""
    typed = data.get("name", "").strip()[:LONGEST]
    if data.get("to") or not typed:
        return _carrier(actor, data.get("to", ""))
    found = _named(actor, objective, typed)
    if len(found) != 1:
        raise Invalid(_("Choose who shall carry it."), field="to")
    return found[0]


def _carrier(actor: "Person", text: str) -> "Owner":
    kind, number = text[:1], text[1:]
    if kind not in ("p", "u") or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Invalid(_("Choose who shall carry it."), field="to")
    return get_person(actor, int(number)) if kind == "p" else get_unit(actor, int(number))


@require_POST
def take_back(request: HttpRequest, delegation_id: int) -> HttpResponse:
    actor = actor_of(request)
    delegation = get_delegation(actor, delegation_id)
    name = delegation.to_name
    objective = commands.take_back_delegation(actor, delegation)
    return _done(request, _page_of(objective), _("%(name)s is asked no longer.") % {"name": name})


@require_POST
def carry(request: HttpRequest, objective_id: int) -> HttpResponse:
    """A draft of one's own, in one's own words, aligned to the objective."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    with transaction.atomic():
        lock_organization()  # before the set's own lock, as everybody who aligns takes them
        own = commands.create_objective(actor, actor, cycle=objective.cycle, title=request.POST.get("title", ""))
        commands.align(actor, own, parent=objective)
    undo = reverse("goal_archive", args=[own.pk])
    return _done(request, _page_of(objective), _("Drafted among your goals, and aligned to it."), undo)


@require_POST
def propose(request: HttpRequest, objective_id: int) -> HttpResponse:
    actor = actor_of(request)
    made = commands.propose_to_unit(actor, get_objective(actor, objective_id))
    undo = reverse("proposal_act", args=[made.pk, "withdraw"])
    return _done(request, _beyond(made), _("Proposed to %(unit)s.") % {"unit": made.unit.name}, undo)


def _beyond(proposal: Proposal) -> str:
    return f"{reverse('coverage_beyond', args=[proposal.unit_id])}?cycle={proposal.objective.goal_set.cycle_id}"


def _adopt(actor: "Person", proposal: Proposal, _reason: str) -> str:
    commands.adopt_proposal(actor, proposal)
    return _("Adopted: it is a draft of %(unit)s now.") % {"unit": proposal.unit.name}


def _decline(actor: "Person", proposal: Proposal, reason: str) -> str:
    commands.decline_proposal(actor, proposal, reason=reason)
    return _("Declined, and your word is told.")


def _withdraw(actor: "Person", proposal: Proposal, _reason: str) -> str:
    commands.withdraw_proposal(actor, proposal)
    return _("The proposal is taken back.")


def _reopen(actor: "Person", proposal: Proposal, _reason: str) -> str:
    commands.reopen_proposal(actor, proposal)
    return _("The proposal waits again.")


Act = Callable[["Person", Proposal, str], str]
ACTS: dict[str, tuple[Act, str]] = {
    "adopt": (_adopt, "reopen"),
    "decline": (_decline, "reopen"),
    "withdraw": (_withdraw, ""),
    "reopen": (_reopen, ""),
}
"""What can be done with a proposal, and what takes it back."""


@require_POST
def act(request: HttpRequest, proposal_id: int, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Missing(_("There is nothing here."))
    do, undo = ACTS[name]
    proposal = get_proposal(actor_of(request), proposal_id)
    text = do(actor_of(request), proposal, request.POST.get("reason", ""))
    return _done(request, _beyond(proposal), text, reverse("proposal_act", args=[proposal_id, undo]) if undo else "")
