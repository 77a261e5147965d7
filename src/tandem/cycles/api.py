"""Cycles and their phases in the JSON API."""

from datetime import date
from typing import Any, Literal

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from tandem.activity.api import EventsOut, feed_answer
from tandem.core.errors import Missing
from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Day, IdText, Shown, Text, Versioned
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected, unchanged
from tandem.cycles.commands import create_cycle, edit_cycle, enter_phase, plan_phase, prepare_next_cycles, reopen_cycle
from tandem.cycles.models import Cycle
from tandem.cycles.queries import current_cycle, cycles, get_cycle, phases
from tandem.people.actors import Actor, actor_of

router = Router(tags=["cycles"])
PhaseName = Literal["plan", "agree", "run", "review", "closed"]


class CycleOut(Shown):
    id: int
    key: str
    name: str
    kind: Literal["month", "two_months", "quarter", "half", "year", "custom", "backlog"]
    start: date | None
    end: date | None
    phase: PhaseName
    rhythm: Literal["weekly", "biweekly", "monthly"]
    weekday: int
    """The check-in day, 0 Monday … 6 Sunday."""
    expected: float
    """The share of time gone, 0–1."""
    closed_on: date | None
    late_until: date | None
    """The last day on which scores can still be given, marked late."""
    version: int


class PhaseOut(Shown):
    phase: PhaseName
    planned_on: date | None
    began_on: date | None
    is_current: bool
    is_past: bool


class OneCycleOut(CycleOut):
    phases: list[PhaseOut]


class CyclesOut(Shown):
    items: list[CycleOut]
    next: str | None


class PreparedOut(Shown):
    items: list[CycleOut]


class NewCycle(Body):
    name: Text
    kind: Text = "quarter"
    start: Day | None = None
    end: Day | None = None
    rhythm: Text = "weekly"
    weekday: int | None = None
    """0 Monday … 6 Sunday; null takes the company's."""


class CycleChange(Versioned):
    name: Text = OMITTED
    start: Day | None = None
    end: Day | None = None
    rhythm: Text = OMITTED
    weekday: int = OMITTED


class NextPhase(Versioned):
    phase: Text


class Reopening(Versioned):
    reason: Text


class PhasePlan(Body):
    planned_on: Day | None


def cycle_json(cycle: Cycle) -> dict[str, Any]:
    fields = ("key", "name", "kind", "start", "end", "phase", "rhythm", "weekday", "closed_on", "late_until", "version")
    return {"id": cycle.pk, **{name: getattr(cycle, name) for name in fields}, "expected": cycle.elapsed()}


def _one(actor: Actor, cycle: Cycle, status: int = 200) -> HttpResponse:
    steps = [
        {
            "phase": one.phase,
            "planned_on": one.planned_on,
            "began_on": one.began_on,
            "is_current": one.is_current,
            "is_past": one.is_past,
        }
        for one in phases(actor, cycle)
    ]
    return answer({**cycle_json(cycle), "phases": steps}, status=status, version=cycle.version)


@router.get("/cycles", response=CyclesOut)
def list_cycles(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Cycles, the latest first, the backlog last."""
    rows = cycles(actor_of(request)).annotate(day=Coalesce("start", Value(date.min)))
    found = page(
        rows, ("-day", "-pk"), lambda one: (one.day.isoformat(), one.pk), cursor=cursor, limit=limit, name="cycles"
    )
    return answer({"items": [cycle_json(one) for one in found.items], "next": found.next})


@router.get("/cycles/current", response=OneCycleOut)
def read_current(request: HttpRequest) -> HttpResponse:
    """The cycle people mean by "now"."""
    cycle = current_cycle(actor_of(request))
    if cycle is None:
        raise Missing(_("There is no cycle yet."))
    return _one(actor_of(request), cycle)


@router.post("/cycles", response={201: OneCycleOut})
def add_cycle(request: HttpRequest, body: NewCycle) -> HttpResponse:
    """A new cycle in its drafting phase. The backlog has no dates; every other kind has both."""
    return _one(actor_of(request), create_cycle(actor_of(request), None, **body.said()), status=201)


@router.post("/cycles/prepare", response=PreparedOut)
def prepare(request: HttpRequest) -> HttpResponse:
    """Make at once the cycles that follow those in their first month; empty when they are there."""
    return answer({"items": [cycle_json(one) for one in prepare_next_cycles(actor_of(request), None)]})


@router.get("/cycles/{id:cycle_id}", response=OneCycleOut)
def read_cycle(request: HttpRequest, cycle_id: int) -> HttpResponse:
    return _one(actor_of(request), get_cycle(actor_of(request), cycle_id))


@router.patch("/cycles/{id:cycle_id}", response=OneCycleOut)
def change_cycle(request: HttpRequest, cycle_id: int, body: CycleChange) -> HttpResponse:
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    return _one(actor, edit_cycle(actor, cycle, version=expected(request, body.version), **body.said()))


@router.post("/cycles/{id:cycle_id}/phase", response=OneCycleOut)
def change_phase(request: HttpRequest, cycle_id: int, body: NextPhase) -> HttpResponse:
    """Move the cycle on to a later phase, or one step back."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    return _one(actor, enter_phase(actor, cycle, phase=body.phase, version=expected(request, body.version)))


@router.post("/cycles/{id:cycle_id}/reopen", response=OneCycleOut)
def reopen(request: HttpRequest, cycle_id: int, body: Reopening) -> HttpResponse:
    """Take a closed cycle back to its review. For administrators; the reason stays in the history."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    done = reopen_cycle(actor, cycle, reason=body.reason, version=expected(request, body.version))
    return _one(actor, done)


@router.put("/cycles/{id:cycle_id}/phases/{phase}", response=OneCycleOut)
def change_plan(request: HttpRequest, cycle_id: int, phase: str, body: PhasePlan) -> HttpResponse:
    """Say when a phase should begin; null when nobody knows."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    with unchanged(request, cycle):
        done = plan_phase(actor, cycle, phase=phase, planned_on=body.planned_on)
    return _one(actor, done)


@router.get("/cycles/{id:cycle_id}/events", response=EventsOut)
def events(request: HttpRequest, cycle_id: int, cursor: IdText | None = None, limit: Limit = USUAL) -> HttpResponse:
    """What happened to the cycle, newest first."""
    actor = actor_of(request)
    return feed_answer(actor, get_cycle(actor, cycle_id), cursor, limit)
