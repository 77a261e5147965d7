"""A whole scorecard: its items' points, the total with vetoes, the grade, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tandem.core.numbers import HUNDRED, ZERO, rounded
from tandem.kpi.rules import remedies, totals
from tandem.kpi.rules.methods import Scored, Terms, score
from tandem.kpi.rules.parameters import checked

SCORED, PLUS_MINUS, VETO, WATCH = "scored", "plus_minus", "veto", "watch"


@dataclass(frozen=True)
class Line:
    """An item to be scored. `terms.weight` is what was agreed; `applies` False gives it away, `lowered` a part.

    `share` is the weight of its `dimension` where there are two levels; the weight then counts inside of it.
    """

    kind: str
    terms: Terms
    actual: Decimal | None
    applies: bool = True
    code: str = ""
    lowered: Decimal | None = None
    dimension: str = ""
    share: Decimal | None = None


@dataclass(frozen=True)
class Outcome:
    """What a scorecard comes to. `weights` are what counted after some were given away, `shares` the same of the
    dimensions (None with one level); `total` is None as long as nothing is scored; `unscored` counts items that count
    and have no points."""

    lines: tuple[Scored, ...]
    weights: tuple[Decimal, ...]
    shares: tuple[Decimal | None, ...]
    total: Decimal | None
    grade: str
    unscored: int


def outcome(lines: Sequence[Line], grades: Sequence[tuple[str, Decimal]], difficulty: Decimal | None = None) -> Outcome:
    """Every item scored, summed, graded. Watched items and those that do not apply bring nothing and miss nothing."""
    weights, shares = counting(lines), shares_of(lines)
    emptied = {veto.item for veto in vetoes(lines) if veto.effect == "item"}
    found = [_scored(line, weight, emptied) for line, weight in zip(lines, weights, strict=True)]
    brought = [one for one, line in zip(found, lines, strict=True) if line.applies and line.kind != WATCH]
    unscored = sum(one.points is None for one in brought)
    if all(one.points is None for one in brought):
        return Outcome(tuple(found), tuple(weights), tuple(shares), None, "", unscored)
    total = totals.vetoed(_sum(lines, found, weights, shares, difficulty), vetoes(lines))
    grade = "" if unscored else totals.graded(total, grades, vetoes(lines))
    return Outcome(tuple(found), tuple(weights), tuple(shares), total, grade, unscored)


def _sum(
    lines: Sequence[Line],
    found: Sequence[Scored],
    weights: Sequence[Decimal],
    shares: Sequence[Decimal | None],
    difficulty: Decimal | None,
) -> Decimal:
    """The points of all items; those of a dimension are added first, then weighed by its share. A difficulty counts
    for what is scored by weight, whose base is its full weight; plus and minus points stand beside it."""
    beside = ZERO
    inside: dict[tuple[str, Decimal], Decimal] = {}
    alone: list[tuple[str, Decimal, Decimal]] = []
    for line, one, weight, share in zip(lines, found, weights, shares, strict=True):
        points = one.points or ZERO if line.applies and line.kind != WATCH else ZERO
        if line.kind != SCORED:
            beside += points
        elif share is None:
            alone.append((line.code, points, weight))
        else:
            inside[line.dimension, share] = inside.get((line.dimension, share), ZERO) + points
    items = [*alone, *((name, totals.points(points, share), share) for (name, share), points in inside.items())]
    if difficulty is not None:
        return totals.with_difficulty(items, difficulty, bonus=beside)
    return rounded(sum((points for _name, points, _base in items), beside), totals.PLACES)


def counting(lines: Sequence[Line]) -> list[Decimal]:
    """The weights that count: those of items that do not apply, and what was lowered, went to the others; with two
    levels to the others of their dimension."""
    weights = [ZERO] * len(lines)
    groups: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        groups.setdefault(line.dimension if line.share is not None else "", []).append(place)
    for places in groups.values():
        agreed = [lines[place].terms.weight if lines[place].kind == SCORED else ZERO for place in places]
        applies = [lines[place].applies for place in places]
        lowered = [
            lines[place].lowered if lines[place].applies and lines[place].kind == SCORED else None for place in places
        ]
        held = remedies.weights_held(totals.spread(agreed, applies), lowered)
        for place, weight in zip(places, held, strict=True):
            weights[place] = weight
    return weights


def shares_of(lines: Sequence[Line]) -> list[Decimal | None]:
    """The weight of each item's dimension that counts: a dimension in which nothing applies gave its own away."""
    agreed: dict[str, Decimal] = {}
    applies: dict[str, bool] = {}
    for line in lines:
        if line.share is not None:
            agreed[line.dimension] = line.share
            applies[line.dimension] = applies.get(line.dimension, False) or line.applies
    names = list(agreed)
    counted = totals.spread([agreed[name] for name in names], [applies[name] for name in names])
    held = dict(zip(names, counted, strict=True))
    return [None if line.share is None else held[line.dimension] for line in lines]


def _scored(line: Line, weight: Decimal, emptied: set[str]) -> Scored:
    if not line.applies:
        return Scored(None, why="not_applicable")
    if line.kind == WATCH:
        return Scored(None, why="watched")
    scored = score(replace(line.terms, weight=weight if line.kind == SCORED else ZERO), line.actual)
    if line.code in emptied and scored.points is not None:
        return Scored(ZERO, f"{scored.sum} → 0")
    return scored


def vetoes(lines: Sequence[Line]) -> list[totals.Veto]:
    """The vetoes that were triggered: their value is above 0."""
    broken = [
        line for line in lines if line.kind == VETO and line.applies and line.actual is not None and line.actual > 0
    ]
    found = []
    for line in broken:
        given = checked("veto", line.terms.parameters) if line.terms.method == "veto" else {}
        cap, grade, item = given.get("cap", ZERO), given.get("grade", ""), given.get("item", "")
        found.append(totals.Veto(given.get("effect", "zero"), cap, grade, item))
    return found


@dataclass(frozen=True)
class Dimensioned:
    """A dimension of a scorecard with two levels: its weight as agreed and as it counts, the points inside of it (out
    of 100; None while something is not scored), and what they bring."""

    name: str
    share: Decimal
    counted: Decimal
    inside: Decimal | None
    points: Decimal | None


def dimensions(items: Sequence[tuple[str, Decimal | None, Decimal | None, Decimal | None, bool]]) -> list[Dimensioned]:
    """Of items (dimension, share, share that counts, points, applies), in their order; none with one level."""
    groups: dict[str, list[tuple[Decimal, Decimal, Decimal | None]]] = {}
    for name, share, counted, points, applies in items:
        if share is not None:
            groups.setdefault(name, []).append((share, counted or ZERO, points if applies else ZERO))
    found = []
    for name, many in groups.items():
        share, counted, _points = many[0]
        known = [points for _share, _counted, points in many if points is not None]
        inside = sum(known, ZERO) if len(known) == len(many) else None
        brought = None if inside is None else totals.points(inside, counted)
        found.append(Dimensioned(name, share, counted, inside, brought))
    return found


def weights_add_up(weights: Sequence[Decimal]) -> bool:
    """The weights of the scored items of a card make 100; there may be none at all."""
    return not weights or sum(weights, ZERO) == HUNDRED
