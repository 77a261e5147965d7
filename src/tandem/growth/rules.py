"""What is a quotation."""

import re

SOURCES = ("story", "recognition", "objective", "cycle")
"""What of a dossier can be quoted; the notes of mentors are not for panels."""
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """One space between words, whatever the source had: an edit of line breaks changes no word."""
    return _SPACE.sub(" ", text).strip()


def is_quoted(words: str, texts: list[str]) -> bool:
    """Do these words stand, one after the other, in one of the texts?"""
    looked_for = plain(words)
    return bool(looked_for) and any(looked_for in plain(text) for text in texts)
