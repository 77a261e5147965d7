"""The coach beside the editor: about the line that is being typed, and about the whole set."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from tandem.coach.shapes import KEY_RESULT, OBJECTIVE
from tandem.core.http.fragments import wants_fragment
from tandem.core.texts import TEXT_LENGTH
from tandem.okr.forms import whole
from tandem.okr.queries import Coaching, Sheet, Typing, coaching_of_goals, coaching_while_typing
from tandem.okr.queries.editor import sheet_of_person, sheet_of_unit
from tandem.okr.queries.lookups import get_objective
from tandem.people.actors import actor_of

SAID_BY_THE_EDITOR = {"many-objectives", "many-key-results"}
_SHEETS = {"person": sheet_of_person, "unit": sheet_of_unit}


@require_POST
def while_typing(request: HttpRequest) -> HttpResponse:
    """Questions about one line; `objective` and `key_result` say what it belongs to. Keeps nothing."""
    actor = actor_of(request)
    objective_id = whole(request.POST, "objective")
    typing = Typing(
        request.POST.get("text", "")[:TEXT_LENGTH],
        OBJECTIVE if request.POST.get("kind") == OBJECTIVE else KEY_RESULT,
        get_objective(actor, objective_id) if objective_id else None,
        whole(request.POST, "key_result"),
    )
    return render(request, "okr/coach/notes.html", {"findings": coaching_while_typing(actor, typing).findings})


@require_GET
def sheet_coaching(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """All questions about one owner's goals of a cycle: a page, or the piece of it under the editor."""
    actor = actor_of(request)
    sheet = _SHEETS[owner_kind](actor, owner_id, cycle_id)
    coaching = coaching_of_goals(actor, sheet.goals, "unit" if owner_kind == "unit" else "person")
    if wants_fragment(request):  # the editor itself says beside the goals how many are many
        coaching = Coaching([one for one in coaching.findings if one.code not in SAID_BY_THE_EDITOR])
    context: dict[str, Any] = {"sheet": sheet, "coaching": coaching, "lines": _lines(sheet, coaching)}
    template = "okr/coach/sheet_part.html" if wants_fragment(request) else "okr/coach/sheet.html"
    return render(request, template, context)


def _lines(sheet: Sheet, coaching: Coaching) -> list[dict[str, Any]]:
    """The objectives about which there is something to ask, each with its own questions and its key results'."""
    lines = [
        {
            "objective": goal.objective,
            "findings": coaching.of_objective(goal.objective.id),
            "key_results": [(one, found) for one in goal.key_results if (found := coaching.of_key_result(one.id))],
        }
        for goal in sheet.goals
    ]
    return [one for one in lines if one["findings"] or one["key_results"]]
