"""Key results and key actions as lines of the editor: typed, changed, put in order, put away."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.coach.sentences import Reading, proposed, read
from tandem.core.errors import Conflict
from tandem.core.http.fragments import announce, wants_fragment
from tandem.okr import commands
from tandem.okr.forms import version
from tandem.okr.models import KeyAction, KeyResult, Objective
from tandem.okr.queries.editor import made_with_key, order_of_actions, order_of_key_results, sheet_of_goal
from tandem.okr.queries.lookups import get_action, get_key_result, get_objective
from tandem.okr.views.editor_answers import (
    after_step,
    both_versions,
    goal_answer,
    goal_context,
    gone,
    line_key,
    placed,
    saved,
    words,
)
from tandem.people.actors import actor_of


@require_POST
def add_key_result(request: HttpRequest, objective_id: int) -> HttpResponse:
    """A new key result; what its words say of numbers becomes its kind, start and target."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    key = line_key(request)
    made = made_with_key(actor, KeyResult, key)
    if made is None or made.objective_id != objective.pk:
        title = request.POST.get("title", "")
        made = commands.add_key_result(actor, objective, key=None if made else key, title=title, **asdict(read(title)))
    return line_answer(request, objective, key_result_id=made.pk)


@require_POST
def add_action(request: HttpRequest, objective_id: int) -> HttpResponse:
    """A new key action of whoever types it."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    key = line_key(request)
    made = made_with_key(actor, KeyAction, key)
    if made is None or made.objective_id != objective.pk:
        fields = words(request, "title")
        made = commands.add_action(actor, objective, key=None if made else key, owner=actor, **fields)
    return line_answer(request, objective, action_id=made.pk)


@require_POST
def key_result_words(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """Sentence, description and weight, saved as they are typed; the numbers follow the sentence."""
    actor = actor_of(request)
    key_result = get_key_result(actor, key_result_id)
    fields: dict[str, Any] = words(request, "title", "description", "weight")
    fields |= _numbers_said(key_result, fields.get("title"))
    try:
        done = commands.edit_key_result(actor, key_result, version=version(request.POST), **fields)
    except Conflict as conflict:
        parts = [("title", _("key result")), ("description", _("description")), ("weight", _("weight"))]
        return both_versions(request, key_result, conflict, parts)
    chip = render(request, "okr/editor/measure_chip.html", {"one": key_result_row(request, done)})
    return saved(request, key_result.objective, done.version, chip)


def _numbers_said(key_result: KeyResult, title: str | None) -> dict[str, Any]:
    """The numbers the new words bring, as long as nobody has set them by hand or checked in."""
    set_by_hand = key_result.given is not None or key_result.tolerance is not None or key_result.check_ins_count
    if title is None or set_by_hand:
        return {}
    numbers = Reading(
        key_result.kind, key_result.start, key_result.target, key_result.low, key_result.high, key_result.unit_label
    )
    now = proposed(key_result.title, title, numbers)
    return asdict(now) if now else {}


def key_result_row(request: HttpRequest, key_result: KeyResult) -> Any:
    shown = sheet_of_goal(actor_of(request), key_result.objective)
    return next(one for one in shown.goal.key_results if one.id == key_result.pk)


@require_POST
def action_words(request: HttpRequest, action_id: int) -> HttpResponse:
    actor = actor_of(request)
    action = get_action(actor, action_id)
    try:
        done = commands.edit_action(actor, action, version=version(request.POST), **words(request, "title"))
    except Conflict as conflict:
        return both_versions(request, action, conflict, [("title", _("key action"))])
    return saved(request, action.objective, done.version)


@require_POST
def archive_key_result(request: HttpRequest, key_result_id: int) -> HttpResponse:
    actor = actor_of(request)
    key_result = commands.archive_key_result(actor, get_key_result(actor, key_result_id))
    text, undo = _("The key result is archived."), reverse("goal_key_result_restore", args=[key_result_id])
    return announce(gone(request, key_result.objective, text), toast={"text": text, "undo": undo})


@require_POST
def restore_key_result(request: HttpRequest, key_result_id: int) -> HttpResponse:
    actor = actor_of(request)
    key_result = commands.restore_key_result(actor, get_key_result(actor, key_result_id))
    return goal_answer(request, key_result.objective)


@require_POST
def archive_action(request: HttpRequest, action_id: int) -> HttpResponse:
    actor = actor_of(request)
    action = commands.archive_action(actor, get_action(actor, action_id))
    text, undo = _("The action is archived."), reverse("goal_action_restore", args=[action_id])
    return announce(gone(request, action.objective, text), toast={"text": text, "undo": undo})


@require_POST
def restore_action(request: HttpRequest, action_id: int) -> HttpResponse:
    actor = actor_of(request)
    action = commands.restore_action(actor, get_action(actor, action_id))
    return goal_answer(request, action.objective)


@require_POST
def place_key_result(request: HttpRequest, key_result_id: int) -> HttpResponse:
    actor = actor_of(request)
    objective = get_key_result(actor, key_result_id).objective
    order = after_step(order_of_key_results(actor, objective.pk), key_result_id, request)
    return placed(request, commands.reorder_key_results(actor, objective, order=order))


@require_POST
def place_action(request: HttpRequest, action_id: int) -> HttpResponse:
    actor = actor_of(request)
    objective = get_action(actor, action_id).objective
    order = after_step(order_of_actions(actor, objective.pk), action_id, request)
    return placed(request, commands.reorder_actions(actor, objective, order=order))


def line_answer(
    request: HttpRequest, objective: Objective, *, key_result_id: int = 0, action_id: int = 0
) -> HttpResponse:
    """One line as it now stands, ready to be typed on."""
    if not wants_fragment(request):
        return goal_answer(request, objective, anchor=f"#new-{objective.pk}")
    shown = sheet_of_goal(actor_of(request), objective)
    context = goal_context(shown)
    context["key_result"] = next((one for one in shown.goal.key_results if one.id == key_result_id), None)
    context["action"] = next((one for one in shown.goal.actions if one.id == action_id), None)
    return render(request, "okr/editor/line_answer.html", context)
