"""Does what was handed down add up to what stands above?"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from tandem.core.numbers import HUNDRED, ONE, ZERO, rounded


def gap(
    parent: Decimal, children: Sequence[Decimal | None], *, how: str = "sum", buffer: Decimal = ZERO
) -> tuple[Decimal, Decimal | None]:
    """The children's targets together, less what the parent needs with its buffer: as an amount, and in per cent of
    the parent's size (None for a parent of 0).

    `how` is the aggregation over children: sum, mean, min, max or last. `buffer` is per cent of the parent that is
    handed down on top, on purpose. Children without a value are left out; none at all add to 0.
    """
    known = [one for one in children if one is not None]
    together = _TOGETHER[how](known or [ZERO])
    amount = together - parent * (ONE + buffer / HUNDRED)
    return amount, rounded(amount * HUNDRED / abs(parent), 2) if parent else None


def _sum(many: Sequence[Decimal]) -> Decimal:
    return sum(many, ZERO)


def _mean(many: Sequence[Decimal]) -> Decimal:
    return sum(many, ZERO) / len(many)


_TOGETHER: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": _sum,
    "mean": _mean,
    "min": min,
    "max": max,
    "last": lambda many: many[-1],
}
