"""The people team's pages of points: a closed round, what the rules bring, what is written, the payroll file."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Invalid, Missing
from tandem.kpi.queries import get_round
from tandem.kpi.views.asked import part_of
from tandem.people.actors import actor_of
from tandem.rewards import commands
from tandem.rewards.access import may_write_points
from tandem.rewards.queries import closed_rounds, entries_of_round, points_by_round, points_due
from tandem.rewards.rules.payroll import TYPES
from tandem.rewards.views.files import payroll_answer

if TYPE_CHECKING:
    from tandem.kpi.models import Round

PAGE = 50


@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not may_write_points(actor):
        raise Missing(_("There is no such page."))
    found = part_of(request, closed_rounds(actor), PAGE)
    return render(request, "rewards/rounds.html", {
        "found": found, "points": points_by_round(actor, [one.pk for one in found.items]),
    })  # fmt: skip


@require_GET
def round_points(request: HttpRequest, pk: int) -> HttpResponse:
    """What writing would do, in sums, and what is written."""
    actor = actor_of(request)
    one = get_round(actor, pk)
    page: dict[str, Any] = {
        "round": one,
        "due": points_due(actor, one) if one.closed_at is not None else None,
        "written": points_by_round(actor, [one.pk]).get(one.pk),
        "forms": list(TYPES),
    }
    return render(request, "rewards/round.html", page)


@require_GET
def round_entries(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's entries of a round: a look at many, which leaves a trace."""
    actor = actor_of(request)
    one = get_round(actor, pk)
    words = request.GET.get("q", "").strip()[:200]
    commands.note_look(actor, one)
    found = part_of(request, entries_of_round(actor, one, words), PAGE)
    return render(request, "rewards/round_entries.html", {"round": one, "found": found, "words": words})


@require_POST
def round_write(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    one = get_round(actor, pk)
    try:
        with transaction.atomic():
            done = commands.write_points(actor, one)
        said = ngettext("%(num)s entry written.", "%(num)s entries written.", done.entries) % {"num": done.entries}
        messages.success(request, said if done.entries else _("Everything was written already."))
    except Invalid as refusal:
        messages.warning(request, refusal.message)
    return HttpResponseRedirect(_at(one))


@require_POST
def round_payroll(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    one = get_round(actor, pk)
    form = request.POST.get("form", "")
    try:
        with transaction.atomic():
            made = commands.export_payroll(actor, one, form=form)
    except Invalid as refusal:
        messages.warning(request, refusal.message)
        return HttpResponseRedirect(_at(one))
    return payroll_answer(one, form, made)


def _at(one: "Round") -> str:
    return reverse("round_points", args=[one.pk])
