"""Saying thank you on pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.errors import NotAllowed
from tandem.growth import access, commands
from tandem.growth.forms import WordsForm
from tandem.growth.queries import PAGE, get_recognition, given_by
from tandem.growth.views.asking import SHOW_AND_SEND, Words, done, form_page
from tandem.people.actors import actor_of
from tandem.people.queries import get_person


@SHOW_AND_SEND
def recognize(request: HttpRequest, person_id: int) -> HttpResponse:
    """A form for thanks, and what one said before."""
    actor = actor_of(request)
    person = get_person(actor, person_id)
    if not access.may_recognize(actor, person):
        raise NotAllowed(_("Thanks come from others; tell a story yourself."))
    form = WordsForm(actor, request.POST or None)

    def act(fields: dict[str, Any]) -> str:
        commands.recognize(actor, person, **fields)
        return reverse("recognize", args=[person_id])

    words = Words(
        _("Thank %(name)s") % {"name": person.name}, _("Say thank you"), _("Said."),
        reverse("person", args=[person_id]),
        _("Say what %(name)s did and what it made possible. It goes into their growth dossier, signed by you.")
        % {"name": person.name},
    )  # fmt: skip
    said = list(given_by(actor, person)[:PAGE])
    return form_page(request, form, act, words, "growth/recognize.html", said=said)


@require_POST
def withdraw(request: HttpRequest, given_id: int) -> HttpResponse:
    actor = actor_of(request)
    given = commands.withdraw_recognition(actor, get_recognition(actor, given_id))
    undo = reverse("recognition_restore", args=[given_id])
    return done(request, reverse("recognize", args=[given.person_id]), _("Taken back."), undo)


@require_POST
def restore(request: HttpRequest, given_id: int) -> HttpResponse:
    actor = actor_of(request)
    given = commands.restore_recognition(actor, get_recognition(actor, given_id))
    return done(request, reverse("recognize", args=[given.person_id]), _("It stands again."))
