"""Dates and numbers as the reader's language writes them: 11月22日 周日 · Sun 22 Nov, 1.2亿 · 120M."""

from collections.abc import Iterable
from datetime import date as Date  # noqa: N812 - the filter of this name is below
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from tandem.core.clock import now, today

Number = int | float | Decimal
DASH = "–"
_DAY = {"zh": "M月d日 EEE", "en": "EEE d MMM"}
_DAY_OF_YEAR = {"zh": "y年M月d日 EEE", "en": "EEE d MMM y"}
_LONGEST = 6  # decimals that Tandem keeps


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(to_locale(language))


def reader_locale() -> Locale:
    return _locale(get_language() or "en")


def date(value: Date | datetime | None, *, year: bool | None = None) -> str:
    """`Sun 22 Nov`; with the year when it is not this one (or as `year` says). None is a dash."""
    if value is None:
        return DASH
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    shown = day.year != today().year if year is None else year
    locale = reader_locale()
    patterns = _DAY_OF_YEAR if shown else _DAY
    return format_date(day, patterns.get(locale.language, "medium"), locale)


def moment(value: datetime | None) -> str:
    """`Sun 22 Nov 10:32`, in the reader's time zone."""
    if value is None:
        return DASH
    local = timezone.localtime(value)
    return f"{date(local)} {format_datetime(local, 'HH:mm', locale=reader_locale())}"


def clock(value: datetime | None) -> str:
    """`10:32`, in the reader's time zone."""
    if value is None:
        return DASH
    return format_datetime(timezone.localtime(value), "HH:mm", locale=reader_locale())


def ago(value: Date | datetime | None) -> str:
    """`3 days ago`; days count by the calendar, moments by the clock; `today`, `just now`."""
    if value is None:
        return DASH
    passed: timedelta = value - now() if isinstance(value, datetime) else value - today()
    if abs(passed) < timedelta(minutes=1):
        return _("just now") if isinstance(value, datetime) else _("today")
    return format_timedelta(passed, threshold=0.9, add_direction=True, locale=reader_locale())


def number(value: Number | None, places: int | None = None) -> str:
    """Grouped, without trailing zeros unless `places` asks for them. None is a dash."""
    return DASH if value is None else _number(value, places, get_language())


def percent(value: Number | None, places: int = 0) -> str:
    """A ratio as a percentage: 0.45 → 45%."""
    return DASH if value is None else _percent(value, places, get_language())


# A page writes the same few numbers again and again, and Babel takes its time over each.
@lru_cache(maxsize=4096)
def _number(value: Number, places: int | None, language: str | None) -> str:
    pattern = "#,##0." + ("#" * _LONGEST if places is None else "0" * places)
    return format_decimal(Decimal(str(value)), pattern.rstrip("."), _locale(language or "en"))


@lru_cache(maxsize=4096)
def _percent(value: Number, places: int, language: str | None) -> str:
    pattern = "#,##0" + ("." + "#" * places if places else "") + "%"
    return format_percent(Decimal(str(value)), pattern, _locale(language or "en"))


def compact(value: Number | None) -> str:
    """Short by the reader's units: 120M, 1.2亿; below ten thousand as it is."""
    if value is None:
        return DASH
    if abs(Decimal(str(value))) < 10_000:
        return number(value)
    return format_compact_decimal(Decimal(str(value)), fraction_digits=1, locale=reader_locale())


def weekday_names() -> list[str]:
    """Monday to Sunday."""
    names = reader_locale().days["stand-alone"]["wide"]
    return [names[day] for day in range(7)]


def listing(words: Iterable[str]) -> str:
    """`a, b, and c`; `a、b和c`."""
    return format_list(list(words), locale=reader_locale())
