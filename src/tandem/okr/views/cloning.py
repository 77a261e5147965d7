"""Taking goals along into another cycle: which, how, and why what is unfinished goes on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tandem.core.errors import Invalid, NotAllowed
from tandem.cycles.queries import get_cycle, open_cycles
from tandem.okr import commands
from tandem.okr.forms import whole
from tandem.okr.queries.editor import Sheet
from tandem.okr.views.editor import SHEETS
from tandem.okr.views.scoring import set_of
from tandem.people.actors import actor_of

WAYS = ("leave", "copy", "carry")


@require_http_methods(["GET", "POST"])
def along(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """Choose what goes along; sent, the drafts are made and shown in their cycle. Sent twice, made once."""
    actor = actor_of(request)
    sheet = SHEETS[owner_kind](actor, owner_id, cycle_id)
    if not sheet.writes:
        raise NotAllowed(_("You may look at this, but not change it."))
    if request.method == "GET":
        return _page(request, sheet)
    try:
        target = get_cycle(actor, whole(request.POST, "to") or 0)
        made = commands.clone_goals(
            actor,
            set_of(actor, owner_kind, owner_id, cycle_id),
            cycle=target,
            which=_which(request, sheet),
            from_last="from_last" in request.POST,
            actions="actions" in request.POST,
        )
    except Invalid as refusal:
        return _page(request, sheet, refusal)
    done = ngettext("%(num)s draft is in %(cycle)s.", "%(num)s drafts are in %(cycle)s.", len(made))
    messages.success(request, done % {"num": len(made), "cycle": target.name})
    return HttpResponseRedirect(reverse(f"goals_{owner_kind}", args=[owner_id, target.pk]))


def _which(request: HttpRequest, sheet: Sheet) -> dict[int, str | None]:
    """Objective → why it is carried over, or None for a plain copy; what is left is not in it."""
    chosen: dict[int, str | None] = {}
    for goal in _offered(sheet):
        key = goal.objective.id
        way = request.POST.get(f"way-{key}", "leave")
        if way == "carry" and not request.POST.get(f"reason-{key}", "").strip():
            message = _("Say why “%(title)s” goes on: what was unfinished, and why it is still worth a cycle.")
            raise Invalid(message % {"title": goal.objective.title}, field=f"reason-{key}")
        if way in ("copy", "carry"):
            chosen[key] = request.POST.get(f"reason-{key}", "") if way == "carry" else None
    return chosen


def _offered(sheet: Sheet) -> list[Any]:
    return [goal for goal in sheet.goals if goal.objective.state != "dropped"]


def _page(request: HttpRequest, sheet: Sheet, refusal: Invalid | None = None) -> HttpResponse:
    others = [one for one in open_cycles(actor_of(request)) if one.pk != sheet.cycle.id]
    later = [one for one in others if sheet.cycle.end and one.start and one.start > sheet.cycle.end]
    alike = sorted((one for one in later if one.kind == sheet.cycle.kind), key=lambda one: (one.start, one.pk))
    page = {
        "sheet": sheet,
        "goals": _offered(sheet),
        "choices": [(one.pk, one.name) for one in sorted(others, key=lambda one: one not in later)],
        "to": request.POST.get("to") or (alike[0].pk if alike else ""),
        "typed": request.POST,
        "refusal": refusal,
    }
    return render(request, "okr/scoring/along.html", page, status=422 if refusal else 200)
