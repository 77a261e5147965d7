"""Key actions: added, read, edited, ordered, put away and restored."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Day, Id, Order, Text, Versioned
from tandem.core.http.versions import expected, unchanged
from tandem.okr.api.objectives import shown
from tandem.okr.api.shapes import GoalOut, OneActionOut
from tandem.okr.commands import add_action, archive_action, edit_action, reorder_actions, restore_action
from tandem.okr.models import KeyAction
from tandem.okr.queries import get_action, get_key_result, get_objective
from tandem.people.actors import actor_of
from tandem.people.api.asking import named
from tandem.people.api.shapes import named_json
from tandem.people.queries import get_person

if TYPE_CHECKING:
    from tandem.people.models import Person

router = Router(tags=["actions"])


class ActionFields(Body):
    title: Text = OMITTED
    owner: Id | None = None
    due_on: Day | None = None
    state: Text = OMITTED
    key_result: Id | None = None
    """The key result it moves; null when it moves the objective as a whole."""

    def resolved(self, actor: "Person") -> dict[str, Any]:
        """The fields for a command: people and key results instead of their keys."""
        fields = self.said()
        if "owner" in fields:
            fields["owner"] = named(get_person, actor, self.owner, "owner")
        if "key_result" in fields:
            fields["key_result"] = named(get_key_result, actor, self.key_result, "key_result")
        return fields


class ActionChange(ActionFields, Versioned):
    pass


class NewAction(ActionFields):
    title: Text


def action_json(action: KeyAction) -> dict[str, Any]:
    return {
        "id": action.pk,
        "key": action.key,
        "objective": action.objective_id,
        "key_result": action.key_result_id,
        "title": action.title,
        "owner": named_json(action.owner),
        "due_on": action.due_on,
        "state": action.state,
        "position": action.position,
        "archived_on": action.archived_on,
        "version": action.version,
    }


def _shown(action: KeyAction, status: int = 200) -> HttpResponse:
    return answer(action_json(action), status=status, version=action.version)


@router.post("/objectives/{id:objective_id}/actions", response={201: OneActionOut})
def create_action(request: HttpRequest, objective_id: int, body: NewAction) -> HttpResponse:
    """A new action under the objective, or under one of its key results."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    return _shown(add_action(actor, objective, **body.resolved(actor)), status=201)


@router.put("/objectives/{id:objective_id}/actions/order", response=GoalOut)
def order_actions(request: HttpRequest, objective_id: int, body: Order) -> HttpResponse:
    """Those not named follow as they were."""
    actor = actor_of(request)
    reorder_actions(actor, get_objective(actor, objective_id), order=body.order)
    return shown(request, objective_id)


@router.get("/actions/{id:action_id}", response=OneActionOut)
def read_action(request: HttpRequest, action_id: int) -> HttpResponse:
    return _shown(get_action(actor_of(request), action_id))


@router.patch("/actions/{id:action_id}", response=OneActionOut)
def change_action(request: HttpRequest, action_id: int, body: ActionChange) -> HttpResponse:
    actor = actor_of(request)
    action = get_action(actor, action_id)
    return _shown(edit_action(actor, action, version=expected(request, body.version), **body.resolved(actor)))


@router.post("/actions/{id:action_id}/archive", response=OneActionOut)
def archive(request: HttpRequest, action_id: int) -> HttpResponse:
    actor = actor_of(request)
    action = get_action(actor, action_id)
    with unchanged(request, action):
        return _shown(archive_action(actor, action))


@router.post("/actions/{id:action_id}/restore", response=OneActionOut)
def restore(request: HttpRequest, action_id: int) -> HttpResponse:
    actor = actor_of(request)
    action = get_action(actor, action_id)
    with unchanged(request, action):
        return _shown(restore_action(actor, action))
