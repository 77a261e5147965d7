"""All handshakes of a unit by state: whom each waits for, and how long."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tandem.cycles.queries import current_of, every_cycle
from tandem.okr.forms import whole
from tandem.okr.queries import HandshakeLine, TeamHandshakes, handshakes_of_unit
from tandem.people.actors import actor_of
from tandem.people.queries import PAGE, get_unit

ORDER = ("voided", "declined", "offered", "", "withdrawn", "nothing", "signed")
"""What needs somebody's hand or word first."""


@require_GET
def team_handshakes(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    known = [one for one in every_cycle(actor) if not one.is_backlog]
    chosen = whole(request.GET, "cycle")
    cycle = next((one for one in known if one.pk == chosen), None) or current_of(known)
    start = max(0, whole(request.GET, "members") or 0)
    found = handshakes_of_unit(actor, unit, cycle, start=start) if cycle else TeamHandshakes([], 0, 0)
    at = reverse("handshakes_unit", args=[unit_id])
    page: dict[str, Any] = {
        "unit": unit,
        "cycle": cycle,
        "cycles": [{"label": one.name, "href": f"{at}?cycle={one.pk}", "current": one == cycle} for one in known],
        "lines": sorted(found.lines, key=lambda one: (ORDER.index(one.state), -(one.waited_days or 0), one.name)),
        "settled": _settled(found.lines),
        "following": f"{at}?cycle={cycle.pk}&members={start + PAGE}" if cycle and start + PAGE < found.members else "",
        "before": f"{at}?cycle={cycle.pk}&members={start - PAGE}" if cycle and start else "",
    }
    return render(request, "okr/handshake/team.html", page)


def _settled(lines: list[HandshakeLine]) -> int | None:
    """The median of days from the first goal to both hands; None where nobody has got so far."""
    days = sorted(one.settled_days for one in lines if one.settled_days is not None)
    return days[len(days) // 2] if days else None
