"""Outside factors nobody here could help: what a granted claim changes in the terms of one item.

A remedy never touches what was signed. It lies beside it, as plain JSON, and the terms that hold are computed of both:
`days` (spans left out), `share` (of the period's days that is left, for sums), `target`, `weight`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tandem.core.numbers import ZERO, rounded

DAYS, TARGET, WEIGHT = "days", "target", "weight"
REMEDIES = (DAYS, TARGET, WEIGHT)
PLACES = 6
COMPARES = frozenset({"ratio", "inverse", "mirror", "interpolation", "deduction", "all_or_nothing", "plus_minus",
                      "range", "formula"})  # fmt: skip
"""Methods whose points follow from the target, so that another target means something."""


@dataclass(frozen=True)
class Holding:
    """The values of an item that hold after its remedies; those signed where there are none."""

    target: Decimal | None
    floor: Decimal | None
    challenge: Decimal | None
    weight: Decimal
    is_eased: bool = False


def holding(terms: Mapping[str, Any], weight: Decimal, eased: Mapping[str, Any]) -> Holding:
    """What counts of `target`, `floor`, `challenge` and `weight`. Sums need the share of the days that is left; a
    re-based target takes floor and challenge along by as much. A weight is only ever lowered."""
    target, floor, challenge = (number(terms.get(name)) for name in ("target", "floor", "challenge"))
    if not eased:
        return Holding(target, floor, challenge, weight)
    if "target" in eased:
        based = Decimal(str(eased["target"]))
        moved = based - target if target is not None else ZERO
        target, floor, challenge = based, _plus(floor, moved), _plus(challenge, moved)
    elif "share" in eased:
        share = Decimal(str(eased["share"]))
        target, floor, challenge = (_times(one, share) for one in (target, floor, challenge))
    lowered = min(weight, Decimal(str(eased["weight"]))) if "weight" in eased else weight
    return Holding(target, floor, challenge, lowered, True)


def number(raw: Any) -> Decimal | None:
    return None if raw in (None, "") else Decimal(str(raw))


def _plus(value: Decimal | None, amount: Decimal) -> Decimal | None:
    return None if value is None else value + amount


def _times(value: Decimal | None, share: Decimal) -> Decimal | None:
    return None if value is None else rounded(value * share, PLACES)


Spans = Sequence[Sequence[str]]
"""[first day, last day], both counted, as ISO texts."""


def left_out(spans: Spans, day: date) -> bool:
    return any(first <= day.isoformat() <= last for first, last in spans)


def share_left(spans: Spans, start: date, end: date) -> Decimal:
    """The part of a period's days that no span takes, 0 to 1."""
    whole = (end - start).days + 1
    days = (start + timedelta(days=place) for place in range(whole))
    return Decimal(sum(not left_out(spans, day) for day in days)) / whole


def weights_held(weights: Sequence[Decimal], lowered: Iterable[Decimal | None]) -> list[Decimal]:
    """Weights after some were lowered: the others share what became free, in proportion. Where there is nobody to
    take it, they stay as they were."""
    held = list(lowered)
    free = sum((weight - low for weight, low in zip(weights, held, strict=True) if low is not None), ZERO)
    takers = sum((weight for weight, low in zip(weights, held, strict=True) if low is None), ZERO)
    if not free or not takers:
        return list(weights)
    return [
        weight * (takers + free) / takers if low is None else low for weight, low in zip(weights, held, strict=True)
    ]
