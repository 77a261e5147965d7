"""A carrier's sheet: read by both sides, accepted or negotiated by one, changed by the other."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Conflict, Invalid
from tandem.kpi import commands
from tandem.kpi.forms.targets import changes_of
from tandem.kpi.queries import Sheet, get_scheme, get_target, scheme_of, sheet_of, supplies
from tandem.kpi.views.asked import cycle_choices, cycle_of, whole
from tandem.people.actors import actor_of
from tandem.people.queries import units_led_by

if TYPE_CHECKING:
    from tandem.people.models import Person


def _at(scheme_id: int) -> str:
    return reverse("kpi_scheme", args=[scheme_id])


@require_GET
def my_kpis(request: HttpRequest) -> HttpResponse:
    """One's own sheet, and the units one leads."""
    actor = actor_of(request)
    known, cycle = cycle_of(request)
    scheme = scheme_of(actor, actor, cycle) if cycle else None
    page: dict[str, Any] = {
        "cycle": cycle,
        "cycles": cycle_choices(known, cycle, request.path),
        "sheet": sheet_of(actor, scheme) if scheme else None,
        "units": list(units_led_by(actor, actor)),
        "supplies": supplies(actor),
        "mine": True,
        "typed": {},
        "error": "",
    }
    return render(request, "kpi/mine.html", page)


@require_GET
def scheme(request: HttpRequest, scheme_id: int) -> HttpResponse:
    actor = actor_of(request)
    return _page(request, sheet_of(actor, get_scheme(actor, scheme_id)))


def _page(request: HttpRequest, sheet: Sheet, refusal: Invalid | Conflict | None = None) -> HttpResponse:
    """The sheet; with what was typed and what is wrong with it after a refusal."""
    page = {
        "sheet": sheet,
        "cycle": sheet.scheme.cycle,
        "mine": sheet.may_answer,
        "typed": request.POST if refusal else {},
        "error": refusal.message if refusal else "",
    }
    return render(request, "kpi/scheme.html", page, status=refusal.status if refusal else 200)


def _done(request: HttpRequest, scheme_id: int, act: "Callable[[Person], object]", done: str) -> HttpResponse:
    """Run the command; back to the sheet, or the sheet again with what was typed."""
    actor = actor_of(request)
    found = get_scheme(actor, scheme_id)
    try:
        with transaction.atomic():
            act(actor)
    except (Invalid, Conflict) as refusal:
        return _page(request, sheet_of(actor, found), refusal)
    messages.success(request, done)
    return HttpResponseRedirect(_at(scheme_id))


@require_POST
def accept(request: HttpRequest, scheme_id: int) -> HttpResponse:
    def act(actor: "Person") -> object:
        found = get_scheme(actor, scheme_id)
        return commands.accept_targets(actor, found, version=whole(request.POST.get("version")))

    return _done(request, scheme_id, act, _("Accepted. Both names stand under it now."))


@require_POST
def change(request: HttpRequest, scheme_id: int) -> HttpResponse:
    def act(actor: "Person") -> object:
        found = get_scheme(actor, scheme_id)
        keys = [one.pk for one in sheet_of(actor, found).targets]
        changes = changes_of(request.POST, keys)
        version = whole(request.POST.get("version"))
        reason = request.POST.get("reason", "")
        return commands.change_targets(actor, found, changes=changes, reason=reason, version=version)

    return _done(request, scheme_id, act, _("Changed. The carrier is asked to accept it anew."))


@require_POST
def drop(request: HttpRequest, scheme_id: int) -> HttpResponse:
    def act(actor: "Person") -> object:
        return commands.drop_targets(actor, get_scheme(actor, scheme_id), reason=request.POST.get("reason", ""))

    return _done(request, scheme_id, act, _("Dropped. Others can be issued now."))


@require_POST
def negotiate(request: HttpRequest, target_id: int) -> HttpResponse:
    target = get_target(actor_of(request), target_id)

    def act(actor: "Person") -> object:
        reason, wish = request.POST.get("reason", ""), request.POST.get("wish", "")
        return commands.negotiate_target(actor, target, reason=reason, wish=wish)

    return _done(request, target.scheme_id, act, _("Your leader is told."))


@require_POST
def final_word(request: HttpRequest, target_id: int) -> HttpResponse:
    target = get_target(actor_of(request), target_id)

    def act(actor: "Person") -> object:
        return commands.speak_final_word(actor, target, reason=request.POST.get("reason", ""))

    return _done(request, target.scheme_id, act, _("The final word is spoken. The carrier is told."))
