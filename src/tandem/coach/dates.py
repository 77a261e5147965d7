"""Days, months, quarters and years in a text, and which of them say until when."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple


class Span(NamedTuple):
    """A place in a text: from `start` up to, not including, `end`."""

    start: int
    end: int


class When(NamedTuple):
    place: Span
    is_deadline: bool


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_QUARTER = r"(?:[QH][1-4](?!\d)(?:[ -/']{0,2}(?:FY)?(?:20)?\d\d(?!\d))?|[1-4]Q(?!\w)|FY[ ']?(?:20)?\d\d(?!\d))"
_LATIN_DATE = re.compile(
    rf"(?<![\w.])(?:{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|\d{{1,2}}/\d{{1,2}}/(?:\d\d)?\d\d"
    rf"|{_MONTH}\.?\s(?:{_DAY}(?!\d)(?:\s?[-–]\s?{_DAY})?)(?:,?\s{_YEAR})?"
    rf"|{_DAY}\s(?:of\s)?{_MONTH}(?![a-z])\.?(?:,?\s{_YEAR})?"
    rf"|{_MONTH}\.?,?\s{_YEAR}"
    rf"|(?:{_YEAR}[ -]?)?{_QUARTER}|{_YEAR}(?![\d\w]|\.\d|,\d|\s?[%x×]))",
    re.ASCII,
)
_MONTH_ALONE = re.compile(rf"(?<![\w.]){_MONTH}(?![\w])")
_BEFORE = re.compile(
    r"(?:\b(?:by|before|until|till|in|during|within|for|this|next|throughout|through|end of|beginning of|start of"
    r"|close of|half of|last day of|first day of|later than|due|deadline|no later than|am|bis|ab)\b[\s:]{0,3}"
    r"(?:the\s|mid[- ]|early\s|late\s|(?:the\s)?(?:end|beginning|start|middle|close|first half"
    r"|second half)\sof\s(?:the\s)?)"
    r"{0,3})$",
    re.IGNORECASE,
)
_LATIN_SPANS = re.compile(
    r"\b(?:EO[QYM]|(?:by|at|before|until)\s(?:the\s)?(?:year|quarter|month|fiscal year)[- ]end"
    r"|(?:end|close|beginning|start|middle|rest|course)\sof\s(?:the\s|this\s|next\s)?"
    r"(?:fiscal\s)?(?:year|quarter|month|half|cycle|semester|summer|spring|autumn|winter|sprint|week)"
    r"|(?:by|in|during|within|before|over|throughout)\s(?:this|next|the|the next|the coming)\s"
    r"(?:year|quarter|month|half|cycle|semester|summer|spring|autumn|winter)|(?:this|next)\s(?:year|quarter|half|month)"
    r"|(?:over|in|within|during|for)\s(?:the\s)?(?:next|coming|following)\s[\w-]{1,12}\s(?:days|weeks|months"
    r"|quarters|years)"
    r"|in-(?:quarter|year)|mid-year|year-end)\b",
    re.IGNORECASE,
)
_CN = r"[\d一二三四五六七八九十]"
_CHINESE_DATE = re.compile(
    r"(?:(?:(?:19|20)?\d\d|[二〇零一二三四五六七八九]{4})\s?年(?:度)?(?!前|间)\s?)?"
    rf"(?:{_CN}{{1,3}}\s?月份?(?:{_CN}{{1,3}}\s?[日号])?"
    r"|(?:第?\s?[一二三四1-4]\s?季度?(?!节)|[上下]半年|[QH][1-4](?!\d)))"
    r"|(?:(?:19|20)\d\d|[二〇零一二三四五六七八九]{4})\s?年度?"
    r"|(?:本|这|这个|当|下|下个)(?:季度|季|月|年度|年|周期|学期)|今年|明年|年内|月内|季度内|周期内|年中|年底|年末"
    r"|月底|月末|季度?末"
    r"|(?:\d{1,2}|[一二两三四五六七八九十半])\s?个?(?:月|年|季度)(?:之|以)?内"
    r"|(?<![A-Za-z\d])(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
)
_CHINESE_AFTER = re.compile(
    r"\s?(?:上旬|中旬|下旬)?(?:份|度)?\s?(?:结束|终了)?\s?(?:之前|以前|前|底|末|内|之内|以内|期间|结束|初|中旬"
    r"|上旬|下旬|完成|上线|发布|交付|达到|达成|实现)"
)
_CHINESE_BEFORE = re.compile(r"(?:截[至止]到?|直?到|至|于|在|争取|预计|计划|力争|最晚|不晚于)\s?$")
_ALONE = re.compile(
    r".{1,3}(?:月|年|季度)(?:之|以)?内|今年|明年|年内|月内|季度内|周期内|年底|年末|月底|月末|季度?末|(?:本|这|这个"
    r"|当)(?:季|月|年|周期|学期)"
)
_NO_DEADLINE_BEFORE = re.compile(r"(?:为在|每个?|近|过去|上|去|自从?|从|以来|较|比|同比)\s?$")
_CLAUSE = re.compile(r"(?:^|[，,、；;。:：\n\]】）)])\s*$")
_AS_A_NAME = re.compile(r"\bfor\s(?:the\s)?$", re.IGNORECASE)
_OF_A_NOUN = re.compile(
    r"\s(?!and\b|with\b|to\b|by\b|in\b|of\b|on\b|at\b|is\b|are\b|or\b|for\b|that\b|as\b|we\b)[a-z]{3}"
)
_FROM = re.compile(r"\b(?:from|since)\s(?:the\s)?$", re.IGNORECASE)
_WINDOW = 40
_MOST = 50
"""Dates that are looked at: more of them say nothing more."""


def dates(text: str, language: str) -> list[When]:
    """All dates of a text in their order, without overlaps."""
    found = list(_chinese(text)) if language == "zh" else []
    found += _latin(text, found)
    return sorted(found)


def _first(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return islice(pattern.finditer(text), _MOST)


def _chinese(text: str) -> "list[When]":
    return [When(Span(*one.span()), _ends_chinese(text, one)) for one in _first(_CHINESE_DATE, text)]


def _ends_chinese(text: str, one: re.Match[str]) -> bool:
    before = text[max(0, one.start() - _WINDOW) : one.start()]
    if _NO_DEADLINE_BEFORE.search(before):
        return False
    if _ALONE.match(one.group()) or _CHINESE_BEFORE.search(before) or _CLAUSE.search(before):
        return True
    return bool(_CHINESE_AFTER.match(text, one.end()))


def _latin(text: str, taken: list[When]) -> list[When]:
    found = [When(Span(*one.span()), not _FROM.search(text[: one.start()])) for one in _first(_LATIN_SPANS, text)]
    for one in _first(_LATIN_DATE, text):
        if not any(one.start() < when.place.end and when.place.start < one.end() for when in (*taken, *found)):
            found.append(When(Span(*one.span()), _ends_latin(text, one)))
    for one in _first(_MONTH_ALONE, text):
        before = text[max(0, one.start() - _WINDOW) : one.start()]
        free = not any(one.start() < when.place.end and when.place.start < one.end() for when in (*taken, *found))
        if free and _BEFORE.search(before):
            found.append(When(Span(*one.span()), True))
    return found


def _ends_latin(text: str, one: re.Match[str]) -> bool:
    """A day says when by itself; a quarter or a year only behind "by", "in", "end of" ("Q3 pipeline" does not)."""
    before = text[max(0, one.start() - _WINDOW) : one.start()]
    after = text[one.end() : one.end() + 2].strip()
    word = one.group()
    if re.search(r"[A-Z][a-zä]{2}", word) or word.count("-") == 2 or "/" in word:
        return True
    if _BEFORE.search(before):
        return not (_AS_A_NAME.search(before) and _OF_A_NOUN.match(text, one.end()))
    return (not before.strip() and after[:1] in (":", "-", "–")) or (
        before.rstrip()[-1:] in ("(", "[") and after[:1] in (")", "]")
    )
