"""Numbers in the words of a key result: what the sentence itself says of kind, start, target, bounds and unit.

Pure, for English and Chinese. Where a sentence is not clear about its numbers, nothing is read from it: a wrong
target is worse than none.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from tandem.coach import kinds
from tandem.core.numbers import LARGEST, PLACES, SIGNIFICANT


@dataclass(frozen=True)
class Reading:
    """What a sentence says it measures. Without numbers it is percent done, by hand."""

    kind: str = kinds.PERCENT
    start: Decimal | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""


NOTHING = Reading()

# A number may stand behind a currency sign and before a unit, but not inside a word or a date (Q4, v2.0, 2026-10).
_NUMBER = r"(?P<{0}_money>[$€£¥￥])?\s?(?<![A-Za-z\d_.])(?P<{0}>[-−+]?\d[\d,，]*(?:\.\d+)?)(?![\d.]*\d)"
_SIGN_UNIT = r"[%％‰℃]|°C?"
_LATIN = r"[A-Za-z][A-Za-z/.]*"
_HAN = r"[\u4e00-\u9fff]"
_LONGEST_UNIT = 12
_FREE = re.compile(
    "in|by|per|within|until|before|for|on|at|and|with|this|of|the|to|a|an|each|every|or|from|after|during|as|while"
    "|when|so|is|are",
    re.IGNORECASE,
)
_SCALES = {"k", "m", "b", "bn", "mn", "million", "billion", "thousand", "万", "亿", "千", "百万"}

_ARROW = r"(?:→|⟶|➔|➜|⇒|=>|-+>|—+>|–>)"
_MOVE = (
    r"(?:(?:逐步|稳步|大幅|显著)?"
    r"(?:提升|提高|提|增加|增长|增|上升|升|涨|扩大|降低|下降|减少|缩短|缩减|压缩|降|减|缩|改善|优化|变化|变)?(?:到|至|为|成)|变为)"
)
_CHINESE_UNIT = rf"(?:{_SIGN_UNIT}|{_HAN}{{0,5}}?(?:/{_HAN}{{1,2}})?|{_LATIN})"
_ENGLISH_UNIT = rf"(?:{_SIGN_UNIT}|{_LATIN}|{_HAN}{{1,4}})?"
_TAIL = rf"\s?(?P<to_unit>{_SIGN_UNIT}|{_LATIN}|{_HAN}{{1,5}})?"
_LOW_TAIL, _HIGH_TAIL = _TAIL.replace("to_", "low_"), _TAIL.replace("to_", "high_")


def _pattern(shape: str) -> re.Pattern[str]:
    numbers = {name: _NUMBER.format(name) for name in ("from", "to", "low", "high")}
    for name, number in numbers.items():
        shape = shape.replace(f"<{name}>", number)
    return re.compile(shape, re.IGNORECASE)


_CHANGES = [
    _pattern(rf"<from>\s?(?P<from_unit>{_ENGLISH_UNIT})\s*{_ARROW}\s*<to>{_TAIL}"),
    _pattern(
        rf"\bfrom\s+<from>\s?(?P<from_unit>(?!up\b|down\b|to\b){_ENGLISH_UNIT})\s+(?:up\s+|down\s+)?to\s+<to>{_TAIL}"
    ),
    _pattern(rf"[从由自]\s*<from>\s?(?P<from_unit>{_CHINESE_UNIT})\s*[，,]?\s*{_MOVE}\s*<to>{_TAIL}"),
]
_KEEP = r"(?:\bkeep|\bmaintain|\bstay|\bhold|\bremain|保持|维持|稳定|控制)"
_BOTH = [
    _pattern(rf"{_KEEP}.{{0,120}}?\bbetween\s+<low>\s?(?:{_ENGLISH_UNIT})\s+and\s+<high>{_TAIL}"),
    _pattern(rf"{_KEEP}.{{0,120}}?<low>\s?(?:{_SIGN_UNIT})?\s?(?:–|—|-|~|～|到|至)\s?<high>{_TAIL}"),
]
_LOW = [
    _pattern(rf"(?:≥|>=|＞=|⩾|(?<![-=—–])[>＞])\s*<low>{_LOW_TAIL}"),
    _pattern(rf"(?:不低于|不得低于|\bnot below|\bno lower than)\s*<low>{_LOW_TAIL}"),
    _pattern(rf"{_KEEP}.{{0,120}}?(?:\bat least|\babove|\bover|高于|至少|大于)\s*<low>{_LOW_TAIL}"),
    _pattern(rf"{_KEEP}.{{0,120}}?<low>\s?(?P<low_unit>{_SIGN_UNIT}|{_HAN}{{1,2}}?)?\s?(?:以上|及以上)"),
]
_HIGH = [
    _pattern(rf"(?:≤|<=|＜=|⩽|[<＜])\s*<high>{_HIGH_TAIL}"),
    _pattern(rf"(?:不高于|不超过|不得超过|\bnot above|\bno more than|\bno higher than)\s*<high>{_HIGH_TAIL}"),
    _pattern(rf"{_KEEP}.{{0,120}}?(?:\bat most|\bbelow|\bunder|低于|小于|至多)\s*<high>{_HIGH_TAIL}"),
    _pattern(rf"{_KEEP}.{{0,120}}?<high>\s?(?P<high_unit>{_SIGN_UNIT}|{_HAN}{{1,3}}?)?\s?(?:以内|以下|之内)"),
]
_DONE = re.compile(
    r"^\s*(?:launch|ship|release|publish|complete|finish|deliver|open|go live)\b"
    r"|^\s*(?:完成|上线|发布|交付|建成|推出|落地)"
    r"|(?:上线|发布|完成|交付|落地|建成|通过验收)[。.！!]?\s*$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<![\w.])(?:19|20)\d\d(?![\w.,]|\.\d)\s*年?")
_ANY_NUMBER = re.compile(r"(?<![A-Za-z\d.])\d")


def read(sentence: str) -> Reading:
    """The kind and numbers a sentence states, or `NOTHING`.

    "30% → 45%", "from 12 days to 5", "从 30% 提升到 45%" are a metric; "≥ 99.9%", "不低于 98", "keep … under 5" are
    bounds to stay within; "Launch …", "完成…" without a number is done or not.
    """
    return _change(sentence) or _bounds(sentence) or _done(sentence) or NOTHING


def follows(sentence: str, numbers: Reading) -> bool:
    """Do these numbers still say what the sentence said, so that they may change with it?

    They do not once somebody set them by hand: then the sentence is only words.
    """
    return read(sentence) == numbers


def proposed(before: str, after: str, numbers: Reading) -> Reading | None:
    """What the numbers become when the words change from `before` to `after`; None: they stay as they are."""
    if not follows(before, numbers):
        return None
    now = read(after)
    return None if now == numbers else now


def _change(sentence: str) -> Reading | None:
    for pattern in _CHANGES:
        found = pattern.search(sentence)
        if found is None:
            continue
        start, target = _number(found["from"]), _number(found["to"])
        unit = _one_unit(found)
        if start is None or target is None or unit is None or start == target or _is_span_of_time(found, unit):
            continue
        return Reading(kinds.METRIC, start, target, unit=unit)
    return None


def _bounds(sentence: str) -> Reading | None:
    for pattern in _BOTH:
        found = pattern.search(sentence)
        if found is not None:
            low, high = _number(found["low"]), _number(found["high"])
            if low is not None and high is not None and low < high:
                return Reading(kinds.MAINTAIN, low=low, high=high, unit=_tidy(found["to_unit"]))
    low, low_unit = _bound(sentence, _LOW, "low")
    high, high_unit = _bound(sentence, _HIGH, "high")
    if low is None and high is None:
        return None
    if low is not None and high is not None and low >= high:
        return None
    return Reading(kinds.MAINTAIN, low=low, high=high, unit=low_unit or high_unit)


def _bound(sentence: str, patterns: list[re.Pattern[str]], name: str) -> tuple[Decimal | None, str]:
    for pattern in patterns:
        found = pattern.search(sentence)
        if found is not None and (value := _number(found[name])) is not None:
            return value, _tidy(found[f"{name}_unit"]) or (found[f"{name}_money"] or "")
    return None, ""


def _done(sentence: str) -> Reading | None:
    if _DONE.search(sentence) and not _ANY_NUMBER.search(_YEARS.sub("", sentence)):
        return Reading(kinds.BINARY)
    return None


def _number(raw: str) -> Decimal | None:
    """The number, if Tandem can keep it whole."""
    value = Decimal(raw.replace(",", "").replace("，", "").replace("−", "-"))
    if (
        abs(value) >= LARGEST
        or value != value.quantize(PLACES)
        or len(value.normalize().as_tuple().digits) > SIGNIFICANT
    ):
        return None
    return value


def _one_unit(found: re.Match[str]) -> str | None:
    """The unit both ends share ("" without one); None where they differ or only one end is in thousands."""
    before, after = _tidy(found["from_unit"]), _tidy(found["to_unit"])
    if before and after.startswith(before):
        after = before
    if before and after and before.lower() != after.lower() and found["to_unit"]:
        if before in ("%", "‰") or after in ("%", "‰") or _is_scale(after) or _is_scale(before):
            return None
        after = before
    if _is_scale(before) != _is_scale(after):
        return None
    return before or after or found["from_money"] or found["to_money"] or ""


def _is_scale(unit: str) -> bool:
    return unit.lower() in _SCALES or unit.startswith(("万", "亿", "千"))


def _tidy(unit: str | None) -> str:
    """A unit as it is shown; words that only follow a number are none."""
    unit = (unit or "").strip().rstrip(".").replace("％", "%")
    if _FREE.fullmatch(unit) or len(unit) > _LONGEST_UNIT:
        return ""
    return re.sub(r"(?:以上|以下|以内|左右|之内|之间)?(?:[的了并且和及，]\S*)?$", "", unit)


def _is_span_of_time(found: re.Match[str], unit: str) -> bool:
    """ "From 2025 to 2026" and 从 9 月到 11 月 say when, not how much."""
    years = all(re.fullmatch(r"(?:19|20)\d\d", found[name]) for name in ("from", "to"))
    return (years and not unit) or unit[:1] in tuple("年月日号点") or unit.lower() in ("am", "pm", "q")
