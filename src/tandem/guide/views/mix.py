"""How OKR and KPI are mixed in a unit and below it, by what people's answers suggested."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tandem.cycles.queries import every_cycle
from tandem.guide.queries import PAGE, answers_in_unit, mix_of_unit
from tandem.guide.views.asked import cycle_of, whole
from tandem.people.actors import actor_of
from tandem.people.queries import PAGE as UNITS_PAGE
from tandem.people.queries import branch_above, get_unit, units_below


@require_GET
def unit_mix(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    known = every_cycle(actor)
    cycle = cycle_of(request, known)
    below_page, page = (max(1, whole(request.GET.get(name)) or 1) for name in ("below", "page"))
    below = units_below(actor, unit, start=(below_page - 1) * UNITS_PAGE)
    start = (page - 1) * PAGE
    rows = list(answers_in_unit(actor, unit, cycle)[start : start + PAGE + 1]) if cycle else []
    context = {
        "unit": unit,
        "above": branch_above(actor, unit)[:-1],
        "cycle": cycle,
        "cycles": [
            {"label": one.name, "href": f"?cycle={one.pk}", "current": one == cycle}
            for one in known
            if not one.is_backlog
        ],
        "mix": mix_of_unit(actor, unit, cycle, below) if cycle else None,
        "below": below,
        "below_page": below_page,
        "below_pages": -(-(below[0].of_all if below else 0) // UNITS_PAGE),
        "kept": rows[:PAGE],
        "page": page,
        "more": len(rows) > PAGE,
    }
    return render(request, "guide/mix.html", context)
