"""The coach: pure checks on texts and numbers, in English and Chinese. It asks, and never blocks."""

from tandem.coach.catalogue import CHECKS, Check
from tandem.coach.finding import Finding, Where
from tandem.coach.findings import findings_of_goal_set, findings_of_objective, findings_of_text
from tandem.coach.shapes import HINT, QUESTION, GoalSetText, KeyResultText, ObjectiveText, ParentText
from tandem.coach.verdict import Judgement, judge

__all__ = [
    "CHECKS",
    "HINT",
    "QUESTION",
    "Check",
    "Finding",
    "GoalSetText",
    "Judgement",
    "KeyResultText",
    "ObjectiveText",
    "ParentText",
    "Where",
    "findings_of_goal_set",
    "findings_of_objective",
    "findings_of_text",
    "judge",
]
