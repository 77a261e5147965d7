"""Values of stretches of days, asked for another stretch: sums in proportion, means by the days they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tandem.core.numbers import HUNDRED, ZERO, weighted_mean
from tandem.kpi.rules.actuals import over_time


@dataclass(frozen=True)
class Stretch:
    """A value of the days `first` to `last`, both included."""

    first: date
    last: date
    value: Decimal

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def shared(self, first: date, last: date) -> int:
        """How many days it has in common with another stretch."""
        return max(0, (min(self.last, last) - max(self.first, first)).days + 1)


def over_period(
    how: str, stretches: Sequence[Stretch], first: date, last: date, until: date | None = None
) -> Decimal | None:
    """The value of the days `first` to `last`, both included, from stretches in the order of their last days.

    A sum takes of each stretch the part of its days that lie inside; a mean weighs each by those days; the others look
    at what lies inside at all; a newest value stands until `until`. `how` as in `actuals.over_time`. None without any.
    """
    inside = [(one, one.shared(first, last)) for one in stretches]
    inside = [(one, days) for one, days in inside if days]
    if not inside:
        return None
    if how == "sum":
        return sum((one.value * days / one.days for one, days in inside), ZERO)
    if how == "mean":
        return weighted_mean((one.value, Decimal(days)) for one, days in inside)
    return over_time(how, [(one.last, one.value) for one, _days in inside], until or last)


def change(first: Decimal, latest: Decimal, direction: str) -> tuple[Decimal, str]:
    """How far a value moved, and whether that is good: positive, negative or neutral.

    `direction` is the indicator's: higher, lower and events (fewer are better) take sides, any other takes none.
    """
    delta = latest - first
    side = {"higher": 1, "lower": -1, "events": -1}.get(direction, 0)
    if not side or not delta:
        return delta, "neutral"
    return delta, "positive" if delta * side > 0 else "negative"


def variance(value: Decimal | None, base: Decimal | None) -> Decimal | None:
    """By how many per cent of the base's size the value lies above it; None without a base, or where nothing moved.

    From −80 to −60 is 25: upwards is positive, whatever sign the base has.
    """
    if value is None or not base or value == base:
        return None
    return (value - base) * HUNDRED / abs(base)
