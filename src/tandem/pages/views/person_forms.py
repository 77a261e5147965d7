"""Keeping people: add, edit, move, second units, leaving and coming back, roles, passwords."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.clock import today
from tandem.core.errors import Invalid
from tandem.insights.queries import touched_by_leaving, touched_by_moving
from tandem.okr.queries import entrusted_to, hidden_from
from tandem.pages.views.asking import whole
from tandem.pages.views.form_page import Words, form_page
from tandem.pages.views.keeping import administrator, keeper, keeper_of
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people import commands
from tandem.people.actors import actor_of
from tandem.people.forms import (
    JoinForm,
    LeaveForm,
    MovePersonForm,
    NewPersonForm,
    PasswordForm,
    PersonForm,
    RolesForm,
)
from tandem.people.queries import get_person, get_unit, units_led_by


def _at(person_id: int) -> str:
    return reverse("person", args=[person_id])


@SHOW_AND_SEND
def person_new(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    asked = whole(request.GET.get("unit"))
    unit = get_unit(actor, asked) if asked else None
    form = NewPersonForm(actor, request.POST or None, initial={"unit": unit})

    def act(fields: dict[str, Any]) -> str:
        return _at(commands.add_person(actor, fields.pop("unit"), **fields).pk)

    back = reverse("unit", args=[unit.pk]) if unit else reverse("organization")
    return form_page(request, form, act, Words(_("New person"), _("Add person"), _("Added."), back))


@SHOW_AND_SEND
def person_edit(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_person(actor_of(request), person_id)
    actor = keeper_of(request, person)
    form = PersonForm(actor, request.POST or None, initial={**person.as_version(), "manager": person.manager})

    def act(fields: dict[str, Any]) -> str:
        commands.edit_person(actor, person, **fields)
        return _at(person_id)

    return form_page(request, form, act, Words(person.name, _("Save"), _("Saved."), _at(person_id)))


@SHOW_AND_SEND
def person_move(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = keeper(request)
    person = get_person(actor, person_id)
    form = MovePersonForm(actor, request.POST or None, initial={"unit": person.unit})

    def act(fields: dict[str, Any]) -> str:
        commands.move_person(actor, person, **fields)
        return _at(person_id)

    words = Words(
        _("Move %(name)s") % {"name": person.name}, _("Move person"), _("Moved."), _at(person_id),
        _("Running goals come along; those of closed cycles stay where they were."),
        touched=touched_by_moving(actor, person),
        touched_at=reverse("person_touched", args=[person_id]),
        undo=reverse("person_move_back", args=[person_id, person.unit_id or 0]),
    )  # fmt: skip
    return form_page(request, form, act, words)


@require_POST
def person_move_back(request: HttpRequest, person_id: int, unit_id: int) -> HttpResponse:
    """Undo: the home unit before; 0 for none."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id) if unit_id else None
    try:
        commands.move_person(actor, get_person(actor, person_id), unit=unit)
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(_at(person_id))


@require_GET
def person_touched(request: HttpRequest, person_id: int) -> HttpResponse:
    """What a move would touch, with the unit that is chosen in its form."""
    actor = keeper(request)
    chosen = whole(request.GET.get("unit"))
    to = get_unit(actor, chosen) if chosen else None
    touched = touched_by_moving(actor, get_person(actor, person_id), to)
    return render(request, "organization/touched_only.html", {"touched": touched})


@SHOW_AND_SEND
def person_join(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = keeper(request)
    person = get_person(actor, person_id)

    def act(fields: dict[str, Any]) -> str:
        commands.join_unit(actor, person, **fields)
        return _at(person_id)

    words = Words(
        _("A second unit for %(name)s") % {"name": person.name}, _("Add to unit"), _("Added."), _at(person_id),
        _("The home unit stays: goals go on counting there."),
    )  # fmt: skip
    return form_page(request, JoinForm(actor, request.POST or None), act, words)


@require_POST
def person_leave_unit(request: HttpRequest, person_id: int, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    person, unit = get_person(actor, person_id), get_unit(actor, unit_id)
    try:
        commands.leave_unit(actor, person, unit=unit)
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        undo = reverse("person_rejoin", args=[person_id, unit_id])
        words = _("%(name)s is no longer part of %(unit)s.") % {"name": person.name, "unit": unit.name}
        messages.success(request, words, extra_tags=f"undo:{undo}")
    return HttpResponseRedirect(_at(person_id))


@require_POST
def person_rejoin(request: HttpRequest, person_id: int, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.join_unit(actor, get_person(actor, person_id), unit=get_unit(actor, unit_id))
    return HttpResponseRedirect(_at(person_id))


@SHOW_AND_SEND
def person_leave(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_person(actor_of(request), person_id)
    actor = keeper_of(request, person)
    form = LeaveForm(actor, request.POST or None, initial={"on": today()})

    def act(fields: dict[str, Any]) -> str:
        left = commands.leave_company(actor, person, **fields)
        waiting = not left.is_active and (
            entrusted_to(actor, left) or hidden_from(actor, left) or units_led_by(actor, left).exists()
        )
        return reverse("hand_over_person", args=[person_id]) if waiting else _at(person_id)

    words = Words(
        _("%(name)s leaves the company") % {"name": person.name}, _("Confirm"), _("Saved."), _at(person_id),
        _("From that day on they cannot sign in. Their goals and history stay readable, and they can come back."),
        "danger", touched_by_leaving(actor, person),
    )  # fmt: skip
    return form_page(request, form, act, words)


@require_POST
def person_return(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = commands.return_to_company(actor, get_person(actor, person_id))
    messages.success(request, _("%(name)s is back.") % {"name": person.name})
    return HttpResponseRedirect(_at(person_id))


@SHOW_AND_SEND
def person_roles(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = administrator(request)
    person = get_person(actor, person_id)
    roles = {name: getattr(person, f"is_{name}") for name in RolesForm.base_fields}

    def act(fields: dict[str, Any]) -> str:
        commands.set_roles(actor, person, **fields)
        return _at(person_id)

    form = RolesForm(actor, request.POST if request.method == "POST" else None, initial=roles)
    words = Words(_("Roles of %(name)s") % {"name": person.name}, _("Save"), _("Saved."), _at(person_id))
    return form_page(request, form, act, words)


@SHOW_AND_SEND
def person_password(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = administrator(request)
    person = get_person(actor, person_id)

    def act(fields: dict[str, Any]) -> str:
        commands.set_password(actor, person, **fields)
        return _at(person_id)

    words = Words(
        _("A password for %(name)s") % {"name": person.name}, _("Set password"), _("The password is set."),
        _at(person_id),
    )  # fmt: skip
    return form_page(request, PasswordForm(actor, request.POST or None), act, words)


@require_POST
def person_reset_mail(request: HttpRequest, person_id: int) -> HttpResponse:
    """The mail that "Forgot your password?" sends, asked for by an administrator."""
    person = get_person(administrator(request), person_id)
    form = ResetPasswordForm({"email": person.email or ""})
    if form.is_valid():
        form.save(request)
        messages.success(
            request, _("A link to choose a password is on its way to %(email)s.") % {"email": person.email}
        )
    else:
        messages.error(request, _("There is no e-mail address to send a link to."))
    return HttpResponseRedirect(_at(person_id))
