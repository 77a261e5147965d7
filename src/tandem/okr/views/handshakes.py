"""The handshake on one owner's goals of a cycle, as its two sides meet it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Conflict, Invalid, Missing, Refusal
from tandem.core.http.fragments import back
from tandem.cycles.queries import get_cycle
from tandem.okr import commands
from tandem.okr.access import names_sides
from tandem.okr.forms import version
from tandem.okr.models import Agreement, GoalSet
from tandem.okr.queries import Handshake, get_agreement, get_goal_set, handshake_of, kept_version, set_for_handshake
from tandem.okr.queries.coaching import coaching_of_goals
from tandem.okr.queries.editor import Sheet
from tandem.okr.views.editor import OWNERS, SHEETS
from tandem.okr.views.people import chosen_person
from tandem.people.actors import Actor, actor_of

if TYPE_CHECKING:
    from collections.abc import Callable


@require_GET
def handshake(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """The page; without any goal it says what to do first."""
    actor = actor_of(request)
    goals = get_goal_set(actor, OWNERS[owner_kind](actor, owner_id), get_cycle(actor, cycle_id))
    if goals is None:
        return render(request, "okr/handshake/nothing.html", {"sheet": SHEETS[owner_kind](actor, owner_id, cycle_id)})
    return shown(request, goals)


@require_GET
def handshake_of_set(request: HttpRequest, set_id: int) -> HttpResponse:
    return HttpResponseRedirect(address_of(set_for_handshake(actor_of(request), set_id)))


@require_GET
def agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """One agreement as it was kept; of the newest, unless that is asked for, the page on which it is made."""
    actor = actor_of(request)
    one = get_agreement(actor, agreement_id)
    found = handshake_of(actor, one.goal_set)
    if found.agreement is not None and found.agreement.pk == one.pk and "kept" not in request.GET:
        return HttpResponseRedirect(address_of(one.goal_set))
    kept = kept_version(actor, one)
    return render(request, "okr/handshake/kept.html", {"found": found, "one": one, "kept": kept})


def address_of(goals: GoalSet) -> str:
    kind = "person" if goals.owner_person_id else "unit"
    return reverse(f"handshake_{kind}", args=[goals.owner_person_id or goals.owner_unit_id, goals.cycle_id])


def shown(request: HttpRequest, goals: GoalSet, refusal: Refusal | None = None) -> HttpResponse:
    """The page as it stands; what was refused stands above, and nothing typed is lost."""
    actor = actor_of(request)
    found = handshake_of(actor, goals)
    kind = "person" if goals.owner_person_id else "unit"
    sheet = SHEETS[kind](actor, goals.owner_person_id or goals.owner_unit_id or 0, goals.cycle_id)
    page = {
        "found": found,
        "sheet": sheet,
        "goals": _goals(sheet, found),
        "names_sides": found.is_open and names_sides(actor, found.sides),
        "cycles": [
            {"label": one.name, "href": reverse(f"handshake_{kind}", args=[sheet.owner.id, one.id]),
             "current": one.id == sheet.cycle.id}
            for one in sheet.cycles
            if not one.is_backlog
        ],
        "suggestions": _by_line(found),
        "coaching": coaching_of_goals(actor, _goals(sheet, found), "person" if goals.owner_person_id else "unit"),
        "refusal": refusal,
        "typed": request.POST if refusal is not None else {},
    }  # fmt: skip
    return render(request, "okr/handshake/page.html", page, status=refusal.status if refusal is not None else 200)


def _goals(sheet: Sheet, found: Handshake) -> list[Any]:
    """The goals of the version, as their rows, in the owner's order."""
    keys = {one["id"] for one in found.version["objectives"]}
    return [goal for goal in sheet.goals if goal.objective.key in keys]


def _by_line(found: Handshake) -> dict[tuple[int, int], list[Any]]:
    """Open suggestions by objective and key result (0 for the objective's own title)."""
    lines: dict[tuple[int, int], list[Any]] = {}
    for one in found.suggestions:
        lines.setdefault((one.objective_id, one.key_result_id or 0), []).append(one)
    return lines


@require_POST
def offer(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    actor = actor_of(request)
    goals = set_of(actor, owner_kind, owner_id, cycle_id)
    said = {"forecast": request.POST["forecast"]} if "forecast" in request.POST else {}
    try:
        seen = request.POST.get("seen")
        commands.offer(actor, goals, seen=seen, trivial="trivial" in request.POST, **said)
    except (Invalid, Conflict) as refusal:
        return shown(request, goals, refusal)
    return back(request, address_of(goals), _("Offered. The other side is told."))


@require_POST
def name_sides(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """Somebody else for the other side; nobody chosen is the chart again."""
    actor = actor_of(request)
    goals = set_of(actor, owner_kind, owner_id, cycle_id)
    try:
        chart = "chart" in request.POST
        commands.name_sides(actor, goals, other_side=None if chart else chosen_person(actor, request.POST))
    except Invalid as refusal:
        return shown(request, goals, refusal)
    return back(request, address_of(goals), _("Saved."))


def set_of(actor: Actor, owner_kind: str, owner_id: int, cycle_id: int) -> GoalSet:
    """Raises Missing (404) while there is no goal, and for whom the handshake is not."""
    found = get_goal_set(actor, OWNERS[owner_kind](actor, owner_id), get_cycle(actor, cycle_id))
    if found is None:
        raise Missing(_("There is no goal in this cycle yet."))
    return set_for_handshake(actor, found.pk)


def _shake(actor: Actor, one: Agreement, request: HttpRequest) -> str:
    done = commands.shake(actor, one, seen=request.POST.get("seen", ""), version=version(request.POST))
    if done.state == "signed":
        return _("Both have shaken hands on exactly this version.")
    return _("You have shaken hands. The other side is told.")


def _decline(actor: Actor, one: Agreement, request: HttpRequest) -> str:
    commands.decline(actor, one, reason=request.POST.get("reason", ""))
    return _("Declined. The owner is told why.")


def _withdraw(actor: Actor, one: Agreement, request: HttpRequest) -> str:
    commands.withdraw_offer(actor, one, reason=request.POST.get("reason", ""))
    return _("Taken back.")


def _expectation(actor: Actor, one: Agreement, request: HttpRequest) -> str:
    commands.expect_of_role(actor, one, text=request.POST.get("text", ""), version=version(request.POST))
    return _("Saved.")


def _forecast(actor: Actor, one: Agreement, request: HttpRequest) -> str:
    commands.forecast_output(actor, one, text=request.POST.get("text", ""), version=version(request.POST))
    return _("Saved.")


def _remind(actor: Actor, one: Agreement, _request: HttpRequest) -> str:
    done = commands.ask_for_hand(actor, one)
    return _("Reminded.") if done else _("They were reminded today already.")


STEPS: "dict[str, Callable[[Actor, Agreement, HttpRequest], str]]" = {
    "shake": _shake, "decline": _decline, "withdraw": _withdraw, "expectation": _expectation, "forecast": _forecast,
    "remind": _remind,
}  # fmt: skip


@require_POST
def act(request: HttpRequest, agreement_id: int, name: str) -> HttpResponse:
    """One step of a handshake; what is refused is said on the page, with what changed meanwhile."""
    actor = actor_of(request)
    one = get_agreement(actor, agreement_id)
    if name not in STEPS:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    try:
        text = STEPS[name](actor, one, request)
    except (Invalid, Conflict) as refusal:
        return shown(request, one.goal_set, refusal)
    return back(request, address_of(one.goal_set), text)
