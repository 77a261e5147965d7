"""A page with one form: shown, sent, shown again with what was typed and what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tandem.core.errors import Conflict, Invalid


@dataclass(frozen=True)
class Words:
    """What the page says around its form; `back` is where the way out leads."""

    title: str
    submit: str
    done: str
    back: str
    lead: str = ""
    look: str = "primary"
    touched: Sequence[str] = ()
    """Whom and what it concerns, a sentence each."""
    touched_at: str = ""
    """Where the sentences come from anew when something was chosen."""
    undo: str = ""
    """Where it is taken back afterwards."""


def form_page(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], str], words: Words
) -> HttpResponse:
    """`act` runs the command with the cleaned fields and says where to go afterwards."""
    status, newer = 200, None
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                address = act(form.cleaned_data)
                messages.success(request, words.done, extra_tags=f"undo:{words.undo}" if words.undo else "")
                return HttpResponseRedirect(address)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        except Conflict as refusal:
            status, newer = 409, refusal.current
            _take_version(form, refusal)
    page = {"form": form, "words": words, "newer": newer}
    return render(request, "organization/form.html", page, status=status)


def _take_version(form: forms.Form, refusal: Conflict) -> None:
    """Sent once more, the form means the newest version: both were looked at."""
    form.data = {**{name: form.data[name] for name in form.data}, "version": refusal.current["version"]}
    form.add_error(None, refusal.message)
