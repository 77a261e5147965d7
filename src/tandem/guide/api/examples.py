"""The example library and the ready teams: looked through, and drafts made of them."""

from typing import TYPE_CHECKING, Annotated, Any, Union

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from tandem.core.errors import Invalid
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Id, Shown, Text, Words
from tandem.core.http.paging import USUAL, Limit
from tandem.cycles.queries import get_cycle
from tandem.guide.commands import add_team_indicators, start_from_example, start_from_team
from tandem.guide.examples import Example, Team
from tandem.guide.queries import find_examples, function_names, get_example, get_team
from tandem.okr.api.objectives import shown
from tandem.okr.api.shapes import Ambition, Category, GoalOut
from tandem.people.actors import actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

router = Router(tags=["examples"])
Start = Annotated[int, Field(ge=0, le=1_000_000)]


class AskedExamples(Body):
    search: Words | None = None
    """Words of either language; all of them must be there."""
    function: Words | None = None
    """One of `functions`."""
    start: Start = 0
    """Where the page begins: the `next` of the page before."""
    limit: Limit = USUAL


class BeginDraft(Body):
    cycle: Id
    person: Id | None = None
    unit: Id | None = None
    """Whose draft it is: a person (oneself, when neither is named) or a unit."""
    language: Text | None = None
    """`en` or `zh-hans`; the language of the request when left out."""


class BeginTeam(BeginDraft):
    objectives: list[Text] | None = None
    """The ids of those to begin with; null for all."""


class ExampleResultOut(Shown):
    title: str
    kind: str
    start: float | None
    target: float | None
    low: float | None
    high: float | None
    unit: str
    steps: list[dict[str, Any]]


class ExampleWordsOut(Shown):
    title: str
    theme: str
    key_results: list[ExampleResultOut]


class ExampleOut(Shown):
    id: str
    function: str
    ambition: Ambition
    category: Category
    en: ExampleWordsOut
    zh: ExampleWordsOut


class FunctionOut(Shown):
    id: str
    name: str


class ExamplesOut(Shown):
    items: list[ExampleOut]
    total: int
    next: int | None
    functions: list[FunctionOut]


class TeamIndicatorOut(Shown):
    """Words of a plan: what is issued stands in `kpi`."""

    name: str
    measure: str
    value: str
    why: str


class TeamWordsOut(Shown):
    name: str
    about: str
    indicators: list[TeamIndicatorOut]


class TeamTemplateOut(Shown):
    id: str
    objectives: list[ExampleOut]
    en: TeamWordsOut
    zh: TeamWordsOut


class StartedOut(Shown):
    """The keys of the drafts, in their order."""

    objectives: list[int]


class AddedOut(Shown):
    """The codes of what was added."""

    indicators: list[str]


@router.get("/examples", response=ExamplesOut)
def list_examples(request: HttpRequest, asked: Query[AskedExamples]) -> HttpResponse:
    """Good objectives with their key results, in both languages."""
    actor = actor_of(request)
    functions = function_names(actor)
    if asked.function and asked.function not in dict(functions):
        raise Invalid(_("Choose one of the offered values."), field="function")
    found = find_examples(actor, asked.search or "", asked.function or "", start=asked.start, limit=asked.limit)
    end = asked.start + len(found.items)
    return answer(
        {
            "items": [_example(one) for one in found.items],
            "total": found.total,
            "next": end if end < found.total else None,
            "functions": [{"id": key, "name": name} for key, name in functions],
        }
    )


@router.get("/examples/{example_key}", response=ExampleOut)
def read_example(request: HttpRequest, example_key: str) -> HttpResponse:
    return answer(_example(get_example(actor_of(request), example_key)))


@router.post("/examples/{example_key}/start", response={201: GoalOut})
def start_example(request: HttpRequest, example_key: str, body: BeginDraft) -> HttpResponse:
    """A draft with the example's words and key results."""
    actor = actor_of(request)
    example = get_example(actor, example_key)
    cycle = known(get_cycle, actor, body.cycle, "cycle")
    made = start_from_example(actor, _owner(actor, body), cycle=cycle, example=example, language=_language(body))
    return shown(request, made.pk, status=201)


@router.get("/team-templates/{team_key}", response=TeamTemplateOut)
def read_team(request: HttpRequest, team_key: str) -> HttpResponse:
    """A ready team (`development`): objectives that steer, and the indicators that would ride along."""
    return answer(_team(get_team(actor_of(request), team_key)))


@router.post("/team-templates/{team_key}/start", response={201: StartedOut})
def start_team(request: HttpRequest, team_key: str, body: BeginTeam) -> HttpResponse:
    """Drafts of its objectives, all or none."""
    actor = actor_of(request)
    team = get_team(actor, team_key)
    cycle = known(get_cycle, actor, body.cycle, "cycle")
    made = start_from_team(
        actor, _owner(actor, body), cycle=cycle, team=team, language=_language(body), objectives=body.objectives
    )
    return answer({"objectives": [one.pk for one in made]}, status=201)


@router.post("/team-templates/{team_key}/indicators", response={201: AddedOut})
def add_indicators(request: HttpRequest, team_key: str) -> HttpResponse:
    """Those of its indicators that the library has not yet. Of the people team."""
    actor = actor_of(request)
    return answer({"indicators": add_team_indicators(actor, None, team=get_team(actor, team_key))}, status=201)


def _owner(actor: "Person", body: BeginDraft) -> Union["Person", "Unit"]:
    if body.person is not None and body.unit is not None:
        raise Invalid(_("An objective has one owner: a person or a unit."), field="unit")
    if body.unit is not None:
        return known(get_unit, actor, body.unit, "unit")
    return actor if body.person is None else known(get_person, actor, body.person, "person")


def _language(body: BeginDraft) -> str:
    if body.language not in (None, "en", "zh-hans"):
        raise Invalid(_("Choose one of the offered values."), field="language")
    return body.language or get_language() or "en"


def _example(one: Example) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("id", "function", "ambition", "category")}
    return {**plain, "en": _words(one, "en"), "zh": _words(one, "zh")}


def _words(one: Example, language: str) -> dict[str, Any]:
    words = one.words(language)
    results = [{"title": result.title, **result.measure} for result in words.key_results]
    return {"title": words.title, "theme": words.theme, "key_results": results}


def _team(one: Team) -> dict[str, Any]:
    found: dict[str, Any] = {"id": one.id, "objectives": [_example(each) for each in one.objectives]}
    for language in ("en", "zh"):
        words = one.words(language)
        shown = TeamIndicatorOut.model_fields
        indicators = [{name: getattr(each, name) for name in shown} for each in words.indicators]
        found[language] = {"name": words.name, "about": words.about, "indicators": indicators}
    return found
