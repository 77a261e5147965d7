"""Drafts of questions from a model, in the JSON API."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from tandem.core.errors import Missing
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Id, Shown
from tandem.cycles.queries import get_cycle
from tandem.integrations.coach_model import drafted_questions, model, told
from tandem.okr.queries import Goals, goals_of_person, goals_of_unit
from tandem.people.actors import actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit

router = Router(tags=["coach"])


class AskedAbout(Body):
    cycle: Id


class DraftedQuestionsOut(Shown):
    questions: list[str]
    """Drafts a machine wrote."""
    sent: list[dict[str, object]]
    """What it was told."""


@router.post("/people/{id:person_id}/goals/model-questions", response=DraftedQuestionsOut)
def ask_about_person(request: HttpRequest, person_id: int, body: AskedAbout) -> HttpResponse:
    """Ask the model that is set for drafts of questions; keeps nothing. 404 while none is set, 502 without answer."""
    actor = actor_of(request)
    person = get_person(actor, person_id)
    return _asked(goals_of_person(actor, person.pk, known(get_cycle, actor, body.cycle, "cycle").pk))


@router.post("/units/{id:unit_id}/goals/model-questions", response=DraftedQuestionsOut)
def ask_about_unit(request: HttpRequest, unit_id: int, body: AskedAbout) -> HttpResponse:
    """The same about a unit's own goals."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    return _asked(goals_of_unit(actor, unit.pk, known(get_cycle, actor, body.cycle, "cycle").pk))


def _asked(found: Goals) -> HttpResponse:
    one = model()
    if one is None:
        raise Missing(_("No model is set up."))
    questions = drafted_questions(one, found.goals)
    return answer({"questions": questions, "sent": told(found.goals, more=one.sends_more)})
