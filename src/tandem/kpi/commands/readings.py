"""Readings handed in and corrected."""

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
from tandem.kpi.access import may_supply
from tandem.kpi.models import Correction, Direction, Indicator, Reading, Source, Target
from tandem.people.actors import Actor
from tandem.people.queries import is_person

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit


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
    source: str = Source.FORM,
) -> Reading:
    """The value of a day. The same again changes nothing; another value corrects it and keeps what stood.

    Raises Invalid (422) naming `value`, `on`, `carrier` or `note`.
    """
    number = _value(indicator, value)
    words = clean_optional_line(note, "note", length=200)
    _refuse_day(indicator, carrier, on)
    if is_person(carrier) and carrier.pk == actor.pk:
        raise Invalid(_("Who carries a number does not hand it in."), field="carrier")
    place = {"carrier_person": carrier} if is_person(carrier) else {"carrier_unit": carrier}
    row = Reading.objects.filter(indicator=indicator, on=on, **place).first()
    if row is not None and (row.value, row.note) == (number, words):
        return row
    what = "corrected" if row else "entered"
    if row is None:
        row = Reading(indicator=indicator, on=on, **place)
    else:
        Correction.objects.create(
            reading=row, value=row.value, note=row.note, source=row.source, author_id=row.author_id, at=row.at
        )
        row.version += 1
    row.value, row.note, row.source, row.author_id, row.at = number, words, source, actor.pk, now()
    row.save()
    record(actor, f"reading.{what}", indicator, None, None, title=indicator.name, on=on.isoformat())
    return row


def _value(indicator: Indicator, raw: Any) -> Any:
    number = parse_number(raw, "value")
    if indicator.direction == Direction.YES_NO and number not in (ZERO, ONE):
        raise Invalid(_("This is answered with 1 for yes or 0 for no."), field="value")
    if indicator.direction == Direction.EVENTS and (number < 0 or number != number.to_integral_value()):
        raise Invalid(_("Events are counted: a whole number, 0 or more."), field="value")
    return number


def _refuse_day(indicator: Indicator, carrier: "Person | Unit", on: date) -> None:
    """A day that has come, in an open cycle in which the carrier has a target of the indicator."""
    if on > today():
        raise Invalid(_("This day has not come yet."), field="on")
    at = Q(scheme__carrier_person=carrier) if is_person(carrier) else Q(scheme__carrier_unit=carrier)
    inside = Q(scheme__cycle__start__lte=on, scheme__cycle__end__gte=on)
    given = Target.objects.standing().filter(at, inside, indicator=indicator)
    phases = set(given.values_list("scheme__cycle__phase", flat=True))
    if "closed" in phases:
        raise Invalid(_("The cycle of this day is closed: nothing in it changes any more."), field="on")
    if not phases:
        said = _("%(name)s carries no target of this indicator on this day.")
        raise Invalid(said % {"name": carrier.name}, field="carrier")
