"""Now and today, by the company's clock: every date rule in Tandem uses these two."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone


def _utc() -> str:
    return "UTC"


_read: dict[str, Callable[[], str]] = {"company_timezone": _utc}
_told: ContextVar[datetime | None] = ContextVar("told_as_of", default=None)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Inside, now is this moment: for the demo company, whose people act on the days of their story."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def set_company_timezone(read: Callable[[], str]) -> None:
    """Tell the clock where to read the company's time zone (an IANA name)."""
    _read["company_timezone"] = read


def company_timezone() -> ZoneInfo:
    try:
        return ZoneInfo(_read["company_timezone"]())
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def zone_of(name: str) -> ZoneInfo:
    """Somebody's own time zone by its IANA name; the company's for "" and for one that is not known here."""
    try:
        return ZoneInfo(name) if name else company_timezone()
    except (ZoneInfoNotFoundError, ValueError):
        return company_timezone()


def now() -> datetime:
    return _told.get() or timezone.now()


def today(at: datetime | None = None) -> date:
    """The company's calendar day, whatever the server's own time zone is."""
    return (at or _told.get() or datetime.now(UTC)).astimezone(company_timezone()).date()
