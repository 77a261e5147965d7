"""A model asked for drafts of questions, by a click: shown apart from what the coach asks, kept nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.errors import Missing
from tandem.core.http.fragments import wants_fragment
from tandem.integrations.coach_model import NoAnswer, drafted_questions, model
from tandem.okr.queries import sheet_of_person, sheet_of_unit
from tandem.people.actors import actor_of

_SHEETS = {"person": sheet_of_person, "unit": sheet_of_unit}


@require_POST
def ask(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """Raises Missing (404) while no model is set. What the model could not say is a note, not an error of the page."""
    one = model()
    sheet = _SHEETS[owner_kind](actor_of(request), owner_id, cycle_id)
    if one is None:
        raise Missing(_("No model is set up."))
    page: dict[str, Any] = {"sheet": sheet, "questions": [], "refusal": None}
    try:
        page["questions"] = drafted_questions(one, sheet.goals)
    except NoAnswer as refusal:
        page["refusal"] = refusal
    template = "coach_model/answer.html" if wants_fragment(request) else "coach_model/page.html"
    return render(request, template, page)
