"""What the coach asks: about one text, an objective, a goal set, a unit. It reads, and never blocks."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from tandem.coach import CHECKS, Finding, findings_of_text, judge
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, IdText, Shown, Text
from tandem.core.texts import TEXT_LENGTH
from tandem.cycles.queries import get_cycle
from tandem.okr.queries import (
    coaching_in_unit,
    coaching_of_objective,
    coaching_of_person,
    coaching_of_unit,
    get_objective,
)
from tandem.people.actors import actor_of
from tandem.people.queries import get_person, get_unit

router = Router(tags=["coach"])
Kind = Literal["objective", "key_result"]


class AskedText(Body):
    text: Annotated[Text, Field(max_length=TEXT_LENGTH)]
    kind: Kind = "key_result"


class FindingOut(Shown):
    code: str
    name: str
    severity: Literal["question", "hint"]
    about: Literal["objective", "key_result", "goal_set"]
    id: int | None
    """The objective or key result it is about; null for a whole goal set, or a free text."""
    words: str
    """The exact words; empty where it is about the whole."""
    start: int | None
    end: int | None
    """Where the words stand in the title, in characters."""
    question: str
    reason: str


class FindingsOut(Shown):
    items: list[FindingOut]


class JudgementOut(Shown):
    """What the text says by itself."""

    measurable: bool
    has_number: bool
    has_deadline: bool
    is_output_or_task: bool
    is_metric_only_objective: bool
    inspirational: bool
    smart_verdict: Literal["good", "fixable", "bad"]


class TextOut(FindingsOut):
    judgement: JudgementOut


class CountOut(Shown):
    code: str
    name: str
    count: int


class UnitCoachingOut(Shown):
    objectives: int
    """How many were looked at."""
    more: bool
    """There are more than were looked at."""
    items: list[CountOut]


@router.post("/coach", response=TextOut)
def ask_about_text(request: HttpRequest, body: AskedText) -> HttpResponse:
    """What there is to ask about one sentence; nothing is kept."""
    found = findings_of_text(body.text, body.kind)
    return answer({"items": [finding_json(one) for one in found], "judgement": vars(judge(body.text, body.kind))})


@router.get("/objectives/{id:objective_id}/coach", response=FindingsOut)
def ask_about_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """About an objective, its key results and actions, beside what it aligns to."""
    actor = actor_of(request)
    return _answer(coaching_of_objective(actor, get_objective(actor, objective_id)).findings)


@router.get("/people/{id:person_id}/goals/coach", response=FindingsOut)
def ask_about_persons_goals(request: HttpRequest, person_id: int, cycle: IdText) -> HttpResponse:
    """About all living goals of a person in a cycle."""
    actor = actor_of(request)
    get_person(actor, person_id), get_cycle(actor, cycle)
    return _answer(coaching_of_person(actor, person_id, cycle).findings)


@router.get("/units/{id:unit_id}/goals/coach", response=FindingsOut)
def ask_about_units_goals(request: HttpRequest, unit_id: int, cycle: IdText) -> HttpResponse:
    """About all living goals of a unit in a cycle, without its members'."""
    actor = actor_of(request)
    get_unit(actor, unit_id), get_cycle(actor, cycle)
    return _answer(coaching_of_unit(actor, unit_id, cycle).findings)


@router.get("/units/{id:unit_id}/coach", response=UnitCoachingOut)
def count_in_unit(request: HttpRequest, unit_id: int, cycle: IdText) -> HttpResponse:
    """How often each check asks about the living goals of a unit and its members."""
    actor = actor_of(request)
    get_unit(actor, unit_id), get_cycle(actor, cycle)
    found = coaching_in_unit(actor, unit_id, cycle)
    items = [{"code": code, "name": str(CHECKS[code].name), "count": len(of)} for code, of in found.by_code.items()]
    return answer({"objectives": found.objectives, "more": found.more, "items": items})


def _answer(found: list[Finding]) -> HttpResponse:
    return answer({"items": [finding_json(one) for one in found]})


def finding_json(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "about": one.where.kind,
        "id": one.where.ref,
        "words": one.words,
        "start": one.place.start if one.place else None,
        "end": one.place.end if one.place else None,
        "question": one.question,
        "reason": one.reason,
    }
