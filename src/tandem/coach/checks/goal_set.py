"""What the coach asks about all goals of one owner together."""

from collections.abc import Iterator
from itertools import chain, combinations

from tandem.coach.checks.objective import is_sure
from tandem.coach.finding import Finding, Where
from tandem.coach.shapes import GOAL_SET, OBJECTIVE, GoalSetText
from tandem.coach.similarity import is_near, plain

_COMPARED = 60


def about_set(goals: GoalSetText) -> Iterator[Finding]:
    """What only the whole shows; the findings of its objectives come beside it."""
    num, where = len(goals.objectives), Where(GOAL_SET)
    if num > goals.most_objectives:
        yield Finding("many-objectives", where, values={"num": num, "most": goals.most_objectives})
    if num < 2:
        return
    if goals.owner_kind == "person" and all(one.category != "growth" for one in goals.objectives):
        yield Finding("no-growth", where)
    if all(one.ambition == "committed" for one in goals.objectives):
        yield Finding("nothing-aspirational", where)
    if all_are_sure(goals):
        yield Finding("sure-from-start", where)
    yield from _said_twice(goals)


def all_are_sure(goals: GoalSetText) -> bool:
    return is_sure(tuple(chain.from_iterable(one.key_results for one in goals.objectives)))


def _said_twice(goals: GoalSetText) -> Iterator[Finding]:
    said = [(one, plain(one.title)) for one in goals.objectives[:_COMPARED]]
    for (first, before), (second, after) in combinations(said, 2):
        if is_near(before, after):
            yield Finding("twice", Where(OBJECTIVE, second.ref), values={"other": first.title})
