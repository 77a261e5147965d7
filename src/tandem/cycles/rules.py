"""Cycles and days: spans, labels, phases, check-in rhythm. Pure functions, no Django."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import chinese_calendar

MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "half": 6, "year": 12}
PHASES = ("plan", "agree", "run", "review", "closed")
EARLY_DAYS = {"weekly": 1, "biweekly": 1, "monthly": 7}
GRACE_DAYS = 3
IN_CHINA = frozenset({
    "Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "Asia/Kashgar", "PRC",
})  # fmt: skip
"""Companies that live by these time zones work by the calendar of China's mainland."""


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Span:
    """A cycle's place in the calendar: first and last day, and the name people call it."""

    kind: str
    start: date
    end: date
    name: str


def span(kind: str, day: date, fiscal_year_start: int = 1, quarter_name: str = "xxxx Qzz") -> Span:
    """The cycle of this kind that contains `day`, in years that begin in month `fiscal_year_start`.

    `quarter_name` is the company's pattern: xxxx (or xx) is the year the fiscal year begins in, yyyy
    (or yy) the one after, zz the quarter. "FY xxxx-Qzz" makes FY 2027-Q1 of 2027-04-01 where the
    year starts in April.
    """
    length = MONTHS[kind]
    into_year = (day.month - fiscal_year_start) % 12
    year_start = add_months(date(day.year, day.month, 1), -into_year)
    index = into_year // length
    start = add_months(year_start, index * length)
    end = add_months(start, length) - timedelta(days=1)
    if kind == "quarter":
        name = quarter_label(quarter_name, year_start.year, index + 1)
    else:
        name = _label(kind, start, year_start, index, fiscal_year_start)
    return Span(kind, start, end, name)


def quarter_label(pattern: str, year: int, quarter: int) -> str:
    """The name of a quarter by the company's pattern (see `span`)."""
    values = {
        "xxxx": f"{year}",
        "yyyy": f"{year + 1}",
        "xx": f"{year % 100:02d}",
        "yy": f"{(year + 1) % 100:02d}",
        "zz": f"{quarter}",
    }
    return re.sub("xxxx|yyyy|xx|yy|zz", lambda place: values[place.group()], pattern)


def _label(kind: str, start: date, year_start: date, index: int, fiscal_year_start: int) -> str:
    year = f"{year_start.year}" if fiscal_year_start == 1 else f"FY {year_start.year}"
    if kind == "year":
        return year
    if kind == "month":
        return f"{start.year}-{start.month:02d}"
    letter = {"two_months": "B", "half": "H"}[kind]
    return f"{year} {letter}{index + 1}"


def following(kind: str, end: date, fiscal_year_start: int = 1, quarter_name: str = "xxxx Qzz") -> Span:
    """The cycle of this kind that begins after `end`."""
    return span(kind, end + timedelta(days=1), fiscal_year_start, quarter_name)


def prepares_next(kind: str, start: date, today: date) -> bool:
    """Is it time to prepare the next cycle? From the first month of the running one (once is enough)."""
    return kind in MONTHS and start <= today < add_months(start, 1)


def elapsed(start: date | None, end: date | None, today: date) -> Decimal:
    """Expected progress: elapsed days ÷ length, the first day 0, the last day 1, clamped to 0…1."""
    if start is None or end is None:
        return Decimal(0)
    if end <= start:
        return Decimal(1) if today >= end else Decimal(0)
    share = Decimal((today - start).days) / Decimal((end - start).days)
    return max(Decimal(0), min(Decimal(1), share))


def first_due(start: date, today: date, rhythm: str, weekday: int) -> date:
    """The first check-in day on or after both the cycle's start and today."""
    day = max(start, today)
    if rhythm == "monthly":
        return day if day.day == 1 else add_months(day.replace(day=1), 1)
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def next_due(due: date, checked_in: date, rhythm: str = "weekly") -> date:
    """When the next check-in is due after one on `checked_in`, the running one being due on `due`.

    Up to one day early (monthly: seven) counts as this one; earlier does not move it; a late one
    jumps to the next day of the rhythm that lies after it.
    """
    if checked_in < due - timedelta(days=EARLY_DAYS[rhythm]):
        return due
    following_due = _step(due, rhythm)
    while following_due <= checked_in:
        following_due = _step(following_due, rhythm)
    return following_due


def _step(due: date, rhythm: str) -> date:
    if rhythm == "monthly":
        return add_months(due, 1)
    return due + timedelta(days=14 if rhythm == "biweekly" else 7)


def is_stale(due: date | None, today: date) -> bool:
    """More than three days overdue."""
    return due is not None and today > due + timedelta(days=GRACE_DAYS)


def planned_phases(start: date, end: date) -> dict[str, date]:
    """When each phase of a cycle should begin, unless somebody plans otherwise.

    Drafting begins three weeks before the first day; hands are shaken in the first week; review is
    the last week; the books close two weeks after the end. Short cycles squeeze, never overlap.
    """
    week = timedelta(days=7)
    run = min(start + week, end)
    review = max(run, end - week + timedelta(days=1))
    return {
        "plan": start - 3 * week,
        "agree": start,
        "run": run,
        "review": review,
        "closed": end + 2 * week,
    }


def kind_of(start: date, end: date) -> str:
    """The kind of a cycle by its length in whole months; "custom" when it does not fit any."""
    for kind, months in MONTHS.items():
        if start.day == 1 and add_months(start, months) - timedelta(days=1) == end:
            return kind
    return "custom"


def phase_on(start: date, end: date, today: date) -> str:
    """The phase of a cycle that nobody said anything about: drafting, running, or in review when it is over."""
    if today < start:
        return "plan"
    return "run" if today <= end else "review"


def is_working_day(day: date, timezone: str) -> bool:
    """Monday to Friday; in China by the state's calendar: no public holidays, and the weekends that make up for them.

    That calendar is published in autumn for the year that follows. For years it does not cover, weekdays count.
    """
    if timezone in IN_CHINA:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            pass
    return day.weekday() < 5


def working_days_later(day: date, count: int, timezone: str) -> date:
    """The last of `count` working days that begin after `day` (0: the day itself)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, timezone)
    return day
