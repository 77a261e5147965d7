"""From items to a result: sums, vetoes, several assessors, parts of a period, grades.

An item is rounded half up to 2 places, then items are summed, then the sum is graded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tandem.core.numbers import HUNDRED, ONE, ZERO, rounded

PLACES = 2
Weighed = Sequence[tuple[Decimal, Decimal]]
"""(score in per cent, weight in points out of 100)"""


def points(score: Decimal, weight: Decimal) -> Decimal:
    """What an item of this score (per cent) brings: score × weight ÷ 100, rounded to 2 places."""
    return rounded(score * weight / HUNDRED, PLACES)


def weighted_total(items: Weighed) -> Decimal:
    """One level: the sum of the items' points. Weights add to 100 (`tandem.kpi` refuses others at write)."""
    return sum((points(score, weight) for score, weight in items), ZERO)


def two_level_total(dimensions: Sequence[tuple[Decimal, Weighed]]) -> Decimal:
    """Two levels: each dimension's own total, weighed by the dimension's weight; both levels add to 100."""
    return weighted_total([(weighted_total(items), weight) for weight, items in dimensions])


def spread(weights: Sequence[Decimal], counts: Sequence[bool]) -> list[Decimal]:
    """The weights, those of items that do not apply given to the others in proportion; 0 where there are none."""
    whole = sum(weights, ZERO)
    left = sum((weight for weight, one in zip(weights, counts, strict=True) if one), ZERO)
    return [
        weight * whole / left if one and left else ZERO for weight, one in zip(weights, counts, strict=True)
    ]  # fmt: skip


@dataclass(frozen=True)
class Veto:
    """What a broken rule costs: "item" (the item of this code is 0), "zero" (the total is), "cap" (the total is at most
    `cap`), "grade" (the grade is at best `grade`)."""

    effect: str
    cap: Decimal = ZERO
    grade: str = ""
    item: str = ""


def vetoed(total: Decimal, vetoes: Sequence[Veto]) -> Decimal:
    """The total after every veto that was triggered; the hardest one counts. A negative total is not lifted."""
    caps = [ZERO if one.effect == "zero" else one.cap for one in vetoes if one.effect in ("zero", "cap")]
    return min([total, *caps])


def graded(total: Decimal, bounds: Sequence[tuple[str, Decimal]], vetoes: Sequence[Veto] = ()) -> str:
    """The best grade whose bound (included) the rounded total reaches; below all of them the last one named.

    A veto on the grade lets none better than its own stand. "" when there are no bounds.
    """
    order = [name for name, _bound in sorted(bounds, key=lambda one: -one[1])]
    if not order:
        return ""
    value = rounded(total, PLACES)
    reached = [order.index(name) for name, bound in bounds if value >= bound]
    place = min(reached, default=len(order) - 1)
    held = [order.index(one.grade) for one in vetoes if one.effect == "grade" and one.grade in order]
    return order[max([place, *held])]


def with_difficulty(
    items: Sequence[tuple[str, Decimal, Decimal]],
    factor: Decimal = ONE,
    *,
    bonus: Decimal = ZERO,
    deduct: Decimal = ZERO,
    aside: frozenset[str] = frozenset(),
) -> Decimal:
    """Σ scores × difficulty factor + bonus − deduction, items being (name, score, base score).

    Where an item stays below its base (those named in `aside` excepted), nothing is made up for it elsewhere: the
    others count up to their base, and the factor is not applied.
    """
    missed = {name for name, score, base in items if score < base and name not in aside}
    if not missed:
        sum_of_all = sum((score for _name, score, _base in items), ZERO) * factor
    else:
        sum_of_all = sum((min(score, base) for _name, score, base in items), ZERO)
    return rounded(sum_of_all + bonus - deduct, PLACES)


def mixed(scores: Mapping[str, Decimal | None], weights: Mapping[str, Decimal]) -> Decimal | None:
    """Several assessors by their roles' weights; who gave no score leaves, and the others share its weight.

    None when nobody scored, or only roles without weight.
    """
    there = [(score, weights.get(role, ZERO)) for role, score in scores.items() if score is not None]
    whole = sum((weight for _score, weight in there), ZERO)
    if whole == 0:
        return None
    return rounded(sum((score * weight for score, weight in there), ZERO) / whole, PLACES)


def prorated(parts: Sequence[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """One result of a period served in parts (score, days), weighed by days; parts without a score leave.

    None when nothing was scored.
    """
    there = [(score, days) for score, days in parts if score is not None and days > 0]
    days = sum((one for _score, one in there), ZERO)
    return rounded(sum((score * one for score, one in there), ZERO) / days, PLACES) if days else None


def distributed(people: int, shares: Sequence[tuple[str, Decimal]], *, smallest: int = 0) -> dict[str, int]:
    """How many of a group a guidance by shares means: largest remainders, ties in the order the grades stand in.

    Shares are relative. Groups of fewer than `smallest` are exempt: the answer is empty.
    """
    whole = sum((share for _name, share in shares), ZERO)
    if people < smallest or whole == 0:
        return {}
    exact = {name: people * share / whole for name, share in shares}
    counts = {name: int(one) for name, one in exact.items()}
    by_remainder = sorted(exact, key=lambda name: counts[name] - exact[name])
    for name in by_remainder[: people - sum(counts.values())]:
        counts[name] += 1
    return counts
