"""What the coach is given, as plain values."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from tandem.coach import kinds

Severity = Literal["question", "hint"]
QUESTION: Final = "question"
HINT: Final = "hint"
OBJECTIVE: Final = "objective"
KEY_RESULT: Final = "key_result"
GOAL_SET: Final = "goal_set"
WhereKind = Literal["objective", "key_result", "goal_set"]


@dataclass(frozen=True)
class KeyResultText:
    """A key result: its words, and the numbers beside them. `ref` is the giver's own name for it."""

    title: str
    kind: str = kinds.PERCENT
    start: Decimal | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    confidence: int | None = None
    weight: Decimal = Decimal(1)
    ref: Any = None


@dataclass(frozen=True)
class ParentText:
    """An objective that one aligns to: only what the reader may see of it."""

    title: str
    key_results: tuple[KeyResultText, ...] = ()


@dataclass(frozen=True)
class ObjectiveText:
    """`actions`: how many key actions it has; None where one cannot know, and then nothing is asked about them."""

    title: str
    ambition: str = "aspirational"
    category: str = "contribution"
    key_results: tuple[KeyResultText, ...] = ()
    actions: int | None = None
    parents: tuple[ParentText, ...] = ()
    ref: Any = None


@dataclass(frozen=True)
class GoalSetText:
    """All living objectives of one owner in one cycle."""

    objectives: tuple[ObjectiveText, ...]
    owner_kind: Literal["person", "unit"] = "person"
    most_objectives: int = 5
    most_key_results: int = 4
