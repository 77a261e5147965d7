"""Scores, reflections, and how a cycle ended."""

from typing import TYPE_CHECKING, Any, Union

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from tandem.core.errors import Missing, NotAllowed
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Id, IdText, Number, Text, Versioned
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected
from tandem.cycles.access import may_run_cycles
from tandem.cycles.queries import get_cycle
from tandem.okr.api.agreements_json import moved_json
from tandem.okr.api.as_json import objective_json
from tandem.okr.api.goals import goals_of
from tandem.okr.api.key_results import key_result_shown
from tandem.okr.api.objectives import shown
from tandem.okr.api.shapes import (
    GoalOut,
    GoalsOut,
    MissingScoresOut,
    ObjectivesOut,
    OneKeyResultOut,
    RemindedOut,
    ResultsOut,
)
from tandem.okr.api.shapes_of_agreements import MovedTargetsOut
from tandem.okr.commands import (
    reflect_on_goals,
    reflect_on_objective,
    remind_of_scores,
    score_key_result,
    take_proposals,
)
from tandem.okr.models import GoalSet
from tandem.okr.queries import (
    MissingScores,
    Results,
    count_moved,
    dropped_in,
    get_goal_set,
    get_key_result,
    get_objective,
    late_in,
    missing_scores,
    moved_rows,
    moved_targets,
    results_of,
)
from tandem.okr.queries.lists import filled
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

router = Router(tags=["scores"])


class Score(Versioned):
    score: Number | None
    """0.0 to 1.0 with one decimal; null takes it back."""
    reason: Text = ""
    """Needed where the score lies more than 0.2 beside the proposal."""


class Reflection(Versioned):
    reflection: Text
    """Markdown."""


class SetReflection(Reflection):
    cycle: Id


class OfCycle(Body):
    cycle: Id


@router.put("/key-results/{id:key_result_id}/score", response=OneKeyResultOut)
def score(request: HttpRequest, key_result_id: int, body: Score) -> HttpResponse:
    """Score a key result, while its cycle runs or is in review, or late for the days that are left for it."""
    actor = actor_of(request)
    row = get_key_result(actor, key_result_id)
    score_key_result(actor, row, score=body.score, reason=body.reason, version=expected(request, body.version))
    return key_result_shown(request, key_result_id)


@router.put("/objectives/{id:objective_id}/reflection", response=GoalOut)
def reflect(request: HttpRequest, objective_id: int, body: Reflection) -> HttpResponse:
    """What was learned from an objective."""
    actor = actor_of(request)
    row = get_objective(actor, objective_id)
    reflect_on_objective(actor, row, reflection=body.reflection, version=expected(request, body.version))
    return shown(request, objective_id)


@router.put("/people/{id:person_id}/goals/reflection", response=GoalsOut)
def reflect_on_own(request: HttpRequest, person_id: int, body: SetReflection) -> HttpResponse:
    """What was learned in a cycle, over all of a person's goals."""
    return _reflect(request, get_person(actor_of(request), person_id), body)


@router.put("/units/{id:unit_id}/goals/reflection", response=GoalsOut)
def reflect_on_units(request: HttpRequest, unit_id: int, body: SetReflection) -> HttpResponse:
    """The same over a unit's own goals."""
    return _reflect(request, get_unit(actor_of(request), unit_id), body)


@router.post("/people/{id:person_id}/goals/proposals", response=GoalsOut)
def take_own(request: HttpRequest, person_id: int, body: OfCycle) -> HttpResponse:
    """Score what has no score yet as its numbers say."""
    return _take(request, get_person(actor_of(request), person_id), body)


@router.post("/units/{id:unit_id}/goals/proposals", response=GoalsOut)
def take_units(request: HttpRequest, unit_id: int, body: OfCycle) -> HttpResponse:
    """The same for a unit's own goals."""
    return _take(request, get_unit(actor_of(request), unit_id), body)


def _reflect(request: HttpRequest, owner: Union["Person", "Unit"], body: SetReflection) -> HttpResponse:
    actor = actor_of(request)
    goals = set_of(actor, owner, body.cycle)
    reflect_on_goals(actor, goals, reflection=body.reflection, version=expected(request, body.version))
    return goals_of(actor, owner, body.cycle)


def _take(request: HttpRequest, owner: Union["Person", "Unit"], body: OfCycle) -> HttpResponse:
    actor = actor_of(request)
    take_proposals(actor, set_of(actor, owner, body.cycle))
    return goals_of(actor, owner, body.cycle)


