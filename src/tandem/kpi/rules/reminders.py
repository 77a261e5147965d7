"""When somebody is reminded: once as a day comes near, once when it has passed."""

from datetime import date, timedelta

NEAR = timedelta(days=2)
"""So long before its last day a step is called to mind."""
RHYTHM = timedelta(days=31)
"""A target without a newer value for so long is waited for."""


def moment(until: date | None, on: date) -> date | None:
    """The reminder whose turn it is: the day it belongs to, which is the same however often it is asked for. None while
    the last day is far, or unknown."""
    if until is None or on < until - NEAR:
        return None
    return until - NEAR if on <= until else until + timedelta(days=1)


def is_waited_for(newest: date | None, start: date, end: date, on: date) -> bool:
    """Is a value of this period late? After the period whatever has none; in it what stood still for `RHYTHM`."""
    if on > end and newest is None:
        return True
    return min(on, end) - (newest or start) >= RHYTHM


def week_of(on: date) -> date:
    """Its Monday: suppliers are reminded once a week."""
    return on - timedelta(days=on.weekday())
