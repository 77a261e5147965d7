"""Aligning an objective: a picker of possible parents, and the links under the sentence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.http.fragments import announce, back, wants_fragment
from tandem.okr import commands
from tandem.okr.models import Objective
from tandem.okr.queries.editor import sheet_of_goal
from tandem.okr.queries.lookups import get_objective
from tandem.okr.queries.picker import possible_parents
from tandem.okr.views.editor_answers import page_of
from tandem.people.actors import actor_of

_LONGEST = 100


@require_GET
def picker(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Objectives one may align to, by words; `part=options` asks for the list alone."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    words = request.GET.get("words", "")[:_LONGEST].replace("\x00", "")
    context = {
        "objective": objective,
        "words": words,
        "parents": possible_parents(actor, objective, words),
        "page": page_of(objective) + f"#goal-{objective_id}",
    }
    if not wants_fragment(request):
        return render(request, "okr/editor/picker_page.html", context)
    alone = request.GET.get("part") == "options"
    return render(request, "okr/editor/picker_options.html" if alone else "okr/editor/picker.html", context)


@require_POST
def align(request: HttpRequest, objective_id: int, parent_id: int) -> HttpResponse:
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    commands.align(actor, objective, parent=get_objective(actor, parent_id))
    return _links(request, objective)


@require_POST
def unalign(request: HttpRequest, objective_id: int, parent_id: int) -> HttpResponse:
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    parent = get_objective(actor, parent_id)
    commands.unalign(actor, objective, parent=parent)
    text = _("No longer aligned to “%(title)s”.") % {"title": parent.title}
    undo = reverse("goal_align_to", args=[objective_id, parent_id])
    return announce(_links(request, objective), toast={"text": text, "undo": undo})


def _links(request: HttpRequest, objective: Objective) -> HttpResponse:
    if not wants_fragment(request):
        return back(request, page_of(objective) + f"#goal-{objective.pk}")
    shown = sheet_of_goal(actor_of(request), objective)
    return render(request, "okr/editor/links_answer.html", {"goal": shown.goal})
