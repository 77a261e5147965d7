"""okr/rules.py: pace, the one status shown, confidence, scores and bands, the value that counts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.okr import rules
from tandem.okr.rules import Entry

D = Decimal

FIRST = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("share", "expected", "verdict"),
    [
        ("0.45", "0.5", "on_track"),
        ("0.44", "0.5", "at_risk"),
        ("0.30", "0.5", "at_risk"),
        ("0.29", "0.5", "off_track"),
        ("-0.2", "0.5", "off_track"),
        ("1.5", "1", "on_track"),
        ("0", "0.1", "off_track"),
        ("0", "0.09", None),
        (None, "0.9", None),
    ],
)
def test_pace(share: str | None, expected: str, verdict: str | None) -> None:
    assert rules.pace(None if share is None else D(share), D(expected)) == verdict


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"outcome": "dropped", "stale": True, "reported": "on_track"}, "dropped"),
        ({"stale": True, "reported": "on_track", "paced": "on_track"}, "stale"),
        ({"stale": True, "checked_in": False}, "stale"),
        ({"checked_in": False, "paced": "on_track"}, "pending"),
        ({"reported": "off_track", "paced": "on_track"}, "off_track"),
        ({"paced": "at_risk"}, "at_risk"),
        ({}, "pending"),
    ],
)
def test_closing_then_stale_then_reported_then_pace(facts: dict[str, object], shown: str) -> None:
    assert rules.status(**facts) == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reports", "whole"),
    [
        ([], ""),
        ([("", "1")], ""),
        ([("on_track", "1"), ("", "9")], "on_track"),
        ([("on_track", "1"), ("at_risk", "1")], "on_track"),
        ([("on_track", "1"), ("off_track", "1")], "at_risk"),
        ([("on_track", "1"), ("off_track", "3")], "off_track"),
        ([("on_track", "0"), ("off_track", "0")], "at_risk"),
    ],
)
def test_an_objectives_report_is_the_weighted_middle(reports: list[tuple[str, str]], whole: str) -> None:
    assert rules.combined((word, D(weight)) for word, weight in reports) == whole


@pytest.mark.parametrize(
    ("before", "after", "needed"),
    [(8, 5, True), (8, 6, False), (5, 2, True), (None, 2, True), (None, 3, False), (3, None, False), (2, 9, False)],
)
def test_a_fall_by_three_asks_for_a_word(before: int | None, after: int | None, needed: bool) -> None:
    assert rules.reason_needed(before, after) is needed


@pytest.mark.parametrize("value", [0, 5, 10])
def test_confidence_is_a_whole_number_to_ten(value: object) -> None:
    assert rules.valid_confidence(value)


@pytest.mark.parametrize("value", [-1, 11, 5.0, "5", True, None])
def test_nothing_else_is_a_confidence(value: object) -> None:
    assert not rules.valid_confidence(value)


@pytest.mark.parametrize(
    ("score", "aspirational", "committed"),
    [
        ("0.34", "red", "red"),
        ("0.35", "yellow", "red"),
        ("0.64", "yellow", "red"),
        ("0.65", "green", "yellow"),
        ("0.94", "green", "yellow"),
        ("0.95", "green", "green"),
        ("1", "green", "green"),
    ],
)
def test_bands_are_of_the_rounded_score(score: str, aspirational: str, committed: str) -> None:
    assert rules.band(D(score)) == aspirational
    assert rules.band(D(score), "committed") == committed


@pytest.mark.parametrize(
    ("share", "score"), [(None, None), ("-0.4", "0.0"), ("0.45", "0.5"), ("0.449", "0.4"), ("3", "1.0")]
)
def test_the_proposed_score_is_capped_progress_half_up(share: str | None, score: str | None) -> None:
    assert rules.proposed_score(None if share is None else D(share)) == (None if score is None else D(score))


def test_an_objectives_score_is_the_weighted_mean() -> None:
    assert rules.objective_score([(D("0.7"), D(1)), (D("0.4"), D(1)), (None, D(5))]) == D("0.6")
    assert rules.objective_score([(None, D(1))]) is None


entries = st.lists(
    st.builds(
        Entry,
        st.integers(0, 9).map(lambda days: FIRST + timedelta(days=days)),
        st.integers(0, 1000),
        st.none() | st.decimals(0, 100, places=1),
    ),
    max_size=8,
    unique_by=lambda one: one.written,
)


@given(entries, st.randoms())
def test_the_value_that_counts_does_not_depend_on_the_order_of_rows(rows: list[Entry], chance: object) -> None:
    mixed = sorted(rows, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    assert rules.current_value(D(1), None, mixed) == rules.current_value(D(1), None, rows)


@given(entries)
def test_the_series_ends_at_the_value_that_counts(rows: list[Entry]) -> None:
    days = [FIRST + timedelta(days=place) for place in range(10)]
    values = rules.series(rows, days)
    known = [one for one in rows if one.value is not None]
    assert values[-1] == rules.current_value(None, None, rows)
    first = min((one.on for one in known), default=None)
    assert all((value is None) == (first is None or day < first) for day, value in zip(days, values, strict=True))


def test_a_late_entry_belongs_to_its_date_and_a_days_last_word_counts() -> None:
    monday, friday = date(2026, 10, 5), date(2026, 10, 9)
    rows = [Entry(friday, 1, D(40)), Entry(monday, 2, D(10)), Entry(friday, 3, D(42))]
    assert rules.current_value(D(0), None, rows) == D(42)
    assert rules.series(rows, [monday, friday]) == [D(10), D(42)]
    assert rules.current_value(D(0), D(7), []) == D(7)
    assert rules.current_value(D(0), None, []) == D(0)
    assert rules.newest([]) is None
