"""Copied from above, or sliced from above: what the coach asks about an objective beside those it aligns to."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tandem.coach.finding import Finding, Where
from tandem.coach.hearing import hear
from tandem.coach.shapes import KEY_RESULT, OBJECTIVE, KeyResultText, ObjectiveText, ParentText
from tandem.coach.similarity import is_near, plain, without_numbers

_COMPARED = 20
_DIGITS = re.compile(r"\d[\d,，]*(?:\.\d+)?")


def about_parents(objective: ObjectiveText) -> Iterator[Finding]:
    own = plain(objective.title)
    for parent in objective.parents[:_COMPARED]:
        above = (parent.title, *(one.title for one in parent.key_results))
        copied = next((title for title in above if is_near(own, plain(title))), None)
        if copied is not None:
            yield Finding("copied-objective", Where(OBJECTIVE, objective.ref), values={"parent": copied})
        for one in objective.key_results[:_COMPARED]:
            yield from _about_key_result(one, parent)


def _about_key_result(one: KeyResultText, parent: ParentText) -> Iterator[Finding]:
    words, own = without_numbers(one.title), target_of(one)
    for other in parent.key_results[:_COMPARED]:
        if not is_near(words, without_numbers(other.title)):
            continue
        theirs = target_of(other)
        values: dict[str, object] = {"parent": other.title}
        if own is None or theirs is None or own == theirs:
            yield Finding("copied-key-result", Where(KEY_RESULT, one.ref), values=values)
        elif 0 < own < theirs and one.unit == other.unit:
            values["num"] = f"{own:f} / {theirs:f}"
            yield Finding("sliced-number", Where(KEY_RESULT, one.ref), values=values)
        return


def target_of(one: KeyResultText) -> Decimal | None:
    """What is to be reached: the target, or else the last number in the words."""
    if one.target is not None:
        return one.target.normalize() + 0
    found = [_DIGITS.search(each.words) for each in hear(one.title).quantities]
    values = [Decimal(each.group().replace(",", "").replace("，", "")) for each in found if each is not None]
    return values[-1] if values else None
