"""Decimal helpers: one rounding (half up), one range of numbers that make sense, one way to print."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from tandem.core.errors import Invalid

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
PLACES = Decimal("0.000001")
LARGEST = Decimal(10) ** 12
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
SIGNIFICANT = 15  # what a double, and so SQLite and JSON, keep without loss


def parse_number(raw: object, field: str) -> Decimal:
    """A finite number of at most 15 significant digits, 6 decimals, and below 10^12 in size.

    Raises Invalid naming `field`.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise Invalid(_("This must be a number."), field=field)
    if isinstance(raw, int) and -LARGEST < raw < LARGEST:
        return Decimal(raw)
    try:
        value = raw if isinstance(raw, Decimal) else Decimal(_ungrouped(str(raw)))
    except (InvalidOperation, ValueError):  # ValueError: a whole number too long to be written out
        comma = isinstance(raw, str) and re.fullmatch(r"\s*[+-]?\d+[,，]\d+\s*", raw) is not None
        words = _("Write decimals with a point: 6.5.") if comma else _("This must be a number.")
        raise Invalid(words, field=field) from None
    if not value.is_finite() or value.copy_abs() >= LARGEST:
        raise Invalid(_("This number is beyond what makes sense here."), field=field)
    if value != value.quantize(PLACES) or len(value.normalize().as_tuple().digits) > SIGNIFICANT:
        raise Invalid(_("This number has more digits than Tandem keeps (6 decimals)."), field=field)
    return value or ZERO  # a zero can have an exponent of a thousand million


def _ungrouped(text: str) -> str:
    """Without the commas that group thousands; any other comma stays, and is then no number (1,5 is not 15)."""
    text = text.strip().replace("，", ",")
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def clamp(value: Decimal, low: Decimal = ZERO, high: Decimal = ONE) -> Decimal:
    return max(low, min(high, value))


def weighted_mean(items: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """Σ w·v ÷ Σ w over the items that have a value; the plain mean when all weights are 0; None without data."""
    known = [(value, weight) for value, weight in items if value is not None]
    if not known:
        return None
    total = sum((weight for _value, weight in known), ZERO)
    if total == 0:
        return sum((value for value, _weight in known), ZERO) / len(known)
    return sum((value * weight for value, weight in known), ZERO) / total


def plain(value: Decimal) -> int | float:
    """The number as JSON writes it: whole numbers without a point."""
    return int(value) if value == value.to_integral_value() else float(value)
