"""Key actions: add, tick, edit, order, put away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tandem.core.errors import Invalid, Refusal
from tandem.core.http.fragments import announce, back, wants_fragment
from tandem.okr import commands
from tandem.okr.access import may_write_goal
from tandem.okr.forms import day, version, whole
from tandem.okr.queries import get_action, get_key_result, get_objective, one_goal
from tandem.okr.views.people import chosen_person
from tandem.okr.views.reading import Shown
from tandem.people.actors import actor_of


@require_POST
def add(request: HttpRequest, objective_id: int) -> HttpResponse:
    """A new action under the objective, or under the key result that the form names."""
    row = get_objective(actor_of(request), objective_id)
    try:
        commands.add_action(actor_of(request), row, **_fields(request))
    except Invalid as refusal:
        return _section(request, objective_id, refusal=refusal)
    return _section(request, objective_id, adds=True)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, action_id: int) -> HttpResponse:
    row = get_action(actor_of(request), action_id)
    if request.method == "GET":
        return _section(request, row.objective_id, editing=action_id)
    try:
        commands.edit_action(actor_of(request), row, version=version(request.POST), **_fields(request))
    except Invalid as refusal:
        return _section(request, row.objective_id, editing=action_id, refusal=refusal)
    return _section(request, row.objective_id)


@require_POST
def state(request: HttpRequest, action_id: int) -> HttpResponse:
    """Tick it on: to do, under way, done, dropped."""
    row = get_action(actor_of(request), action_id)
    before = row.state
    row = commands.edit_action(actor_of(request), row, state=request.POST.get("state") or request.GET.get("state", ""))
    if request.POST.get("place") != "week":
        return _section(request, row.objective_id)
    if not wants_fragment(request):
        return back(request, reverse("my_week"), _("Done: %(title)s") % {"title": row.title})
    undo = reverse("action_state", args=[row.pk]) + f"?state={before}"
    toast = {"text": _("Done: %(title)s") % {"title": row.title}, "undo": undo}
    return announce(HttpResponse(""), toast=toast, checked_in=True)


@require_POST
def move(request: HttpRequest, action_id: int, step: str) -> HttpResponse:
    """One place up or down."""
    row = get_action(actor_of(request), action_id)
    order = [one.id for one in one_goal(actor_of(request), row.objective_id).actions]
    here = order.index(row.pk) if row.pk in order else 0
    there = max(0, min(len(order) - 1, here + (-1 if step == "up" else 1)))
    order.insert(there, order.pop(here))
    commands.reorder_actions(actor_of(request), row.objective, order=order)
    return _section(request, row.objective_id)


@require_POST
def archive(request: HttpRequest, action_id: int) -> HttpResponse:
    row = commands.archive_action(actor_of(request), get_action(actor_of(request), action_id))
    undo = reverse("action_restore", args=[row.pk])
    return announce(_section(request, row.objective_id), toast={"text": _("The action was archived."), "undo": undo})


@require_POST
def restore(request: HttpRequest, action_id: int) -> HttpResponse:
    row = commands.restore_action(actor_of(request), get_action(actor_of(request), action_id))
    return _section(request, row.objective_id)


def _fields(request: HttpRequest) -> dict[str, Any]:
    data = request.POST
    key_result = whole(data, "key_result")
    fields: dict[str, Any] = {"title": data.get("title", ""), "due_on": day(data, "due_on")}
    fields["key_result"] = get_key_result(actor_of(request), key_result) if key_result else None
    named = data.get("name", "").strip() or whole(data, "person")
    fields["owner"] = chosen_person(actor_of(request), data) if named else None
    return fields


def _section(
    request: HttpRequest,
    objective_id: int,
    *,
    editing: int | None = None,
    adds: bool = False,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """The section of actions for htmx; without it the page, or a page of the form that was refused."""
    if not wants_fragment(request) and request.method == "POST" and refusal is None:
        return back(request, reverse("objective", args=[objective_id]) + "#actions")
    goal = one_goal(actor_of(request), objective_id)
    page = Shown(goal, {}, may_write_goal(actor_of(request), goal), actor_of(request).pk)
    given = {"shown": page, "editing": editing, "adds": adds, "refusal": refusal, "typed": request.POST}
    template = "okr/objective/actions.html" if wants_fragment(request) else "okr/objective/actions_page.html"
    return render(request, template, given, status=refusal.status if refusal else 200)
