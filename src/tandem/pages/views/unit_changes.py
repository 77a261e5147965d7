"""Changing the tree: move, merge, put in order, archive, restore; each says first whom and what it touches."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Invalid
from tandem.insights.queries import touched_by_unit
from tandem.okr.commands import hand_over, undo_hand_over
from tandem.okr.queries import entrusted_to, hidden_from, newest_hand_over
from tandem.pages.views.asking import whole
from tandem.pages.views.form_page import Words, form_page
from tandem.pages.views.keeping import keeper
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people import commands
from tandem.people.actors import actor_of
from tandem.people.forms import MergeForm, MoveUnitForm
from tandem.people.queries import get_unit, newest_merger


def _at(unit_id: int) -> str:
    return reverse("unit", args=[unit_id])


@SHOW_AND_SEND
def unit_move(request: HttpRequest, unit_id: int) -> HttpResponse:
    """`?parent=` is where the unit was dragged to: shown first, and the tree comes back afterwards."""
    actor = keeper(request)
    unit = get_unit(actor, unit_id)
    asked = whole(request.GET.get("parent"))
    parent = get_unit(actor, asked) if asked else unit.parent
    form = MoveUnitForm(actor, request.POST or None, initial={"parent": parent})
    form.fields["parent"].outside = unit.path  # type: ignore[attr-defined]
    back = reverse("organization") if asked else _at(unit_id)

    def act(fields: dict[str, Any]) -> str:
        commands.move_unit(actor, unit, **fields)
        return back

    words = Words(
        _("Move %(unit)s") % {"unit": unit.name}, _("Move unit"), _("Moved."), back,
        _("Everything below comes along. Goals, past and present, stay with the unit."),
        touched=touched_by_unit(actor, unit, "move", parent if parent != unit.parent else None),
        touched_at=reverse("unit_touched", args=[unit_id, "move"]),
        undo=reverse("unit_move_back", args=[unit_id, unit.parent_id or 0]),
    )  # fmt: skip
    return form_page(request, form, act, words)


@require_POST
def unit_move_back(request: HttpRequest, unit_id: int, parent_id: int) -> HttpResponse:
    """Undo: below the unit where it stood before; 0 for the top."""
    actor = actor_of(request)
    parent = get_unit(actor, parent_id) if parent_id else None
    try:
        commands.move_unit(actor, get_unit(actor, unit_id), parent=parent)
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(_at(unit_id))


@require_GET
def unit_touched(request: HttpRequest, unit_id: int, change: str) -> HttpResponse:
    """What a change would touch, with what is chosen in its form."""
    actor = keeper(request)
    unit = get_unit(actor, unit_id)
    chosen = whole(request.GET.get("parent") or request.GET.get("into"))
    to = get_unit(actor, chosen) if chosen and chosen != unit.parent_id else None
    return render(request, "organization/touched_only.html", {"touched": touched_by_unit(actor, unit, change, to)})


@SHOW_AND_SEND
def unit_merge(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = keeper(request)
    unit = get_unit(actor, unit_id)
    form = MergeForm(actor, request.POST or None)
    form.fields["into"].outside = unit.path  # type: ignore[attr-defined]

    @transaction.atomic
    def act(fields: dict[str, Any]) -> str:
        archived = commands.merge_unit(actor, unit, into=fields["into"])
        goals = [one.pk for one in entrusted_to(actor, archived).objectives] if fields["goals"] else []
        if fields["goals"] and (goals or hidden_from(actor, archived)):
            hand_over(actor, archived, to=fields["into"], objectives=goals, hidden=True)
        return _at(fields["into"].pk)

    words = Words(
        _("Merge %(unit)s") % {"unit": unit.name}, _("Merge"), _("Merged."), _at(unit_id),
        _("Members and the units below go over; this unit is archived and its past stays readable."),
        "danger", touched_by_unit(actor, unit, "merge"), reverse("unit_touched", args=[unit_id, "merge"]),
        reverse("unit_merge_undo", args=[unit_id]),
    )  # fmt: skip
    return form_page(request, form, act, words)


@require_POST
def unit_merge_undo(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The unit, its members and what lay below it; and the goals that went along."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    try:
        with transaction.atomic():
            merged = newest_merger(actor, unit)
            went = newest_hand_over(actor, unit, to=merged.into, since=merged.at) if merged else None
            commands.undo_merge(actor, unit)
            if went is not None:
                undo_hand_over(actor, went)
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(_at(unit_id))


@require_POST
def unit_reorder(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One place up or down among its siblings."""
    actor = actor_of(request)
    up = request.POST.get("step") == "-1"
    places = whole(request.POST.get("places")) or 1
    commands.reorder_unit(actor, get_unit(actor, unit_id), step=-places if up else places)
    messages.success(request, _("Moved."))
    return HttpResponseRedirect(reverse("organization"))


@SHOW_AND_SEND
def unit_archive(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = keeper(request)
    unit = get_unit(actor, unit_id)
    if request.method != "POST":
        words = Words(
            _("Archive %(unit)s") % {"unit": unit.name}, _("Archive"), "", _at(unit_id),
            _("It leaves the tree and its past stays readable. It can be restored."),
            "danger", touched_by_unit(actor, unit, "archive"),
        )  # fmt: skip
        return form_page(request, forms.Form(), lambda _fields: "", words)
    try:
        commands.archive_unit(actor, unit)
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        undo = reverse("unit_restore", args=[unit_id])
        messages.success(request, _("%(unit)s is archived.") % {"unit": unit.name}, extra_tags=f"undo:{undo}")
    return HttpResponseRedirect(_at(unit_id))


@require_POST
def unit_restore(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    try:
        commands.restore_unit(actor, unit)
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(unit)s is back.") % {"unit": unit.name})
    return HttpResponseRedirect(_at(unit_id))
