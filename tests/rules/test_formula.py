"""The formula language: what it computes, what it refuses, and that no text whatever gets out of it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kpi.rules import formula
from tandem.kpi.rules.formula import Fault, Formula

NAMES = ("A", "T", "销售额", "qa-01.cov")
NUMBERS = {"A": Decimal(85), "T": Decimal(100), "销售额": Decimal("1.5"), "qa-01.cov": Decimal(-2)}


def run(text: str, inputs: dict[str, Decimal | None] | None = None) -> Decimal | Fault:
    read = formula.read(text, NAMES)
    return read if isinstance(read, Fault) else formula.calculate(read, inputs or dict(NUMBERS))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 - 2 - 1", "4"),
        ("8 / 2 / 2", "2"),
        ("-A + +T", "15"),
        ("2 * -3", "-6"),
        ("90%", "0.9"),
        (".5 + 1.", "1.5"),
        ("[qa-01.cov] * 销售额", "-3.0"),
        ("min(A, T, 3)", "3"),
        ("MAX(A, T)", "100"),
        ("abs([qa-01.cov])", "2"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(2 / 3, 2)", "0.67"),
        ("if(A / T >= 90%, 100, A / T * 80)", "68.00"),
        ("if A >= T then 1 else 2", "2"),
        ("if (A) + 20 > T then 1 else 2", "1"),
        ("1 if A = 85 else 2", "1"),
        ("if(A > T, 1, if(A > 80, 2, 3))", "2"),
        ("if(not A = T and A != 3 or false, 1, 2)", "1"),
        ("if(false and 1 / 0 > 1, 1, 2)", "2"),
        ("if(true or 1 / 0 > 1, 1, 2)", "1"),
        ("if(T = 0, 0, A / T)", "0.85"),
        ("（A＋T）÷ 2 × 3", "277.5"),
        ("if(A ≥ T，1，2)", "2"),
    ],
)
def test_what_it_computes(text: str, value: str) -> None:
    assert run(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("1 +", "expected", 3),
        ("1 2", "expected", 2),
        ("(1", "expected", 2),
        ("min()", "expected", 4),
        ("abs(1, 2)", "arguments", 0),
        ("round(1, 2, 3)", "arguments", 0),
        ("1 < 2 < 3", "chain", 6),
        ("x + 1", "unknown_name", 0),
        ("A.__class__", "character", 1),
        ("__import__", "unknown_name", 0),
        ("A ** 2", "expected", 3),
        ("'a'", "character", 0),
        ("1 / (A - 85)", "division_by_zero", 2),
        ("1 + (A > T)", "kinds", 7),
        ("A > T", "kinds", 2),
        ("if(A, 1, 2)", "kinds", 3),
        ("round(1, A)", "places", 0),
        ("round(1, 0.5)", "places", 0),
        ("1" * 40, "too_large", 0),
        ("1 + " * 600 + "1", "too_long", 2000),
        ("1+" * 300 + "1", "too_deep", 199),
        ("(" * 40 + "1" + ")" * 40, "too_deep", 24),
        ("-" * 40 + "1", "too_deep", 23),
        ("min(" + ",".join(["1"] * 500) + ")", "too_large", 804),
        ("*".join(["100000000000000000000"] * 3), "not_finite", 21),
    ],
)
def test_what_it_refuses_and_where(text: str, code: str, at: int) -> None:
    found = run(text)
    assert isinstance(found, Fault)
    assert (found.code, found.at) == (code, at)


def test_what_is_missing_is_no_zero() -> None:
    assert run("A + T", {"A": Decimal(1), "T": None}) == Fault("missing", 4, "T")
    assert run("A + T", {"A": Decimal(1)}) == Fault("missing", 4, "T")
    assert run("if(A > 0, A, T)", {"A": Decimal(1)}) == Decimal(1)
    assert run("A", {"A": Decimal("Infinity")}) == Fault("not_finite", 0, "A")


def test_it_says_which_names_it_uses_and_shows_their_numbers() -> None:
    read = formula.read("[qa-01.cov] * 2 + A - T", NAMES)
    assert isinstance(read, Formula)
    assert read.names == ("qa-01.cov", "A", "T")
    assert formula.with_numbers(read, {"A": Decimal("85.50"), "qa-01.cov": Decimal(3)}) == "3 * 2 + 85.5 - –"


WORDS = st.sampled_from([
    "A", "T", "1", "0", "2.5", "90%", "+", "-", "*", "/", "(", ")", ",", "<", "=", "and", "or", "not", "if", "then",
    "else", "min(", "max(", "round(", "abs(", "if(", "[qa-01.cov]", "true", "x", "销售额", " ", "[", "9" * 24,
])  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS).map("".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_ends_in_a_number_or_a_fault(text: str) -> None:
    found = run(text)
    if isinstance(found, Fault):
        assert found.code
        assert 0 <= found.at <= max(len(text), 2000)
    else:
        assert found.is_finite()
        assert abs(found) <= formula.LARGEST
