"""What the coach asks about one objective with its key results and actions."""

import re
from collections.abc import Iterator
from itertools import combinations

from tandem.coach import kinds
from tandem.coach.checks.sentence import about_key_result, about_objective
from tandem.coach.finding import Finding, Where
from tandem.coach.hearing import hear
from tandem.coach.shapes import KEY_RESULT, OBJECTIVE, KeyResultText, ObjectiveText
from tandem.coach.similarity import is_near, plain

SURE = 10
_COMPARED = 40
_GUARDS = re.compile(
    r"\b(?:errors?|bugs?|defects?|incidents?|churn|complaints?|quality|satisf\w{1,12}|NPS|CSAT|retention"
    r"|accura\w{1,5}|uptime|availability|crash\w{0,3}"
    r"|costs?|returns?|refunds?|rework|turnover|outages?|escalations?|without|no more than|at most|below|under"
    r"|stay|keep|maintain)\b"
    r"|质量|满意|投诉|故障|流失|差错|错误|缺陷|返工|退货|退款|成本|准确|稳定|可用|留存|续费|宕机|事故|合规|不超过"
    r"|不高于|不低于|低于|控制在|保持|≤|<|口碑|NPS",
    re.IGNORECASE,
)


def about_one(objective: ObjectiveText, most_key_results: int) -> Iterator[Finding]:
    """Everything but what its parents and its goal set add."""
    where = Where(OBJECTIVE, objective.ref)
    yield from about_objective(objective.title, objective.ref)
    yield from _about_number(objective, most_key_results, where)
    if objective.key_results and objective.actions == 0:
        yield Finding("no-action", where)
    if is_sure(objective.key_results):
        yield Finding("sure-from-start", where)
    if _lacks_counter(objective.key_results):
        yield Finding("no-counter-metric", where)
    for one in objective.key_results:
        yield from about_key_result(one)
    yield from _said_twice(objective.key_results)


def _about_number(objective: ObjectiveText, most: int, where: Where) -> Iterator[Finding]:
    num = len(objective.key_results)
    if num == 0:
        yield Finding("no-key-results", where)
    elif num == 1:
        yield Finding("one-key-result", where)
    elif num > most:
        yield Finding("many-key-results", where, values={"num": num, "most": most})


def is_sure(key_results: tuple[KeyResultText, ...]) -> bool:
    """Are there several confidences, and all of them full?"""
    known = [one.confidence for one in key_results if one.confidence is not None]
    return len(known) > 1 and all(one == SURE for one in known)


def _lacks_counter(key_results: tuple[KeyResultText, ...]) -> bool:
    """Two numbers or more, all to be raised, and none that would show harm."""
    measured = [one for one in key_results if one.target is not None or hear(one.title).has_number]
    if len(measured) < 2 or not all(hear(one.title).language for one in measured):
        return False
    return not any(_guards(one) for one in key_results)


def _guards(one: KeyResultText) -> bool:
    falls = one.start is not None and one.target is not None and one.target < one.start
    return falls or one.kind in (kinds.MAINTAIN, kinds.RUBRIC) or _GUARDS.search(one.title[:500]) is not None


def _said_twice(key_results: tuple[KeyResultText, ...]) -> Iterator[Finding]:
    said = [(one, plain(one.title)) for one in key_results[:_COMPARED]]
    for (first, before), (second, after) in combinations(said, 2):
        if is_near(before, after):
            yield Finding("twice", Where(KEY_RESULT, second.ref), values={"other": first.title})
