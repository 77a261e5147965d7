"""Goals taken along into another cycle, and where they came from."""

from typing import TYPE_CHECKING, Union

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Flag, Id, Text
from tandem.cycles.queries import get_cycle
from tandem.okr.api.as_json import objective_json
from tandem.okr.api.objectives import shown
from tandem.okr.api.scores import set_of
from tandem.okr.api.shapes import ClonesOut, GoalOut, LineageOut
from tandem.okr.commands import clone_goals, clone_objective
from tandem.okr.queries import Relative, get_objective, lineage_of, one_goal
from tandem.okr.queries.lists import filled, objectives_with
from tandem.people.actors import actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

router = Router(tags=["objectives"])


class Along(Body):
    to: Id
    """The cycle in which the drafts are made."""
    from_last: Flag = False
    """Numbers start where they stood."""
    actions: Flag = False
    """The open actions come along."""


class Clone(Along):
    carry_over: Text | None = None
    """Why it is carried over unfinished; null for a plain copy."""


class One(Body):
    id: Id
    carry_over: Text | None = None


class CloneSet(Along):
    cycle: Id
    """The cycle they are taken from."""
    objectives: list[One] | None = None
    """Those that go along; null for all living ones."""


@router.post("/objectives/{id:objective_id}/clone", response={201: GoalOut})
def clone(request: HttpRequest, objective_id: int, body: Clone) -> HttpResponse:
    """A new draft of the same words in another cycle. Asked again, it is the one made before."""
    actor = actor_of(request)
    row = get_objective(actor, objective_id)
    cycle = known(get_cycle, actor, body.to, "to")
    made = clone_objective(
        actor, row, cycle=cycle, from_last=body.from_last, actions=body.actions, carry_over=body.carry_over
    )
    return shown(request, made.pk, status=201)


@router.post("/people/{id:person_id}/goals/clone", response={201: ClonesOut})
def clone_own(request: HttpRequest, person_id: int, body: CloneSet) -> HttpResponse:
    """The same for a person's goals of a cycle, or some of them."""
    return _clone_set(request, get_person(actor_of(request), person_id), body)


@router.post("/units/{id:unit_id}/goals/clone", response={201: ClonesOut})
def clone_units(request: HttpRequest, unit_id: int, body: CloneSet) -> HttpResponse:
    """The same for a unit's own goals; its members take theirs along themselves."""
    return _clone_set(request, get_unit(actor_of(request), unit_id), body)


def _clone_set(request: HttpRequest, owner: Union["Person", "Unit"], body: CloneSet) -> HttpResponse:
    actor = actor_of(request)
    cycle = known(get_cycle, actor, body.to, "to")
    which = None if body.objectives is None else {one.id: one.carry_over for one in body.objectives}
    goals = set_of(actor, owner, body.cycle)
    made = clone_goals(actor, goals, cycle=cycle, which=which, from_last=body.from_last, actions=body.actions)
    rows = objectives_with(actor, [one.pk for one in made])
    return answer({"items": [objective_json(one) for one in filled(rows)]}, status=201)


@router.get("/objectives/{id:objective_id}/lineage", response=LineageOut)
def read_lineage(request: HttpRequest, objective_id: int) -> HttpResponse:
    """What it was taken along from, and what became of it in later cycles."""
    actor = actor_of(request)
    found = lineage_of(actor, one_goal(actor, objective_id).objective)
    origin = None if found.origin is None else _relative(found.origin)
    return answer({"origin": origin, "heirs": [_relative(one) for one in found.heirs]})


def _relative(one: Relative) -> dict[str, object]:
    names = ("id", "title", "state", "cycle_id", "cycle_name", "score", "carry_reason")
    return {name: getattr(one, name) for name in names}
