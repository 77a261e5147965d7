"""The library of indicators."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Day, Id, Named, Number, Shown, Text, Versioned, Words
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected, unchanged
from tandem.kpi import commands
from tandem.kpi.models import Indicator
from tandem.kpi.queries import find_indicators, get_indicator, versions_of
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import named
from tandem.people.queries import get_person, get_unit

router = Router(tags=["indicators"])
DimensionName = Literal["finance", "customer", "process", "learning", "operations", "strategy", "competence", "other"]
DirectionName = Literal["higher", "lower", "in_range", "yes_no", "events"]
AggregationName = Literal["sum", "mean", "weighted", "last", "min", "max", "none"]
Life = Literal["running", "ending", "ended"]


class AskedIndicators(Body):
    search: Words = ""
    """Words of either language; all of them must be there."""
    dimension: DimensionName | Literal[""] = ""
    tag: Words = ""
    life: Life | Literal["", "archived"] = ""
    """All that are not archived, when left out."""


class IndicatorChange(Versioned):
    name_en: Text = OMITTED
    name_zh: Text = OMITTED
    dimension: Text = OMITTED
    definition_en: Text = OMITTED
    definition_zh: Text = OMITTED
    formula: Text = OMITTED
    expression: Text = OMITTED
    """What it is calculated from, over the codes of other indicators; empty where values are handed in."""
    unit: Text = OMITTED
    precision: int = OMITTED
    direction: Text = OMITTED
    over_time: Text = OMITTED
    over_children: Text = OMITTED
    source: Text = OMITTED
    method: Text = OMITTED
    parameters: dict[str, Any] = OMITTED
    cap: Number | None = None
    floor: Number | None = None
    supplier: Id | None = None
    used_by: Id | None = None
    """The unit with all below it that may use it; null for the whole company."""
    tags: list[Text] = OMITTED


class NewIndicator(IndicatorChange):
    code: Text
    sunset_on: Day | None = None


class Renewal(Versioned):
    until: Day | None = None
    """A year from today when left out."""


class IndicatorOut(Shown):
    id: int
    code: str
    name_en: str
    name_zh: str
    dimension: DimensionName
    definition_en: str
    definition_zh: str
    formula: str
    expression: str
    unit: str
    precision: int
    direction: DirectionName
    over_time: AggregationName
    over_children: AggregationName
    source: str
    supplier: Named | None
    method: str
    parameters: dict[str, Any]
    cap: float | None
    floor: float | None
    sunset_on: date
    life: Life
    tags: list[str]
    used_by: Named | None
    archived_on: date | None
    number: int
    """Which version holds."""
    version: int


class IndicatorsOut(Shown):
    items: list[IndicatorOut]
    next: str | None


class IndicatorVersionOut(Shown):
    number: int
    changed: list[str]
    words: dict[str, Any]
    author: Named | None
    at: str


class IndicatorVersionsOut(Shown):
    items: list[IndicatorVersionOut]


@router.get("/indicators", response=IndicatorsOut)
def list_indicators(
    request: HttpRequest, asked: Query[AskedIndicators], cursor: Cursor = None, limit: Limit = USUAL
) -> HttpResponse:
    """Those you may use, by code."""
    rows = find_indicators(actor_of(request), asked.search, dimension=asked.dimension, tag=asked.tag, life=asked.life)
    found = page(rows, ("code",), lambda one: (one.code,), cursor=cursor, limit=limit, name="indicators")
    return answer({"items": [indicator_json(one) for one in found.items], "next": found.next})


@router.post("/indicators", response={201: IndicatorOut})
def add(request: HttpRequest, body: NewIndicator) -> HttpResponse:
    """A new indicator. It ends a year from today unless `sunset_on` says otherwise."""
    actor = actor_of(request)
    made = commands.add_indicator(actor, None, **_fields(actor, body))
    return _shown(actor, made.code, status=201)


@router.get("/indicators/{code}", response=IndicatorOut)
def read_indicator(request: HttpRequest, code: str) -> HttpResponse:
    return _shown(actor_of(request), code)


@router.patch("/indicators/{code}", response=IndicatorOut)
def change_indicator(request: HttpRequest, code: str, body: IndicatorChange) -> HttpResponse:
    """Where its meaning changes, that is a new version; targets keep the one they were given on."""
    actor = actor_of(request)
    found = get_indicator(actor, code)
    commands.edit_indicator(actor, found, version=expected(request, body.version), **_fields(actor, body))
    return _shown(actor, code)


@router.post("/indicators/{code}/renew", response=IndicatorOut)
def renew(request: HttpRequest, code: str, body: Renewal) -> HttpResponse:
    """It lasts until a later day."""
    actor = actor_of(request)
    found = get_indicator(actor, code)
    with unchanged(request, found, body.version):
        commands.renew_indicator(actor, found, until=body.until)
    return _shown(actor, code)


@router.post("/indicators/{code}/archive", response=IndicatorOut)
def archive_one(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing new is issued of it; what was issued stays."""
    actor = actor_of(request)
    commands.archive_indicator(actor, get_indicator(actor, code))
    return _shown(actor, code)


@router.post("/indicators/{code}/restore", response=IndicatorOut)
def restore_one(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    commands.restore_indicator(actor, get_indicator(actor, code))
    return _shown(actor, code)


@router.get("/indicators/{code}/versions", response=IndicatorVersionsOut)
def list_versions(request: HttpRequest, code: str) -> HttpResponse:
    """What it said over time, the newest first."""
    actor = actor_of(request)
    rows = [
        {
            "number": one.number,
            "changed": one.changed,
            "words": one.words,
            "author": _named(one.author),
            "at": one.at.isoformat(),
        }
        for one in versions_of(actor, get_indicator(actor, code))
    ]
    return answer({"items": rows})


def _fields(actor: Actor, body: IndicatorChange) -> dict[str, Any]:
    fields = body.said()
    if "supplier" in fields:
        fields["supplier"] = named(get_person, actor, fields["supplier"], "supplier")
    if "used_by" in fields:
        fields["used_by"] = named(get_unit, actor, fields["used_by"], "used_by")
    return fields


def _shown(actor: Actor, code: str, status: int = 200) -> HttpResponse:
    found = get_indicator(actor, code)
    return answer(indicator_json(found), status=status, version=found.version)


def _named(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "name": row.name}


_PLAIN = (
    "code", "name_en", "name_zh", "dimension", "definition_en", "definition_zh", "formula", "expression", "unit",
    "precision", "direction", "over_time", "over_children", "source", "method", "parameters", "cap", "floor",
    "sunset_on", "life", "tags", "archived_on", "number", "version",
)  # fmt: skip


def indicator_json(one: Indicator) -> dict[str, Any]:
    beside = {"supplier": _named(one.supplier), "used_by": _named(one.used_by)}
    return {"id": one.pk, **{name: getattr(one, name) for name in _PLAIN}, **beside}
