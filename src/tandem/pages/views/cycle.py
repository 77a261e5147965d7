"""One cycle: its phases, the company's numbers, what is at risk, each unit, and who stands where."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Invalid, Missing
from tandem.cycles import commands
from tandem.cycles.access import may_run_cycles
from tandem.cycles.forms import EditCycleForm
from tandem.cycles.queries import every_cycle, get_cycle, phases
from tandem.okr.queries import (
    STATES,
    Tally,
    branch_numbers,
    handshakes_by_state,
    leaders_first,
    most_at_risk,
    people_who,
    sets_of,
)
from tandem.pages.views.asking import cycle_choices, listed, whole
from tandem.pages.views.form_page import Words, form_page
from tandem.pages.views.keeping import champion
from tandem.pages.views.spread import spread_of_confidence, spread_of_progress
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people.actors import actor_of
from tandem.people.queries import people, people_count, top_units

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person
    from tandem.people.queries import UnitLine

PEOPLE = 25


def _at(cycle_id: int) -> str:
    return reverse("cycle", args=[cycle_id])


@require_GET
def cycle(request: HttpRequest, cycle_id: int) -> HttpResponse:
    actor = actor_of(request)
    known = every_cycle(actor)
    here = next((one for one in known if one.pk == cycle_id), None)
    if here is None:
        raise Missing(_("There is no such cycle."))
    steps = [] if here.is_backlog else phases(actor, here)
    order = [step.phase for step in steps]
    place = order.index(here.phase) if order else 0
    page: dict[str, Any] = {
        "cycle": here,
        "cycles": cycle_choices(known, here, lambda one: _at(one.pk)),
        "steps": steps,
        "next_phase": steps[place + 1] if steps and place + 1 < len(steps) else None,
        "previous_phase": steps[place - 1] if steps and place > 0 and not here.is_closed else None,
        "at_risk": most_at_risk(actor, cycle_id),
        "may_run": may_run_cycles(actor),
        "leaders": leaders_first(actor, here),
    }
    top = top_units(actor)
    numbers = _numbers(actor, here, top)
    return render(request, "cycle/page.html", page | numbers | _who(request, here, top, numbers["everybody"]))


def _numbers(actor: "Person", here: "Cycle", top: "list[UnitLine]") -> dict[str, Any]:
    branches = branch_numbers(actor, here.pk, [one.id for one in top])
    company = branches.get(None, Tally())
    return {
        "company": company,
        "everybody": people_count(actor),
        "hands": handshakes_by_state(actor, company),
        "progress": spread_of_progress(company),
        "confidence": spread_of_confidence(company),
        "top": top,
        "branches": branches,
    }


def _who(request: HttpRequest, here: "Cycle", top: "list[UnitLine]", everybody: int) -> dict[str, Any]:
    """People by where they stand; the table of units shows its own numbers from the same read."""
    actor = actor_of(request)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    total = None if state else everybody
    found = listed(request, "who", people_who(actor, people(actor), here.pk, state), size=PEOPLE, total=total)
    sets = sets_of(actor, here.pk, units=[one.id for one in top], people=[one.pk for one in found.items])
    return {"who": found, "state": state, "states": STATES, "sets": sets}


@SHOW_AND_SEND
def cycle_edit(request: HttpRequest, cycle_id: int) -> HttpResponse:
    actor = champion(request)
    here = get_cycle(actor, cycle_id)
    planned = {f"phase_{step.phase}": step.planned_on for step in phases(actor, here)}
    names = ("version", "name", "start", "end", "rhythm", "weekday")
    form = EditCycleForm(here, request.POST or None, initial={name: getattr(here, name) for name in names} | planned)

    def act(_fields: dict[str, Any]) -> str:
        fields, days = form.split()
        with transaction.atomic():
            commands.edit_cycle(actor, here, **fields)
            for phase, day in days.items():
                commands.plan_phase(actor, here, phase=phase, planned_on=day)
        return _at(cycle_id)

    return form_page(request, form, act, Words(here.name, _("Save"), _("Saved."), _at(cycle_id)))


@require_POST
def cycle_phase(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Move the cycle on, or one step back."""
    actor = actor_of(request)
    version = whole(request.POST.get("version"))
    try:
        here = commands.enter_phase(
            actor, get_cycle(actor, cycle_id), phase=request.POST.get("phase", ""), version=version
        )
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(cycle)s: %(phase)s.") % {"cycle": here.name, "phase": here.get_phase_display()})
    return HttpResponseRedirect(_at(cycle_id))
