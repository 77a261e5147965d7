"""Suggestions on the page of a handshake: made by the other side, taken or left by the owner."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.errors import Conflict, Invalid, Missing
from tandem.core.http.fragments import back
from tandem.okr import commands
from tandem.okr.forms import whole
from tandem.okr.queries import get_key_result, get_objective, get_suggestion
from tandem.okr.views.handshakes import address_of, shown
from tandem.people.actors import actor_of

STEPS = {
    "take": commands.take_suggestion,
    "leave": commands.leave_suggestion,
    "withdraw": commands.withdraw_suggestion,
}


@require_POST
def suggest(request: HttpRequest, objective_id: int) -> HttpResponse:
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    key = whole(request.POST, "key_result")
    key_result = None if key is None else get_key_result(actor, key)
    try:
        commands.suggest_wording(actor, objective, text=request.POST.get("text", ""), key_result=key_result)
    except Invalid as refusal:
        return shown(request, objective.goal_set, refusal)
    return back(request, address_of(objective.goal_set) + f"#objective-{objective_id}", _("Suggested."))


@require_POST
def answer(request: HttpRequest, suggestion_id: int, name: str) -> HttpResponse:
    """Taken, left, or taken back by who made it."""
    actor = actor_of(request)
    one = get_suggestion(actor, suggestion_id)
    if name not in STEPS:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    goals = one.objective.goal_set
    try:
        STEPS[name](actor, one)
    except (Invalid, Conflict) as refusal:
        return shown(request, goals, refusal)
    texts = {"take": _("Taken: these are your words now."), "leave": _("Left as it is."), "withdraw": _("Taken back.")}
    return back(request, address_of(goals) + f"#objective-{one.objective_id}", texts[name])
