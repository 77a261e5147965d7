"""What a definition from elsewhere does not say, guessed from the words it has: each guess with its reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

HIGHER, LOWER = "higher", "lower"
_AT_LEAST = re.compile(
    r"[≥>＞]|at or above|at least|above|more than|greater|or higher|minimum|提升|增长|提高|以上|不低于", re.I
)
_AT_MOST = re.compile(
    r"[≤<＜]|at or below|at most|below|less than|under\b|or lower|maximum|within"
    r"|下降|降低|缩短|减少|以下|不高于|不超过|偏差",
    re.I,
)
_ZERO = re.compile(r"\s*0\s*(%|次|起|件|例)?\s*", re.I)
_LESS_IS_BETTER = re.compile(
    r"成本|费用率|不良|缺陷|投诉|事故|流失|离职|逾期|周期|时长|耗时|延误|差错|错误|返工|损耗|偏差|超支|违规|赔付|等待|故障|空置|坏账|退货|感染|死亡|投诉率"
    r"|cost|expense|spend|defect|churn|attrition|turnover|time to|latency|incident|bug|overdue|error|vacanc|backlog"
    r"|duration|\bage\b|downtime|debt|escalation|delay|complaint|vulnerabilit|failure|flaky",
    re.I,
)
_PART = re.compile(r"率|占比|比例|percent|%|\brate\b|\bratio\b", re.I)
_STANDS = re.compile(r"人数|余额|库存|存量|在职|headcount|active|open\b|backlog|number of users|保有|累计", re.I)
_UNIT = re.compile(r"\d\s*(%|days?|hours?|months?|weeks?|minutes?|ms\b|天|小时|分钟|月|周|次|万元|元|个|件|人)", re.I)
_SCORE = re.compile(r"\d\s*/\s*(?:5|10|100)(?:\.0)?\b")
COUNTED = frozenset({"次", "个", "件", "项", "台", "篇", "组", "块", "例", "起", "人", "人次", "户", "pcs", "count"})
MONEY = frozenset({"元", "万元", "亿元", "$", "€", "¥", "usd", "eur", "cny", "rmb", "万户", "万次"})
MEANT = frozenset({
    "%", "day", "hour", "month", "week", "minute", "point", "m", "ratio", "分", "天", "小时", "分钟", "月", "周", "倍",
})  # fmt: skip
"""Units of numbers of which one takes the mean."""
_DIMENSIONS = (
    ("finance", re.compile(r"收入|利润|成本|费用|回款|预算|资金|保费"
                           r"|revenue|\barr\b|cost|budget|expense|margin|spend|cash", re.I)),
    ("customer", re.compile(r"客户|顾客|患者|满意|投诉|customer|satisfaction|\bnps\b|\bcsat\b|user", re.I)),
    ("learning", re.compile(r"培训|学习|成长|人才|training|learning|onboarding|hire|team member|diversity", re.I)),
    ("process", re.compile(r"周期|流程|质量|合格|交付"
                           r"|cycle|process|quality|review|deploy|pipeline|\bmrs?\b|security", re.I)),
)  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """`why`: target, unit, formula, name, direction, over_time, or usual (nothing in the words says it)."""

    field: str
    value: str
    why: str


def guesses(said: Mapping[str, str], hint: str = "") -> list[Guess]:
    """A guess for each of unit, direction, dimension, precision, over_time, over_children and method that is not said.

    `said` is what the definition says, by field; its texts under `name`, `formula`. `hint` is its target in words.
    """
    found: list[Guess] = []
    known = dict(said)
    for field, guess in _GUESSERS:
        if known.get(field):
            continue
        value, why = guess(known, hint)
        if value:
            known[field] = value
            found.append(Guess(field, value, why))
    return found


def _unit(known: Mapping[str, str], hint: str) -> tuple[str, str]:
    if _SCORE.search(hint):
        return "分" if _is_chinese(known) else "points", "target"
    if match := _UNIT.search(hint):
        return match[1].lower(), "target"
    if "100%" in known.get("formula", "").replace(" ", ""):
        return "%", "formula"
    return ("%", "name") if _PART.search(known.get("name", "")) else ("", "")


def _is_chinese(known: Mapping[str, str]) -> bool:
    return any("一" <= one <= "鿿" for one in known.get("name", ""))


def _direction(known: Mapping[str, str], hint: str) -> tuple[str, str]:
    if known.get("method") in _DIRECTION_OF:
        return _DIRECTION_OF[known["method"]], "method"
    low, high = _AT_MOST.search(hint), _AT_LEAST.search(hint)
    if low and (not high or low.start() < high.start()):
        return LOWER, "target"
    if high:
        return HIGHER, "target"
    if _ZERO.fullmatch(hint):
        return LOWER, "target"
    return (LOWER, "name") if _LESS_IS_BETTER.search(known.get("name", "")) else (HIGHER, "usual")


_DIRECTION_OF = {"inverse": LOWER, "mirror": LOWER, "per_event": "events", "range": "in_range"}


def _dimension(known: Mapping[str, str], _hint: str) -> tuple[str, str]:
    for name, words in _DIMENSIONS:
        if words.search(known.get("name", "")):
            return name, "name"
    return "other", "usual"


def _precision(known: Mapping[str, str], _hint: str) -> tuple[str, str]:
    unit = known.get("unit", "").lower()
    return ("0", "unit") if unit in COUNTED else ("2", "usual")


def _over_time(known: Mapping[str, str], _hint: str) -> tuple[str, str]:
    unit, name = known.get("unit", "").lower(), known.get("name", "")
    if known.get("direction") == "events":
        return "sum", "direction"
    if _STANDS.search(name):
        return "last", "name"
    if unit.rstrip("s") in MEANT or "/" in unit:
        return "mean", "unit"
    if unit in COUNTED | MONEY:
        return "sum", "unit"
    return ("mean", "name") if _PART.search(name) else ("last", "usual")


def _over_children(known: Mapping[str, str], _hint: str) -> tuple[str, str]:
    """What adds up over time adds up over people; a share of each is meant; anything else stands for itself."""
    how = known.get("over_time", "")
    return {"sum": ("sum", "over_time"), "mean": ("mean", "over_time")}.get(how, ("none", "usual"))


def _method(known: Mapping[str, str], hint: str) -> tuple[str, str]:
    direction = known.get("direction", "")
    if direction == LOWER and _ZERO.fullmatch(hint):
        return "deduction", "target"  # a target of 0 leaves no ratio
    by = {"lower": "mirror", "in_range": "range", "yes_no": "all_or_nothing", "events": "per_event"}
    return by.get(direction, "ratio"), "direction"


Guesser = Callable[[Mapping[str, str], str], tuple[str, str]]
_GUESSERS: tuple[tuple[str, Guesser], ...] = (
    ("unit", _unit),
    ("direction", _direction),
    ("dimension", _dimension),
    ("precision", _precision),
    ("over_time", _over_time),
    ("over_children", _over_children),
    ("method", _method),
)
