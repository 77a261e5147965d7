"""What the pages of growth share: a form that is shown, sent, and shown again with what is wrong in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tandem.core.errors import Conflict, Invalid
from tandem.core.http.fragments import wants_fragment

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])
_MOST_DIGITS = 9


@dataclass(frozen=True)
class Words:
    """What a page says around its form; `back` is where the way out leads."""

    title: str
    submit: str
    done: str
    back: str
    lead: str = ""


def whole(text: str | None) -> int | None:
    """A whole number of the address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    words: Words,
    template: str = "growth/form.html",
    **page: Any,
) -> HttpResponse:
    """`act` runs the command with the cleaned fields and says where to go afterwards."""
    status, newer = 200, None
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                address = act(form.cleaned_data)
                messages.success(request, words.done)
                return HttpResponseRedirect(address)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        except Conflict as refusal:
            status, newer = 409, refusal.current
            form.data = {**{name: form.data[name] for name in form.data}, "version": refusal.current["version"]}
            form.add_error(None, refusal.message)
    return render(request, template, {"form": form, "words": words, "newer": newer, **page}, status=status)


def done(request: HttpRequest, address: str, text: str, undo: str = "") -> HttpResponse:
    """After something was done at once: back to the page with a word of it, and the way to take it back."""
    if wants_fragment(request):
        return HttpResponse()
    messages.success(request, text, extra_tags=f"undo:{undo}" if undo else "")
    return HttpResponseRedirect(address)
