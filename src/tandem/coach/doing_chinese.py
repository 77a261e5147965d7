"""Doing or change in a Chinese sentence."""

import re

from tandem.coach import chinese as words
from tandem.coach.dates import Span
from tandem.coach.numbers import Quantity
from tandem.coach.predicates import Predicate

_LONGEST_LABEL = 12
_COMPOUND, _SHORTEST = 8, 6
_COUNTED = re.compile(
    r"[了过完出]?\s?(?:至少|不少于|超过|≥|>)?\s?[\d两二三四五六七八九十]+\+?\s?(?:多|余)?"
    r"(?:个|项|款|种|套|名|人|例|台|座|件|条|家)(?!月)"
)
_LATIN = re.compile(r"[A-Za-z][\w.+#-]*", re.ASCII)


def predicate_of_chinese(text: str, found: list[Quantity]) -> Predicate:
    doing, change = _doing(text), _place(words.CHANGE.search(text))
    measured = bool(found) and _is_measured(text, found)
    own = words.OUTPUT_UNIT.search(text) is not None or _is_counted(text, doing)
    effort = words.EFFORT.search(text) is not None
    task = _is_task(doing, change, measured=measured, own=own)
    label = not found and _is_label(text, doing, change)
    if not (doing or change or found or label):
        task = words.SKELETON.search(text) is None
    finishing = task and not label and words.FINISHING.search(text) is not None and len(text) > _SHORTEST
    return Predicate(doing, change, task, finishing, label, effort)


def _doing(text: str) -> Span | None:
    """The first verb of doing that no noun is made of, and whose object is a thing."""
    if words.ABSTRACT.search(text) or words.SOMEBODY_CAN.search(text):
        return None
    for one in words.DOING.finditer(text):
        if not words.NOUN.match(text, one.end()):
            return Span(*one.span())
    return None


def _is_counted(text: str, doing: Span | None) -> bool:
    """Does a number count how often something is done, or right behind the verb what is done (接触50个客户)?"""
    if words.COUNTED_DOING.search(text):
        return "%" not in text and "％" not in text
    return doing is not None and _COUNTED.match(text, doing.end) is not None


def _place(one: re.Match[str] | None) -> Span | None:
    return Span(*one.span()) if one else None


def _is_task(doing: Span | None, change: Span | None, *, measured: bool, own: bool) -> bool:
    if doing is None:
        return own and change is None
    if own:
        return True
    if measured:
        return False
    return change is None or doing.start <= change.start


def _is_measured(text: str, found: list[Quantity]) -> bool:
    """Is there a number that one reads off: of a measure, in per cent, or reached by a change?"""
    if any(one.words.rstrip("+").endswith(("%", "％", "倍")) or "百分之" in one.words for one in found):
        return True
    return words.MEASURE.search(text) is not None or any(text[one.place.start] in "≥≤><＞＜" for one in found)


def _is_label(text: str, doing: Span | None, change: Span | None) -> bool:
    """No sentence: no verb at all, or a short compound that ends in one (内核学习, 性能优化)."""
    bare = text.strip().rstrip("。.!！;；")
    if doing is None and change is None:
        return _width(bare) <= _LONGEST_LABEL and words.SKELETON.search(bare) is None
    if bare.endswith("化") and words.QUALITY_DO.search(bare):
        return True
    first = min(one.start for one in (doing, change) if one is not None)
    at_end = any(one is not None and bare.endswith(text[one.start : one.end]) for one in (doing, change))
    return at_end and first > 0 and len(bare) <= _COMPOUND and words.SKELETON.search(bare) is None


def _width(text: str) -> int:
    """In Chinese characters; a Latin word counts as two."""
    return len(_LATIN.sub("二字", text))
