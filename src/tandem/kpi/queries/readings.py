"""Reading readings: what a supplier owes, what targets come to, how a value moved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.errors import Invalid, Missing
from tandem.kpi.models import Correction, Indicator, Reading, Target
from tandem.kpi.queries.actuals import Place, place_of
from tandem.people.actors import Actor
from tandem.people.queries import is_person


@dataclass(frozen=True)
class Due:
    """One cell of a supplier's grid: a value of the day asked for, and the newest before it."""

    indicator: Indicator
    carrier: Any
    is_person: bool
    cycle: Any
    here: Reading | None
    before: Reading | None

    @property
    def name(self) -> str:
        """What its field is called."""
        return f"{self.indicator.pk}-{'p' if self.is_person else 'u'}-{self.carrier.pk}"


MOST_DUE = 500


def due_of(actor: Actor, on: date) -> list[Due]:
    """What the actor supplies: every carrier of their indicators in the open cycles of that day. Two queries."""
    rows = (
        Target.objects.standing()
        .filter(
            indicator__supplier=actor.pk,
            indicator__expression="",
            scheme__cycle__start__lte=on,
            scheme__cycle__end__gte=on,
        )
        .exclude(scheme__cycle__phase="closed")
        .exclude(scheme__carrier_person=actor.pk)
        .select_related("indicator", "scheme__cycle", "scheme__carrier_person", "scheme__carrier_unit")
        .order_by("indicator__code", "scheme__carrier_unit__name", "scheme__carrier_person__name", "pk")[:MOST_DUE]
    )
    targets = {place_of(one): one for one in reversed(rows)}
    known: dict[Place, list[Reading]] = defaultdict(list)
    readings = Reading.objects.filter(indicator__in={one.indicator_id for one in targets.values()}, on__lte=on)
    for one in readings.order_by("on"):
        known[one.indicator_id, one.carrier_person_id, one.carrier_unit_id].append(one)
    return [_due(one, known[place], on) for place, one in reversed(targets.items())]


def _due(one: Target, readings: list[Reading], on: date) -> Due:
    here = next((row for row in readings if row.on == on), None)
    before = [row for row in readings if row.on < on]
    scheme = one.scheme
    return Due(
        one.indicator,
        scheme.carrier,
        scheme.carrier_person_id is not None,
        scheme.cycle,
        here,
        before[-1] if before else None,
    )


def supplies(actor: Actor) -> bool:
    """Is anything in the library theirs to supply?"""
    return Indicator.objects.filter(supplier=actor.pk, archived_on=None).exists()


def readings_of(actor: Actor, indicator: Indicator) -> QuerySet[Reading]:
    """The readings of the indicator that the actor may see, the newest first."""
    rows = Reading.objects.visible_to(actor).filter(indicator=indicator)
    return rows.select_related("author", "carrier_person", "carrier_unit").order_by("-on", "-pk")


def only_carrier(_actor: Actor, indicator: Indicator, on: date) -> Any:
    """Who carries the indicator on that day, where it is one alone. Raises Invalid naming `person`."""
    rows = Target.objects.standing().filter(
        indicator=indicator, scheme__cycle__start__lte=on, scheme__cycle__end__gte=on
    )
    beside = rows.select_related("scheme__carrier_person", "scheme__carrier_unit")
    carriers = {one.scheme.carrier for one in beside[:50]}
    if len(carriers) == 1:
        return carriers.pop()
    if carriers:
        raise Invalid(_("Several carry this indicator: name the person or the unit."), field="person")
    raise Invalid(_("Nobody carries a target of this indicator on this day."), field="person")


def get_reading(actor: Actor, indicator: Indicator, carrier: Any, on: date) -> Reading:
    """The standing value of a carrier and day that the actor may see. Raises Missing (404)."""
    place = {"carrier_person": carrier} if is_person(carrier) else {"carrier_unit": carrier}
    found = readings_of(actor, indicator).select_related(*Reading.read_with).filter(on=on, **place).first()
    if found is None:
        raise Missing(_("There is no value of this day."))
    return found


def corrections_of(_actor: Actor, readings: Iterable[Reading]) -> dict[int, list[Correction]]:
    """By the key of each reading the actor has at hand: what stood in it before, the newest first. One query."""
    found: dict[int, list[Correction]] = defaultdict(list)
    rows = Correction.objects.filter(reading__in=[one.pk for one in readings]).select_related("author")
    for one in rows.order_by("-pk"):
        found[one.reading_id].append(one)
    return dict(found)
