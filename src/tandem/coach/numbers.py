"""Quantities in a text: digits and number words of English and Chinese, but no dates, names, ordinals or versions."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tandem.coach.dates import Span, When

_MOST = 50


class Quantity(NamedTuple):
    """One quantity, with its unit where that belongs to it (45%, 3x, 三个)."""

    place: Span
    words: str


# What holds digits and is no quantity. Overwritten with spaces before digits are looked for.
_NAMES = re.compile(
    r"https?://\S{1,200}"
    r"|(?<![A-Za-z\d])(?=[A-Za-z_])[A-Za-z_][A-Za-z_\-]{0,30}\d[\w.\-]{0,30}"  # P2, FY21, v2.0, UTF-8, S3
    r"|\b(?:ISO|IEC|RFC|GB|HTTP|TLS|WCAG|SOC|Article|Section|Chapter|Version|Phase|Tier|Level|Stage|stage|Wave"
    r"|Round|Step|Top"
    r"|tier|level|priority|severity|phase|version)[\s/-]{1,2}\d[\d.\-/:]{0,12}(?:\s?[&,/]\s?\d{1,2})?"
    r"|\b(?:Python|Java|iOS|Android|Windows|Vue|React|Angular|Node|PHP|Django|Go|PostgreSQL|MySQL|Web|Industry"
    r"|Office|Ubuntu|Debian|CentOS|Kubernetes|Spring Boot|TensorFlow|PyTorch|CUDA|Rust|Ruby|Rails|Redis|Kafka|Flutter"
    r"|Swift|Unity|Chrome|Firefox|OpenSSL)\s\d[\d.]{0,6}"
    r"|\b[A-Za-z]\+\+\d{0,2}|[#№]\d+|\d+\.\d+\s?版|\d+\.\d+\.\d+[\d.]*|(?<!\d)24[/x×]7(?!\d)|(?<![\d:])\d{1,2}:\d\d(?!\d)"
    r"|(?<!\d)1[:-](?:on-)?1(?!\d)"
    r"|\b\d{1,3}(?:st|nd|rd|th)\b|\b(?!1st)\d{1,2}[A-Z]{1,2}\d?\b(?<![KMBGT])"
    r"|\b\d{1,4}-(?:day|week|month|year|quarter|hour|minute|step|page|part|point plan|degree)\b"
    r"|(?:\b(?:next|last|past|previous|coming|first|top|recent|final)\s)\d{1,4}\s(?=days?\b|weeks?\b|months?\b"
    r"|quarters?\b|years?\b|hours?\b)"
    r"|第\s?\d{1,4}|(?:近|过去|最近|未来|今后|前|后)\s?\d{1,3}\s?(?:个月|年|周|天|个季度)",
    re.ASCII,
)
_DIGITS = re.compile(
    r"(?:[≥≤><＞＜~～≈+±−-]\s{0,2})?(?:[$€£¥￥]\s?)?(?<![A-Za-z_\d.])"
    r"\d{1,15}(?:[,，]\d{3}){0,5}(?:\.\d{1,10})?\+?"
    r"(?:\s?(?:%|％|‰|℃|万|亿|千|百万|百|倍)|(?:[xX×kKmMBGT]|bn|mn|mm|GiB|MiB|KiB|TB|GB|MB|ms|hrs?|min|d|h"
    r"|s)(?![A-Za-z]))?\+?"
)
_CHINESE_DIGITS = "一二两三四五六七八九十百千万亿"
_CLASSIFIER = (
    "个|家|次|条|篇|份|项|种|名|位|人|款|套|场|批|轮|门|本|倍|成|天|周|小时|分钟|秒|元|万元|台|座|件|单|例|节|堂|类|章|处|部"
    "|支|张|间|所|字|页|步|遍|组|杯|公里|公斤|斤|平方|年内|年之内|个月|月内"
)
_CHINESE_WORDS = re.compile(
    r"百分之[零一二三四五六七八九十百点两]{1,8}"
    rf"|(?<![第其唯统同万单专之逐进近{_CHINESE_DIGITS}])"
    rf"(?:[二两三四五六七八九十][{_CHINESE_DIGITS}]{{0,7}}|一[十百千万亿][{_CHINESE_DIGITS}]{{0,6}}|[百千万亿]{{1,2}})多?余?"
    rf"(?:{_CLASSIFIER})(?!体化|合一|元化)"
    r"|翻一?[倍番]|减半|(?:提[升高]|增[加长]|降低|减少|缩短)一半|一半(?:以上|以内|的)"
    r"|零(?=[\u4e00-\u9fff]{2}|漏|误|bug|Bug|BUG)(?!售|件|食|散|碎|星|基础|距离|点|头|工|钱|花|信任|代码|配置|部件|知识|成本|起步)"
    r"|每(?:天|日|周|月|季度?|年|人|个月|名|次)[^，,。；;]{0,6}?一(?:次|篇|个|条|场|本|份|小时|节)"
    r"|(?:至少|不少于|不超过|最多|最少|不低于|仅|只)[^，,。；;\d]{0,4}?[一二两三四五六七八九十](?:次|篇|个|条|场"
    r"|本|份|家|项|种|名|位|套|门|人)"
)
_ENGLISH_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion"
    r"|dozen|twice|thrice|zero)\b(?![-/](?!five|six|seven|eight|nine|one|two|three|four))"
    r"|\b(?:at least|no more than|at most|minimum of|not more than|only|fewer than|more than|up to)\s(?:one|once"
    r"|a single)\b"
    r"|\b(?:doubl|tripl|quadrupl|halv)(?:e|es|ed|ing)\s(?=the\b|our\b|its\b|their\b|your\b|number|revenue|sales"
    r"|traffic|in\b|to\b|\w+\b(?:\s\w+\b)?$)"
    r"|\bcut\s[^.,;]{1,40}\sin half\b|\bby half\b|\bhalf\s(?:of|the)\b|\bper\s?cent\b"
    r"|\bonce\s(?:a|per|every)\s(?:day|week|month|quarter|year|sprint|milestone)\b"
    r"|\bone\s(?:[a-z]{1,20}\s){0,3}(?:per|a|every|each)\s(?:day|week|month|quarter|year|person|team|sprint"
    r"|milestone|pm)\b",
    re.IGNORECASE,
)
_PERIODS = re.compile(
    r"\b(?:next|last|past|previous|coming|most recent|recent)\s$", re.IGNORECASE
)  # "the next two weeks" says when
_NO_QUANTITY_AFTER = re.compile(r"\s?(?:parties|party|factor|thirds?\b|way\b)", re.IGNORECASE)
PLACEHOLDER = re.compile(
    r"(?<![A-Za-z\d])(?:[XYN]{1,3}|_{2,})\s?(?:%|％|万|亿|个|家|次|元|天|人|条|倍|名|篇)|(?<![A-Za-z\d])(?:X{2,}"
    r"|x{3,})(?![A-Za-z\d])"
    r"|[$€£¥￥][XYN](?![A-Za-z])|\b(?:TBD|TBC|tbd|tbc|TODO|FIXME)\b|\?{2,}|待定|待补充|待确认|某某"
    r"|\b(?:[XYN])(?=\s(?:new|more|customers|users|people|enterprise|large|leads|deals|percent)\b)"
)


def quantities(text: str, language: str, when: list[When]) -> list[Quantity]:
    """The quantities of a text in their order. Number words are read in the text's own language only."""
    rest = _without(text, [one.place for one in when])
    rest = _without(rest, [Span(*one.span()) for one in _NAMES.finditer(rest)])
    found = [_quantity(text, one) for one in islice(_DIGITS.finditer(rest), _MOST)]
    if language:
        found += _words(rest, text, _CHINESE_WORDS if language == "zh" else _ENGLISH_WORDS, found)
    return sorted(found)


def _words(rest: str, text: str, pattern: re.Pattern[str], taken: list[Quantity]) -> Iterator[Quantity]:
    for one in islice(pattern.finditer(rest), _MOST):
        overlaps = any(one.start() < other.place.end and other.place.start < one.end() for other in taken)
        before = rest[max(0, one.start() - 20) : one.start()]
        if not overlaps and not _PERIODS.search(before) and not _NO_QUANTITY_AFTER.match(rest, one.end()):
            yield _quantity(text, one)


def _quantity(text: str, one: re.Match[str]) -> Quantity:
    return Quantity(Span(*one.span()), text[one.start() : one.end()])


def _without(text: str, places: list[Span]) -> str:
    """The text with spaces in these places, so that all other places stay what they are."""
    parts, last = [], 0
    for place in sorted(places):
        if place.end > last:
            begin = max(last, place.start)
            parts += [text[last:begin], " " * (place.end - begin)]
            last = place.end
    return "".join([*parts, text[last:]])
