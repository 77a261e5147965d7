"""What an indicator may be called, and how long it lasts."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)
USUAL_LIFE, LONGEST_LIFE = timedelta(days=366), timedelta(days=3 * 366)
SOON = timedelta(days=60)
MOST_TAGS, TAG_LENGTH = 12, 40


def life(sunset_on: date, on: date) -> str:
    """`ended` after its last day, `ending` in the 60 days before, else `running`."""
    if sunset_on < on:
        return "ended"
    return "ending" if sunset_on - on <= SOON else "running"


def lasts_too_long(sunset_on: date, on: date) -> bool:
    """Nothing is fixed for more than three years: who wants it longer renews it."""
    return sunset_on > on + LONGEST_LIFE


def tags_of(words: Iterable[str]) -> list[str]:
    """Each once, in their order, without the empty ones; letters of the Latin alphabet small."""
    return list(dict.fromkeys(text for text in (" ".join(one.lower().split()) for one in words) if text))
