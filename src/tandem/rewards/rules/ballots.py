"""A team's ballot on a plus or minus rule: everybody in the team says whether they can work by it."""

from dataclasses import dataclass
from datetime import date

AGREE, LIVE, OBJECT = "agree", "live", "object"
OPEN, PASSED, FAILED = "open", "passed", "failed"
SMALLEST_TEAM = 2
"""A rule is for a whole team, never for one person singled out."""


@dataclass(frozen=True)
class Tally:
    """How many said what; `voters` is how many belonged to the team when it was asked."""

    voters: int
    agree: int = 0
    live: int = 0
    object: int = 0

    @property
    def answered(self) -> int:
        return self.agree + self.live + self.object

    @property
    def quorum(self) -> int:
        """Half of the team, rounded up."""
        return -(-self.voters // 2)


def outcome(tally: Tally, until: date, today: date) -> str:
    """open, passed or failed. It passes as soon as all have answered without an objection; else on the day after its
    last day, when at least half answered, at least one agrees, and no objection stands. One objection, not taken back
    by who made it, is enough to stop it: a rule that somebody in the team cannot live with does not take effect.
    """
    if tally.answered == tally.voters and not tally.object and tally.agree:
        return PASSED
    if today <= until:
        return OPEN
    return FAILED if why_failed(tally) else PASSED


def why_failed(tally: Tally) -> str:
    """objection, quorum or nobody; "" where nothing stands against it."""
    if tally.object:
        return "objection"
    if tally.answered < tally.quorum:
        return "quorum"
    return "" if tally.agree else "nobody"
