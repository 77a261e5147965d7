"""Where words that somebody talked about stand after the text around them was edited. Pure."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

CONTEXT = 40
"""How many characters before and after the words are remembered."""
SIMILAR, SAME_PLACE, SAME_CONTEXT = 80.0, 55.0, 60.0
SHORT = 4
_MOST_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a text with what stands around them. `position` is None once they are gone."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    position: int | None = None

    @property
    def end(self) -> int:
        return (self.position or 0) + len(self.quote)


def at(text: str, start: int, end: int) -> Anchor:
    """The words from `start` to `end`, with their surroundings; no space at either end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def find(text: str, quote: str, prefix: str = "", suffix: str = "") -> Anchor | None:
    """Exactly these words; of several places the one whose surroundings fit best. None when they are not there."""
    wanted = Anchor(quote.strip(), prefix, suffix)
    places = _places(text, wanted.quote)
    return max(places, key=lambda one: _fits(wanted, one)) if places else None


def follow(anchor: Anchor, old: str, new: str) -> Anchor:
    """The same words in the edited text: where they were, else where they went, else as they were changed.

    When they are gone the old words stay, without a position; they are found again when they come back.
    """
    there = _carried(anchor, old, new)
    if there is not None and there.quote == anchor.quote:
        return there
    moved = find(new, anchor.quote, anchor.prefix, anchor.suffix)
    if moved is not None and _fits(anchor, moved) >= SAME_CONTEXT:
        return moved
    if there is not None and fuzz.ratio(there.quote, anchor.quote) >= SAME_PLACE:
        return there
    long_enough = len(anchor.quote) > SHORT
    return (moved or _alike(anchor, new) if long_enough else None) or Anchor(anchor.quote, anchor.prefix, anchor.suffix)


def _places(text: str, quote: str) -> list[Anchor]:
    found, start = [], text.find(quote) if quote else -1
    while start >= 0:
        found.append(at(text, start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def _fits(one: Anchor, other: Anchor) -> float:
    """How alike the surroundings are, 0…100."""
    return fuzz.ratio(one.prefix, other.prefix) / 2 + fuzz.ratio(one.suffix, other.suffix) / 2


def _carried(anchor: Anchor, old: str, new: str) -> Anchor | None:
    """The place in the new text that the words' place in the old one became; None when nothing is left of it."""
    if anchor.position is None or len(old) + len(new) > _MOST_COMPARED:
        return None
    start = end = None
    for step in Indel.opcodes(old, new):
        a, c = step.src_start, step.dest_start
        first, last = max(a, anchor.position), min(step.src_end, anchor.end)
        if first < last and step.tag == "equal":
            start = c + first - a if start is None else start
            end = c + last - a
        elif start is not None and step.tag == "insert" and anchor.position < a < anchor.end:
            end = step.dest_end
    return at(new, start, end) if start is not None and end is not None else None


def _alike(anchor: Anchor, text: str) -> Anchor | None:
    """The stretch of the text that reads most like the words, if it reads like them at all."""
    if len(text) < len(anchor.quote):
        return None
    found = fuzz.partial_ratio_alignment(anchor.quote, text, score_cutoff=SIMILAR)
    return at(text, found.dest_start, found.dest_end) if found is not None else None
