"""The goals of one owner in one cycle, as a document: read by all, written by its owner in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Missing
from tandem.core.http.fragments import announce, back, wants_fragment
from tandem.core.keys import new_key
from tandem.cycles.queries import current_cycle, cycles, get_cycle
from tandem.okr import commands
from tandem.okr.access import may_read_handshake
from tandem.okr.models import ActionState, GoalSet, Objective
from tandem.okr.queries.coaching import silence
from tandem.okr.queries.editor import Sheet, made_with_key, order_of_goals, sheet_of_person, sheet_of_unit
from tandem.okr.queries.lookups import get_goal_set, get_objective
from tandem.okr.views.editor_answers import after_step, goal_answer, line_key, placed, words
from tandem.people.actors import Actor, actor_of
from tandem.people.queries import get_person, get_unit, organization

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

SHEETS = {"person": sheet_of_person, "unit": sheet_of_unit}
OWNERS: "dict[str, Callable[[Actor, int], Person | Unit]]" = {"person": get_person, "unit": get_unit}


@require_GET
def own_goals(request: HttpRequest) -> HttpResponse:
    """To one's own goals of the current cycle; without any cycle a page that says so."""
    actor = actor_of(request)
    cycle = current_cycle(actor) or cycles(actor).first()
    if cycle is None:
        return render(request, "okr/editor/no_cycle.html")
    return HttpResponseRedirect(reverse("goals_person", args=[actor.pk, cycle.pk]))


@require_GET
def goal_sheet(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    actor = actor_of(request)
    sheet = SHEETS[owner_kind](actor, owner_id, cycle_id)
    page = _page(sheet, weighed=request.GET.get("weigh", "")) | {
        "reads_handshake": _reads_handshake(actor, sheet),
        "coach_silenced_by": silence(actor, sheet.owner.id if sheet.owner.kind == "person" else None),
    }
    return render(request, "okr/editor/page.html", page)


def _reads_handshake(actor: Actor, sheet: Sheet) -> bool:
    """Is the way to the handshake shown? One query for goals that are not one's own."""
    if sheet.cycle.is_backlog or sheet.numbers is None or not sheet.goals:
        return False
    return sheet.is_own or may_read_handshake(actor, GoalSet(pk=sheet.numbers.id))


@require_GET
def sheet_action(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """The page's one primary action, anew after the number of drafts has changed."""
    sheet = SHEETS[owner_kind](actor_of(request), owner_id, cycle_id)
    return render(request, "okr/editor/action.html", _page(sheet))


def _page(sheet: Sheet, *, weighed: str = "") -> dict[str, object]:
    return {
        "sheet": sheet,
        "cycles": [
            {"label": one.name, "href": _address(*sheet.owner[:2], one.id), "current": one.id == sheet.cycle.id}
            for one in sheet.cycles
        ],
        "owners": _owners(sheet),
        "most_objectives": organization().most_objectives,
        "most_key_results": organization().most_key_results,
        "weighed": weighed,
        "new_key": new_key,
        "action_states": dict(ActionState.choices),
    }


def _owners(sheet: Sheet) -> list[dict[str, object]]:
    """Whose goals the reader writes: their own, and those of the units they lead."""
    if not sheet.led or sheet.reader_id is None:
        return []
    own = {
        "label": _("My goals"),
        "href": _address("person", sheet.reader_id, sheet.cycle.id),
        "current": sheet.is_own,
    }
    units = [
        {"label": one.name, "href": _address("unit", one.id, sheet.cycle.id), "current": one == sheet.owner}
        for one in sheet.led
    ]
    return [own, *units]


def _address(owner_kind: str, owner_id: int, cycle_id: int) -> str:
    return reverse(f"goals_{owner_kind}", args=[owner_id, cycle_id])


@require_POST
def add_objective(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """A new draft. The same form sent twice makes one."""
    actor = actor_of(request)
    owner, cycle = OWNERS[owner_kind](actor, owner_id), get_cycle(actor, cycle_id)
    key = line_key(request)
    made = made_with_key(actor, Objective, key)
    if made is None or (made.goal_set.owner_person or made.goal_set.owner_unit, made.goal_set.cycle) != (owner, cycle):
        fields = words(request, "title")
        made = commands.create_objective(actor, owner, cycle=cycle, key=None if made else key, **fields)
    if not wants_fragment(request):
        return back(request, _address(owner_kind, owner_id, cycle_id) + f"#goal-{made.pk}")
    return announce(goal_answer(request, get_objective(actor, made.pk)), drafts=True)


@require_POST
def publish_all(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """Every draft of the set becomes active, all or none."""
    actor = actor_of(request)
    sheet = SHEETS[owner_kind](actor, owner_id, cycle_id)
    done = _publish(actor, sheet)
    text = ngettext("%(num)s objective is published.", "%(num)s objectives are published.", done) % {"num": done}
    return back(request, _address(owner_kind, owner_id, cycle_id), text if done else _("There was no draft."))


@transaction.atomic
def _publish(actor: Actor, sheet: Sheet) -> int:
    drafts = [goal.objective.id for goal in sheet.goals if goal.objective.state == "draft"]
    for objective_id in drafts:
        commands.publish_objective(actor, get_objective(actor, objective_id))
    return len(drafts)


@require_POST
def place_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Move an objective up or down in its set by `step` places."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    goals = objective.goal_set
    owner = goals.owner_person or goals.owner_unit
    found = get_goal_set(actor, owner, goals.cycle) if owner else None
    if found is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    order = after_step(order_of_goals(actor, objective), objective_id, request)
    commands.reorder_objectives(actor, found, order=order)
    return placed(request, objective)
