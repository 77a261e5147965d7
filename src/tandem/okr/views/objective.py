"""The page of an objective and what one can do with the objective as a whole."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Invalid, Missing, Refusal
from tandem.core.http.fragments import announce, back, wants_fragment
from tandem.cycles.queries import get_cycle, open_cycles
from tandem.okr import commands
from tandem.okr.forms import version, whole
from tandem.okr.models import Objective
from tandem.okr.queries import get_objective, lineage_of, put_away_under, surroundings_of
from tandem.okr.queries.promotions import promotion_seen
from tandem.okr.views.people import chosen_person
from tandem.okr.views.reading import feed_of, shown
from tandem.people.actors import actor_of
from tandem.people.queries import get_person


@require_GET
def objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    return page_of(request, objective_id)


@require_GET
def feed(request: HttpRequest, objective_id: int) -> HttpResponse:
    """An older page of what happened."""
    get_objective(actor_of(request), objective_id)
    items, following = feed_of(actor_of(request), objective_id, whole(request.GET, "before"))
    given = {"items": items, "next": following, "objective_id": objective_id}
    return render(request, "okr/objective/feed_items.html", given)


@require_GET
def put_away(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Key results and actions that can be brought back."""
    actor = actor_of(request)
    given = {"shown": shown(actor, objective_id), "found": put_away_under(actor, objective_id)}
    template = "okr/objective/put_away.html" if wants_fragment(request) else "okr/objective/put_away_page.html"
    return render(request, template, given)


def page_of(request: HttpRequest, objective_id: int, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    """The whole page. What changes an objective's state changes most of it, so htmx takes its middle from here."""
    page = shown(actor_of(request), objective_id)
    given: dict[str, Any] = {
        "shown": page,
        "tree": surroundings_of(actor_of(request), page.goal),
        "lineage": lineage_of(actor_of(request), page.goal.objective),
        "promotion": promotion_seen(actor_of(request), page.goal.objective),
        "refusal": refusal,
        "typed": request.POST,
        "cycles": [],
    }
    if page.is_writable and page.goal.objective.state == "draft":
        others = open_cycles(actor_of(request)).exclude(pk=page.goal.objective.cycle_id)
        given["cycles"] = list(others.values_list("pk", "name"))
    return render(request, "okr/objective/page.html", given, status=status)


def _publish(request: HttpRequest, row: Objective) -> Objective:
    return commands.publish_objective(actor_of(request), row, version=version(request.POST))


def _drop(request: HttpRequest, row: Objective) -> Objective:
    return commands.drop_objective(actor_of(request), row, reason=request.POST.get("reason", ""))


def _move(request: HttpRequest, row: Objective) -> Objective:
    key = whole(request.POST, "cycle")
    if key is None:
        raise Invalid(_("Choose a cycle."), field="cycle")
    return commands.move_objective(actor_of(request), row, cycle=get_cycle(actor_of(request), key))


def _add_co_owner(request: HttpRequest, row: Objective) -> Objective:
    return commands.add_co_owner(actor_of(request), row, person=chosen_person(actor_of(request), request.POST))


def _remove_co_owner(request: HttpRequest, row: Objective) -> Objective:
    person = get_person(actor_of(request), whole(request.POST, "person") or 0)
    return commands.remove_co_owner(actor_of(request), row, person=person)


def _visibility(request: HttpRequest, row: Objective) -> Objective:
    return commands.set_visibility(actor_of(request), row, visibility=request.POST.get("visibility", ""))


def _add_reader(request: HttpRequest, row: Objective) -> Objective:
    return commands.add_reader(actor_of(request), row, person=chosen_person(actor_of(request), request.POST))


def _remove_reader(request: HttpRequest, row: Objective) -> Objective:
    person = get_person(actor_of(request), whole(request.POST, "person") or 0)
    return commands.remove_reader(actor_of(request), row, person=person)


Act = Callable[[HttpRequest, Objective], Objective]
_ACTS: dict[str, Act] = {
    "publish": _publish,
    "unpublish": lambda request, row: commands.unpublish_objective(actor_of(request), row),
    "drop": _drop,
    "reactivate": lambda request, row: commands.reactivate_objective(actor_of(request), row),
    "archive": lambda request, row: commands.archive_objective(actor_of(request), row),
    "restore": lambda request, row: commands.restore_objective(actor_of(request), row),
    "move": _move,
    "add-co-owner": _add_co_owner,
    "remove-co-owner": _remove_co_owner,
    "visibility": _visibility,
    "add-reader": _add_reader,
    "remove-reader": _remove_reader,
}
_UNDO = {"archive": "restore", "publish": "unpublish", "unpublish": "publish"}


@require_POST
def act(request: HttpRequest, objective_id: int, name: str) -> HttpResponse:
    """One command by its name in the address; the answer is the page as it is then."""
    if name not in _ACTS:
        raise Missing(_("There is nothing here."))
    row = get_objective(actor_of(request), objective_id)
    try:
        row = _ACTS[name](request, row)
    except Invalid as refusal:
        return page_of(request, objective_id, refusal, status=422)
    text = _said(name)
    if not wants_fragment(request):
        return back(request, reverse("objective", args=[objective_id]), text)
    undo = reverse("objective_act", args=[objective_id, _UNDO[name]]) if name in _UNDO else ""
    return announce(page_of(request, objective_id), toast={"text": text, "undo": undo})


def _said(name: str) -> str:
    return {
        "publish": _("Published: it counts now."),
        "unpublish": _("It is a draft again."),
        "drop": _("Dropped. Its history stays."),
        "reactivate": _("Taken up again."),
        "archive": _("Archived; it can be restored."),
        "restore": _("Restored."),
        "move": _("Moved."),
        "add-co-owner": _("Added."),
        "remove-co-owner": _("Removed."),
        "visibility": _("Saved: this is who may read it now."),
        "add-reader": _("Added."),
        "remove-reader": _("Removed."),
    }[name]
