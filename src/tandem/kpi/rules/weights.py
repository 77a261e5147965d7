"""Do the weights of a scheme add up, and are its values in order?"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tandem.core.numbers import HUNDRED, ZERO

CENT = Decimal("0.01")


def missing(weights: Iterable[Decimal]) -> Decimal:
    """What is missing to 100; negative for what is too much, 0 when they add up exactly."""
    return HUNDRED - sum(weights, ZERO)


def fault(rows: Sequence[tuple[str, Decimal, Decimal | None]]) -> tuple[str, str, Decimal]:
    """What is wrong with the weights of scored items (dimension, weight, weight of the dimension): a code, the
    dimension it is about ("" for the whole), and what is missing to 100. ("", "", 0) when they add up.

    One level where no dimension has a weight: `sum`. Two levels: `mixed` (some have none), `differ` (one dimension has
    two), `dimensions` (they do not add to 100), `inside` (the items of one do not).
    """
    shares: dict[str, set[Decimal | None]] = {}
    inside: dict[str, list[Decimal]] = {}
    for dimension, weight, share in rows:
        shares.setdefault(dimension, set()).add(share)
        inside.setdefault(dimension, []).append(weight)
    known = {one for many in shares.values() for one in many}
    if known <= {None}:
        left = missing(weight for _dimension, weight, _share in rows)
        return ("sum", "", left) if left else ("", "", ZERO)
    if None in known:
        return "mixed", next(name for name, many in shares.items() if None in many), ZERO
    for name, many in shares.items():
        if len(many) > 1:
            return "differ", name, ZERO
    left = missing(share for many in shares.values() for share in many if share is not None)
    if left:
        return "dimensions", "", left
    for name, weights in inside.items():
        if missing(weights):
            return "inside", name, missing(weights)
    return "", "", ZERO


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
