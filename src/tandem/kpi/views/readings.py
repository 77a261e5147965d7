"""A supplier's grid: all values of a day on one page; and how one target moved."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tandem.core.clock import today
from tandem.core.errors import Invalid
from tandem.kpi import commands
from tandem.kpi.access import may_hand_in, may_split
from tandem.kpi.queries import Due, actuals, corrections_of, due_of, get_target
from tandem.people.actors import actor_of

if TYPE_CHECKING:
    from tandem.people.models import Person

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@SHOW_AND_SEND
def grid(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    on = _day(request.GET.get("on", ""))
    due = due_of(actor, on)
    faults: dict[str, str] = {}
    if request.method == "POST":
        with transaction.atomic():
            written, faults = _enter(actor, due, on, request)
            transaction.set_rollback(bool(faults))
        if not faults:
            text = ngettext("%(num)s value is kept.", "%(num)s values are kept.", written) % {"num": written}
            messages.success(request, text)
            return HttpResponseRedirect(f"{reverse('kpi_readings')}?on={on.isoformat()}")
    page: dict[str, Any] = {"due": due, "on": on, "today": today(), "faults": faults, "typed": request.POST}
    page["may_send"] = bool(due) or may_hand_in(actor)
    return render(request, "kpi/readings.html", page, status=422 if faults else 200)


def _day(text: str) -> date:
    """The day of the address; today when it is none."""
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        return today()


def _enter(actor: "Person", due: list[Due], on: date, request: HttpRequest) -> tuple[int, dict[str, str]]:
    """Every filled cell by the command; how many were, and what is wrong with which. Cells left empty stay."""
    written, faults = 0, {}
    for one in due:
        text = request.POST.get(one.name, "").strip()
        note = request.POST.get(f"note-{one.name}", "")
        if not text:
            continue
        try:
            with transaction.atomic():
                commands.enter_reading(actor, one.indicator, carrier=one.carrier, on=on, value=text, note=note)
            written += 1
        except Invalid as refusal:
            faults[one.name] = refusal.message
    return written, faults


@require_GET
def target(request: HttpRequest, target_id: int) -> HttpResponse:
    """One target's values over its cycle, between floor and challenge, with every correction."""
    actor = actor_of(request)
    found = get_target(actor, target_id)
    actual = actuals(actor, [found])[found.pk]
    rows = list(reversed(actual.readings))
    page = {"target": found, "actual": actual, "rows": rows, "corrected": corrections_of(actor, rows)}
    page["may_split"] = may_split(actor, found)
    return render(request, "kpi/target.html", page)
