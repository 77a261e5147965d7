"""A unit: its objectives, its members and how fresh they are, what is stale, the units below."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tandem.cycles.queries import cycles
from tandem.okr.queries import (
    OwnerSet,
    OwnerSets,
    StaleRow,
    branch_numbers,
    outline_of_unit,
    sets_of,
    stale_key_results,
)
from tandem.pages.views.asking import asker, chosen_cycle, cycle_choices, in_cycle, listed, same_cycle
from tandem.pages.views.spread import spread_of_confidence
from tandem.people.access import may_run_organization
from tandem.people.queries import ancestors, children_of, get_unit, lead_among, members_of

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person, Unit

MEMBERS, STALE, SUB_UNITS = 25, 10, 25


@require_GET
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = asker(request)
    here = get_unit(actor, unit_id)
    known = list(cycles(actor))
    cycle = chosen_cycle(request, known)
    above = ancestors(actor, here)
    lead = lead_among([*above, here])
    page: dict[str, Any] = {
        "unit": here,
        "cycle": cycle,
        "in_cycle": same_cycle(request),
        "cycles": cycle_choices(known, cycle, in_cycle("unit", unit_id)),
        "above": above,
        "lead": lead,
        "may_write": may_write(actor, lead),
        "may_run": may_run_organization(actor),
        "members": listed(request, "members", members_of(actor, here), size=MEMBERS),
        "below": listed(request, "below", children_of(actor, here), size=SUB_UNITS),
    }
    page |= _goals(request, here, cycle, page["members"].items, page["below"].items)
    return render(request, "unit/page.html", page)


def may_write(actor: "Person", lead: "Person | None") -> bool:
    """May the actor write the unit's goals? As `people.access.leads`, from the lead already found."""
    return lead.pk == actor.pk if lead else actor.is_administrator or actor.is_champion


def _goals(
    request: HttpRequest, here: "Unit", cycle: "Cycle | None", members: "list[Person]", below: "list[Unit]"
) -> dict[str, Any]:
    """All that depends on the cycle; empty where no cycle has been made."""
    if cycle is None:
        return {"goals": [], "sets": OwnerSets({}, {}), "branches": {}, "own": OwnerSet(), "spread": [], "stale": None}
    actor = asker(request)
    under = [one.pk for one in below]
    sets = sets_of(actor, cycle.pk, units=[here.pk, *under], people=[one.pk for one in members])
    own = sets.of_unit.get(here.pk, OwnerSet())
    return {
        "goals": outline_of_unit(actor, here.pk, cycle.pk),
        "sets": sets,
        "own": own,
        "spread": spread_of_confidence(own.tally),
        "branches": branch_numbers(actor, cycle.pk, [here.pk, *under]),
        "stale": None if cycle.is_closed else _stale(request, here, cycle),
    }


def _stale(request: HttpRequest, here: "Unit", cycle: "Cycle") -> Any:
    found = listed(request, "stale", stale_key_results(asker(request), here.pk, cycle.pk), size=STALE)
    found.items[:] = [StaleRow(*row[:-1]) for row in found.items]
    return found
