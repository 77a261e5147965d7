"""What follows from a scorecard's figures: points, total and grade, computed anew and stored."""

from collections.abc import Sequence
from decimal import Decimal

from tandem.core.bulk import chunks, update_rows
from tandem.core.numbers import ZERO, rounded
from tandem.kpi.models import Round, Scorecard, ScorecardItem
from tandem.kpi.rules import cards, totals
from tandem.kpi.rules.methods import Terms
from tandem.kpi.rules.remedies import number

_SCORED = ["points", "sum", "why", "counted", "share_counted"]


def terms_of(item: ScorecardItem) -> Terms:
    held = item.holding
    lower, parameters = bool(item.terms.get("lower_better")), item.terms.get("parameters") or {}
    return Terms(
        item.method, item.weight, held.target, held.floor, held.challenge, lower, parameters,
        number(item.terms.get("least")), number(item.terms.get("most")),
    )  # fmt: skip


def line_of(item: ScorecardItem) -> cards.Line:
    """The item as the rules take it."""
    lowered = item.holding.weight if "weight" in item.eased else None
    return cards.Line(
        item.kind, terms_of(item), item.actual, item.applies, item.code, lowered, item.dimension, item.share
    )


def grades_of(one: Round) -> list[tuple[str, Decimal]]:
    return [(str(name), Decimal(str(bound))) for name, bound in one.grades]


def rescore(card: Scorecard) -> None:
    """Compute every item, the total and the grade, and store the items. The caller saves the card."""
    rows = list(card.items.all())
    _score(card, rows)
    update_rows(rows, _SCORED)


def rescore_many(one: Round, many: Sequence[Scorecard]) -> None:
    """The same for many scorecards of a round, stored in batches."""
    for batch in chunks(many):
        items: dict[int, list[ScorecardItem]] = {card.pk: [] for card in batch}
        for item in ScorecardItem.objects.filter(scorecard__in=list(items)):
            items[item.scorecard_id].append(item)
        for card in batch:
            card.round = one
            _score(card, items[card.pk])
        update_rows([item for rows in items.values() for item in rows], _SCORED)
        update_rows(batch, ["total", "unscored", "result", "grade"])


def _score(card: Scorecard, rows: list[ScorecardItem]) -> None:
    lines = [line_of(one) for one in rows]
    found = cards.outcome(lines, grades_of(card.round), card.difficulty)
    for item, scored, weight, share in zip(rows, found.lines, found.weights, found.shares, strict=True):
        item.points, item.sum, item.why = scored.points, scored.sum[:400], scored.why
        item.counted, item.share_counted = rounded(weight, 3), share and rounded(share, 3)
    card.total, card.unscored = found.total, found.unscored
    settle(card, found.grade)


def differs(card: Scorecard, rows: list[ScorecardItem]) -> bool:
    """Does anything stored on the scorecard or its items differ from what its figures come to? The rows are not saved,
    and no more to be used. What calibration or an appeal decided is not looked at."""
    stored = _figures(rows)
    before = (card.total, card.unscored)
    _score(card, rows)
    return stored != _figures(rows) or before != (card.total, card.unscored)


def _figures(rows: list[ScorecardItem]) -> list[tuple[object, ...]]:
    return [(one.points, one.sum, one.why, one.counted) for one in rows]


def settle(card: Scorecard, grade: str | None = None) -> None:
    """The result: the total with what calibration added; its grade, unless a veto already said one."""
    if card.total is None:
        card.result, card.grade = None, ""
        return
    card.result = over_parts(card, card.total) + (card.adjustment or ZERO)
    is_plain = not card.adjustment and not card.parts
    card.grade = grade if grade is not None and is_plain else grade_for(card, card.result)


def over_parts(card: Scorecard, total: Decimal) -> Decimal:
    """The total, weighed by days with the parts of the period that were served elsewhere."""
    if not card.parts:
        return total
    served = [(Decimal(one["score"]), Decimal(one["days"])) for one in card.parts]
    own = days_of(card.round) - sum((days for _score, days in served), ZERO)
    return totals.prorated([(total, own), *served]) or ZERO


def days_of(one: Round) -> Decimal:
    """Of the round's cycle, both ends counted."""
    start, end = one.cycle.start, one.cycle.end
    return Decimal((end - start).days + 1) if start is not None and end is not None else ZERO


def grade_for(card: Scorecard, result: Decimal) -> str:
    """The grade of a result, held down by the vetoes that were triggered; "" while something is not scored."""
    if card.unscored:
        return ""
    lines = [line_of(one) for one in card.items.all()]
    return totals.graded(result, grades_of(card.round), cards.vetoes(lines))


def mixed_marks(item: ScorecardItem, mix: dict[str, str]) -> Decimal | None:
    """One mark of all assessors: those of a role count as their mean, roles by their weights."""
    by_role: dict[str, list[Decimal]] = {}
    for mark in item.marks.all():
        by_role.setdefault(mark.role, []).append(mark.value)
    means: dict[str, Decimal | None] = {role: sum(many, ZERO) / len(many) for role, many in by_role.items()}
    return totals.mixed(means, {role: Decimal(str(weight)) for role, weight in mix.items()})
