"""Readings for what follows an indicator from above: values and days, and nothing else of what a carrier agreed to."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from tandem.core.bulk import chunks
from tandem.core.errors import Missing
from tandem.kpi.models import Indicator, Reading, Scheme
from tandem.kpi.queries.library import get_indicator
from tandem.people.access import stands_over
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Unit

AT_ONCE = 200


class Followed(NamedTuple):
    """An indicator (its code), whose readings (the key of a person or a unit), and the days that count."""

    code: str
    person: int | None
    unit: str | None
    start: date
    end: date


Course = list[tuple[date, Decimal]]
"""Days and values, the oldest first."""


def courses_of(_actor: Actor, wanted: Iterable[Followed]) -> dict[Followed, Course]:
    """What the readings of each come to, day by day: of an indicator that is added up over time the sum so far, else
    the value itself. Who may know them is asked by the caller. A query for every 200."""
    found: dict[Followed, Course] = {}
    for some in chunks(set(wanted), AT_ONCE):
        rows = Reading.objects.filter(
            Q(carrier_person__in={one.person for one in some} - {None})
            | Q(carrier_unit__key__in={one.unit for one in some} - {None}),
            indicator__code__in={one.code for one in some},
            on__gte=min(one.start for one in some),
            on__lte=max(one.end for one in some),
        ).order_by("on")
        known: dict[tuple[str, int | None, str | None], Course] = {}
        summed: set[str] = set()
        columns = ("indicator__code", "carrier_person_id", "carrier_unit__key", "on", "value", "indicator__over_time")
        for code, person, unit, on, value, how in rows.values_list(*columns):
            known.setdefault((code, person, unit), []).append((on, value))
            summed |= {code} if how == "sum" else set()
        for one in some:
            inside = [row for row in known.get(one[:3], ()) if one.start <= row[0] <= one.end]
            found[one] = _running(inside) if one.code in summed else inside
    return found


def _running(course: Course) -> Course:
    return list(zip((on for on, _value in course), accumulate(value for _on, value in course), strict=True))


def followable(actor: Actor) -> list[Indicator]:
    """What somebody may follow: the definitions open to them that did not end, by code; 500 at most."""
    rows = Indicator.objects.visible_to(actor).filter(archived_on=None).order_by("code")[:500]
    return [one for one in rows if one.is_usable]


def units_with_targets(actor: Actor, cycle: "Cycle") -> list[tuple[str, str]]:
    """Key and name of the units that carry targets in the cycle, as far as the actor sees those; 200 at most."""
    rows = Scheme.objects.visible_to(actor).filter(cycle=cycle, carrier_unit__isnull=False)
    return list(rows.order_by("carrier_unit__name").values_list("carrier_unit__key", "carrier_unit__name")[:200])


def known_indicator(actor: Actor, code: str) -> Indicator | None:
    """By its code, None where there is none that the actor may see."""
    try:
        return get_indicator(actor, code.strip().lower())
    except Missing:
        return None


def may_read_unit(actor: Actor, indicator: Indicator, unit: "Unit") -> bool:
    """Are the readings of this unit theirs to see: its people, who leads it or above, the supplier, the people team?"""
    if actor.is_system or actor.is_people_team or indicator.supplier_id == actor.pk:
        return True
    return unit.pk == getattr(actor, "unit_id", None) or stands_over(actor.pk, unit)


def names_of(actor: Actor, codes: Iterable[str]) -> dict[str, str]:
    """The names of those indicators whose definition the actor may see, by code. One query, none without codes."""
    wanted = set(codes)
    if not wanted:
        return {}
    return {one.code: one.name for one in Indicator.objects.visible_to(actor).filter(code__in=wanted)}
