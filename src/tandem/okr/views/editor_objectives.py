"""What one does to an objective in the editor: its words, its chips, its state, its time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_POST

from tandem.core.errors import Conflict, Invalid
from tandem.core.http.fragments import announce, wants_fragment
from tandem.cycles.queries import get_cycle
from tandem.okr import commands
from tandem.okr.forms import version, whole
from tandem.okr.models import Objective
from tandem.okr.queries.lookups import get_objective
from tandem.okr.views.editor_answers import both_versions, goal_answer, gone, page_of, saved, words
from tandem.people.actors import Actor, actor_of


@require_POST
def objective_words(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Title, description and weight, saved as they are typed."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    fields = words(request, "title", "description", "weight")
    try:
        done = commands.edit_objective(actor, objective, version=version(request.POST), **fields)
    except Conflict as conflict:
        parts = [("title", _("objective")), ("description", _("description")), ("weight", _("weight"))]
        return both_versions(request, objective, conflict, parts)
    return saved(request, objective, done.version)


@require_POST
def objective_chips(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Ambition, category and who may read it, chosen with one click."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    if "visibility" in request.POST:
        commands.set_visibility(actor, objective, visibility=request.POST["visibility"])
    else:
        commands.edit_objective(actor, objective, **words(request, "ambition", "category"))
    return goal_answer(request, objective)


def _state(
    command: Callable[[Actor, Objective], Objective], text: Promise | str
) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view for a command that needs nothing but the objective."""

    @require_POST
    def change(request: HttpRequest, objective_id: int) -> HttpResponse:
        objective = command(actor_of(request), get_objective(actor_of(request), objective_id))
        return announce(goal_answer(request, objective, str(text)), drafts=True)

    return change


publish_objective = _state(commands.publish_objective, _later("Published."))
unpublish_objective = _state(commands.unpublish_objective, _later("It is a draft again."))
reactivate_objective = _state(commands.reactivate_objective, _later("Taken up again."))
restore_objective = _state(commands.restore_objective, _later("Restored."))


@require_POST
def archive_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    objective = commands.archive_objective(actor_of(request), get_objective(actor_of(request), objective_id))
    text = _("The objective is archived.")
    undo = reverse("goal_restore", args=[objective_id])
    return announce(gone(request, objective, text), drafts=True, toast={"text": text, "undo": undo})


@require_http_methods(["GET", "POST"])
def drop_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Stop pursuing it; the form asks why."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    if request.method == "GET":
        return _drop_form(request, objective)
    try:
        objective = commands.drop_objective(actor, objective, reason=request.POST.get("reason", ""))
    except Invalid as refusal:
        return _drop_form(request, objective, refusal)
    return announce(goal_answer(request, objective, _("The objective is dropped.")), drafts=True)


def _drop_form(request: HttpRequest, objective: Objective, refusal: Invalid | None = None) -> HttpResponse:
    template = "okr/editor/drop.html" if wants_fragment(request) else "okr/editor/drop_page.html"
    context = {
        "objective": objective,
        "reason": request.POST.get("reason", ""),
        "error": refusal.message if refusal else "",
        "page": page_of(objective),
    }
    answer = render(request, template, context, status=422 if refusal else 200)
    if refusal:
        answer.headers["HX-Retarget"] = f"#goal-{objective.pk}-panel"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer


@require_POST
def move_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Take a draft to another cycle, out of the backlog or into it."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    cycle = get_cycle(actor, whole(request.POST, "cycle") or 0)
    old = objective.goal_set.cycle_id
    here = get_objective(actor, objective_id)
    commands.move_objective(actor, objective, cycle=cycle)
    text = _("Moved to %(cycle)s.") % {"cycle": cycle.name}
    undo = reverse("goal_move_back", args=[objective_id, old])
    return announce(gone(request, here, text), drafts=True, toast={"text": text, "undo": undo})


@require_POST
def move_back(request: HttpRequest, objective_id: int, cycle_id: int) -> HttpResponse:
    actor = actor_of(request)
    objective = commands.move_objective(actor, get_objective(actor, objective_id), cycle=get_cycle(actor, cycle_id))
    return goal_answer(request, objective)
