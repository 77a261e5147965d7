"""Readings handed in, corrected and withdrawn."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now, today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.numbers import ONE, ZERO, parse_number
from tandem.core.texts import clean_optional_line
from tandem.kpi.access import may_supply, may_withdraw
from tandem.kpi.models import Correction, Direction, Indicator, Reading, Source, Target
from tandem.people.actors import Actor
from tandem.people.queries import is_person

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

LONGEST = 366
"""Days that one value may be of."""


@command(may=may_supply)
def enter_reading(
    actor: Actor,
    indicator: Indicator,
    /,
    *,
    carrier: "Person | Unit",
    on: date,
    value: Any,
    note: str = "",
    since: date | None = None,
    source: str = Source.FORM,
) -> Reading:
    """The value of a day, or of the days from `since` to it. The same again changes nothing; another value corrects it
    and keeps what stood.

    Raises Invalid (422) naming `value`, `on`, `since`, `carrier` or `note`.
    """
    refuse_calculated(indicator, "value")
    number = clean_value(indicator, value)
    words = clean_optional_line(note, "note", length=200)
    refuse_future(on, "on")
    first = clean_since(since, on)
    _refuse_day(indicator, carrier, on)
    if is_person(carrier) and carrier.pk == actor.pk:
        raise Invalid(_("Who carries a number does not hand it in."), field="carrier")
    place = {"carrier_person": carrier} if is_person(carrier) else {"carrier_unit": carrier}
    row = Reading.ever.filter(indicator=indicator, on=on, **place).first()
    if row is not None and row.withdrawn_at is None and (row.value, row.note, row.since) == (number, words, first):
        return row
    what = "corrected" if row else "entered"
    if row is None:
        row = Reading(indicator=indicator, on=on, **place)
    else:
        correction_of(row).save()
        row.version += 1
    row.value, row.note, row.since, row.withdrawn_at = number, words, first, None
    row.source, row.author_id, row.at = source, actor.pk, now()
    row.save()
    _tell(actor, what, indicator, row)
    return row


@command(may=may_withdraw)
def withdraw_reading(actor: Actor, reading: Reading, /) -> Reading:
    """It counts no more, as if it had never been handed in; what it said stays in its history. Raises Invalid (422)
    where its cycle is closed."""
    if reading.withdrawn_at is None:
        _refuse_day(reading.indicator, reading.carrier, reading.on)
        correction_of(reading).save()
        reading.withdrawn_at = now()
        reading.version += 1
        reading.save()
        _tell(actor, "withdrawn", reading.indicator, reading)
    return reading


def _tell(actor: Actor, what: str, indicator: Indicator, row: Reading) -> None:
    said = {"title": indicator.name, "on": row.on.isoformat(), "carrier": row.carrier.name}
    record(actor, f"reading.{what}", indicator, None, None, **said)


def correction_of(row: Reading) -> Correction:
    """What stands in the reading, to be kept before it changes."""
    return Correction(
        reading=row, value=row.value, note=row.note, source=row.source, author_id=row.author_id, at=row.at
    )


def refuse_calculated(indicator: Indicator, field: str) -> None:
    if indicator.expression:
        raise Invalid(_("This indicator is calculated from others; nobody hands it in."), field=field)


def clean_value(indicator: Indicator, raw: Any) -> Any:
    """A number that the indicator can have. Raises Invalid naming `value`."""
    number = parse_number(raw, "value")
    if indicator.direction == Direction.YES_NO and number not in (ZERO, ONE):
        raise Invalid(_("This is answered with 1 for yes or 0 for no."), field="value")
    if indicator.direction == Direction.EVENTS and (number < 0 or number != number.to_integral_value()):
        raise Invalid(_("Events are counted: a whole number, 0 or more."), field="value")
    return number


def refuse_future(on: date, field: str) -> None:
    if on > today():
        raise Invalid(_("This day has not come yet."), field=field)


def clean_since(since: date | None, on: date) -> date | None:
    """The first of the days a value is of; None where it is of one day. Raises Invalid naming `since`."""
    if since is None or since == on:
        return None
    if since > on or (on - since).days >= LONGEST:
        raise Invalid(_("The first day lies before the last, by a year at most."), field="since")
    return since


def _refuse_day(indicator: Indicator, carrier: "Person | Unit", on: date) -> None:
    """An open cycle in which the carrier has a target of the indicator."""
    at = Q(scheme__carrier_person=carrier) if is_person(carrier) else Q(scheme__carrier_unit=carrier)
    inside = Q(scheme__cycle__start__lte=on, scheme__cycle__end__gte=on)
    given = Target.objects.standing().filter(at, inside, indicator=indicator)
    phases = set(given.values_list("scheme__cycle__phase", flat=True))
    if "closed" in phases:
        raise Invalid(_("The cycle of this day is closed: nothing in it changes any more."), field="on")
    if not phases:
        said = _("%(name)s carries no target of this indicator on this day.")
        raise Invalid(said % {"name": carrier.name}, field="carrier")
