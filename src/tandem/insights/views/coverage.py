"""Coverage pages: a unit's objectives and who carries them, goals that go beyond, gaps of the whole company."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tandem.cycles.queries import every_cycle
from tandem.insights.queries import LINES, coverage_of
from tandem.insights.views import coverage_address as address
from tandem.insights.views.address import whole
from tandem.okr.queries import (
    BEYOND_PAGE,
    BRANCHES_PAGE,
    adopted,
    beyond,
    coverage_below,
    coverage_of_branch,
    upward,
)
from tandem.people.actors import actor_of
from tandem.people.queries import PAGE, branch_above, get_unit, lead_among, members_page, units_below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tandem.cycles.models import Cycle
    from tandem.people.models import Person
    from tandem.people.queries import UnitLine


def _page(request: HttpRequest, unit_id: int) -> dict[str, Any]:
    """What both pages of a unit have: four queries."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    known = every_cycle(actor)
    cycle = address.chosen(request, known)
    branch = branch_above(actor, unit)
    lead = lead_among(branch)
    return {
        "unit": unit,
        "cycle": cycle,
        "cycles": _cycles(request, known, cycle),
        "above": branch[:-1],
        "lead": lead,
        "leads": _leads(actor, lead),
        "may_act": cycle is not None and not cycle.is_closed and unit.archived_on is None,
        "here": request.get_full_path(),
    }


def _leads(actor: "Person", lead: "UnitLine | None") -> bool:
    """As `people.access.leads`, from the lead that is found already."""
    return lead.lead_id == actor.pk if lead else actor.is_administrator or actor.is_champion


def _cycles(request: HttpRequest, known: "Sequence[Cycle]", cycle: "Cycle | None") -> list[dict[str, Any]]:
    return [
        {"label": one.name, "href": f"{request.path}?cycle={one.pk}", "current": one == cycle}
        for one in known
        if not one.is_backlog or one == cycle
    ]


@require_GET
def coverage_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A unit's objectives and who carries each, as a matrix or a list."""
    actor = actor_of(request)
    page = _page(request, unit_id)
    unit, cycle = page["unit"], page["cycle"]
    if cycle is None:
        return render(request, "insights/coverage/no_cycle.html", page)
    members = members_page(actor, unit, start=address.start_of(request, "members", PAGE))
    below = units_below(actor, unit)
    wanted = address.wanted(request)
    found = coverage_of(actor, unit, cycle, wanted, members=members, below=below)
    start = address.start_of(request, "rows", LINES)
    page |= {
        "coverage": found,
        "lines": address.part(request, "rows", found.lines[start : start + LINES], LINES, len(found.lines)),
        "members": address.part(request, "members", members, PAGE, members[0].of_all if members else 0),
        "could_carry": [*below, *members],
        "is_whole": _are_all(members) and _are_all(below),
        "units": {one.id for one in below},
        "wanted": wanted,
        "view": address.view_of(request),
        "href": lambda **changes: address.href(request, **changes),
        "hidden": _kept(request, ("cycle", "view")),
    }
    return render(request, "insights/coverage/unit.html", page)


def _are_all(found: Sequence[Any]) -> bool:
    """Is this page of rows the whole list? Then one is chosen from it, else looked for by name."""
    return not found or found[0].of_all == len(found)


def _kept(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    """What a form that changes the filters carries along."""
    return {name: request.GET[name] for name in names if request.GET.get(name)}


@require_GET
def coverage_beyond(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The other way: goals of members and of the units below that align to nothing, and what was proposed."""
    actor = actor_of(request)
    page = _page(request, unit_id)
    cycle = page["cycle"]
    if cycle is None:
        return render(request, "insights/coverage/no_cycle.html", page)
    found = beyond(actor, unit_id, cycle.pk, start=address.start_of(request, "goals", BEYOND_PAGE))
    page |= {
        "counts": upward(actor, unit_id, cycle.pk),
        "goals": address.part(request, "goals", found, BEYOND_PAGE, found[0].of_all if found else 0),
        "adopted": adopted(actor, unit_id, cycle.pk),
        "me": actor.pk,
    }
    return render(request, "insights/coverage/beyond.html", page)


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Gaps by unit: the branches below one, those with most gaps first; each opens its own."""
    actor = actor_of(request)
    known = every_cycle(actor)
    cycle = address.chosen(request, known)
    unit_id = whole(request.GET.get("unit"))
    unit = get_unit(actor, unit_id) if unit_id is not None else None
    page: dict[str, Any] = {
        "unit": unit,
        "cycle": cycle,
        "cycles": _cycles(request, known, cycle),
        "above": branch_above(actor, unit)[:-1] if unit is not None else [],
    }
    if cycle is None:
        return render(request, "insights/coverage/no_cycle.html", page)
    gaps_only = request.GET.get("gaps") == "1"
    start = address.start_of(request, "units", BRANCHES_PAGE)
    rows = coverage_below(actor, cycle.pk, unit_id, gaps_only=gaps_only, start=start)
    page |= {
        "branch": coverage_of_branch(actor, cycle.pk, unit_id),
        "rows": address.part(request, "units", rows, BRANCHES_PAGE, rows[0].of_all if rows else 0),
        "gaps_only": gaps_only,
        "every": address.href(request, gaps="", units=""),
        "with_gaps": address.href(request, gaps="1", units=""),
        "start": reverse("coverage"),
    }
    return render(request, "insights/coverage/company.html", page)
