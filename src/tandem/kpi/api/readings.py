"""Readings: handed in by suppliers and their programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from tandem.core.clock import today
from tandem.core.errors import Invalid
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Id, IdText, Named, Number, Shown, Text
from tandem.core.http.bodies import Day as DayOfBody
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.kpi import commands
from tandem.kpi.models import Reading, Source
from tandem.kpi.queries import get_indicator, get_reading, only_carrier, readings_of, target_on
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit

router = Router(tags=["readings"])


class NewReading(Body):
    value: Number
    person: Id | None = None
    unit: Id | None = None
    """Who carries it; may be left out where one alone does on that day."""
    note: Text = ""
    since: DayOfBody | None = None
    """The first of the days it is of, where these are several."""


class Carrier(Body):
    person: IdText | None = None
    unit: IdText | None = None


class CarrierAndDay(Carrier):
    on: DayOfBody | None = None


class TermsOfDay(Shown):
    floor: float | None
    target: float | None
    challenge: float | None


class TargetOnDayOut(Shown):
    on: str
    cycle: Named | None
    terms: TermsOfDay | None


class ReadingOut(Shown):
    date: str
    since: str | None
    value: float
    person: Named | None
    unit: Named | None
    note: str
    source: str
    author: Named | None
    at: str
    version: int
    """1 until it is corrected."""


class ReadingsOut(Shown):
    items: list[ReadingOut]
    next: str | None


@router.get("/indicators/{code}/readings", response=ReadingsOut)
def list_readings(request: HttpRequest, code: str, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Those you may see, the newest first."""
    actor = actor_of(request)
    rows = readings_of(actor, get_indicator(actor, code))
    found = page(
        rows, ("-on", "-pk"), lambda one: (one.on.isoformat(), one.pk), cursor=cursor, limit=limit, name="readings"
    )
    return answer({"items": [_reading(one) for one in found.items], "next": found.next})


@router.put("/indicators/{code}/readings/{day}", response=ReadingOut)
def put_reading(request: HttpRequest, code: str, day: DayOfBody, body: NewReading) -> HttpResponse:
    """The value of a day. Sent again it changes nothing; another value corrects it. For the indicator's supplier."""
    actor = actor_of(request)
    indicator = get_indicator(actor, code)
    carrier = _carrier(actor, indicator, day, body)
    done = commands.enter_reading(
        actor,
        indicator,
        carrier=carrier,
        on=day,
        value=body.value,
        note=body.note,
        since=body.since,
        source=Source.API,
    )
    return answer(_reading(done))


@router.get("/indicators/{code}/target", response=TargetOnDayOut)
def read_target_of_day(request: HttpRequest, code: str, asked: Query[CarrierAndDay]) -> HttpResponse:
    """Which target holds on a day (today, when left out), yours unless a carrier is named; null where none does."""
    actor = actor_of(request)
    indicator = get_indicator(actor, code)
    day = asked.on or today()
    named = asked.person is not None or asked.unit is not None
    carrier = _carrier(actor, indicator, day, asked) if named else actor
    found = target_on(actor, indicator, carrier, day)
    terms = None if found is None else {name: getattr(found, name) for name in ("floor", "target", "challenge")}
    cycle = None if found is None else {"id": found.scheme.cycle_id, "name": found.scheme.cycle.name}
    return answer({"on": day.isoformat(), "cycle": cycle, "terms": terms})


@router.delete("/indicators/{code}/readings/{day}", response={204: None})
def delete_reading(request: HttpRequest, code: str, day: DayOfBody, asked: Query[Carrier]) -> HttpResponse:
    """It counts no more; what it said stays in its history. Naming the carrier as for PUT, in the address."""
    actor = actor_of(request)
    indicator = get_indicator(actor, code)
    carrier = _carrier(actor, indicator, day, asked)
    commands.withdraw_reading(actor, get_reading(actor, indicator, carrier, day))
    return HttpResponse(status=204)


def _carrier(actor: Actor, indicator: Any, day: date, body: "NewReading | Carrier") -> Any:
    if body.person is not None and body.unit is not None:
        raise Invalid(_("Name a person or a unit, not both."), field="unit")
    if body.person is not None:
        return known(get_person, actor, body.person, "person")
    if body.unit is not None:
        return known(get_unit, actor, body.unit, "unit")
    return only_carrier(actor, indicator, day)


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "date": one.on.isoformat(),
        "since": None if one.since is None else one.since.isoformat(),
        "value": one.value,
        "person": _named(one.carrier_person),
        "unit": _named(one.carrier_unit),
        "note": one.note,
        "source": one.source,
        "author": _named(one.author),
        "at": one.at.isoformat(),
        "version": one.version,
    }


def _named(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "name": row.name}