def set_of(actor: Actor, owner: Union["Person", "Unit"], cycle_id: int) -> GoalSet:
    """Raises Missing (404) while there is no goal."""
    goals = get_goal_set(actor, owner, known(get_cycle, actor, cycle_id, "cycle"))
    if goals is None:
        raise Missing(_("There is no goal in this cycle yet."))
    return goals


@router.get("/cycles/{id:cycle_id}/results", response=ResultsOut)
def read_results(request: HttpRequest, cycle_id: int, unit: IdText | None = None) -> HttpResponse:
    """How a cycle ended, for the whole company or for one unit with all below it."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    path = get_unit(actor, unit).path if unit is not None else ""
    found = results_of(actor, cycle.pk, [unit] if unit else [])
    moved = count_moved(actor, cycle.pk, path)
    asked = {"targets_raised": moved["raised"], "targets_lowered": moved["lowered"]}
    return answer({**_json(found.get(unit, Results())), **asked})


def _json(one: Results) -> dict[str, Any]:
    names = ("objectives", "scored", "key_results", "key_results_scored", "owners", "owners_scored", "late", "dropped")
    by = {
        ambition: {"mean": one.mean(ambition), "scores": one.scores(ambition), "bands": one.bands(ambition)}
        for ambition in ("aspirational", "committed")
    }
    return {**{name: one[name] for name in names}, "mean": one.mean(), **by}


@router.get("/cycles/{id:cycle_id}/missing-scores", response=MissingScoresOut)
def list_missing(request: HttpRequest, cycle_id: int, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Who has not scored everything yet, unit by unit. For champions and administrators, who close the cycle."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    if not may_run_cycles(actor):
        raise NotAllowed(_("Champions and administrators see who is missing."))
    rows = missing_scores(actor, cycle.pk)
    found = page(rows, ("pk",), lambda one: (one[0],), cursor=cursor, limit=limit, name="missing")
    items = [_missing(MissingScores(*one)) for one in found.items]
    return answer({"items": items, "next": found.next})


@router.post("/cycles/{id:cycle_id}/missing-scores/reminders", response=RemindedOut)
def remind(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Remind those who are missing, each at most once a day; of a unit, whoever leads it. A call tells some thousands
    at most, and the next one goes on. For champions and administrators."""
    actor = actor_of(request)
    return answer({"reminded": remind_of_scores(actor, get_cycle(actor, cycle_id))})


def _missing(one: MissingScores) -> dict[str, Any]:
    kind = "person" if one.person_id else "unit"
    owner = {"kind": kind, "id": one.person_id or one.unit_id, "name": one.owner_name}
    counts = {"key_results": one.key_results, "scored": one.scored}
    return {"owner": owner, **(counts if one.is_told else dict.fromkeys(counts))}


@router.get("/cycles/{id:cycle_id}/dropped", response=ObjectivesOut)
def list_dropped(request: HttpRequest, cycle_id: int, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """What was given up in a cycle, and why."""
    actor = actor_of(request)
    return _objectives(dropped_in(actor, get_cycle(actor, cycle_id).pk), cursor, limit, "dropped")


@router.get("/cycles/{id:cycle_id}/late", response=ObjectivesOut)
def list_late(request: HttpRequest, cycle_id: int, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """What was scored after the cycle was closed."""
    actor = actor_of(request)
    return _objectives(late_in(actor, get_cycle(actor, cycle_id).pk), cursor, limit, "late")


@router.get("/cycles/{id:cycle_id}/moved-targets", response=MovedTargetsOut)
def list_moved(
    request: HttpRequest, cycle_id: int, unit: IdText | None = None, cursor: Cursor = None, limit: Limit = USUAL
) -> HttpResponse:
    """Key results that ask something else than was signed, for the whole company or one unit with all below it."""
    actor = actor_of(request)
    path = get_unit(actor, unit).path if unit is not None else ""
    rows = moved_targets(actor, get_cycle(actor, cycle_id).pk, path)
    found = page(rows, ("pk",), lambda one: (one[0],), cursor=cursor, limit=limit, name="moved")
    return answer({"items": [moved_json(one) for one in moved_rows(actor, found.items)], "next": found.next})


def _objectives(rows: Any, cursor: Any, limit: int, name: str) -> HttpResponse:
    found = page(rows, ("pk",), lambda one: (one[0],), cursor=cursor, limit=limit, name=name)
    return answer({"items": [objective_json(one) for one in filled(found.items)], "next": found.next})
