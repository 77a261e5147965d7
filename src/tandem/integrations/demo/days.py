"""The days of the story: what people did weeks ago they did then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from tandem.core.clock import as_of, company_timezone, now


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """Inside it is that day; nothing is said later than now."""
    moment = datetime.combine(day, time(hour), company_timezone())
    with as_of(min(moment, now())):
        yield
