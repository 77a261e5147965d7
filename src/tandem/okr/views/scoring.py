"""Scoring one owner's goals of a cycle on one page, saved as one goes."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Conflict, Missing
from tandem.core.http.fragments import back, wants_fragment
from tandem.core.textdiff import difference
from tandem.cycles.queries import get_cycle
from tandem.okr import commands
from tandem.okr.forms import version, whole
from tandem.okr.models import GoalSet, KeyResult
from tandem.okr.queries import Agreed, agreed_targets, get_goal_set, get_key_result, get_objective, one_goal
from tandem.okr.queries.editor import Sheet
from tandem.okr.views.editor import OWNERS, SHEETS
from tandem.okr.views.editor_answers import both_versions
from tandem.people.actors import Actor, actor_of


@require_GET
def scores(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    sheet = SHEETS[owner_kind](actor_of(request), owner_id, cycle_id)
    page = {
        "sheet": sheet,
        "cycles": [
            {"label": one.name, "href": scores_of(owner_kind, owner_id, one.id), "current": one.id == cycle_id}
            for one in sheet.cycles
            if not one.is_backlog
        ],
        "open_proposals": _open_proposals(sheet),
        "agreed": _agreed(sheet, actor_of(request)),
    }
    return render(request, "okr/scoring/page.html", page)


def _agreed(sheet: Sheet, actor: Actor) -> dict[int, list[Agreed]]:
    """What was once signed of the key results; no query where nothing was offered."""
    if sheet.numbers is None or not sheet.numbers.agreement:
        return {}
    return agreed_targets(actor, sheet.numbers.id, [one for goal in sheet.scored_goals for one in goal.key_results])


def _open_proposals(sheet: Sheet) -> int:
    """How many key results have a proposal and no score, of those the reader scores now that the cycle is over."""
    if not sheet.writes or not (sheet.cycle.phase == "review" or sheet.cycle.takes_late_scores):
        return 0
    rows = [one for goal in sheet.scored_goals for one in goal.key_results]
    return sum(one.score is None and one.proposed_score is not None for one in rows)


def scores_of(owner_kind: str, owner_id: int, cycle_id: int) -> str:
    return reverse(f"scores_{owner_kind}", args=[owner_id, cycle_id])


def page_of_set(goals: GoalSet) -> str:
    kind = "person" if goals.owner_person_id else "unit"
    return scores_of(kind, goals.owner_person_id or goals.owner_unit_id or 0, goals.cycle_id)


@require_POST
def score(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """One key result. The picker sends tenths; nothing chosen leaves it without a score."""
    actor = actor_of(request)
    row = get_key_result(actor, key_result_id)
    tenths = whole(request.POST, "tenths")
    given = None if tenths is None else Decimal(tenths) / 10
    try:
        done = commands.score_key_result(
            actor, row, score=given, reason=request.POST.get("reason", ""), version=version(request.POST)
        )
    except Conflict as conflict:
        return _two_scores(request, row, conflict)
    if not wants_fragment(request):
        return back(request, page_of_set(row.objective.goal_set) + f"#kr-{key_result_id}", _("Saved."))
    goal = one_goal(actor, row.objective_id)
    answer = render(request, "okr/scoring/total.html", {"goal": goal})
    answer.headers["X-Version"] = str(done.version)
    return answer


def _two_scores(request: HttpRequest, row: KeyResult, conflict: Conflict) -> HttpResponse:
    stands = conflict.current["score"]
    tenths = "" if stands is None else str(round(stands * 10))
    current = {**conflict.current, "tenths": tenths, "reason": conflict.current["score_reason"]}
    both = Conflict(conflict.message, current=current)
    return both_versions(request, row, both, [("tenths", _("score in tenths")), ("reason", _("reason"))])


@require_POST
def take_proposals(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """Score the rest as the numbers say."""
    actor = actor_of(request)
    goals = set_of(actor, owner_kind, owner_id, cycle_id)
    waiting = _open_proposals(SHEETS[owner_kind](actor, owner_id, cycle_id))
    commands.take_proposals(actor, goals)
    text = ngettext("%(num)s key result is scored.", "%(num)s key results are scored.", waiting) % {"num": waiting}
    return back(request, page_of_set(goals), text)


def set_of(actor: Actor, owner_kind: str, owner_id: int, cycle_id: int) -> GoalSet:
    """Raises Missing (404) while there is no goal."""
    found = get_goal_set(actor, OWNERS[owner_kind](actor, owner_id), get_cycle(actor, cycle_id))
    if found is None:
        raise Missing(_("There is no goal in this cycle yet."))
    return found


@require_POST
def reflect_on_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = get_objective(actor, objective_id)
    text = request.POST.get("reflection", "")
    try:
        done = commands.reflect_on_objective(actor, row, reflection=text, version=version(request.POST))
    except Conflict as conflict:
        return both_versions(request, row, conflict, [("reflection", _("reflection"))])
    return _kept(request, page_of_set(row.goal_set) + f"#objective-{objective_id}", done.version)


@require_POST
def reflect_on_goals(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    actor = actor_of(request)
    goals = set_of(actor, owner_kind, owner_id, cycle_id)
    text = request.POST.get("reflection", "")
    try:
        done = commands.reflect_on_goals(actor, goals, reflection=text, version=version(request.POST))
    except Conflict as conflict:
        return _two_reflections(request, goals, text, conflict)
    return _kept(request, page_of_set(goals) + "#reflection", done.version)


def _kept(request: HttpRequest, page: str, kept: int) -> HttpResponse:
    if not wants_fragment(request):
        return back(request, page, _("Saved."))
    return HttpResponse(headers={"X-Version": str(kept)})


def _two_reflections(request: HttpRequest, goals: GoalSet, mine: str, conflict: Conflict) -> HttpResponse:
    theirs = conflict.current["reflection"]
    part = {"name": "reflection", "label": _("reflection"), "mine": mine, "theirs": theirs}
    context = {
        "row": goals,
        "version": conflict.current["version"],
        "parts": [{**part, "pieces": difference(theirs, mine)}],
        "last": None,
        "page": page_of_set(goals),
    }
    template = "okr/editor/conflict.html" if wants_fragment(request) else "okr/editor/conflict_page.html"
    return render(request, template, context, status=409)
