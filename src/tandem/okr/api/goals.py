"""A person's or unit's goals of a cycle: read whole, put in order. The hottest read of all."""

from typing import TYPE_CHECKING, Union

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.errors import Missing
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Id, IdText, Order
from tandem.cycles.queries import get_cycle
from tandem.okr.api.as_json import goals_json
from tandem.okr.api.shapes import GoalsOut
from tandem.okr.commands import reorder_objectives
from tandem.okr.queries import get_goal_set, goals_of_person, goals_of_unit
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit, is_person

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit
from django.utils.translation import gettext as _

router = Router(tags=["goals"])


class GoalsOrder(Order):
    cycle: Id


@router.get("/people/{id:person_id}/goals", response=GoalsOut)
def read_persons_goals(request: HttpRequest, person_id: int, cycle: IdText) -> HttpResponse:
    """All goals of a person in a cycle, with key results, actions, alignments and co-owners."""
    actor = actor_of(request)
    found = goals_of_person(actor, person_id, cycle)
    if found.numbers is None:
        get_person(actor, person_id), get_cycle(actor, cycle)
    return answer(goals_json(found))


@router.get("/units/{id:unit_id}/goals", response=GoalsOut)
def read_units_goals(request: HttpRequest, unit_id: int, cycle: IdText) -> HttpResponse:
    """A unit's own goals of a cycle."""
    actor = actor_of(request)
    found = goals_of_unit(actor, unit_id, cycle)
    if found.numbers is None:
        get_unit(actor, unit_id), get_cycle(actor, cycle)
    return answer(goals_json(found))


@router.put("/people/{id:person_id}/goals/order", response=GoalsOut)
def order_persons_goals(request: HttpRequest, person_id: int, body: GoalsOrder) -> HttpResponse:
    """Put a person's objectives of a cycle in another order."""
    actor = actor_of(request)
    _order(actor, get_person(actor, person_id), body)
    return read_persons_goals(request, person_id, body.cycle)


@router.put("/units/{id:unit_id}/goals/order", response=GoalsOut)
def order_units_goals(request: HttpRequest, unit_id: int, body: GoalsOrder) -> HttpResponse:
    """Put a unit's objectives of a cycle in another order."""
    actor = actor_of(request)
    _order(actor, get_unit(actor, unit_id), body)
    return read_units_goals(request, unit_id, body.cycle)


def goals_of(actor: Actor, owner: Union["Person", "Unit"], cycle_id: int) -> HttpResponse:
    """An owner's goals as they stand now."""
    read = goals_of_person if is_person(owner) else goals_of_unit
    return answer(goals_json(read(actor, owner.pk, cycle_id)))


def _order(actor: Actor, owner: Union["Person", "Unit"], body: GoalsOrder) -> None:
    goals = get_goal_set(actor, owner, known(get_cycle, actor, body.cycle, "cycle"))
    if goals is None:
        raise Missing(_("There is no goal in this cycle yet."))
    reorder_objectives(actor, goals, order=body.order)
