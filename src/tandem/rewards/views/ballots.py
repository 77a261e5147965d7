"""A ballot on screen: the rule in words, how it stands, and the reader's own answer."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tandem.core.errors import Invalid
from tandem.people.actors import Actor, actor_of
from tandem.rewards import commands
from tandem.rewards.models import Ballot, Choice
from tandem.rewards.queries import get_ballot, objections_to, standing_of, voice_of
from tandem.rewards.views.words import lines_of, state_of


@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_ballot(actor, pk)
    if request.method != "POST":
        return _page(request, actor, found)
    try:
        with transaction.atomic():
            said = {name: request.POST.get(name, "") for name in ("choice", "reason")}
            commands.answer_ballot(actor, found, **said)
    except Invalid as refusal:
        return _page(request, actor, found, refusal)
    messages.success(request, _("Your answer is kept. You can change it as long as the ballot is open."))
    return HttpResponseRedirect(request.path)


def _page(request: HttpRequest, actor: Actor, found: Ballot, refusal: Invalid | None = None) -> HttpResponse:
    standing = standing_of(actor, found)
    own = voice_of(actor, found)
    typed: dict[str, Any] = {"choice": own.choice if own else "", "reason": own.reason if own else ""}
    if refusal:
        typed = {name: request.POST.get(name, "") for name in typed}
    page: dict[str, Any] = {
        "ballot": found,
        "lines": lines_of(found.announced),
        "standing": standing,
        "state": state_of(standing),
        "own": own,
        "typed": typed,
        "choices": Choice.choices,
        "objections": objections_to(actor, found),
        "refusal": refusal,
    }
    return render(request, "rewards/ballot.html", page, status=refusal.status if refusal else 200)
