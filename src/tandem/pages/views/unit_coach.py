"""What the coach asks about the goals that count in a unit, by check."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tandem.coach import CHECKS
from tandem.cycles.queries import every_cycle
from tandem.okr.queries import UnitCoaching, coaching_in_unit
from tandem.pages.views.asking import chosen_cycle, cycle_choices, in_cycle, same_cycle
from tandem.people.actors import actor_of
from tandem.people.queries import branch_above, get_unit

SHOWN = 20
"""Of each check; how many there are is said."""


@require_GET
def unit_coach(request: HttpRequest, unit_id: int) -> HttpResponse:
    """At most ten queries, whatever the size of the unit."""
    actor = actor_of(request)
    here = get_unit(actor, unit_id)
    known = every_cycle(actor)
    cycle = chosen_cycle(request, known)
    found = coaching_in_unit(actor, unit_id, cycle.pk) if cycle else UnitCoaching(0, {}, more=False)
    page: dict[str, Any] = {
        "unit": here,
        "cycle": cycle,
        "in_cycle": same_cycle(request),
        "cycles": cycle_choices(known, cycle, in_cycle("unit_coach", unit_id)),
        "above": branch_above(actor, here),
        "found": found,
        "checks": [(CHECKS[code], of) for code, of in found.by_code.items()],
        "shown": SHOWN,
    }
    return render(request, "unit/coach.html", page)
