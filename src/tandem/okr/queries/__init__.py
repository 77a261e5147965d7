"""Reading goals. Every function takes the actor first; what they may not see is not there."""

from tandem.okr.queries.branches import (
    BranchObjective,
    BranchPerson,
    OwnNumbers,
    ParentLink,
    key_results_under,
    lines_from,
    numbers_in_branches,
    objectives_in_branches,
    one_in_branch,
    people_in_branches,
    person_in_branch,
)
from tandem.okr.queries.editor import Sheet, sheet_of_person, sheet_of_unit
from tandem.okr.queries.entrusted import Entrusted, entrusted_to, get_hand_over
from tandem.okr.queries.finding import Found, find_objectives, find_people_with_goals
from tandem.okr.queries.goals import (
    Goal,
    Goals,
    goals_of_person,
    goals_of_unit,
    one_goal,
)
from tandem.okr.queries.history import CheckInRow, Course, course_of, courses_of
from tandem.okr.queries.lookups import (
    get_action,
    get_check_in,
    get_goal_set,
    get_key_result,
    get_objective,
    key_result_by_key,
)
from tandem.okr.queries.outlines import outline_of_person, outline_of_unit
from tandem.okr.queries.overview import (
    OwnerSet,
    OwnerSets,
    SetInCycle,
    Tally,
    branch_numbers,
    company_numbers,
    history_of_person,
    most_at_risk,
    sets_of,
)
from tandem.okr.queries.people_status import STALE_PAGE, STATES, StaleRow, people_who, stale_key_results
from tandem.okr.queries.picker import Parent, possible_parents
from tandem.okr.queries.put_away import AllPutAway, put_away_under
from tandem.okr.queries.tree import Contributions, Node, Surroundings, contributions_to, surroundings_of
from tandem.okr.queries.week import ActionDue, CheckInDue, Week, check_in_due, week_of
from tandem.okr.queries.which import AMBITIONS, CATEGORIES, STATUSES, Which

__all__ = [
    "AMBITIONS",
    "CATEGORIES",
    "STALE_PAGE",
    "STATES",
    "STATUSES",
    "ActionDue",
    "AllPutAway",
    "BranchObjective",
    "BranchPerson",
    "CheckInDue",
    "CheckInRow",
    "Contributions",
    "Course",
    "Entrusted",
    "Found",
    "Goal",
    "Goals",
    "Node",
    "OwnNumbers",
    "OwnerSet",
    "OwnerSets",
    "Parent",
    "ParentLink",
    "SetInCycle",
    "Sheet",
    "StaleRow",
    "Surroundings",
    "Tally",
    "Week",
    "Which",
    "branch_numbers",
    "check_in_due",
    "company_numbers",
    "contributions_to",
    "course_of",
    "courses_of",
    "entrusted_to",
    "find_objectives",
    "find_people_with_goals",
    "get_action",
    "get_check_in",
    "get_goal_set",
    "get_hand_over",
    "get_key_result",
    "get_objective",
    "goals_of_person",
    "goals_of_unit",
    "history_of_person",
    "key_result_by_key",
    "key_results_under",
    "lines_from",
    "most_at_risk",
    "numbers_in_branches",
    "objectives_in_branches",
    "one_goal",
    "one_in_branch",
    "outline_of_person",
    "outline_of_unit",
    "people_in_branches",
    "people_who",
    "person_in_branch",
    "possible_parents",
    "put_away_under",
    "sets_of",
    "sheet_of_person",
    "sheet_of_unit",
    "stale_key_results",
    "surroundings_of",
    "week_of",
]
