"""Scoring one item: how an actual value becomes points. Decimal in, Decimal out, nothing rounded here.

Weights and full marks are points; a method that speaks of per cent gives 100 where the target is met exactly.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Literal

from tandem.core.numbers import HUNDRED, ONE, ZERO, clamp

Nodes = Sequence[tuple[Decimal, Decimal]]
Whole = Literal["exact", "whole", "started"]
"""How parts of a step count: in proportion, only whole steps, or every step that was begun."""

NEED_POSITIVE = frozenset({"ratio", "inverse", "mirror"})
FIT_ANY_TARGET = ("interpolation", "steps", "deduction", "all_or_nothing", "formula", "range")
"""Methods that do not divide by the target, and so fit one that is zero or negative."""
CAP = Decimal("1.2")


class Unfit(ValueError):
    """The method cannot work with this target; `fits` names methods that can."""

    def __init__(self, code: str, fits: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.fits = code, tuple(fits)


def refuse_target(method: str, target: Decimal | None) -> None:
    """A ratio of a target that is 0 or negative says nothing. Raises Unfit, naming the methods that fit."""
    if method in NEED_POSITIVE and (target is None or target <= 0):
        raise Unfit("target_not_positive", FIT_ANY_TARGET)
    if method == "plus_minus" and target is None:
        raise Unfit("target_missing", FIT_ANY_TARGET)


def ratio(full: Decimal, target: Decimal, actual: Decimal, least: Decimal = ZERO, most: Decimal = CAP) -> Decimal:
    """`full` × actual ÷ target, the ratio held between `least` and `most`. Raises Unfit for a target ≤ 0."""
    refuse_target("ratio", target)
    return full * clamp(actual / target, least, most)


def inverse(full: Decimal, target: Decimal, actual: Decimal, least: Decimal = ZERO, most: Decimal = CAP) -> Decimal:
    """Lower is better: `full` × target ÷ actual. Nothing (or less) at all is worth `most`. Raises Unfit."""
    refuse_target("inverse", target)
    return full * (most if actual <= 0 else clamp(target / actual, least, most))


def mirror(full: Decimal, target: Decimal, actual: Decimal, least: Decimal = ZERO, most: Decimal = CAP) -> Decimal:
    """Lower is better: `full` × (2 − actual ÷ target): a tenth too much costs what a tenth less gains. Raises Unfit."""
    refuse_target("mirror", target)
    return full * clamp(2 - actual / target, least, most)


def tiers(steps: Nodes, actual: Decimal, *, lower_better: bool = False) -> Decimal:
    """The per cent of the best step (bound, per cent) that the actual reaches, its bound included; 0 below all."""
    reached = [worth for bound, worth in steps if (actual <= bound if lower_better else actual >= bound)]
    return max(reached, default=ZERO)


def interpolation(nodes: Nodes, actual: Decimal, *, lower_better: bool = False) -> Decimal:
    """Per cent on straight lines between (value, per cent); 0 short of the first node, the last one's beyond it.

    With `lower_better` the way runs from the largest value to the smallest.
    """
    turned = sorted((-value if lower_better else value, worth) for value, worth in nodes)
    at = -actual if lower_better else actual
    if not turned or at < turned[0][0]:
        return ZERO
    for (low, low_worth), (high, high_worth) in pairwise(turned):
        if at < high:
            return low_worth + (high_worth - low_worth) * (at - low) / (high - low)
    return turned[-1][1]


def stepped(amount: Decimal, step: Decimal, whole: Whole) -> Decimal:
    """How many steps an amount ≥ 0 makes."""
    steps = amount / step
    if whole == "exact":
        return steps
    return steps.to_integral_value(rounding=ROUND_FLOOR if whole == "whole" else ROUND_CEILING)


def deduction(
    full: Decimal,
    target: Decimal,
    actual: Decimal,
    *,
    step: Decimal = ONE,
    per_step: Decimal = ONE,
    whole: Whole = "exact",
    least: Decimal = ZERO,
    lower_better: bool = False,
) -> Decimal:
    """`full` less `per_step` for each `step` by which the target is missed, not below `least`. Nothing is added."""
    missed = max(ZERO, actual - target if lower_better else target - actual)
    return max(least, full - stepped(missed, step, whole) * per_step)


def all_or_nothing(full: Decimal, target: Decimal, actual: Decimal, *, lower_better: bool = False) -> Decimal:
    """`full` when the target is reached, else 0."""
    return full if (actual <= target if lower_better else actual >= target) else ZERO


def plus_minus(
    base: Decimal,
    target: Decimal,
    actual: Decimal,
    *,
    step: Decimal,
    points: Decimal = ONE,
    minus_points: Decimal | None = None,
    most_plus: Decimal | None = None,
    most_minus: Decimal | None = None,
    whole: Whole = "whole",
    in_percent: bool = False,
    lower_better: bool = False,
) -> Decimal:
    """`base` plus `points` for every step beyond the target, minus `minus_points` for every step short of it.

    A step is an amount, or per cent of the target's size; the caps are the most that is added or taken. Raises Unfit
    when steps are per cent of a target that is 0.
    """
    if in_percent and target == 0:
        raise Unfit("target_zero", FIT_ANY_TARGET)
    beyond = target - actual if lower_better else actual - target
    amount = abs(beyond) * HUNDRED / abs(target) if in_percent else abs(beyond)
    steps = stepped(amount, step, whole)
    if beyond >= 0:
        return base + _capped(steps * points, most_plus)
    return base - _capped(steps * (points if minus_points is None else minus_points), most_minus)


def _capped(amount: Decimal, most: Decimal | None) -> Decimal:
    return amount if most is None else min(amount, most)


def per_event(
    full: Decimal, per: Decimal, events: Decimal, *, least: Decimal | None = ZERO, free: Decimal = ZERO
) -> Decimal:
    """`full` less `per` for each event beyond the `free` ones, not below `least`."""
    left = full - per * max(ZERO, events - free)
    return left if least is None else max(least, left)


def within(
    full: Decimal,
    actual: Decimal,
    *,
    low: Decimal | None,
    high: Decimal | None,
    step: Decimal | None = None,
    per_step: Decimal = ONE,
    whole: Whole = "exact",
    least: Decimal = ZERO,
) -> Decimal:
    """`full` inside the bounds, both included. Outside nothing, or with a `step` that much less for each one."""
    out = max(ZERO if low is None else low - actual, ZERO if high is None else actual - high, ZERO)
    if out == 0:
        return full
    return ZERO if step is None else max(least, full - stepped(out, step, whole) * per_step)


def rating(full: Decimal, levels: Nodes | None, mark: Decimal, top: Decimal = Decimal(5)) -> Decimal:
    """A mark on a described scale: the per cent its level is worth, or mark ÷ `top`, of `full`. 0 for no such level."""
    if levels is None:
        return full * clamp(mark / top)
    return full * next((worth for level, worth in levels if level == mark), ZERO) / HUNDRED
