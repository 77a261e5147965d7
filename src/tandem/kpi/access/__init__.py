"""Who may do what with indicators, their targets and readings."""

from tandem.kpi.access.library import may_keep_indicator, may_keep_library
from tandem.kpi.access.readings import may_supply
from tandem.kpi.access.scorecards import (
    carries,
    knows_result,
    looks_as_people_team,
    may_answer,
    may_calibrate,
    may_claim,
    may_decide_appeal,
    may_decide_claim,
    may_decide_claim_on,
    may_mark,
    may_note_item,
    may_review,
    may_review_second,
    may_run_round,
    role_of,
)
from tandem.kpi.access.targets import (
    carries_target,
    is_carrier_of,
    is_leader_of,
    leads_target,
    may_issue_to_team,
    may_issue_to_unit,
    may_split,
)

__all__ = [
    "carries",
    "carries_target",
    "is_carrier_of",
    "is_leader_of",
    "knows_result",
    "leads_target",
    "looks_as_people_team",
    "may_answer",
    "may_calibrate",
    "may_claim",
    "may_decide_appeal",
    "may_decide_claim",
    "may_decide_claim_on",
    "may_issue_to_team",
    "may_issue_to_unit",
    "may_keep_indicator",
    "may_keep_library",
    "may_mark",
    "may_note_item",
    "may_review",
    "may_review_second",
    "may_run_round",
    "may_split",
    "may_supply",
    "role_of",
]
