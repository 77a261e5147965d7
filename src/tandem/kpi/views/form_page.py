"""A page with one form: shown, sent, shown again with what was typed and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tandem.core.errors import Conflict, Invalid


@dataclass(frozen=True)
class Words:
    """What the page says around its form; `back` is where the way out leads, `done` is "" where `act` says it."""

    title: str
    submit: str
    done: str
    back: str
    lead: str = ""


def form_page(request: HttpRequest, form: forms.Form, act: Callable[[], str], words: Words) -> HttpResponse:
    """`act` runs the command and says where to go afterwards."""
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                with transaction.atomic():
                    address = act()
                if words.done:
                    messages.success(request, words.done)
                return HttpResponseRedirect(address)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        except Conflict as refusal:
            status = 409
            form.data = {**{name: form.data[name] for name in form.data}, "version": refusal.current["version"]}
            form.add_error(None, refusal.message)
    return render(request, "kpi/form.html", {"form": form, "words": words}, status=status)
