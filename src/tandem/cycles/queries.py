"""Reading cycles."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.cycles.models import Cycle, CycleKind, Phase, PhaseDate
from tandem.people.actors import Actor


def cycles(_actor: Actor) -> QuerySet[Cycle]:
    """Dated cycles, the newest first, and the backlog."""
    return Cycle.objects.order_by("-start", "-end", "pk")


def get_cycle(_actor: Actor, pk: int) -> Cycle:
    """Raises Missing (404)."""
    cycle = Cycle.objects.filter(pk=pk).first()
    if cycle is None:
        raise Missing(_("There is no such cycle."))
    return cycle


def current_cycle(_actor: Actor, on: date | None = None) -> Cycle | None:
    """The cycle people mean by "now": the shortest that contains today, else the last begun, else the next."""
    day = on or today()
    dated = list(Cycle.objects.exclude(kind=CycleKind.BACKLOG).order_by("start"))
    running = [one for one in dated if one.start and one.end and one.start <= day <= one.end]
    open_ones = [one for one in running if not one.is_closed] or running
    if open_ones:
        return min(open_ones, key=_length)
    begun = [one for one in dated if one.start and one.start <= day]
    return begun[-1] if begun else (dated[0] if dated else None)


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
