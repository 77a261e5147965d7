"""Objectives: listed, read, drafted, edited, moved; and what happened to them."""

from typing import TYPE_CHECKING, Union

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from tandem.activity.api import EventsOut, feed_answer
from tandem.core.errors import Invalid
from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Id, IdText, Number, Text, Versioned, Words
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected, unchanged
from tandem.cycles.queries import get_cycle
from tandem.okr.api.as_json import goal_json, objective_json
from tandem.okr.api.shapes import Ambition, Category, GoalOut, ObjectivesOut, State
from tandem.okr.commands import create_objective, edit_objective, move_objective
from tandem.okr.queries import get_objective, one_goal
from tandem.okr.queries.lists import Filters, filled, objectives
from tandem.people.actors import actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

router = Router(tags=["objectives"])


class Asked(Body):
    """What to list."""

    cycle: IdText | None = None
    person: IdText | None = None
    unit: IdText | None = None
    branch: IdText | None = None
    """A unit, with all units below it and their members."""
    state: State | None = None
    ambition: Ambition | None = None
    category: Category | None = None
    aligned_to: IdText | None = None
    search: Words | None = None
    archived: bool = False


class ObjectiveFields(Versioned):
    title: Text = OMITTED
    description: Text = OMITTED
    """Markdown."""
    ambition: Text = OMITTED
    category: Text = OMITTED
    weight: Number = OMITTED


class NewObjective(Body):
    cycle: Id
    person: Id | None = None
    unit: Id | None = None
    """The owner: a person (oneself, when neither is named) or a unit."""
    title: Text
    description: Text = ""
    ambition: Text = "aspirational"
    category: Text = "contribution"
    weight: Number = 1
    visibility: Text = "company"


class Destination(Body):
    cycle: Id


def shown(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    """The objective as it stands now, with all that hangs under it."""
    goal = one_goal(actor_of(request), pk)
    return answer(goal_json(goal), status=status, version=goal.objective.version)


@router.get("/objectives", response=ObjectivesOut)
def list_objectives(
    request: HttpRequest, asked: Query[Asked], cursor: Cursor = None, limit: Limit = USUAL
) -> HttpResponse:
    """Objectives in the order they were made."""
    rows = objectives(actor_of(request), Filters(**asked.model_dump()))
    found = page(rows, ("pk",), lambda row: (row[0],), cursor=cursor, limit=limit, name="objectives")
    return answer({"items": [objective_json(one) for one in filled(found.items)], "next": found.next})


@router.post("/objectives", response={201: GoalOut})
def draft_objective(request: HttpRequest, body: NewObjective) -> HttpResponse:
    """A new draft at the end of the owner's list."""
    actor = actor_of(request)
    cycle = known(get_cycle, actor, body.cycle, "cycle")
    fields = {name: value for name, value in body.said().items() if name not in ("cycle", "person", "unit")}
    objective = create_objective(actor, _owner(actor, body), cycle=cycle, **fields)
    return shown(request, objective.pk, status=201)


def _owner(actor: "Person", body: NewObjective) -> Union["Person", "Unit"]:
    if body.person is not None and body.unit is not None:
        raise Invalid(_("An objective has one owner: a person or a unit."), field="unit")
    if body.unit is not None:
        return known(get_unit, actor, body.unit, "unit")
    return actor if body.person is None else known(get_person, actor, body.person, "person")


@router.get("/objectives/{id:objective_id}", response=GoalOut)
def read_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    return shown(request, objective_id)


@router.patch("/objectives/{id:objective_id}", response=GoalOut)
def change_objective(request: HttpRequest, objective_id: int, body: ObjectiveFields) -> HttpResponse:
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    edit_objective(actor, objective, version=expected(request, body.version), **body.said())
    return shown(request, objective_id)


@router.post("/objectives/{id:objective_id}/move", response=GoalOut)
def move(request: HttpRequest, objective_id: int, body: Destination) -> HttpResponse:
    """Take a draft to another cycle, with all that belongs to it."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    with unchanged(request, objective):
        move_objective(actor, objective, cycle=known(get_cycle, actor, body.cycle, "cycle"))
    return shown(request, objective_id)


@router.get("/objectives/{id:objective_id}/events", response=EventsOut)
def events(request: HttpRequest, objective_id: int, cursor: IdText | None = None, limit: Limit = USUAL) -> HttpResponse:
    """What happened to the objective and all under it, newest first."""
    actor = actor_of(request)
    return feed_answer(actor, get_objective(actor, objective_id), cursor, limit)
