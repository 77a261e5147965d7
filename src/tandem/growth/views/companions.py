"""Sharing a dossier and the notes of those who accompany somebody, on pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.errors import NotAllowed
from tandem.growth import access, commands
from tandem.growth.forms import ShareForm, WordsForm
from tandem.growth.queries import get_note, get_owner, get_share, shares_of
from tandem.growth.views.asking import SHOW_AND_SEND, Words, done, form_page
from tandem.people.actors import actor_of


@SHOW_AND_SEND
def sharing(request: HttpRequest, person_id: int) -> HttpResponse:
    """With whom one shares one's dossier; only the person themself sees it."""
    actor = actor_of(request)
    person = get_owner(actor, person_id)
    if not access.is_own(actor, person):
        raise NotAllowed(_("Whose dossier it is decides who reads it."))
    form = ShareForm(actor, request.POST or None)
    here = reverse("dossier_sharing", args=[person_id])

    def act(fields: dict[str, Any]) -> str:
        commands.share_dossier(actor, person, **fields)
        return here

    words = Words(
        _("Who reads my dossier"), _("Share"), _("Shared."), reverse("dossier", args=[person_id]),
        _("They read all of it, notes of mentors too, and can write such notes. You can end it any day."),
    )  # fmt: skip
    return form_page(request, form, act, words, "growth/sharing.html", shares=list(shares_of(actor, person)))


@require_POST
def end(request: HttpRequest, share_id: int) -> HttpResponse:
    actor = actor_of(request)
    share = commands.end_share(actor, get_share(actor, share_id))
    own = access.is_own(actor, share.person)
    address = reverse("dossier_sharing", args=[share.person_id]) if own else reverse("growth")
    return done(request, address, _("No longer shared."))


@SHOW_AND_SEND
def note_new(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_owner(actor, person_id)
    if not access.is_shared_with(actor, person):
        raise NotAllowed(_("Notes are written by the person and whom they share their dossier with."))
    form = WordsForm(actor, request.POST or None)
    back = reverse("dossier", args=[person_id])

    def act(fields: dict[str, Any]) -> str:
        note = commands.add_note(actor, person, **fields)
        return f"{back}#note-{note.pk}"

    own = access.is_own(actor, person)
    words = Words(
        _("A note of my own") if own else _("A note for %(name)s") % {"name": person.name}, _("Write it down"),
        _("Written down."), back, _("Read by %(name)s and by whom they share with.") % {"name": person.name},
    )  # fmt: skip
    return form_page(request, form, act, words)


@require_POST
def withdraw(request: HttpRequest, note_id: int) -> HttpResponse:
    actor = actor_of(request)
    note = commands.withdraw_note(actor, get_note(actor, note_id))
    undo = reverse("note_restore", args=[note_id])
    return done(request, reverse("dossier", args=[note.person_id]), _("The note is taken back."), undo)


@require_POST
def restore(request: HttpRequest, note_id: int) -> HttpResponse:
    actor = actor_of(request)
    note = commands.restore_note(actor, get_note(actor, note_id))
    return done(request, reverse("dossier", args=[note.person_id]), _("The note is back."))
