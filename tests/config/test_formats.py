"""Dates and numbers in both languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone, translation

from tandem.core import formats

NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (date(2026, 11, 22), "Sun 22 Nov", "11月22日 周日"),
        (date(2026, 1, 5), "Mon 5 Jan", "1月5日 周一"),
        (date(2025, 12, 31), "Wed 31 Dec 2025", "2025年12月31日 周三"),
        (None, "–", "–"),
    ],
)
def test_a_day(value: date | None, english: str, chinese: str) -> None:
    with time_machine.travel(NOW, tick=False):
        assert formats.date(value) == english
        with translation.override("zh-hans"):
            assert formats.date(value) == chinese


def test_a_moment_is_shown_in_the_readers_time_zone() -> None:
    with time_machine.travel(NOW, tick=False), timezone.override("Asia/Shanghai"):
        assert formats.moment(NOW) == "Sun 22 Nov 10:30"
        with translation.override("zh-hans"):
            assert formats.moment(NOW) == "11月22日 周日 10:30"
        late = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
        assert formats.date(late) == "Sun 22 Nov"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (NOW - timedelta(minutes=5), "5 minutes ago", "5分钟前"),
        (NOW - timedelta(days=3), "3 days ago", "3天前"),
        (date(2026, 11, 19), "3 days ago", "3天前"),
        (date(2026, 11, 22), "today", "今天"),
        (NOW - timedelta(seconds=5), "just now", "刚刚"),
        (None, "–", "–"),
    ],
)
def test_ago(value: date | None, english: str, chinese: str) -> None:
    with time_machine.travel(NOW, tick=False):
        assert formats.ago(value) == english
        with translation.override("zh-hans"):
            assert formats.ago(value) == chinese


@pytest.mark.parametrize(
    ("value", "plain", "compact_en", "compact_zh"),
    [
        (120_000_000, "120,000,000", "120M", "1.2亿"),
        (Decimal("1.500000"), "1.5", "1.5", "1.5"),
        (Decimal("45"), "45", "45", "45"),
        (Decimal("-0.25"), "-0.25", "-0.25", "-0.25"),
        (9_999, "9,999", "9,999", "9,999"),
        (12_345, "12,345", "12.3K", "1.2万"),
        (0.1 + 0.2, "0.3", "0.3", "0.3"),
        (0, "0", "0", "0"),
        (None, "–", "–", "–"),
    ],
)
def test_numbers(value: float | None, plain: str, compact_en: str, compact_zh: str) -> None:
    assert formats.number(value) == plain
    assert formats.compact(value) == compact_en
    with translation.override("zh-hans"):
        assert formats.number(value) == plain
        assert formats.compact(value) == compact_zh


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (0.45, 0, "45%"),
        (Decimal("0.455"), 1, "45.5%"),
        (1.2, 0, "120%"),
        (-0.1, 0, "-10%"),
        (12, 0, "1,200%"),
        (None, 0, "–"),
    ],
)
def test_percent(value: float | None, places: int, shown: str) -> None:
    assert formats.percent(value, places) == shown


def test_places_asked_for_are_shown() -> None:
    assert formats.number(Decimal("7"), 1) == "7.0"
    assert formats.number(Decimal("0.66"), 1) == "0.7"
