"""What the editor's views have in common: what forms send, and the pieces of the page they answer with."""

import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tandem.activity.queries import feed
from tandem.core.errors import Conflict, Invalid
from tandem.core.http.fragments import back, wants_fragment
from tandem.core.keys import new_key
from tandem.core.textdiff import difference
from tandem.okr.models import ActionState, KeyAction, KeyResult, Objective
from tandem.okr.queries.editor import SheetOfGoal, sheet_of_goal
from tandem.people.actors import actor_of
from tandem.people.queries import organization

_KEY = re.compile(r"[a-z0-9]{10,40}")
_STEP = re.compile(r"[-+]?\d{1,3}")


def words(request: HttpRequest, *names: str) -> dict[str, Any]:
    """The fields of these names that the form has."""
    return {name: request.POST[name] for name in names if name in request.POST}


def line_key(request: HttpRequest) -> str | None:
    """The key a new line brings with it, so that sending it twice makes one thing."""
    key = request.POST.get("key", "")
    return key if _KEY.fullmatch(key) else None


def after_step(order: list[int], one: int, request: HttpRequest) -> list[int]:
    """The order in which `one` has gone the form's `step` places down (negative: up), at most to the end."""
    step = request.POST.get("step", "")
    if not _STEP.fullmatch(step):
        raise Invalid(_("This must be a whole number."), field="step")
    if one not in order:
        return order
    rest = [other for other in order if other != one]
    place = max(0, min(len(rest), order.index(one) + int(step)))
    return [*rest[:place], one, *rest[place:]]


def page_of(objective: Objective) -> str:
    """The address of the page on which the objective stands."""
    goals = objective.goal_set
    if goals.owner_person_id:
        return reverse("goals_person", args=[goals.owner_person_id, goals.cycle_id])
    return reverse("goals_unit", args=[goals.owner_unit_id, goals.cycle_id])


def goal_context(shown: SheetOfGoal) -> dict[str, Any]:
    return {
        "sheet": shown.sheet,
        "goal": shown.goal,
        "most_key_results": organization().most_key_results,
        "weighed": "",
        "new_key": new_key,
        "action_states": dict(ActionState.choices),
    }


def goal_answer(request: HttpRequest, objective: Objective, text: str = "", *, anchor: str = "") -> HttpResponse:
    """The objective with all that hangs under it, as it now stands; without htmx the page, at its place."""
    if not wants_fragment(request):
        return back(request, page_of(objective) + (anchor or f"#goal-{objective.pk}"), text)
    shown = sheet_of_goal(actor_of(request), objective)
    return render(request, "okr/editor/goal_answer.html", goal_context(shown))


def gone(request: HttpRequest, objective: Objective, text: str) -> HttpResponse:
    """What was shown is away: the page takes it out."""
    if not wants_fragment(request):
        return back(request, page_of(objective), text)
    return HttpResponse(headers={"HX-Reswap": "delete"})


def placed(request: HttpRequest, objective: Objective) -> HttpResponse:
    """The order is kept; the page shows it already."""
    if not wants_fragment(request):
        return back(request, page_of(objective) + f"#goal-{objective.pk}")
    return HttpResponse(status=204)


def saved(request: HttpRequest, objective: Objective, version: int, body: HttpResponse | None = None) -> HttpResponse:
    """Saved quietly: the new version in a header, for the forms of the same thing."""
    if not wants_fragment(request):
        return back(request, page_of(objective) + f"#goal-{objective.pk}", _("Saved."))
    answer = body or HttpResponse()
    answer.headers["X-Version"] = str(version)
    return answer


def both_versions(
    request: HttpRequest, row: Objective | KeyResult | KeyAction, conflict: Conflict, parts: Iterable[tuple[str, str]]
) -> HttpResponse:
    """Two wrote at once: the words that differ, both ways, and a box for what shall be saved (409).

    `parts` names the form's fields and how they are called. Where nothing differs there is nothing to choose.
    """
    objective = row if isinstance(row, Objective) else row.objective
    current = conflict.current
    differing = [
        {"name": name, "label": label, "mine": mine, "theirs": theirs, "pieces": difference(theirs, mine)}
        for name, label in parts
        if name in request.POST and (mine := request.POST[name].strip()) != (theirs := str(current[name]))
    ]
    if not differing:
        return saved(request, objective, current["version"])
    last = next(iter(feed(actor_of(request), objective, limit=1)), None)
    context = {
        "row": row,
        "version": current["version"],
        "parts": differing,
        "last": last,
        "page": page_of(objective),
    }
    template = "okr/editor/conflict.html" if wants_fragment(request) else "okr/editor/conflict_page.html"
    return render(request, template, context, status=409)
