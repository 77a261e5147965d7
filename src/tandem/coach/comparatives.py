"""More or less of something: with a base that it starts from, or without."""

import re

from tandem.coach import kinds, sentences
from tandem.coach.dates import Span
from tandem.coach.hearing import Heard

_AMOUNT = re.compile(
    r"\b(?:increase|raise|grow|improve|boost|reduce|decrease|lower|cut|lift|drop|shorten|rise|fall|double|triple"
    r"|halve)[sd]?\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"提高|提升|增加|增长|上升|扩大|降低|减少|下降|缩短|压缩|节省|节约|翻一?[倍番]")
_BASE = re.compile(
    r"\bfrom\b|→|->|=>|\b(?:YoY|QoQ|MoM|y/y|year[- ]over[- ]year|compared (?:to|with)|versus|vs\.?|relative to"
    r"|baseline|currently|today'?s?|over (?:last|the previous|Q\d))\b",
    re.IGNORECASE,
)
_CHINESE_BASE = re.compile(r"环比|同比|较|相比|相对|比(?:上|去|前)|从|由|目前|当前|现有|现在|原有|基线|→|->")
_WINDOW = 40


def lacks_base(heard: Heard) -> Span | None:
    """The words of a change that has a number but no start: "by 20%", 提高 10%. None: nothing lacks."""
    pattern, base = (_MORE, _CHINESE_BASE) if heard.language == "zh" else (_AMOUNT, _BASE)
    if not heard.quantities or base.search(heard.text) or sentences.read(heard.text).kind == kinds.METRIC:
        return None
    for change in pattern.finditer(heard.text):
        for one in heard.quantities:
            if change.start() <= one.place.start <= change.end() + _WINDOW:
                return Span(change.start(), max(one.place.end, change.end()))
    return None
