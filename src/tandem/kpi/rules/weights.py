"""Do the weights of a scheme add up, and are its values in order?"""

from collections.abc import Iterable
from decimal import Decimal

from tandem.core.numbers import HUNDRED, ZERO

CENT = Decimal("0.01")


def missing(weights: Iterable[Decimal]) -> Decimal:
    """What is missing to 100; negative for what is too much, 0 when they add up exactly."""
    return HUNDRED - sum(weights, ZERO)


def in_order(
    floor: Decimal | None, target: Decimal | None, challenge: Decimal | None, *, lower_better: bool
) -> str | None:
    """The field that stands on the wrong side of the target, or None: floor ≤ target ≤ challenge, turned where less
    is better. Values that are not given are in order."""
    sign = -1 if lower_better else 1
    if target is None:
        return None
    if floor is not None and sign * (target - floor) < 0:
        return "floor"
    if challenge is not None and sign * (challenge - target) < 0:
        return "challenge"
    return None
