"""Many readings of a period become one value."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tandem.core.numbers import ZERO, weighted_mean

Dated = Sequence[tuple[date, Decimal]]


def over_time(how: str, readings: Dated, until: date) -> Decimal | None:
    """The value of a period from its readings, oldest first; None without any.

    `how` is sum, mean, weighted (each value counts for the days until the next one, the last up to `until`), last, min
    or max. `none` has a value only where there is exactly one reading.
    """
    values = [value for _day, value in readings]
    if not values or (how == "none" and len(values) > 1):
        return None
    if how == "sum":
        return sum(values, ZERO)
    if how == "mean":
        return sum(values, ZERO) / len(values)
    if how == "weighted":
        return _by_days(readings, until)
    return {"min": min, "max": max}[how](values) if how in ("min", "max") else values[-1]


def _by_days(readings: Dated, until: date) -> Decimal | None:
    ends = [*(day for day, _value in readings[1:]), max(until, readings[-1][0])]
    last = len(readings) - 1
    # The last day of the period belongs to the value that stands then.
    stood = zip(readings, ends, strict=True)
    days = [(end - day).days + (place == last) for place, ((day, _value), end) in enumerate(stood)]
    return weighted_mean((value, Decimal(count)) for (_day, value), count in zip(readings, days, strict=True))
