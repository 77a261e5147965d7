"""A unit's target handed down, and whether it adds up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from tandem.core.errors import NotAllowed
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Id, Number, Shown, Text
from tandem.kpi import commands
from tandem.kpi.access import may_split
from tandem.kpi.queries import get_target, reconciled
from tandem.people.actors import Actor, actor_of

router = Router(tags=["targets"])


class PartOf(Body):
    target_id: Id
    part: Number = 0


class Splitting(Body):
    how: Text
    """`share` (parts in per cent that add to 100), `amount` (parts are the values) or `same`."""
    parts: list[PartOf]
    buffer: Number = 0
    """Per cent handed down on top, on purpose."""
    reason: Text


class TargetBelowOut(Shown):
    target_id: int
    scheme: int
    carrier: str
    target: float | None
    actual: float | None
    state: str


class ReconciledOut(Shown):
    target: float | None
    buffer: float
    actual: float | None
    how: str
    """How the values below become one."""
    together: float | None
    gap: float | None
    percent: float | None
    reached: float | None
    below: list[TargetBelowOut]


@router.get("/targets/{id:target_id}/split", response=ReconciledOut)
def read_split(request: HttpRequest, target_id: int) -> HttpResponse:
    """A unit's target against those right below it. For who leads the unit, and the people team."""
    return _shown(actor_of(request), target_id)


@router.post("/targets/{id:target_id}/split", response=ReconciledOut)
def split(request: HttpRequest, target_id: int, body: Splitting) -> HttpResponse:
    """Hand the target down. Each carrier below is asked to accept their part."""
    actor = actor_of(request)
    parts = {one.target_id: one.part for one in body.parts}
    target = get_target(actor, target_id)
    commands.split_target(actor, target, how=body.how, parts=parts, buffer=body.buffer, reason=body.reason)
    return _shown(actor, target_id)


def _shown(actor: Actor, target_id: int) -> HttpResponse:
    target = get_target(actor, target_id)
    if not may_split(actor, target):
        raise NotAllowed(_("A unit’s target is handed down by who leads the unit, and by the people team."))
    found = reconciled(actor, target)
    shown: dict[str, Any] = {name: getattr(found, name) for name in ("how", "together", "gap", "percent", "reached")}
    below = [
        {
            "target_id": one.target.pk,
            "scheme": one.target.scheme_id,
            "carrier": one.target.scheme.carrier.name,
            "target": one.target.target,
            "actual": one.actual.value,
            "state": one.target.state,
        }
        for one in found.below
    ]
    own = {"target": target.target, "buffer": target.buffer, "actual": found.actual.value}
    return answer({**own, **shown, "below": below}, version=target.version)
