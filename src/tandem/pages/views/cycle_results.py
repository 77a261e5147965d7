"""How a cycle ends: who has not scored, closing it and opening it again, and what came of it."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Invalid, Missing
from tandem.cycles import commands
from tandem.cycles.access import may_reopen_cycles, may_run_cycles
from tandem.cycles.forms import ReopenForm
from tandem.cycles.queries import every_cycle, get_cycle
from tandem.okr.commands import remind_of_scores
from tandem.okr.queries import (
    MissingScores,
    Results,
    count_moved_below,
    dropped_in,
    late_in,
    missing_scores,
    moved_rows,
    moved_targets,
    owners_to_score,
    results_of,
)
from tandem.okr.queries.lists import filled
from tandem.pages.views.asking import Listed, cycle_choices, listed, page_of, place, whole
from tandem.pages.views.form_page import Words, form_page
from tandem.pages.views.keeping import administrator, champion
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people.actors import actor_of
from tandem.people.queries import PAGE, branch_above, get_unit, top_units, units_below

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tandem.cycles.models import Cycle
    from tandem.people.models import Unit
    from tandem.people.queries import UnitLine

MISSING, ENDED = 25, 10
SUCCESS = 7
"""Tenths from which an aspirational objective is a success."""


@require_GET
def closing(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Who has not scored everything, and the way to close the cycle all the same."""
    actor = champion(request)
    here = get_cycle(actor, cycle_id)
    done, owners = owners_to_score(actor, cycle_id)
    found = listed(request, "missing", missing_scores(actor, cycle_id), size=MISSING, total=owners - done)
    page = {
        "cycle": here,
        "numbers": results_of(actor, cycle_id).get(None, Results()),
        "done": done,
        "owners": owners,
        "missing": _as_rows(found),
        "may_reopen": may_reopen_cycles(actor),
    }
    return render(request, "cycle/closing.html", page | _moved(request, here))


@require_POST
def remind(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """One letter a day to those who are missing."""
    actor = champion(request)
    try:
        count = remind_of_scores(actor, get_cycle(actor, cycle_id))
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        done = ngettext("%(num)s person is reminded.", "%(num)s people are reminded.", count) % {"num": count}
        messages.success(request, done if count else _("Everybody who is missing was reminded today."))
    return HttpResponseRedirect(reverse("cycle_closing", args=[cycle_id]))


def _moved(
    request: HttpRequest, here: "Cycle", unit: "Unit | None" = None, below: "Iterable[UnitLine]" = ()
) -> dict[str, Any]:
    """Targets that are no longer the signed ones; how they moved is counted first: of all, and of the units `below`."""
    actor, path = actor_of(request), unit.path if unit else ""
    branches = count_moved_below(actor, here.pk, [one.id for one in below], path)
    total = sum(branches[None].values())
    found: Any = listed(request, "moved", moved_targets(actor, here.pk, path), size=MISSING, total=total)
    return {
        "moved": Listed(moved_rows(actor, found.items), total, found.first, found.next, found.previous),
        "moved_counts": branches[None],
        "moved_below": branches,
    }


def _as_rows(found: Any) -> Listed[MissingScores]:
    rows = [MissingScores(*one) for one in found.items]
    return Listed(rows, found.total, found.first, found.next, found.previous)


@SHOW_AND_SEND
def reopen(request: HttpRequest, cycle_id: int) -> HttpResponse:
    actor = administrator(request)
    here = get_cycle(actor, cycle_id)
    if not here.is_closed:
        raise Missing(_("It is not closed."))
    at = reverse("cycle", args=[cycle_id])

    def act(fields: dict[str, Any]) -> str:
        commands.reopen_cycle(actor, here, **fields)
        return at

    form = ReopenForm(request.POST or None, initial={"version": here.version})
    lead = _("It goes back to its review: scores, check-ins and words can be written again. Everybody can read why.")
    words = Words(_("Reopen %(cycle)s") % {"cycle": here.name}, _("Reopen"), _("It is in review again."), at, lead)
    return form_page(request, form, act, words)


@require_GET
def results(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """What came of a cycle: for the company, or for one unit with all below it (`?unit=`)."""
    actor = actor_of(request)
    known = every_cycle(actor)
    here = next((one for one in known if one.pk == cycle_id and not one.is_backlog), None)
    if here is None:
        raise Missing(_("There is no such cycle."))
    asked = whole(request.GET.get("unit"))
    unit = get_unit(actor, asked) if asked else None
    page: dict[str, Any] = {
        "cycle": here,
        "cycles": cycle_choices([one for one in known if not one.is_backlog], here, _same_unit(unit)),
        "unit": unit,
        "above": branch_above(actor, unit)[:-1] if unit else [],
        "success": SUCCESS,
        "may_run": may_run_cycles(actor),
        "may_reopen": may_reopen_cycles(actor) and here.is_closed,
    }
    page |= _numbers(request, here, known, unit) | _ended(request, here, unit)
    page |= _moved(request, here, unit, page["below"].items)
    return render(request, "cycle/results.html", page)


def _same_unit(unit: "Unit | None") -> Any:
    suffix = f"?unit={unit.pk}" if unit else ""
    return lambda one: reverse("cycle_results", args=[one.pk]) + suffix


def _numbers(request: HttpRequest, here: "Cycle", known: "list[Cycle]", unit: "Unit | None") -> dict[str, Any]:
    """The branch itself, the units below it, and the cycle of the same kind before."""
    actor = actor_of(request)
    key = unit.pk if unit else None
    start = place(request, "below", PAGE)
    lines = units_below(actor, unit, start=start) if unit else top_units(actor)
    below = page_of(request, "below", lines, PAGE, None if unit else len(lines))
    found = results_of(actor, here.pk, [*([unit.pk] if unit else []), *[one.id for one in below.items]])
    before = _before(known, here)
    then = results_of(actor, before.pk, [unit.pk] if unit else []) if before else {}
    return {
        "own": found.get(key, Results()),
        "branches": found,
        "below": below,
        "before": before,
        "then": then.get(key),
    }


def _before(known: "list[Cycle]", here: "Cycle") -> "Cycle | None":
    """The cycle of the same kind that went before."""
    older = [one for one in known if one.kind == here.kind and one.end and here.start and one.end < here.start]
    return max(older, key=lambda one: (one.end, one.pk), default=None)


def _ended(request: HttpRequest, here: "Cycle", unit: "Unit | None") -> dict[str, Any]:
    """What was dropped, and what was scored late: of the whole company, or of the branch."""
    actor = actor_of(request)
    lists = {"dropped": dropped_in(actor, here.pk), "late": late_in(actor, here.pk)}
    shown: dict[str, Any] = {}
    for name, rows in lists.items():
        here_ones = rows if unit is None else rows.filter(goal_set__unit__path__startswith=unit.path)
        found: Any = listed(request, name, here_ones, size=ENDED)
        shown[name] = Listed(filled(found.items), found.total, found.first, found.next, found.previous)
    return shown
