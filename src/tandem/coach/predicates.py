"""What a sentence does: the answer of both languages' listeners."""

from dataclasses import dataclass

from tandem.coach.dates import Span


@dataclass(frozen=True)
class Predicate:
    """What the sentence is about: doing, a change, or a state. All False: no verb was heard."""

    doing: Span | None = None
    """A verb of making or handling, and where it stands."""
    change: Span | None = None
    """A verb of change or of a state to be reached."""
    is_task: bool = False
    """Is the sentence as a whole about what is done or made, and not about what comes of it?"""
    is_finished_by_doing: bool = False
    """A definite thing is there at the end or is not: one can check without a number."""
    is_label: bool = False
    """No sentence at all: a topic."""
    is_effort: bool = False
    """Its number is the effort put in (hours a week), not what comes of it."""
    is_aside: bool = False
    """Its numbers describe something else (a customer segment, a share that is known), not what is to be reached."""


NO_PREDICATE = Predicate()
