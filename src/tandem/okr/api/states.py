"""The life of an objective: published, taken back, dropped, taken up again, put away, restored."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.bodies import Text, Versioned
from tandem.core.http.versions import expected, unchanged
from tandem.okr.api.objectives import shown
from tandem.okr.api.shapes import GoalOut
from tandem.okr.commands import (
    archive_objective,
    drop_objective,
    publish_objective,
    reactivate_objective,
    restore_objective,
    unpublish_objective,
)
from tandem.okr.models import Objective
from tandem.okr.queries import get_objective
from tandem.people.actors import actor_of

if TYPE_CHECKING:
    from tandem.people.models import Person

router = Router(tags=["objectives"])


class Reason(Versioned):
    reason: Text


@router.post("/objectives/{id:objective_id}/publish", response=GoalOut)
def publish(request: HttpRequest, objective_id: int) -> HttpResponse:
    """A draft becomes active: it counts, and its key results owe check-ins."""
    actor = actor_of(request)
    publish_objective(actor, get_objective(actor, objective_id), version=expected(request))
    return shown(request, objective_id)


@router.post("/objectives/{id:objective_id}/drop", response=GoalOut)
def drop(request: HttpRequest, objective_id: int, body: Reason) -> HttpResponse:
    """Stop pursuing it, and say why."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    with unchanged(request, objective, body.version):
        drop_objective(actor, objective, reason=body.reason)
    return shown(request, objective_id)


@router.post("/objectives/{id:objective_id}/unpublish", response=GoalOut)
def unpublish(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Back to a draft, while nothing was checked in."""
    return _put(request, objective_id, unpublish_objective)


@router.post("/objectives/{id:objective_id}/reactivate", response=GoalOut)
def reactivate(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Take up a dropped objective again, as what it was."""
    return _put(request, objective_id, reactivate_objective)


@router.post("/objectives/{id:objective_id}/archive", response=GoalOut)
def archive(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Put it away; it leaves lists and numbers and can be restored."""
    return _put(request, objective_id, archive_objective)


@router.post("/objectives/{id:objective_id}/restore", response=GoalOut)
def restore(request: HttpRequest, objective_id: int) -> HttpResponse:
    return _put(request, objective_id, restore_objective)


def _put(request: HttpRequest, objective_id: int, act: "Callable[[Person, Objective], Objective]") -> HttpResponse:
    objective = get_objective(actor_of(request), objective_id)
    with unchanged(request, objective):
        act(actor_of(request), objective)
    return shown(request, objective_id)
