"""Key results: added, read, edited, weighed, ordered, put away and restored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Number, Order, Text, Versioned
from tandem.core.http.versions import expected, unchanged
from tandem.okr.api.as_json import key_result_json
from tandem.okr.api.objectives import shown
from tandem.okr.api.shapes import GoalOut, KeyResultsOut, OneKeyResultOut
from tandem.okr.commands import (
    add_key_result,
    archive_key_result,
    edit_key_result,
    reorder_key_results,
    restore_key_result,
    reweigh_key_results,
)
from tandem.okr.queries import get_key_result, get_objective
from tandem.okr.queries.key_results import PlacedKeyResult, key_results_of, one_key_result
from tandem.people.actors import actor_of

router = Router(tags=["key results"])


class Step(Body):
    """Milestones: title and weight. Rubric: level (0.3, 0.7, 1.0) and text."""

    title: Text = OMITTED
    weight: Number = OMITTED
    level: Number = OMITTED
    text: Text = OMITTED


class KeyResultFields(Body):
    title: Text = OMITTED
    description: Text = OMITTED
    kind: Text = OMITTED
    unit: Text = OMITTED
    start: Number | None = None
    target: Number | None = None
    low: Number | None = None
    high: Number | None = None
    tolerance: Number | None = None
    given: Number | None = None
    steps: list[Step] = OMITTED
    indicator: Text | None = None
    carrier: Text | None = None
    weight: Number = OMITTED
    confidence: Number | None = None

    def said(self) -> dict[str, Any]:
        fields = super().said()
        if "steps" in fields:
            fields["steps"] = [one.model_dump(exclude_unset=True) for one in self.steps]
        return fields


class KeyResultChange(KeyResultFields, Versioned):
    pass


class NewKeyResult(KeyResultFields):
    title: Text


class Shares(Body):
    shares: dict[int, Number]
    """By key, 0–1 each; key results not named share what is left as they did before."""


def key_result_shown(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    found = one_key_result(actor_of(request), pk)
    return answer(_json(found), status=status, version=found.row.version)


def _json(found: PlacedKeyResult) -> dict[str, Any]:
    return {**key_result_json(found.row), "archived_on": found.archived_on}


@router.get("/objectives/{id:objective_id}/key-results", response=KeyResultsOut)
def list_key_results(request: HttpRequest, objective_id: int) -> HttpResponse:
    """All key results of an objective in their order, archived ones too."""
    actor = actor_of(request)
    found = key_results_of(actor, objective_id)
    if not found:
        get_objective(actor, objective_id)
    return answer({"items": [_json(one) for one in found]})


@router.post("/objectives/{id:objective_id}/key-results", response={201: OneKeyResultOut})
def create_key_result(request: HttpRequest, objective_id: int, body: NewKeyResult) -> HttpResponse:
    """A new key result at the end of the list."""
    actor = actor_of(request)
    key_result = add_key_result(actor, get_objective(actor, objective_id), **body.said())
    return key_result_shown(request, key_result.pk, status=201)


@router.put("/objectives/{id:objective_id}/key-results/order", response=GoalOut)
def order_key_results(request: HttpRequest, objective_id: int, body: Order) -> HttpResponse:
    """Those not named follow as they were."""
    actor = actor_of(request)
    reorder_key_results(actor, get_objective(actor, objective_id), order=body.order)
    return shown(request, objective_id)


@router.put("/objectives/{id:objective_id}/key-results/weights", response=GoalOut)
def weigh_key_results(request: HttpRequest, objective_id: int, body: Shares) -> HttpResponse:
    """Give some key results a share of the whole; the others share what is left."""
    actor = actor_of(request)
    reweigh_key_results(actor, get_objective(actor, objective_id), shares=dict(body.shares))
    return shown(request, objective_id)


@router.get("/key-results/{id:key_result_id}", response=OneKeyResultOut)
def read_key_result(request: HttpRequest, key_result_id: int) -> HttpResponse:
    return key_result_shown(request, key_result_id)


@router.patch("/key-results/{id:key_result_id}", response=OneKeyResultOut)
def change_key_result(request: HttpRequest, key_result_id: int, body: KeyResultChange) -> HttpResponse:
    """A change of what is measured recounts progress from the same history."""
    actor = actor_of(request)
    key_result = get_key_result(actor, key_result_id)
    edit_key_result(actor, key_result, version=expected(request, body.version), **body.said())
    return key_result_shown(request, key_result_id)


@router.post("/key-results/{id:key_result_id}/archive", response=OneKeyResultOut)
def archive(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """Put it away: it leaves the numbers; its history stays."""
    actor = actor_of(request)
    key_result = get_key_result(actor, key_result_id)
    with unchanged(request, key_result):
        archive_key_result(actor, key_result)
    return key_result_shown(request, key_result_id)


@router.post("/key-results/{id:key_result_id}/restore", response=OneKeyResultOut)
def restore(request: HttpRequest, key_result_id: int) -> HttpResponse:
    actor = actor_of(request)
    key_result = get_key_result(actor, key_result_id)
    with unchanged(request, key_result):
        restore_key_result(actor, key_result)
    return key_result_shown(request, key_result_id)
