"""What the company calls things: typed, seen in typical texts, saved, and given back in one click."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.errors import Conflict, Invalid
from tandem.pages.views.keeping import administrator
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people import commands
from tandem.people.catalogues import samples
from tandem.people.forms import WordsForm
from tandem.people.queries import organization

_BEFORE = "words_before"


@SHOW_AND_SEND
def wording(request: HttpRequest) -> HttpResponse:
    actor = administrator(request)
    company = organization()
    form = WordsForm.of(actor, company, request.POST or None)
    status, words = 200, company.words
    if request.method == "POST":
        try:
            if form.is_valid():
                words = commands.clean_words(form.words)
                if "look" not in request.POST:
                    version = form.cleaned_data["version"]
                    commands.edit_organization(actor, company, version=version, words=words)
                    messages.success(request, _("Saved."))
                    return HttpResponseRedirect(reverse("wording"))
            else:
                status = 422
        except Invalid as refusal:
            status = 422
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        except Conflict as refusal:
            status = 409
            form.add_error(None, refusal.message)
    page = {"form": form, "samples": samples(words), "own": bool(company.words)}
    return render(request, "organization/wording.html", page, status=status)


@require_POST
def wording_preview(request: HttpRequest) -> HttpResponse:
    """The typical texts with what is typed; words that cannot be are told when they are saved."""
    actor = administrator(request)
    form = WordsForm.of(actor, organization(), request.POST)
    words = {}
    if form.is_valid():
        with suppress(Invalid):
            words = commands.clean_words(form.words)
    return render(request, "organization/samples.html", {"samples": samples(words)})


@require_POST
def wording_reset(request: HttpRequest) -> HttpResponse:
    """Tandem's own words again."""
    actor = administrator(request)
    request.session[_BEFORE] = organization().words
    commands.edit_organization(actor, organization(), words={})
    messages.success(request, _("Tandem’s own words are back."), extra_tags=f"undo:{reverse('wording_undo')}")
    return HttpResponseRedirect(reverse("wording"))


@require_POST
def wording_undo(request: HttpRequest) -> HttpResponse:
    actor = administrator(request)
    words = request.session.pop(_BEFORE, None)
    if words is not None:
        commands.edit_organization(actor, organization(), words=words)
    return HttpResponseRedirect(reverse("wording"))
