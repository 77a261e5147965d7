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
    """An item to be scored. `terms.weight` is what was agreed; `applies` False gives it away, `lowered` a part."""

    kind: str
    terms: Terms
    actual: Decimal | None
    applies: bool = True
    code: str = ""
    lowered: Decimal | None = None


@dataclass(frozen=True)
class Outcome:
    """What a scorecard comes to. `weights` are what counted after some were given away; `total` is None as long as
    nothing is scored; `unscored` counts items that count and have no points."""

    lines: tuple[Scored, ...]
    weights: tuple[Decimal, ...]
    total: Decimal | None
    grade: str
    unscored: int


def outcome(lines: Sequence[Line], grades: Sequence[tuple[str, Decimal]]) -> Outcome:
    """Every item scored, summed, graded. Watched items and those that do not apply bring nothing and miss nothing."""
    weights = counting(lines)
    emptied = {veto.item for veto in vetoes(lines) if veto.effect == "item"}
    found = [_scored(line, weight, emptied) for line, weight in zip(lines, weights, strict=True)]
    brought = [one for one, line in zip(found, lines, strict=True) if line.applies and line.kind != WATCH]
    unscored = sum(one.points is None for one in brought)
    known = [one.points for one in brought if one.points is not None]
    if not known:
        return Outcome(tuple(found), tuple(weights), None, "", unscored)
    total = totals.vetoed(rounded(sum(known, ZERO), totals.PLACES), vetoes(lines))
    grade = "" if unscored else totals.graded(total, grades, vetoes(lines))
    return Outcome(tuple(found), tuple(weights), total, grade, unscored)


def counting(lines: Sequence[Line]) -> list[Decimal]:
    """The weights that count: those of items that do not apply, and what was lowered, went to the others."""
    agreed = [line.terms.weight if line.kind == SCORED else ZERO for line in lines]
    lowered = [line.lowered if line.applies and line.kind == SCORED else None for line in lines]
    return remedies.weights_held(totals.spread(agreed, [line.applies for line in lines]), lowered)


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


def weights_add_up(weights: Sequence[Decimal]) -> bool:
    """The weights of the scored items of a card make 100; there may be none at all."""
    return not weights or sum(weights, ZERO) == HUNDRED
