"""Two levels: weights inside of dimensions, and of the dimensions."""

from decimal import Decimal
from typing import Any

import pytest

from tandem.kpi.rules import cards, weights
from tandem.kpi.rules.methods import Terms

D = Decimal
GRADES = [("A", D(90)), ("B", D(0))]


def line(dimension: str, weight: int, share: int | None, actual: Any, **fields: Any) -> cards.Line:
    value = None if actual is None else D(actual)
    given = {"dimension": dimension, "share": None if share is None else D(share), **fields}
    return cards.Line("scored", Terms("ratio", D(weight), D(100)), value, **given)


@pytest.mark.parametrize(
    ("rows", "code", "dimension", "left"),
    [
        ([], "sum", "", 100),
        ([("a", 60, None), ("b", 40, None)], "", "", 0),
        ([("a", 60, None), ("b", "39.99", None)], "sum", "", "0.01"),
        ([("a", 99.99, None)], "sum", "", "0.01"),
        ([("a", 70, 40), ("a", 30, 40), ("b", 100, 60)], "", "", 0),
        ([("a", 70, 40), ("a", 30, 40), ("b", 100, None)], "mixed", "b", 0),
        ([("a", 70, 40), ("a", 30, 50), ("b", 100, 60)], "differ", "a", 0),
        ([("a", 100, 40), ("b", 100, "59.99")], "dimensions", "", "0.01"),
        ([("a", 100, 40), ("b", "99.99", 60)], "inside", "b", "0.01"),
        ([("a", 100, 40), ("b", 101, 60)], "inside", "b", -1),
    ],
)
def test_both_levels_add_to_100(rows: Any, code: str, dimension: str, left: Any) -> None:
    given = [(name, D(str(weight)), None if share is None else D(str(share))) for name, weight, share in rows]
    assert weights.fault(given) == (code, dimension, D(str(left)))


def test_points_are_added_inside_and_then_weighed() -> None:
    found = cards.outcome(
        [line("finance", 70, 40, 80), line("finance", 30, 40, 100), line("customer", 100, 60, 90)], GRADES
    )
    assert [one.points for one in found.lines] == [D(56), D(30), D(90)]
    assert (found.total, found.grade) == (D("88.40"), "B")


def test_what_does_not_apply_stays_in_its_dimension_and_an_empty_one_gives_all_away() -> None:
    lines = [line("a", 70, 40, 100, applies=False), line("a", 30, 40, 50), line("b", 100, 60, 100)]
    found = cards.outcome(lines, GRADES)
    assert (found.weights, found.shares, found.total) == ((0, 100, 100), (40, 40, 60), D("80.00"))
    lines[1] = line("a", 30, 40, None, applies=False)
    found = cards.outcome(lines, GRADES)
    assert (found.shares, found.total, found.unscored) == ((0, 0, 100), D("100.00"), 0)


def test_a_lowered_weight_is_shared_inside_of_the_dimension() -> None:
    lines = [line("a", 70, 40, 0, lowered=D(20)), line("a", 30, 40, 100), line("b", 100, 60, 100)]
    found = cards.outcome(lines, GRADES)
    assert (found.weights, found.total) == ((20, 80, 100), D("92.00"))


def test_plus_points_and_vetoes_stand_beside_the_dimensions() -> None:
    extra = cards.Line("plus_minus", Terms("plus_minus", D(0), D(0), parameters={"base": 0, "step": 1}), D(3))
    veto = cards.Line("veto", Terms("veto", D(0), parameters={"effect": "cap", "cap": 60}), D(1))
    lines = [line("a", 100, 40, 100), line("b", 100, 60, 100)]
    assert cards.outcome([*lines, extra], GRADES).total == D(103)
    assert cards.outcome([*lines, extra, veto], GRADES).total == D(60)


def test_the_dimensions_as_the_sheet_tells_them() -> None:
    rows = [("a", D(40), D(40), D(56), True), ("a", D(40), D(40), D(30), True), ("b", D(60), D(60), None, True),
            ("c", None, None, D(1), True)]  # fmt: skip
    assert cards.dimensions(rows) == [
        cards.Dimensioned("a", D(40), D(40), D(86), D("34.40")),
        cards.Dimensioned("b", D(60), D(60), None, None),
    ]
