""" "KPI or OKR?": the questions, what answers suggest, what is kept, and the mix of a unit."""

from dataclasses import asdict
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from tandem.core.errors import Invalid
from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Flag, Id, IdText, Shown, Text, Versioned
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected
from tandem.cycles.queries import get_cycle
from tandem.guide import commands, rules
from tandem.guide.models import Answers
from tandem.guide.queries import (
    advice,
    answers_about,
    get_answers,
    mix_of_unit,
    own_answers,
    questions,
)
from tandem.okr.api.objectives import shown
from tandem.okr.api.shapes import Ambition, GoalOut
from tandem.okr.queries import get_objective
from tandem.people.actors import actor_of
from tandem.people.api.asking import known, named
from tandem.people.queries import get_unit, units_below

router = Router(tags=["kpi or okr"])
Suggestion = Literal["okr", "kpi", "both"]


class AskedFour(Body):
    """What is left out is no."""

    path_known: bool = False
    result_enough: bool = False
    must_not_fail: bool = False
    same_for_all: bool = False


class NewAnswers(Body):
    """About an objective, or (without one) about something of one's own or of a unit."""

    objective: Id | None = None
    unit: Id | None = None
    cycle: Id | None = None
    words: Text = ""
    path_known: Flag
    result_enough: Flag
    must_not_fail: Flag
    same_for_all: Flag


class ChangedAnswers(Versioned):
    objective: Id = OMITTED
    """Which objective came of it; said once."""
    words: Text = OMITTED
    path_known: Flag = OMITTED
    result_enough: Flag = OMITTED
    must_not_fail: Flag = OMITTED
    same_for_all: Flag = OMITTED


class AskedMix(Body):
    cycle: IdText
    start: IdText | None = None
    """Where the page of units below begins."""


class QuestionOut(Shown):
    name: str
    text: str
    hint: str


class QuestionsOut(Shown):
    items: list[QuestionOut]


class ReasonOut(Shown):
    question: str
    answer: bool
    leans: Literal["okr", "kpi"]
    text: str


class AdviceOut(Shown):
    suggestion: Suggestion
    ambition: Ambition
    text: str
    why: str
    reasons: list[ReasonOut]


class AnswersOut(Shown):
    id: int
    author: dict[str, Any]
    objective: dict[str, Any] | None
    unit: int | None
    cycle: int | None
    words: str
    path_known: bool
    result_enough: bool
    must_not_fail: bool
    same_for_all: bool
    created_at: str
    changed_at: str
    withdrawn_on: str | None
    version: int
    advice: AdviceOut


class AnswersListOut(Shown):
    items: list[AnswersOut]
    next: str | None


class MixRowOut(Shown):
    okr: int
    both: int
    kpi: int
    leader: Literal["okr", "kpi", "level", ""]


class UnitMixOut(MixRowOut):
    id: int
    name: str


class MixOut(Shown):
    whole: MixRowOut
    """The unit with all below it."""
    below: list[UnitMixOut]


@router.get("/kpi-or-okr/questions", response=QuestionsOut)
def read_questions(request: HttpRequest) -> HttpResponse:
    """The four questions, in the language of the request."""
    return answer({"items": [asdict(one) for one in questions(actor_of(request))]})


@router.get("/kpi-or-okr/suggestion", response=AdviceOut)
def read_suggestion(request: HttpRequest, asked: Query[AskedFour]) -> HttpResponse:
    """What four answers suggest, and why. Nothing is kept."""
    return answer(asdict(advice(actor_of(request), rules.Four(**asked.model_dump()))))


