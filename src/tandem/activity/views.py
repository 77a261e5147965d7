"""The bell's page, what one hears of by which channel, and the door that stops letters."""

from contextlib import suppress
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tandem.activity.commands import choose_notifications, mark_all_read, mark_read
from tandem.activity.events import KINDS
from tandem.activity.letters import DIGEST, read_token
from tandem.activity.models import Rhythm
from tandem.activity.queries import (
    address_of,
    choices_of,
    get_notification,
    notifications,
    seen_names,
    unread_count,
)
from tandem.core.commands import Actor
from tandem.core.errors import Invalid, Missing, NotAllowed
from tandem.core.formats import weekday_names
from tandem.core.http.fragments import wants_fragment

PAGE, MOST_DIGITS, MOST_NAMES, MOST_NAME = 30, 18, 60, 40


def reader(request: HttpRequest) -> Actor:
    """Who is signed in; the package that knows people stands above this one."""
    return cast("Actor", request.user)


@require_GET
def list_page(request: HttpRequest) -> HttpResponse:
    """What one was told: what is new, or all."""
    unread = request.GET.get("show") != "all"
    found = notifications(reader(request), unread=unread, before=_number(request.GET, "before"), limit=PAGE + 1)
    given = {
        "told": found[:PAGE],
        "older": found[PAGE - 1].id if len(found) > PAGE else None,
        "unread": unread,
        "newest": found[0].id if found else 0,
    }
    template = "activity/told.html" if wants_fragment(request) and "before" in request.GET else "activity/page.html"
    return render(request, template, given)


def _number(data: QueryDict, name: str) -> int | None:
    raw = data.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= MOST_DIGITS else None


@require_GET
def open_one(request: HttpRequest, notification_id: int) -> HttpResponse:
    """To where the news is; it counts as read then."""
    one = get_notification(reader(request), notification_id)
    mark_read(reader(request), one)
    return HttpResponseRedirect(address_of(one) or reverse("notifications"))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(reader(request), request.user, up_to=_number(request.POST, "up_to"))
    return HttpResponseRedirect(reverse("notifications"))


@require_POST
def read_one(request: HttpRequest, notification_id: int) -> HttpResponse:
    """It was read; or, said again, is new."""
    mark_read(
        reader(request), get_notification(reader(request), notification_id), read=request.POST.get("read", "1") == "1"
    )
    if wants_fragment(request):
        return bell(request)
    return HttpResponseRedirect(reverse("notifications"))


@require_GET
def bell_fragment(request: HttpRequest) -> HttpResponse:
    return bell(request)


def bell(request: HttpRequest) -> HttpResponse:
    """How much is new."""
    return render(request, "activity/bell.html", {"unread": unread_count(reader(request))})


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """By kind and channel; and when the digest comes."""
    refusal = None
    if request.method == "POST":
        try:
            choose_notifications(reader(request), request.user, **_chosen(request.POST))
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("notification_choices"))
        except Invalid as fault:
            refusal = fault
    return _choices_page(request, refusal)


def _choices_page(request: HttpRequest, refusal: Invalid | None) -> HttpResponse:
    given = {
        "kinds": [(name, one.label) for name, one in KINDS.items()],
        "chosen": choices_of(reader(request)),
        "rhythms": Rhythm.choices,
        "hours": [(hour, f"{hour}:00") for hour in range(24)],
        "weekdays": list(enumerate(weekday_names())),
        "refusal": refusal,
    }
    return render(request, "activity/choices.html", given, status=422 if refusal else 200)


def _chosen(data: QueryDict) -> dict[str, Any]:
    channels = {kind: {name: f"{kind}.{name}" in data for name in ("app", "mail", "digest")} for kind in KINDS}
    hour, weekday = (-1 if (one := _number(data, name)) is None else one for name in ("hour", "weekday"))
    return {"channels": channels, "rhythm": data.get("rhythm", ""), "hour": hour, "weekday": weekday}


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """Stop letters of a kind, without signing in: mail programs POST here by themselves, people press a button."""
    try:
        key, what = read_token(token)
    except (signing.BadSignature, ValueError, TypeError):
        raise Missing(_("This address is cut off or was never given out.")) from None
    person = get_user_model().objects.filter(pk=key).first()
    if person is None or (what != DIGEST and what not in KINDS):
        raise Missing(_("There is nothing here."))
    if request.method == "POST":
        wanted: dict[str, Any] = {"rhythm": Rhythm.NEVER} if what == DIGEST else {"channels": {what: {"mail": False}}}
        with suppress(NotAllowed):  # who has left gets no letters anyway
            choose_notifications(person, person, **wanted)
    label = _("the digest") if what == DIGEST else KINDS[what].label
    return render(request, "activity/mail_off.html", {"label": label, "done": request.method == "POST"})


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """Who wants to hear what changes, and what of it they may see. The front door keeps the answer open (config/live);
    where there is none, 204 tells the page to ask no more."""
    told = request.META.get("tandem.live")
    if told is None:
        return HttpResponse(status=204)
    names = {name for name in request.GET.getlist("about")[:MOST_NAMES] if len(name) <= MOST_NAME}
    told.update(
        person=reader(request).pk, session=request.session.session_key, about=seen_names(reader(request), names)
    )
    return HttpResponse()
