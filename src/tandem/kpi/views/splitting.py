"""A target against those right below it: does it add up, and handed down anew."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tandem.core.errors import Invalid, NotAllowed
from tandem.kpi import commands
from tandem.kpi.access import may_split
from tandem.kpi.queries import get_target, reconciled
from tandem.people.actors import actor_of

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@SHOW_AND_SEND
def split(request: HttpRequest, target_id: int) -> HttpResponse:
    actor = actor_of(request)
    target = get_target(actor, target_id)
    if not may_split(actor, target):
        raise NotAllowed(_("A unit’s target is handed down by who leads the unit, and by the people team."))
    found = reconciled(actor, target)
    error = ""
    if request.method == "POST":
        how = request.POST.get("how", "")
        typed = {one.target.pk: request.POST.get(f"part-{one.target.pk}", "").strip() for one in found.below}
        parts = {key: text for key, text in typed.items() if text or how == "same"}
        fields = {name: request.POST.get(name, "") for name in ("reason", "buffer")}
        try:
            with transaction.atomic():
                commands.split_target(actor, target, how=how, parts=parts, **fields)
        except Invalid as refusal:
            error = refusal.message
        else:
            messages.success(request, _("Handed down. The carriers are asked to accept it."))
            return HttpResponseRedirect(reverse("kpi_split", args=[target_id]))
    ways = [("share", _("by share, in per cent")), ("amount", _("by amount")), ("same", _("the same for all"))]
    page = {"target": target, "found": found, "ways": ways, "typed": request.POST, "error": error}
    return render(request, "kpi/split.html", page, status=422 if error else 200)