@router.get("/kpi-or-okr/answers", response=AnswersListOut)
def list_answers(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """What you answered, newest first."""
    actor = actor_of(request)
    found = page(own_answers(actor), ("-pk",), lambda one: (one.pk,), cursor=cursor, limit=limit, name="answers")
    return answer({"items": [_answers(request, one) for one in found.items], "next": found.next})


@router.post("/kpi-or-okr/answers", response={201: AnswersOut})
def keep(request: HttpRequest, body: NewAnswers) -> HttpResponse:
    """Keep four answers. Those about an objective that has some already take their place."""
    actor = actor_of(request)
    four = {name: getattr(body, name) for name in rules.QUESTIONS}
    if body.objective is not None:
        if body.unit is not None or body.cycle is not None or body.words:
            raise Invalid(_("An objective says itself whose it is and when."), field="objective")
        kept = commands.keep_answers_about(actor, known(get_objective, actor, body.objective, "objective"), **four)
    else:
        owner = actor if body.unit is None else known(get_unit, actor, body.unit, "unit")
        cycle = named(get_cycle, actor, body.cycle, "cycle")
        kept = commands.keep_answers(actor, owner, cycle=cycle, words=body.words, **four)
    return _shown(request, kept.pk, status=201)


@router.get("/kpi-or-okr/answers/{id:answers_id}", response=AnswersOut)
def read(request: HttpRequest, answers_id: int) -> HttpResponse:
    return _shown(request, answers_id)


@router.patch("/kpi-or-okr/answers/{id:answers_id}", response=AnswersOut)
def change(request: HttpRequest, answers_id: int, body: ChangedAnswers) -> HttpResponse:
    actor = actor_of(request)
    kept = get_answers(actor, answers_id)
    fields = body.said()
    if "objective" in fields:
        fields["objective"] = known(get_objective, actor, fields["objective"], "objective")
    commands.change_answers(actor, kept, version=expected(request, body.version), **fields)
    return _shown(request, answers_id)


@router.post("/kpi-or-okr/answers/{id:answers_id}/withdraw", response=AnswersOut)
def withdraw(request: HttpRequest, answers_id: int) -> HttpResponse:
    """Take them back: they are neither shown nor counted."""
    actor = actor_of(request)
    commands.withdraw_answers(actor, get_answers(actor, answers_id))
    return _shown(request, answers_id)


@router.post("/kpi-or-okr/answers/{id:answers_id}/restore", response=AnswersOut)
def restore(request: HttpRequest, answers_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.restore_answers(actor, get_answers(actor, answers_id))
    return _shown(request, answers_id)


@router.post("/kpi-or-okr/answers/{id:answers_id}/objective", response={201: GoalOut})
def write_objective(request: HttpRequest, answers_id: int) -> HttpResponse:
    """A draft of the words; the answers belong to it from then on. Asked again, it is the one made before."""
    actor = actor_of(request)
    made = commands.write_from_answers(actor, get_answers(actor, answers_id))
    return shown(request, made.pk, status=201)


@router.get("/objectives/{id:objective_id}/kpi-or-okr", response=AnswersListOut)
def read_about(request: HttpRequest, objective_id: int) -> HttpResponse:
    """The answers about an objective: one entry, or none."""
    actor = actor_of(request)
    kept = answers_about(actor, get_objective(actor, objective_id))
    return answer({"items": [_answers(request, kept)] if kept else [], "next": None})


@router.get("/units/{id:unit_id}/kpi-or-okr", response=MixOut)
def read_mix(request: HttpRequest, unit_id: int, asked: Query[AskedMix]) -> HttpResponse:
    """How OKR and KPI are mixed in a unit's branch in a cycle, and in each unit right below it."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    cycle = known(get_cycle, actor, asked.cycle, "cycle")
    below = units_below(actor, unit, start=asked.start or 0)
    mix = mix_of_unit(actor, unit, cycle, below)
    names = MixRowOut.model_fields
    rows = [
        {"id": one.id, "name": one.name, **{name: getattr(mix.below[one.id], name) for name in names}} for one in below
    ]
    return answer({"whole": {name: getattr(mix.whole, name) for name in names}, "below": rows})


def _shown(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    kept = get_answers(actor_of(request), pk)
    return answer(_answers(request, kept), status=status, version=kept.version)


def _answers(request: HttpRequest, kept: Answers) -> dict[str, Any]:
    objective = kept.objective
    return {
        "id": kept.pk,
        "author": {"id": kept.author_id, "name": kept.author.name},
        "objective": None if objective is None else {"id": objective.pk, "title": objective.title},
        "unit": kept.unit_id,
        "cycle": kept.cycle_id,
        "words": kept.words,
        **kept.four._asdict(),
        "created_at": kept.created_at.isoformat(),
        "changed_at": kept.changed_at.isoformat(),
        "withdrawn_on": kept.withdrawn_on,
        "version": kept.version,
        "advice": asdict(advice(actor_of(request), kept.four)),
    }
