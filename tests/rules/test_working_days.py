"""Working days: weekends, China's public holidays and the weekends that make up for them."""

from datetime import date

import pytest

from tandem.cycles.rules import is_working_day, working_days_later


@pytest.mark.parametrize(
    ("day", "in_china", "elsewhere"),
    [
        (date(2026, 10, 1), False, True),  # National Day, a Thursday
        (date(2026, 10, 10), True, False),  # a Saturday that makes up for it
        (date(2026, 2, 17), False, True),  # Spring Festival
        (date(2026, 9, 12), False, False),  # a usual Saturday
        (date(2026, 9, 14), True, True),
        (date(2040, 10, 1), True, True),  # not published yet: a Monday
        (date(2040, 10, 6), False, False),
    ],
)
def test_which_days_are_worked(day: date, in_china: bool, elsewhere: bool) -> None:
    assert is_working_day(day, "Asia/Shanghai") is in_china
    assert is_working_day(day, "Europe/Berlin") is elsewhere


def test_five_working_days_around_the_national_holiday() -> None:
    assert working_days_later(date(2026, 9, 29), 5, "Asia/Shanghai") == date(2026, 10, 12)
    assert working_days_later(date(2026, 9, 29), 5, "UTC") == date(2026, 10, 6)
    assert working_days_later(date(2026, 9, 29), 0, "UTC") == date(2026, 9, 29)
