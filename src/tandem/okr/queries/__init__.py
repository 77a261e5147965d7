"""Reading goals. Every function takes the actor first; what they may not see is not there."""

from tandem.okr.queries.goals import (
    Goal,
    Goals,
    goals_of_person,
    goals_of_unit,
    one_goal,
)
from tandem.okr.queries.lookups import (
    get_action,
    get_check_in,
    get_goal_set,
    get_key_result,
    get_objective,
)

__all__ = [
    "Goal",
    "Goals",
    "get_action",
    "get_check_in",
    "get_goal_set",
    "get_key_result",
    "get_objective",
    "goals_of_person",
    "goals_of_unit",
    "one_goal",
]
