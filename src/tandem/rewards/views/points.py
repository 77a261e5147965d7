"""A person's ledger: their own, or looked at by the people team, which leaves a trace."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tandem.core.errors import Missing
from tandem.kpi.views.asked import part_of
from tandem.kpi.views.form_page import Words, form_page
from tandem.people.actors import actor_of
from tandem.people.queries import get_person
from tandem.rewards import commands
from tandem.rewards.access import may_look, may_reverse
from tandem.rewards.forms import ReverseForm
from tandem.rewards.queries import balance_of, entries_of, get_entry

if TYPE_CHECKING:
    from tandem.people.models import Person

PAGE = 50


@require_GET
def my_points(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return _ledger(request, actor)


@require_GET
def person_points(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor, pk)
    if person == actor:
        return _ledger(request, actor)
    if not may_look(actor, person):
        raise Missing(_("There is no such page."))
    commands.note_look(actor, person)
    return _ledger(request, person)


def _ledger(request: HttpRequest, person: "Person") -> HttpResponse:
    actor = actor_of(request)
    page: dict[str, Any] = {
        "person": person,
        "mine": person == actor,
        "balance": balance_of(actor, person),
        "found": part_of(request, entries_of(actor, person), PAGE),
        "may_look": may_look(actor, person),
        "may_reverse": may_look(actor, person) and person != actor,
    }
    return render(request, "rewards/points.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    entry = get_entry(actor, pk)
    if not may_reverse(actor, entry):
        raise Missing(_("There is no such entry."))
    form = ReverseForm(actor, request.POST or None)
    back = reverse("person_points", args=[entry.person_id])

    def act() -> str:
        commands.reverse_entry(actor, entry, **form.cleaned_data)
        return back

    lead = _("Both entries stay in the ledger. It cannot be undone, and is not written again.")
    names = {"value": f"{entry.points:.2f}", "name": entry.person.name}
    title = _("Take back %(value)s points of %(name)s") % names
    return form_page(request, form, act, Words(title, _("Take back"), _("Taken back."), back, lead))
