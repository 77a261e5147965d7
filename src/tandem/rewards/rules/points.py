"""What a rule brings for a closed scorecard, from the numbers put in alone: so it can be computed again at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tandem.core.numbers import ONE, ZERO, rounded
from tandem.rewards.rules.terms import PER_GRADE, PER_POINT, PLUS_MINUS, POOL, text_of

PLACES = 2
STEP = Decimal("0.01")
Numbers = dict[str, Any]
"""The numbers put in, as JSON keeps them."""


@dataclass(frozen=True)
class Card:
    """A closed scorecard as a rule sees it. `items` are the plus or minus items with their points; `level` is the job
    level, asked for by pools alone."""

    total: Decimal
    grade: str = ""
    items: tuple[tuple[str, Decimal], ...] = ()
    level: str = ""


@dataclass(frozen=True)
class Brought:
    """Points of one scorecard by one rule, with the numbers put in and the sum written out."""

    points: Decimal
    numbers: Numbers
    sum: str


def reckoned(kind: str, terms: Mapping[str, Any], cards: Sequence[Card]) -> list[Brought | None]:
    """What a rule brings for each of these cards, in their order; None where it is not about a card at all.

    `terms` are those of `terms.checked`. A pool is shared among all of them and adds up exactly.
    """
    numbers = [put_in(kind, terms, card) for card in cards]
    if kind == POOL:
        whole = sum((Decimal(one["weight"]) for one in numbers if one), ZERO)
        for one in numbers:
            if one:
                one["whole"] = text_of(whole)
    points = again(kind, terms, [one for one in numbers if one])
    found = iter(points)
    return [_brought(kind, terms, one, next(found)) if one else None for one in numbers]


def put_in(kind: str, terms: Mapping[str, Any], card: Card) -> Numbers | None:
    """The numbers of a card that this rule looks at."""
    if kind == PER_POINT:
        return {"result": text_of(card.total)}
    if kind == PER_GRADE:
        return {"grade": card.grade}
    if kind == POOL:
        factor = dict(terms["levels"]).get(card.level, ONE)
        weight = max(card.total, ZERO) * factor
        return {"result": text_of(card.total), "factor": text_of(factor), "weight": text_of(weight)}
    items = [[code, text_of(points)] for code, points in card.items if not terms["codes"] or code in terms["codes"]]
    return {"items": items} if items else None


def again(kind: str, terms: Mapping[str, Any], numbers: Sequence[Numbers]) -> list[Decimal]:
    """The points that follow from the numbers put in. A pool needs all that share it, in the order of writing."""
    if kind == POOL:
        return shared(terms["pool"], [Decimal(one["weight"]) for one in numbers])
    return [rounded(_of_one(kind, terms, one), PLACES) for one in numbers]


def _of_one(kind: str, terms: Mapping[str, Any], one: Numbers) -> Decimal:
    value: Decimal
    if kind == PER_POINT:
        value = max(Decimal(one["result"]) - terms["above"], ZERO) * terms["rate"]
        return value if terms["most"] is None else min(value, Decimal(terms["most"]))
    if kind == PER_GRADE:
        return Decimal(dict(terms["grades"]).get(one["grade"], ZERO))
    value = sum((Decimal(points) for _code, points in one["items"]), ZERO) * terms["rate"]
    most = value if terms["most_plus"] is None else min(value, Decimal(terms["most_plus"]))
    return most if terms["most_minus"] is None else max(most, -Decimal(terms["most_minus"]))


def shared(pool: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """The pool in hundredths by weight: largest remainders, ties in order, so the shares add to the pool exactly.

    A negative weight counts as 0; where all are 0 nothing is shared.
    """
    usable = [max(one, ZERO) for one in weights]
    whole = sum(usable, ZERO)
    if whole == 0:
        return [ZERO for _one in usable]
    steps = int(pool / STEP)
    exact = [steps * one / whole for one in usable]
    counts = [int(one) for one in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: counts[place] - exact[place])
    for place in by_remainder[: steps - sum(counts)]:
        counts[place] += 1
    return [count * STEP for count in counts]


def _brought(kind: str, terms: Mapping[str, Any], numbers: Numbers, points: Decimal) -> Brought:
    return Brought(points, numbers, f"{_sum(kind, terms, numbers)} = {points:.2f}")


def _sum(kind: str, terms: Mapping[str, Any], one: Numbers) -> str:
    """The sum in figures alone: the same in every language."""
    if kind == PER_POINT:
        above, most = terms["above"], terms["most"]
        over = f"({one['result']} − {text_of(above)})" if above else one["result"]
        return f"{over} × {text_of(terms['rate'])}" + (f" ≤ {text_of(most)}" if most is not None else "")
    if kind == PER_GRADE:
        return one["grade"] or "–"
    if kind == POOL:
        weight = one["result"] if one["factor"] == "1" else f"{one['result']} × {one['factor']}"
        return f"{text_of(terms['pool'])} × {weight} ÷ {one['whole']}"
    assert kind == PLUS_MINUS
    items = " + ".join(f"{code} {points}" for code, points in one["items"])
    return items if terms["rate"] == 1 else f"({items}) × {text_of(terms['rate'])}"
