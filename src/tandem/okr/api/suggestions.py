"""Suggestions of another wording, from the other side of a handshake; the owner takes or leaves them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Id, Text
from tandem.okr.api.agreements_json import suggestion_json
from tandem.okr.api.shapes_of_agreements import SuggestionOut
from tandem.okr.commands import leave_suggestion, suggest_wording, take_suggestion, withdraw_suggestion
from tandem.okr.queries import get_key_result, get_objective, get_suggestion
from tandem.people.actors import actor_of
from tandem.people.api.asking import named

router = Router(tags=["handshakes"])


class Wording(Body):
    text: Text
    key_result: Id | None = None
    """One under the objective; null for the objective's own title."""


@router.post("/objectives/{id:objective_id}/suggestions", response={201: SuggestionOut})
def suggest(request: HttpRequest, objective_id: int, body: Wording) -> HttpResponse:
    """Suggest another title. Nothing changes until the owner takes it."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    key_result = named(get_key_result, actor, body.key_result, "key_result")
    made = suggest_wording(actor, objective, text=body.text, key_result=key_result)
    return answer(suggestion_json(made), status=201)


@router.post("/suggestions/{id:suggestion_id}/take", response=SuggestionOut)
def take(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """The owner makes these words their own; 409 when the title is no longer the one they were made for."""
    return _answered(request, suggestion_id, take_suggestion)


@router.post("/suggestions/{id:suggestion_id}/leave", response=SuggestionOut)
def leave(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """The owner keeps their own words."""
    return _answered(request, suggestion_id, leave_suggestion)


@router.post("/suggestions/{id:suggestion_id}/withdraw", response=SuggestionOut)
def withdraw(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Who made it takes it back."""
    return _answered(request, suggestion_id, withdraw_suggestion)


def _answered(request: HttpRequest, suggestion_id: int, act: Callable[..., Any]) -> HttpResponse:
    actor = actor_of(request)
    return answer(suggestion_json(act(actor, get_suggestion(actor, suggestion_id))))
