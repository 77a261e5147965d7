"""A unit's page: its own targets, where its members stand, and targets issued to either."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from tandem.core.errors import Invalid, Missing, NotAllowed
from tandem.kpi import commands
from tandem.kpi.access import may_issue_to_team, may_issue_to_unit
from tandem.kpi.forms.targets import FIELDS, items_of, rows_of
from tandem.kpi.models import Kind, Scheme
from tandem.kpi.queries import find_indicators, scheme_of, targets_of, team_standing
from tandem.kpi.views.asked import cycle_choices, cycle_of, whole
from tandem.people.actors import actor_of
from tandem.people.queries import branch_above, get_unit, members_of, units_below

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person, Unit

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])
TO = ("team", "unit")
MOST_MEMBERS, MOST_OFFERED, LEAST_ROWS = 200, 500, 6


@require_GET
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = actor_of(request)
    here = get_unit(actor, unit_id)
    known, cycle = cycle_of(request)
    found = scheme_of(actor, here, cycle) if cycle else None
    to_team, to_unit = may_issue_to_team(actor, here), may_issue_to_unit(actor, here)
    members = list(members_of(actor, here)[:MOST_MEMBERS]) if cycle and to_team else []
    page: dict[str, Any] = {
        "unit": here,
        "above": branch_above(actor, here)[:-1],
        "below": units_below(actor, here),
        "cycle": cycle,
        "cycles": cycle_choices(known, cycle, request.path),
        "scheme": found,
        "targets": list(targets_of(actor, found)) if found else [],
        "members": team_standing(actor, members, cycle) if cycle else [],
        "to_team": to_team,
        "to_unit": to_unit,
    }
    return render(request, "kpi/unit.html", page)


@SHOW_AND_SEND
def issue(request: HttpRequest, unit_id: int, to: str) -> HttpResponse:
    """Targets for the unit or for its whole team: rows of a table, tried first, then issued. An address may bring rows
    along, as a ready team's does."""
    actor = actor_of(request)
    here = get_unit(actor, unit_id)
    if to not in TO:
        raise Missing(_("There is no such page."))
    if not (may_issue_to_unit if to == "unit" else may_issue_to_team)(actor, here):
        raise NotAllowed(_("Targets are issued by who leads above, and by the people team."))
    known, cycle = cycle_of(request)
    if cycle is None:
        return HttpResponseRedirect(reverse("kpi_unit", args=[unit_id]))
    rows = rows_of(request.POST if request.method == "POST" else request.GET)
    tried: Sequence[Scheme] = ()
    refusal = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                made = _issue(actor, here, to, cycle, rows, request.POST.get("difficulty", "").strip())
                if request.POST.get("do") == "try":
                    tried = made
                    transaction.set_rollback(True)
        except Invalid as fault:
            refusal = fault
        else:
            if not tried:
                return _issued(request, here, cycle, made)
    page = _form(request, here, to, cycle, rows) | {"tried": tried, "error": refusal.message if refusal else ""}
    page["cycles"] = cycle_choices(known, cycle, request.path)
    return render(request, "kpi/issue.html", page, status=422 if refusal else 200)


def _issue(
    actor: "Person", unit: "Unit", to: str, cycle: "Cycle", rows: list[dict[str, str]], difficulty: str
) -> Sequence[Scheme]:
    if to == "unit":
        return [commands.issue_to_unit(actor, unit, cycle=cycle, items=items_of(rows), difficulty=difficulty)]
    return commands.issue_to_team(actor, unit, cycle=cycle, items=items_of(rows), difficulty=difficulty)


def _issued(request: HttpRequest, unit: "Unit", cycle: "Cycle", made: Sequence[Scheme]) -> HttpResponse:
    text = ngettext("Issued to %(num)s carrier.", "Issued to %(num)s carriers.", len(made)) % {"num": len(made)}
    messages.success(request, text)
    return HttpResponseRedirect(f"{reverse('kpi_unit', args=[unit.pk])}?cycle={cycle.pk}")


def _form(request: HttpRequest, unit: "Unit", to: str, cycle: "Cycle", rows: list[dict[str, str]]) -> dict[str, Any]:
    actor = actor_of(request)
    usable = [one for one in find_indicators(actor)[:MOST_OFFERED] if one.is_usable]
    wanted = max(LEAST_ROWS, len(rows) + 1, whole(request.POST.get("rows")) or 0)
    empty = dict.fromkeys(FIELDS, "")
    return {
        "unit": unit,
        "to": to,
        "cycle": cycle,
        "rows": rows + [empty] * (min(wanted, 30) - len(rows)),
        "indicators": [(one.code, f"{one.name} · {one.code}") for one in usable],
        "kinds": Kind.choices,
        "difficulty": request.POST.get("difficulty", ""),
    }
