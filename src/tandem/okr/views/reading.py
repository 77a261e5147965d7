"""What the page of an objective shows, read once for the page and for each of its pieces."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tandem.activity.queries import FeedItem, feed
from tandem.okr.access import may_write_goal
from tandem.okr.models import Objective
from tandem.okr.queries import Agreed, Course, Goal, agreed_targets, courses_of, one_goal

if TYPE_CHECKING:
    from tandem.people.actors import Actor

FEED = 15


@dataclass(frozen=True)
class Shown:
    """An objective with the courses of its key results, and what the reader may do with it."""

    goal: Goal
    courses: dict[int, Course]
    may_write: bool
    me: int | None
    agreed: dict[int, list[Agreed]] = field(default_factory=dict)
    """By key result: what was once signed of it."""

    @property
    def is_closed(self) -> bool:
        """Closed cycles are read-only."""
        return self.goal.objective.cycle_phase == "closed"

    @property
    def is_writable(self) -> bool:
        return self.may_write and not self.is_closed and self.goal.objective.archived_on is None

    @property
    def takes_check_ins(self) -> bool:
        return self.is_writable and self.goal.objective.state == "active"

    @property
    def shows_weights(self) -> bool:
        """Weights are worth a word only when they differ."""
        return len({one.weight for one in self.goal.key_results}) > 1


def shown(actor: "Actor", objective_id: int) -> Shown:
    """Eight queries, two more for a unit's objective. Raises Missing (404)."""
    goal = one_goal(actor, objective_id)
    courses = courses_of(actor, goal.objective, goal.key_results)
    agreed = agreed_targets(actor, goal.objective.goal_set_id, goal.key_results)
    return Shown(goal, courses, may_write_goal(actor, goal), actor.pk, agreed)


def feed_of(actor: "Actor", objective_id: int, before: int | None = None) -> tuple[list[FeedItem], int | None]:
    """A page of what happened to the objective beside the talk about it, and where the next page begins."""
    found = feed(actor, Objective(pk=objective_id), before=before, limit=FEED + 1, without="comment.")
    return found[:FEED], found[FEED - 1].id if len(found) > FEED else None
