"""Items of a scorecard: the sum a sheet shows, what stands in place of points, and what is refused at write."""

from decimal import Decimal
from typing import Any

import pytest

from tandem.kpi.rules import methods, parameters, totals
from tandem.kpi.rules.methods import Terms

D = Decimal


def terms(method: str, weight: int = 30, target: int | None = 100, **more: Any) -> Terms:
    return Terms(method, D(weight), None if target is None else D(target), **more)


@pytest.mark.parametrize(
    ("item", "actual", "points", "shown"),
    [
        (terms("ratio"), 93, "27.90", "30 × 93 ÷ 100 = 27.90"),
        (terms("ratio"), 150, "36.00", "30 × min(150 ÷ 100, 1.2) = 36.00"),
        (terms("ratio"), -5, "0.00", "30 × max((−5) ÷ 100, 0) = 0.00"),
        (terms("inverse", 20, 30), 40, "15.00", "20 × 30 ÷ 40 = 15.00"),
        (terms("inverse", 20, 30), 0, "24.00", "20 × 1.2 = 24.00"),
        (terms("mirror", 20, 30), 40, "13.33", "20 × (2 − 40 ÷ 30) = 13.33"),
        (terms("steps", parameters={"tiers": [[100, 100], [90, 90]]}), 95, "27.00", "30 × 90% [95 ≥ 90] = 27.00"),
        (terms("steps", parameters={"tiers": [[100, 100], [90, 90]]}), 80, "0.00", "30 × 0% [80 < 90] = 0.00"),
        (terms("interpolation", floor=D(80), challenge=D(120)), 90, "24.00",
         "30 × 80% [90: 80 → 60%, 100 → 100%, 120 → 120%] = 24.00"),
        (terms("deduction", 10, 98, parameters={"whole": "started"}), 96, "8.00", "10 − 2 × 1 = 8.00"),
        (terms("deduction", 10, 98), 50, "0.00", "max(10 − 48 × 1, 0) = 0.00"),
        (terms("all_or_nothing"), 99, "0.00", "99 < 100 → 0 = 0.00"),
        (terms("plus_minus", 0, 100, parameters={"step": 5, "points": 2, "most_plus": 6}), 111, "4.00",
         "0 + 4 [111 : 100, 5 → 2] = 4.00"),
        (terms("per_event", 15, None, parameters={"per": 5}), 4, "0.00", "max(15 − 4 × 5, 0) = 0.00"),
        (terms("formula", parameters={"expression": "if(A / T >= 90%, 100, A / T * 80)"}), 85, "20.40",
         "30 × 68% [if(85 / 100 >= 90%, 100, 85 / 100 * 80)] = 20.40"),
        (terms("payout", parameters={"nodes": [[80, 50], [100, 100]]}), 90, "22.50",
         "30 × 75% [90: 80 → 50%, 100 → 100%] = 22.50"),
        (terms("range", floor=D(5), challenge=D(7)), 6, "30.00", "6 [5 … 7] → 30 = 30.00"),
        (terms("rating", target=None), 4, "24.00", "30 × 4 ÷ 5 = 24.00"),
        (terms("ratio", most=D(32)), 150, "32.00", "30 × min(150 ÷ 100, 1.2) = 36 → ≤ 32 = 32.00"),
    ],
)  # fmt: skip
def test_the_sum_shows_how(item: Terms, actual: int, points: str, shown: str) -> None:
    found = methods.score(item, D(actual))
    assert (str(found.points), found.sum, found.why) == (points, shown, "")


@pytest.mark.parametrize(
    ("item", "actual", "why"),
    [
        (terms("ratio"), None, "missing"),
        (terms("ratio", target=None), 5, "target_missing"),
        (terms("ratio", target=0), 5, "target_not_positive"),
        (terms("interpolation", target=None), 5, "target_missing"),
        (terms("plus_minus", target=0, parameters={"step": 3, "in_percent": True}), 5, "target_zero"),
        (terms("formula", target=0, parameters={"expression": "A / T"}), 5, "division_by_zero"),
        (terms("formula", parameters={"expression": "A / F"}), 5, "missing"),
    ],
)
def test_what_cannot_be_scored_is_no_zero(item: Terms, actual: int | None, why: str) -> None:
    found = methods.score(item, None if actual is None else D(actual))
    assert (found.points, found.why) == (None, why)


@pytest.mark.parametrize(
    ("method", "raw", "name", "code"),
    [
        ("ratio", {"color": 1}, "color", "unknown"),
        ("ratio", {"most": "much"}, "most", "number"),
        ("ratio", {"most": 10**13}, "most", "number"),
        ("ratio", {"most": "NaN"}, "most", "number"),
        ("ratio", {"most": True}, "most", "number"),
        ("ratio", {"most": 0}, "most", "positive"),
        ("steps", {}, "tiers", "missing"),
        ("steps", {"tiers": [[1, 2, 3]]}, "tiers", "pairs"),
        ("steps", {"tiers": [[1, 2], [1, 3]]}, "tiers", "order"),
        ("payout", {"nodes": "a"}, "nodes", "pairs"),
        ("plus_minus", {"step": 0}, "step", "positive"),
        ("plus_minus", {"step": 1, "in_percent": 1}, "in_percent", "choice"),
        ("deduction", {"whole": "half"}, "whole", "choice"),
        ("formula", {"expression": "A / objective"}, "expression", "unknown_name"),
        ("formula", {"expression": 3}, "expression", "empty"),
    ],
)
def test_parameters_are_refused_by_name(method: str, raw: dict[str, Any], name: str, code: str) -> None:
    with pytest.raises(parameters.BadParameter) as refusal:
        parameters.checked(method, raw)
    assert (refusal.value.name, refusal.value.code) == (name, code)


def test_weight_of_what_does_not_apply_goes_to_the_others() -> None:
    assert totals.spread([D(40), D(30), D(30)], [True, True, False]) == [D(40) * 100 / 70, D(30) * 100 / 70, D(0)]
    assert totals.spread([D(40), D(60)], [False, False]) == [D(0), D(0)]


def test_the_hardest_veto_counts_and_never_lifts() -> None:
    vetoes = [totals.Veto("cap", D(80)), totals.Veto("cap", D(60)), totals.Veto("grade", grade="B")]
    assert totals.vetoed(D(94), vetoes) == D(60)
    assert totals.vetoed(D(-3), [totals.Veto("zero")]) == D(-3)
    bounds = [("A", D(90)), ("B", D(80)), ("C", D(0))]
    assert totals.graded(D(94), bounds, vetoes) == "B"
    assert totals.graded(D(-5), bounds) == "C"
    assert totals.graded(D(94), []) == ""
