"""Answers for pages: a fragment for htmx, a redirect for a browser without it, and a short note at the foot."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def wants_fragment(request: HttpRequest) -> bool:
    """Does htmx ask? Then the answer is a piece of the page it already shows."""
    return request.headers.get("HX-Request") == "true"


def announce(response: HttpResponse, **events: Any) -> HttpResponse:
    """Let the page hear events with this answer, a toast among them: `toast={"text": …, "undo": …}`."""
    told = json.loads(response.headers.get("HX-Trigger", "{}"))
    response.headers["HX-Trigger"] = json.dumps({**told, **events})
    return response


def back(request: HttpRequest, otherwise: str, text: str = "") -> HttpResponse:
    """To where the form says it came from (`next`), with a word of what was done."""
    if text:
        messages.success(request, text)
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if own else otherwise)
