"""Handing over what somebody holds: to a successor, or dropped with a reason; and back."""

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Union

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from tandem.core.errors import Invalid
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Flag, Id, Named, Shown, Text
from tandem.okr.api.shapes import OwnerOut
from tandem.okr.commands import hand_over, lay_down, undo_hand_over
from tandem.okr.models import HandOver, KeyAction, Objective
from tandem.okr.queries import entrusted_to, get_hand_over, hidden_from
from tandem.people.actors import actor_of
from tandem.people.api.asking import known
from tandem.people.api.shapes import named_json
from tandem.people.queries import get_person, get_unit, is_person, units_led_by

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

router = Router(tags=["hand-over"])


class HeldObjective(Shown):
    id: int
    title: str
    state: Literal["draft", "active"]
    owner: OwnerOut
    cycle: Named


class HeldAction(Shown):
    id: int
    title: str
    state: Literal["todo", "doing"]
    due_on: date | None
    objective: Named


class EntrustedOut(Shown):
    objectives: list[HeldObjective]
    actions: list[HeldAction]
    co_owned: list[HeldObjective]
    """Objectives of others that the person owns too."""
    led: list[Named]
    """Units that the person leads."""
    hidden: int
    """How much more there is of somebody who left, which you may hand over without reading it."""


class HandOverOut(Shown):
    id: int
    to: OwnerOut | None
    """Null where the objectives were dropped."""
    reason: str
    objectives: list[int]
    actions: list[int]
    co_owned: list[int]
    led: list[int]
    undone: bool


class Successor(Body):
    person: Id | None = None
    unit: Id | None = None
    """Who receives it: a person or a unit."""
    objectives: list[Id] = []
    actions: list[Id] = []
    co_owned: list[Id] = []
    led: list[Id] = []
    """Units that the successor leads from now on; for who keeps the organization."""
    hidden: Flag = False
    """Hand over besides what you may not read (`hidden` of what is entrusted)."""


class Dropped(Body):
    objectives: list[Id]
    reason: Text


@router.get("/people/{id:person_id}/entrusted", response=EntrustedOut)
def entrusted_to_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Open objectives, open actions and co-ownerships of a person, at most 500 of each."""
    actor = actor_of(request)
    return _entrusted(actor, get_person(actor, person_id))


@router.get("/units/{id:unit_id}/entrusted", response=EntrustedOut)
def entrusted_to_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Open objectives of a unit."""
    actor = actor_of(request)
    return _entrusted(actor, get_unit(actor, unit_id))


@router.post("/people/{id:person_id}/hand-over", response={201: HandOverOut})
def hand_over_from_person(request: HttpRequest, person_id: int, body: Successor) -> HttpResponse:
    """One's own, or a leaver's: the successor owns it from now on, in the same cycle, with its whole history."""
    actor = actor_of(request)
    return _hand_over(actor, get_person(actor, person_id), body)


@router.post("/units/{id:unit_id}/hand-over", response={201: HandOverOut})
def hand_over_from_unit(request: HttpRequest, unit_id: int, body: Successor) -> HttpResponse:
    """By the unit's lead; of an archived unit by who keeps the organisation."""
    actor = actor_of(request)
    return _hand_over(actor, get_unit(actor, unit_id), body)


@router.post("/people/{id:person_id}/lay-down", response={201: HandOverOut})
def lay_down_of_person(request: HttpRequest, person_id: int, body: Dropped) -> HttpResponse:
    """Drop objectives of somebody who left, with a reason."""
    actor = actor_of(request)
    return _done(lay_down(actor, get_person(actor, person_id), objectives=body.objectives, reason=body.reason), 201)


@router.post("/units/{id:unit_id}/lay-down", response={201: HandOverOut})
def lay_down_of_unit(request: HttpRequest, unit_id: int, body: Dropped) -> HttpResponse:
    """Drop objectives of an archived unit, with a reason."""
    actor = actor_of(request)
    return _done(lay_down(actor, get_unit(actor, unit_id), objectives=body.objectives, reason=body.reason), 201)


@router.post("/hand-overs/{id:hand_over_id}/undo", response=HandOverOut)
def undo(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    """Everything back to whom it came from, as far as it is still where it went."""
    actor = actor_of(request)
    return _done(undo_hand_over(actor, get_hand_over(actor, hand_over_id)), 200)


def _hand_over(actor: "Person", owner: Union["Person", "Unit"], body: Successor) -> HttpResponse:
    if (body.person is None) == (body.unit is None):
        raise Invalid(_("Name one successor: a person or a unit."), field="person")
    to: Person | Unit
    if body.person is not None:
        to = known(get_person, actor, body.person, "person")
    else:
        assert body.unit is not None
        to = known(get_unit, actor, body.unit, "unit")
    chosen = {"objectives": body.objectives, "actions": body.actions, "co_owned": body.co_owned, "led": body.led}
    return _done(hand_over(actor, owner, to=to, hidden=body.hidden, **chosen), 201)


def _entrusted(actor: "Person", owner: Union["Person", "Unit"]) -> HttpResponse:
    held = entrusted_to(actor, owner)
    return answer(
        {
            "objectives": [_objective(one) for one in held.objectives],
            "actions": [_action(one) for one in held.actions],
            "co_owned": [_objective(one) for one in held.co_owned],
            "led": [named_json(one) for one in units_led_by(actor, owner)] if is_person(owner) else [],
            "hidden": len(hidden_from(actor, owner)),
        }
    )


def _objective(one: Objective) -> dict[str, Any]:
    goals = one.goal_set
    owner = _owner(goals.owner_person, goals.owner_unit)
    cycle = {"id": goals.cycle_id, "name": goals.cycle.name}
    return {"id": one.pk, "title": one.title, "state": one.state, "owner": owner, "cycle": cycle}


def _action(one: KeyAction) -> dict[str, Any]:
    objective = {"id": one.objective_id, "name": one.objective.title}
    return {"id": one.pk, "title": one.title, "state": one.state, "due_on": one.due_on, "objective": objective}


def _owner(person: "Person | None", unit: "Unit | None") -> dict[str, Any] | None:
    owner = person or unit
    return None if owner is None else {"kind": "person" if person else "unit", "id": owner.pk, "name": owner.name}


def _done(done: HandOver, status: int) -> HttpResponse:
    moved = {kind: done.moved.get(kind, []) for kind in ("objectives", "actions", "co_owned", "led")}
    to = _owner(done.to_person, done.to_unit)
    said = {"id": done.pk, "to": to, "reason": done.reason, **moved, "undone": done.undone_at is not None}
    return answer(said, status=status)
