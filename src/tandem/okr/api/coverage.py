"""Asking somebody to carry an objective, and proposing what goes beyond to the unit."""

from typing import TYPE_CHECKING, Any, Literal, Union

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from tandem.core.errors import Invalid
from tandem.core.http.answers import answer, nothing
from tandem.core.http.bodies import Body, Id, Named, Shown, Text
from tandem.okr.api.shapes import OwnerOut
from tandem.okr.commands import (
    adopt_proposal,
    decline_proposal,
    delegate,
    propose_to_unit,
    reopen_proposal,
    take_back_delegation,
    withdraw_proposal,
)
from tandem.okr.models import Delegation, Proposal
from tandem.okr.queries import get_delegation, get_objective, get_proposal
from tandem.people.actors import actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

router = Router(tags=["coverage"])


class AskedToCarry(Body):
    person: Id | None = None
    unit: Id | None = None
    """Who shall carry it: somebody of the unit's branch, or a unit below."""


class Declined(Body):
    reason: Text


class DelegationOut(Shown):
    id: int
    objective: int
    to: OwnerOut


class ProposalOut(Shown):
    id: int
    objective: int
    unit: Named
    state: Literal["open", "adopted", "declined", "withdrawn"]
    reason: str
    """Why it was declined."""
    adopted_as: int | None
    """The unit's objective that was drafted from it."""


@router.post("/objectives/{id:objective_id}/delegations", response={201: DelegationOut})
def ask(request: HttpRequest, objective_id: int, body: AskedToCarry) -> HttpResponse:
    """The lead asks somebody to carry an objective of the unit. It ends when that one has a link to it."""
    actor = actor_of(request)
    made = delegate(actor, get_objective(actor, objective_id), to=_carrier(actor, body))
    return answer(_delegation(made), status=201)


def _carrier(actor: "Person", body: AskedToCarry) -> Union["Person", "Unit"]:
    if (body.person is None) == (body.unit is None):
        raise Invalid(_("Name a person or a unit."), field="person")
    if body.person is not None:
        return known(get_person, actor, body.person, "person")
    assert body.unit is not None
    return known(get_unit, actor, body.unit, "unit")


@router.delete("/delegations/{id:delegation_id}", response={204: None})
def ask_no_longer(request: HttpRequest, delegation_id: int) -> HttpResponse:
    actor = actor_of(request)
    take_back_delegation(actor, get_delegation(actor, delegation_id))
    return nothing()


@router.post("/objectives/{id:objective_id}/proposal", response=ProposalOut)
def propose(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Propose a goal that aligns to nothing to its owner's unit. Said twice, it is said once."""
    actor = actor_of(request)
    return answer(_proposal(propose_to_unit(actor, get_objective(actor, objective_id))))


@router.post("/proposals/{id:proposal_id}/withdraw", response=ProposalOut)
def withdraw(request: HttpRequest, proposal_id: int) -> HttpResponse:
    actor = actor_of(request)
    return answer(_proposal(withdraw_proposal(actor, get_proposal(actor, proposal_id))))


@router.post("/proposals/{id:proposal_id}/adopt", response=ProposalOut)
def adopt(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """A draft of the unit's in the goal's words, to which the goal is aligned."""
    actor = actor_of(request)
    adopt_proposal(actor, get_proposal(actor, proposal_id))
    return answer(_proposal(get_proposal(actor, proposal_id)))


@router.post("/proposals/{id:proposal_id}/decline", response=ProposalOut)
def decline(request: HttpRequest, proposal_id: int, body: Declined) -> HttpResponse:
    """Say no, with a word."""
    actor = actor_of(request)
    return answer(_proposal(decline_proposal(actor, get_proposal(actor, proposal_id), reason=body.reason)))


@router.post("/proposals/{id:proposal_id}/reopen", response=ProposalOut)
def reopen(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Take the decision back; the draft is archived, as long as it is one and nothing else aligns to it."""
    actor = actor_of(request)
    return answer(_proposal(reopen_proposal(actor, get_proposal(actor, proposal_id))))


def _delegation(one: Delegation) -> dict[str, Any]:
    kind, key = ("unit", one.to_unit_id) if one.to_person_id is None else ("person", one.to_person_id)
    return {"id": one.pk, "objective": one.objective_id, "to": {"kind": kind, "id": key, "name": one.to_name}}


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "id": one.pk,
        "objective": one.objective_id,
        "unit": {"id": one.unit_id, "name": one.unit.name},
        "state": one.state,
        "reason": one.reason,
        "adopted_as": one.adopted_as_id,
    }
