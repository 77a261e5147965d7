"""cycles/rules.py: spans and names, time gone, the rhythm of check-ins, phases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.cycles import rules

D = Decimal

days = st.dates(date(2000, 1, 1), date(2080, 12, 31))
kinds = st.sampled_from(sorted(rules.MONTHS))
months = st.integers(1, 12)
FRIDAY = 4


@pytest.mark.parametrize(
    ("kind", "on", "first_month", "name", "start", "end"),
    [
        ("quarter", "2026-11-22", 1, "2026 Q4", "2026-10-01", "2026-12-31"),
        ("quarter", "2027-01-31", 4, "2026 Q4", "2027-01-01", "2027-03-31"),
        ("year", "2026-02-28", 1, "2026", "2026-01-01", "2026-12-31"),
        ("year", "2027-02-28", 7, "FY 2026", "2026-07-01", "2027-06-30"),
        ("half", "2026-08-01", 1, "2026 H2", "2026-07-01", "2026-12-31"),
        ("two_months", "2026-04-30", 1, "2026 B2", "2026-03-01", "2026-04-30"),
        ("month", "2028-02-29", 1, "2028-02", "2028-02-01", "2028-02-29"),
    ],
)
def test_a_days_cycle(kind: str, on: str, first_month: int, name: str, start: str, end: str) -> None:
    found = rules.span(kind, date.fromisoformat(on), first_month)
    assert (found.name, found.start, found.end) == (name, date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("xxxx Qzz", "2026 Q3"),
        ("FY xxxx-Qzz", "FY 2026-Q3"),
        ("GJ xx/yy-Qzz", "GJ 26/27-Q3"),
        ("第zz季度 yyyy", "第3季度 2027"),
    ],
)
def test_quarters_are_called_as_the_company_calls_them(pattern: str, name: str) -> None:
    assert rules.quarter_label(pattern, 2026, 3) == name


@given(kinds, days, months)
def test_cycles_of_a_kind_cover_time_without_gap_or_overlap(kind: str, on: date, first_month: int) -> None:
    span = rules.span(kind, on, first_month)
    assert span.start <= on <= span.end
    after = rules.following(kind, span.end, first_month)
    assert after.start == span.end + timedelta(days=1)
    assert rules.span(kind, span.start, first_month) == rules.span(kind, span.end, first_month) == span
    assert span.start == rules.add_months(after.start, -rules.MONTHS[kind])


@given(kinds, days)
def test_the_next_is_prepared_in_the_first_month_only(kind: str, on: date) -> None:
    start = rules.span(kind, on).start
    assert rules.prepares_next(kind, start, on) == ((on.year, on.month) == (start.year, start.month))


@pytest.mark.parametrize("kind", ["custom", "backlog"])
def test_what_has_no_length_prepares_nothing(kind: str) -> None:
    assert not rules.prepares_next(kind, date(2026, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("start", "end", "on", "gone"),
    [
        ("2026-07-01", "2026-09-30", "2026-07-01", "0"),
        ("2026-07-01", "2026-09-30", "2026-09-30", "1"),
        ("2026-07-01", "2026-09-30", "2026-06-01", "0"),
        ("2026-07-01", "2026-09-30", "2027-06-01", "1"),
        ("2026-01-01", "2026-01-05", "2026-01-02", "0.25"),
        ("2026-01-01", "2026-01-01", "2025-12-31", "0"),
        ("2026-01-01", "2026-01-01", "2026-01-01", "1"),
    ],
)
def test_time_gone(start: str, end: str, on: str, gone: str) -> None:
    assert rules.elapsed(*(date.fromisoformat(one) for one in (start, end, on))) == D(gone)


def test_the_backlog_has_no_time() -> None:
    assert rules.elapsed(None, None, date(2026, 1, 1)) == 0


@pytest.mark.parametrize(
    ("start", "today", "rhythm", "weekday", "due"),
    [
        ("2026-10-01", "2026-09-01", "weekly", FRIDAY, "2026-10-02"),
        ("2026-10-01", "2026-10-14", "weekly", FRIDAY, "2026-10-16"),
        ("2026-10-01", "2026-10-16", "biweekly", FRIDAY, "2026-10-16"),
        ("2026-10-01", "2026-10-14", "weekly", 2, "2026-10-14"),
        ("2026-10-01", "2026-10-01", "monthly", FRIDAY, "2026-10-01"),
        ("2026-10-01", "2026-10-14", "monthly", FRIDAY, "2026-11-01"),
    ],
)
def test_the_first_check_in_day(start: str, today: str, rhythm: str, weekday: int, due: str) -> None:
    found = rules.first_due(date.fromisoformat(start), date.fromisoformat(today), rhythm, weekday)
    assert found == date.fromisoformat(due)


@given(days, st.integers(-400, 400), st.sampled_from(sorted(rules.EARLY_DAYS)))
def test_the_next_check_in_day(due: date, later: int, rhythm: str) -> None:
    on = due + timedelta(days=later)
    after = rules.next_due(due, on, rhythm)
    if later < -rules.EARLY_DAYS[rhythm]:
        assert after == due
    else:
        assert after > max(due, on)
    if rhythm != "monthly":
        assert after.weekday() == due.weekday()
        assert (after - due).days % (14 if rhythm == "biweekly" else 7) == 0


@pytest.mark.parametrize(
    ("due", "today", "stale"),
    [(None, "2026-10-30", False), ("2026-10-16", "2026-10-19", False), ("2026-10-16", "2026-10-20", True)],
)
def test_stale_is_more_than_three_days_overdue(due: str | None, today: str, stale: bool) -> None:
    assert rules.is_stale(date.fromisoformat(due) if due else None, date.fromisoformat(today)) is stale


@given(days, st.integers(0, 400))
def test_phases_are_planned_in_order(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    planned = rules.planned_phases(start, end)
    assert tuple(planned) == rules.PHASES
    assert list(planned.values()) == sorted(planned.values())
    assert planned["plan"] < start <= planned["run"] <= planned["review"] <= end < planned["closed"]


@given(days, st.integers(-120, 120))
def test_months_are_counted_by_the_calendar(day: date, step: int) -> None:
    moved = rules.add_months(day, step)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == step
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
