"""Reading cycles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.core.rows import Rows
from tandem.cycles import rules
from tandem.cycles.models import Cycle, CycleKind, Phase, PhaseDate, Rhythm, Weekday
from tandem.people.actors import Actor
from tandem.people.queries import organization


def cycles(_actor: Actor) -> QuerySet[Cycle]:
    """Dated cycles, the newest first, and the backlog."""
    return Cycle.objects.order_by("-start", "-end", "pk")


_COLUMNS = [field.attname for field in Cycle._meta.concrete_fields]


def _cycle(*values: Any) -> Cycle:
    return Cycle.from_db(connection.alias, _COLUMNS, values)


_every = Rows(_cycle, lambda: Cycle.objects.order_by("-start", "-end", "pk").values_list(*_COLUMNS))


def every_cycle(_actor: Actor) -> list[Cycle]:
    """All of them at once, newest first: there are a few dozen, and many pages let one choose among them."""
    return sorted(_every(), key=lambda one: one.is_backlog)


def get_cycle(_actor: Actor, pk: int) -> Cycle:
    """Raises Missing (404)."""
    cycle = Cycle.objects.filter(pk=pk).first()
    if cycle is None:
        raise Missing(_("There is no such cycle."))
    return cycle


def last_working_day(_actor: Actor, after: date, count: int) -> date:
    """The last of `count` working days after a day, by the calendar of the place the company lives in."""
    return rules.working_days_later(after, count, organization().timezone)


def current_cycle(_actor: Actor, on: date | None = None) -> Cycle | None:
    """The cycle people mean by "now": the shortest that contains today, else the last begun, else the next."""
    return current_of(Cycle.objects.exclude(kind=CycleKind.BACKLOG), on)


def current_of(known: Iterable[Cycle], on: date | None = None) -> Cycle | None:
    """The same from cycles at hand; the backlog is never it. After an early end it is the one that follows."""
    day = on or today()
    dated = sorted((one for one in known if one.start), key=lambda one: (one.start, one.pk))
    running = [one for one in dated if one.start and one.end and one.start <= day <= one.end]
    open_ones = [one for one in running if not one.is_closed] or running
    if open_ones:
        shortest = min(running, key=_length)
        return (_following(shortest, dated) if shortest.is_closed else None) or min(open_ones, key=_length)
    begun = [one for one in dated if one.start and one.start <= day]
    return begun[-1] if begun else (dated[0] if dated else None)


def _following(ended: Cycle, dated: list[Cycle]) -> Cycle | None:
    """The next open one of the same kind."""
    later = (one for one in dated if one.kind == ended.kind and one.start and ended.end and one.start > ended.end)
    return next((one for one in later if not one.is_closed), None)


def _length(cycle: Cycle) -> int:
    return (cycle.end - cycle.start).days if cycle.end and cycle.start else 0


def open_cycles(_actor: Actor) -> QuerySet[Cycle]:
    """Cycles one can still write in, the backlog included."""
    return Cycle.objects.exclude(phase=Phase.CLOSED).order_by("-start", "pk")


@dataclass(frozen=True)
class PhaseStep:
    """One phase of a cycle: when it should begin, when it did, and where the cycle stands."""

    phase: str
    label: str
    planned_on: date | None
    began_on: date | None
    is_current: bool
    is_past: bool


def phases(_actor: Actor, cycle: Cycle) -> list[PhaseStep]:
    dates = {one.phase: one for one in PhaseDate.objects.filter(cycle=cycle)}
    order = list(Phase)
    here = order.index(Phase(cycle.phase))
    return [
        PhaseStep(
            phase.value,
            str(phase.label),
            dates[phase].planned_on if phase in dates else None,
            dates[phase].began_on if phase in dates else None,
            place == here,
            place < here,
        )
        for place, phase in enumerate(order)
    ]


def cycles_by_key(keys: Iterable[str]) -> dict[str, Cycle]:
    return {one.key: one for one in Cycle.objects.filter(key__in=list(keys))}


PLAN_FIELDS = ("name", "kind", "start", "end", "phase", "rhythm", "weekday")


def as_plan(_actor: Actor) -> dict[str, dict[str, Any]]:
    """Every cycle by its key, oldest entry first, in the words of the plan file (all fields)."""
    rows = Cycle.objects.order_by("pk").values_list("pk", "key", *PLAN_FIELDS)
    dates: dict[int, dict[str, dict[str, date | None]]] = {}
    for cycle, phase, planned, began in PhaseDate.objects.values_list("cycle_id", "phase", "planned_on", "began_on"):
        dates.setdefault(cycle, {})[phase] = {"planned": planned, "began": began}
    return {
        key: {**dict(zip(PLAN_FIELDS, values, strict=True)), "phases": dates.get(pk, {})} for pk, key, *values in rows
    }


def usual_weekday(before: Cycle | None = None) -> int:
    """The check-in day (0 Monday … 6) of a new cycle: the company's; else that of the cycle before, or Friday."""
    own = organization().check_in_weekday
    return own if own is not None else before.weekday if before else Weekday.FRIDAY


def proposed(_actor: Actor, kind: str) -> dict[str, Any]:
    """What a new cycle of this kind most likely is: the span after the last of its kind, in its rhythm."""
    company = organization()
    last = Cycle.objects.filter(kind=kind, end__isnull=False).order_by("-end").first()
    rhythm = {"rhythm": last.rhythm if last else Rhythm.WEEKLY, "weekday": usual_weekday(last)}
    if kind == CycleKind.BACKLOG:
        return {"kind": kind, "name": _("Backlog"), **rhythm}
    if kind not in rules.MONTHS:
        return {"kind": CycleKind.CUSTOM, **rhythm}
    day = last.end + timedelta(days=1) if last and last.end else today()
    span = rules.span(kind, day, company.fiscal_year_start, company.quarter_name)
    return {"kind": kind, "name": span.name, "start": span.start, "end": span.end, **rhythm}
