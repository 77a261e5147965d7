"""A committed objective becomes a KPI: proposed, signed or taken back on the objective's page."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.errors import Invalid, Missing
from tandem.core.http.fragments import back
from tandem.okr import commands
from tandem.okr.queries import get_objective
from tandem.okr.queries.promotions import get_promotion
from tandem.okr.views.objective import page_of
from tandem.people.actors import actor_of

STEPS = {"sign": commands.sign_promotion, "withdraw": commands.withdraw_promotion}


@require_POST
def propose(request: HttpRequest, objective_id: int) -> HttpResponse:
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    try:
        commands.propose_promotion(actor, objective, words=request.POST.get("words", ""))
    except Invalid as refusal:
        return page_of(request, objective_id, refusal, status=422)
    return back(request, reverse("objective", args=[objective_id]), _("Proposed; the other side is asked to sign."))


@require_POST
def act(request: HttpRequest, promotion_id: int, name: str) -> HttpResponse:
    actor = actor_of(request)
    one = get_promotion(actor, promotion_id)
    if name not in STEPS:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    try:
        STEPS[name](actor, one)
    except Invalid as refusal:
        return page_of(request, one.objective_id, refusal, status=422)
    texts = {"sign": _("Signed: it becomes a KPI."), "withdraw": _("Taken back.")}
    return back(request, reverse("objective", args=[one.objective_id]), texts[name])
