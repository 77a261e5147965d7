"""Handing over what somebody holds: chosen on one page, given to a successor or dropped with a reason."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tandem.core.errors import Invalid, NotAllowed
from tandem.okr import commands
from tandem.okr.access import may_clear_away, may_hand_over
from tandem.okr.queries import entrusted_to, get_hand_over, hidden_from
from tandem.pages.views.asking import whole
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people.access import may_run_organization
from tandem.people.actors import actor_of
from tandem.people.forms import SuccessorForm
from tandem.people.queries import get_person, get_unit, is_person, units_led_by

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

    Owner: TypeAlias = Person | Unit
KINDS = ("objectives", "actions", "co_owned", "led")


@SHOW_AND_SEND
def hand_over_person(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor, person_id)
    form = SuccessorForm(actor, request.POST or None)
    return _page(request, person, form, reverse("person", args=[person_id]))


@SHOW_AND_SEND
def hand_over_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    return _page(request, unit, SuccessorForm.for_unit(actor, request.POST or None), reverse("unit", args=[unit_id]))


def _page(request: HttpRequest, owner: "Owner", form: SuccessorForm, back: str) -> HttpResponse:
    actor = actor_of(request)
    if not may_hand_over(actor, owner):
        raise NotAllowed(_("You may look at this, but not change it."))
    fault, chosen = "", _chosen(request)
    if request.method == "POST":
        try:
            if "drop" in request.POST or form.is_valid():
                return _carried_out(request, owner, form, chosen)
        except Invalid as refusal:
            fault = refusal.message
    held = entrusted_to(actor, owner)
    runs = may_run_organization(actor)
    led = list(units_led_by(actor, owner)) if is_person(owner) else []
    all_of_it = {kind: _keys(getattr(held, kind, led if runs else ())) for kind in KINDS}
    page = {
        "owner": owner,
        "back": back,
        "form": form,
        "held": held,
        "hidden": len(hidden_from(actor, owner)),
        "hidden_too": request.method != "POST" or "hidden" in request.POST,
        "chosen": chosen if request.method == "POST" else all_of_it,
        "reason": request.POST.get("reason", ""),
        "fault": fault,
        "led": led,
        "may_drop": may_clear_away(actor, owner),
        "may_run": runs,
    }
    return render(request, "organization/hand_over.html", page, status=422 if request.method == "POST" else 200)


def _chosen(request: HttpRequest) -> dict[str, list[int]]:
    return {kind: [key for key in map(whole, request.POST.getlist(kind)) if key is not None] for kind in KINDS}


def _keys(rows: Any) -> list[int]:
    return [row.pk for row in rows if isinstance(row, Model)]


def _carried_out(
    request: HttpRequest, owner: "Owner", form: SuccessorForm, chosen: dict[str, list[int]]
) -> HttpResponse:
    """Raises Invalid."""
    actor = actor_of(request)
    if "drop" in request.POST:
        reason = request.POST.get("reason", "")
        done = commands.lay_down(actor, owner, objectives=chosen["objectives"], reason=reason)
        said = ngettext("%(num)s objective dropped.", "%(num)s objectives dropped.", len(chosen["objectives"]))
        words = said % {"num": len(chosen["objectives"])}
    else:
        done = commands.hand_over(actor, owner, to=form.cleaned_data["to"], hidden="hidden" in request.POST, **chosen)
        words = _("Handed over to %(name)s.") % {"name": form.cleaned_data["to"].name}
    undo = reverse("hand_over_undo", args=[done.pk])
    messages.success(request, words, extra_tags=f"undo:{undo}")
    return HttpResponseRedirect(request.path)


@require_POST
def hand_over_undo(request: HttpRequest, hand_over_id: int) -> HttpResponse:
    actor = actor_of(request)
    done = get_hand_over(actor, hand_over_id)
    try:
        commands.undo_hand_over(actor, done)
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Taken back."))
    owner = done.from_person or done.from_unit
    assert owner is not None
    if not may_hand_over(actor, owner):
        return HttpResponseRedirect(reverse("my_week"))
    name = "hand_over_person" if is_person(owner) else "hand_over_unit"
    return HttpResponseRedirect(reverse(name, args=[owner.pk]))
