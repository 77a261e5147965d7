"""A committed objective becomes a KPI: proposed by one side, signed by the other, before the cycle starts."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Named, Shown, Text
from tandem.okr.commands import propose_promotion, sign_promotion, withdraw_promotion
from tandem.okr.models import Promotion
from tandem.okr.queries import get_objective
from tandem.okr.queries.promotions import get_promotion, promotion_of
from tandem.people.actors import actor_of

router = Router(tags=["handshakes"])


class WhyKpi(Body):
    words: Text


class PromotionOut(Shown):
    id: int
    objective: int
    words: str
    owner_side: Named | None
    owner_signed_at: datetime | None
    other_side: Named | None
    other_signed_at: datetime | None
    done: bool
    """Both have signed: the objective is dropped, and its target is issued like any other."""


class PromotionSeenOut(Shown):
    promotion: PromotionOut | None
    """Null while nobody proposed it."""


def _json(one: Promotion) -> dict[str, Any]:
    return {
        "id": one.pk,
        "objective": one.objective_id,
        "words": one.words,
        "owner_side": _named(one.owner_side),
        "owner_signed_at": one.owner_signed_at,
        "other_side": _named(one.other_side),
        "other_signed_at": one.other_signed_at,
        "done": one.is_done,
    }


def _named(person: Any) -> dict[str, Any] | None:
    return None if person is None else {"id": person.pk, "name": person.name}


@router.get("/objectives/{id:objective_id}/promotion", response=PromotionSeenOut)
def read_promotion(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Who proposed it as a KPI, and who signed."""
    found = promotion_of(actor_of(request), objective_id)
    return answer({"promotion": None if found is None else _json(found)})


@router.post("/objectives/{id:objective_id}/promotion", response={201: PromotionOut})
def propose(request: HttpRequest, objective_id: int, body: WhyKpi) -> HttpResponse:
    """One side of the handshake proposes and signs, with the reason."""
    actor = actor_of(request)
    made = propose_promotion(actor, get_objective(actor, objective_id), words=body.words)
    return answer(_json(get_promotion(actor, made.pk)), status=201)


@router.post("/promotions/{id:promotion_id}/sign", response=PromotionOut)
def sign(request: HttpRequest, promotion_id: int) -> HttpResponse:
    """The other side signs the same words; 422 `changed` when the objective says something else by now."""
    actor = actor_of(request)
    sign_promotion(actor, get_promotion(actor, promotion_id))
    return answer(_json(get_promotion(actor, promotion_id)))


@router.post("/promotions/{id:promotion_id}/withdraw", response={204: None})
def withdraw(request: HttpRequest, promotion_id: int) -> HttpResponse:
    """Either side, as long as not both have signed."""
    actor = actor_of(request)
    withdraw_promotion(actor, get_promotion(actor, promotion_id))
    return HttpResponse(status=204)
