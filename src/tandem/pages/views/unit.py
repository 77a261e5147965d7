"""A unit: its objectives, its members and how fresh they are, what is stale, the units below."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tandem.cycles.queries import every_cycle
from tandem.okr.queries import (
    STALE_PAGE,
    OwnerSet,
    OwnerSets,
    branch_numbers,
    lead_goes_first,
    outline_of_unit,
    sets_of,
    stale_key_results,
)
from tandem.pages.views.asking import chosen_cycle, cycle_choices, in_cycle, page_of, place, same_cycle
from tandem.pages.views.spread import spread_of_confidence
from tandem.people.access import may_run_organization
from tandem.people.actors import actor_of
from tandem.people.queries import (
    PAGE,
    branch_above,
    get_unit,
    lead_among,
    members_page,
    units_below,
)

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person
    from tandem.people.queries import MemberLine, UnitLine


@require_GET
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    here = get_unit(actor, unit_id)
    known = every_cycle(actor)
    cycle = chosen_cycle(request, known)
    branch = branch_above(actor, here)
    lead = lead_among(branch)
    members = members_page(actor, here, start=place(request, "members", PAGE))
    below = units_below(actor, here, start=place(request, "below", PAGE))
    page: dict[str, Any] = {
        "unit": here,
        "cycle": cycle,
        "in_cycle": same_cycle(request),
        "cycles": cycle_choices(known, cycle, in_cycle("unit", unit_id)),
        "above": branch[:-1],
        "lead": lead,
        "may_write": may_write(actor, lead),
        "stands_over": actor.pk in [one.lead_id for one in branch],
        "may_run": may_run_organization(actor),
        "members": page_of(request, "members", members, PAGE),
        "below": page_of(request, "below", below, PAGE),
    }
    return render(request, "unit/page.html", page | _goals(request, unit_id, cycle, lead, members, below))


def may_write(actor: "Person", lead: "UnitLine | None") -> bool:
    """May the actor write the unit's goals? As `people.access.leads`, from the lead already found."""
    return lead.lead_id == actor.pk if lead else actor.is_administrator or actor.is_champion


def _goals(
    request: HttpRequest,
    unit_id: int,
    cycle: "Cycle | None",
    lead: "UnitLine | None",
    members: "list[MemberLine]",
    below: "list[UnitLine]",
) -> dict[str, Any]:
    """All that depends on the cycle; empty where no cycle has been made."""
    if cycle is None:
        return {"goals": [], "sets": OwnerSets({}, {}), "branches": {}, "own": OwnerSet(), "spread": [], "stale": None}
    actor = actor_of(request)
    under = [one.id for one in below]
    leads = [lead.lead_id] if lead is not None and lead.lead_id is not None else []
    sets = sets_of(actor, cycle.pk, units=[unit_id, *under], people=[*leads, *(one.id for one in members)])
    own = sets.of_unit.get(unit_id, OwnerSet())
    start = place(request, "stale", STALE_PAGE)
    stale = [] if cycle.is_closed else stale_key_results(actor, unit_id, cycle.pk, start=start)
    return {
        "goals": outline_of_unit(actor, unit_id, cycle.pk),
        "sets": sets,
        "missing_first": lead_goes_first(actor, sets.of_person.get(leads[0], OwnerSet()), cycle) if leads else "",
        "own": own,
        "spread": spread_of_confidence(own.tally),
        "branches": branch_numbers(actor, cycle.pk, under),
        "stale": page_of(request, "stale", stale, STALE_PAGE),
    }
