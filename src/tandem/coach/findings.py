"""The coach's three answers: about one text, one objective, one goal set."""

from collections.abc import Iterator

from tandem.coach.checks.goal_set import about_set, all_are_sure
from tandem.coach.checks.objective import about_one
from tandem.coach.checks.parents import about_parents
from tandem.coach.checks.sentence import about_key_result, about_objective
from tandem.coach.finding import Finding
from tandem.coach.shapes import OBJECTIVE, GoalSetText, KeyResultText, ObjectiveText
from tandem.coach.verdict import TextKind

MOST_KEY_RESULTS = 4


def findings_of_text(text: str, kind: TextKind) -> list[Finding]:
    """What there is to ask about one sentence by itself. Of a long text the first 1 000 characters are read."""
    return list(about_objective(text) if kind == OBJECTIVE else about_key_result(KeyResultText(text)))


def findings_of_objective(objective: ObjectiveText, *, most_key_results: int = MOST_KEY_RESULTS) -> list[Finding]:
    """About an objective with all that hangs under it, beside its parents."""
    return [*about_one(objective, most_key_results), *about_parents(objective)]


def findings_of_goal_set(goals: GoalSetText) -> list[Finding]:
    """About the set as a whole, then about each objective in turn. An empty set has none."""
    return list(_of_set(goals))


def _of_set(goals: GoalSetText) -> Iterator[Finding]:
    yield from about_set(goals)
    said = all_are_sure(goals) and len(goals.objectives) > 1
    for one in goals.objectives:
        found = findings_of_objective(one, most_key_results=goals.most_key_results)
        yield from (each for each in found if not (said and each.code == "sure-from-start"))
