"""How near two sentences are to each other, with and without their numbers."""

import re
import unicodedata

from rapidfuzz import fuzz

NEARLY_THE_SAME = 88
"""Of 100; measured on pairs of own-written sentences in tests/coach."""
_COMPARED = 300
_NUMBER = re.compile(r"\d[\d,，.]*")
_SPACE = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Words as they are compared: one width, small letters, no punctuation, and of a bearable length."""
    text = unicodedata.normalize("NFKC", text[:_COMPARED]).casefold()
    return _SPACE.sub(" ", text).strip()


def without_numbers(text: str) -> str:
    return plain(_NUMBER.sub(" ", text[:_COMPARED]))


def is_near(one: str, other: str) -> bool:
    """Are these two prepared texts nearly the same?"""
    if not one or not other:
        return False
    return fuzz.ratio(one, other, score_cutoff=NEARLY_THE_SAME) > 0
