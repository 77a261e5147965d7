"""KPI or OKR? The questions, what they suggest, and what one keeps of it."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tandem.core.errors import Conflict, Invalid
from tandem.core.http.fragments import wants_fragment
from tandem.cycles.queries import get_cycle
from tandem.guide import commands
from tandem.guide.access import may_answer_about, may_change
from tandem.guide.forms import answers_of, four_of
from tandem.guide.queries import PAGE, advice, answers_about, get_answers, own_answers, questions
from tandem.guide.views.asked import OWNERS, Goes, goes, whole
from tandem.okr.queries import get_objective
from tandem.people.actors import actor_of

if TYPE_CHECKING:
    from tandem.guide.models import Answers
    from tandem.okr.models import Objective

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def kpi_or_okr(request: HttpRequest) -> HttpResponse:
    """The questions about something that is no objective yet, and what one asked before."""
    start = (max(1, whole(request.GET.get("page")) or 1) - 1) * PAGE
    rows = list(own_answers(actor_of(request))[start : start + PAGE + 1])
    page = {"goes": goes(request), "kept": rows[:PAGE], "more": len(rows) > PAGE, "number": start // PAGE + 1}
    return render(request, "guide/kpi_or_okr.html", page | _form(request, {}))


@require_GET
def suggestion(request: HttpRequest) -> HttpResponse:
    """What the answers so far suggest: a piece of the page, while one answers."""
    four = four_of(answers_of(request.GET))
    return render(request, "guide/advice.html", {"advice": advice(actor_of(request), four) if four else None})


@require_POST
def keep(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    actor = actor_of(request)
    owner = OWNERS[owner_kind](actor, owner_id)
    cycle = get_cycle(actor, cycle_id) if cycle_id else None
    answers = answers_of(request.POST)
    try:
        kept = commands.keep_answers(actor, owner, cycle=cycle, words=request.POST.get("words", ""), **answers)
    except Invalid as refusal:
        page = {"goes": Goes(owner, cycle), "kept": [], "more": False, "number": 1}
        return render(
            request, "guide/kpi_or_okr.html", page | _form(request, answers, refusal=refusal), status=refusal.status
        )
    return HttpResponseRedirect(reverse("answers", args=[kept.pk]))


@SHOW_AND_SEND
def about_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """The questions about an objective: answered by who writes it, read by who reads it."""
    actor = actor_of(request)
    objective = get_objective(actor, objective_id)
    kept = answers_about(actor, objective)
    page: dict[str, Any] = {"objective": objective, "kept": kept, "may_change": may_answer_about(actor, objective)}
    if request.method != "POST":
        return render(request, "guide/about.html", page | _form(request, kept.four._asdict() if kept else {}, kept))
    answers = answers_of(request.POST)
    try:
        commands.keep_answers_about(actor, objective, version=whole(request.POST.get("version")), **answers)
    except (Invalid, Conflict) as refusal:
        form = _form(request, answers, kept, refusal)
        return render(request, "guide/about.html", page | form, status=refusal.status)
    messages.success(request, _("Kept."))
    return HttpResponseRedirect(request.path)


@SHOW_AND_SEND
def kept_answers(request: HttpRequest, answers_id: int) -> HttpResponse:
    """Answers about something that is no objective yet; those about one stand on its page."""
    actor = actor_of(request)
    kept = get_answers(actor, answers_id)
    if kept.objective_id is not None and request.method != "POST":
        return HttpResponseRedirect(reverse("kpi_or_okr_about", args=[kept.objective_id]))
    page: dict[str, Any] = {"kept": kept, "goes": _goes_of(kept), "may_change": may_change(actor, kept)}
    if request.method != "POST":
        return render(request, "guide/kept.html", page | _form(request, kept.four._asdict(), kept))
    answers = answers_of(request.POST)
    fields = {**answers, "words": request.POST.get("words", "")}
    try:
        commands.change_answers(actor, kept, version=whole(request.POST.get("version")), **fields)
    except (Invalid, Conflict) as refusal:
        form = _form(request, answers, kept, refusal)
        return render(request, "guide/kept.html", page | form, status=refusal.status)
    messages.success(request, _("Kept."))
    return HttpResponseRedirect(request.path)


def _goes_of(kept: "Answers") -> Goes:
    """Where its objective would go."""
    return Goes(kept.owner, kept.cycle)


def _form(
    request: HttpRequest,
    answers: dict[str, Any],
    kept: "Answers | None" = None,
    refusal: Invalid | Conflict | None = None,
) -> dict[str, Any]:
    """The questions as a form shows them: as they were answered, and what is wrong with which of them."""
    actor = actor_of(request)
    four = four_of(answers) if answers else None
    said = {name: {True: "yes", False: "no"}.get(value, "") for name, value in answers.items()}
    return {
        "questions": questions(actor),
        "said": said,
        "words": request.POST.get("words", kept.words if kept else request.GET.get("words", ""))[:500],
        "advice": advice(actor, four) if four else None,
        "error": refusal.message if refusal else "",
        "error_field": getattr(refusal, "field", None) or "",
        "conflict": isinstance(refusal, Conflict),
        "version": refusal.current["version"] if isinstance(refusal, Conflict) else kept.version if kept else "",
    }


@require_POST
def withdraw(request: HttpRequest, answers_id: int) -> HttpResponse:
    actor = actor_of(request)
    kept = get_answers(actor, answers_id)
    commands.withdraw_answers(actor, kept)
    undo = reverse("answers_restore", args=[answers_id])
    messages.success(request, _("The answers are taken back."), extra_tags=f"undo:{undo}")
    return HttpResponseRedirect(reverse("kpi_or_okr"))


@require_POST
def restore(request: HttpRequest, answers_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.restore_answers(actor, get_answers(actor, answers_id))
    if wants_fragment(request):
        return HttpResponse()
    return HttpResponseRedirect(reverse("answers", args=[answers_id]))


@require_POST
def write_objective(request: HttpRequest, answers_id: int) -> HttpResponse:
    """The words become a draft of the author's, and the answers belong to it."""
    actor = actor_of(request)
    kept = get_answers(actor, answers_id)
    try:
        made = commands.write_from_answers(actor, kept)
    except Invalid as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(reverse("answers", args=[answers_id]))
    return HttpResponseRedirect(f"{reverse('goals_' + _goes_of(kept).kind, args=_place_of(made))}#goal-{made.pk}")


def _place_of(objective: "Objective") -> list[int]:
    goals = objective.goal_set
    return [goals.owner_person_id or goals.owner_unit_id or 0, goals.cycle_id]
