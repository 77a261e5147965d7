"""core/numbers.py: what is a number, and how it is rounded, weighed and printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.core import numbers
from tandem.core.errors import Invalid

D = Decimal


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (3, "3"),
        (0.1, "0.1"),
        (" 1,234,567.5 ", "1234567.5"),
        ("12，000", "12000"),
        ("-1,000", "-1000"),
        ("１２", "12"),
        ("1e3", "1000"),
        (D("2.50"), "2.5"),
        (-0.000001, "-0.000001"),
        (999_999_999_999, "999999999999"),
    ],
)
def test_a_number(raw: object, value: str) -> None:
    assert numbers.parse_number(raw, "value") == D(value)


@pytest.mark.parametrize(
    "raw",
    [
        "", "many", None, True, [], {}, b"1", "NaN", float("nan"), float("inf"), "-Infinity", "sNaN", 10**12, "-1e12",
        "1e400", "1e-400", "0.0000001", "123456789.1234567",
        pytest.param(10**5000, id="endless"),
        "1,5", "12,34", "1,2345", "1.2.3", "0x10", "--1",
    ],
)  # fmt: skip
def test_not_a_number(raw: object) -> None:
    with pytest.raises(Invalid) as refusal:
        numbers.parse_number(raw, "target")
    assert refusal.value.field == "target"


@given(st.decimals(-(10**8), 10**8, places=6))
def test_what_is_printed_reads_back(value: D) -> None:
    assert numbers.parse_number(value, "value") == value
    assert numbers.parse_number(str(value), "value") == value
    assert numbers.parse_number(numbers.plain(value), "value") == value


@pytest.mark.parametrize(
    ("value", "places", "result"), [("0.25", 1, "0.3"), ("-0.25", 1, "-0.3"), ("2.5", 0, "3"), ("1.005", 2, "1.01")]
)
def test_half_is_rounded_up(value: str, places: int, result: str) -> None:
    assert numbers.rounded(D(value), places) == D(result)


@given(st.decimals(-5, 5, places=3))
def test_held_within(value: D) -> None:
    held = numbers.clamp(value)
    assert 0 <= held <= 1
    assert held == value or value < 0 or value > 1


def test_whole_numbers_have_no_point() -> None:
    assert repr(numbers.plain(D("3.000"))) == "3"
    assert repr(numbers.plain(D("3.500"))) == "3.5"
    assert repr(numbers.plain(D("-0"))) == "0"
