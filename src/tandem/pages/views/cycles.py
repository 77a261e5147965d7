"""All cycles: dates, phase, numbers; and opening a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.clock import today
from tandem.cycles import commands
from tandem.cycles.access import may_run_cycles
from tandem.cycles.forms import CycleForm
from tandem.cycles.queries import current_of, every_cycle, proposed
from tandem.okr.queries import company_numbers
from tandem.pages.views.form_page import Words, form_page
from tandem.pages.views.keeping import champion
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people.actors import actor_of


@require_GET
def cycles(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    known = every_cycle(actor)
    current = current_of(known)
    page = {
        "dated": [one for one in known if not one.is_backlog],
        "backlogs": [one for one in known if one.is_backlog],
        "numbers": company_numbers(actor),
        "current_id": current.pk if current else None,
        "today": today(),
        "may_run": may_run_cycles(actor),
    }
    return render(request, "cycle/list.html", page)


@require_POST
def cycles_prepare(request: HttpRequest) -> HttpResponse:
    """Make at once what prepares itself in the first month of a running cycle."""
    made = commands.prepare_next_cycles(champion(request), None)
    names = ", ".join(one.name for one in made)
    messages.success(request, _("Prepared: %(names)s") % {"names": names} if made else _("Nothing is due yet."))
    return HttpResponseRedirect(reverse("cycles"))


@SHOW_AND_SEND
def cycle_new(request: HttpRequest) -> HttpResponse:
    actor = champion(request)
    kind = request.GET.get("kind", "quarter")
    form = CycleForm(request.POST or None, initial=proposed(actor, kind))

    def act(fields: dict[str, Any]) -> str:
        return reverse("cycle", args=[commands.create_cycle(actor, None, **fields).pk])

    words = Words(
        _("New cycle"), _("Create cycle"), _("The cycle is there; drafting can begin."), reverse("cycles"),
        _("It begins with drafting. The next one of its kind prepares itself."),
    )  # fmt: skip
    return form_page(request, form, act, words)
