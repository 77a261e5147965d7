"""Who may do what with indicators, their targets and readings."""

from tandem.kpi.access.library import may_keep_indicator, may_keep_library
from tandem.kpi.access.readings import may_supply
from tandem.kpi.access.targets import (
    carries_target,
    is_carrier_of,
    is_leader_of,
    leads_target,
    may_issue_to_team,
    may_issue_to_unit,
)

__all__ = [
    "carries_target",
    "is_carrier_of",
    "is_leader_of",
    "leads_target",
    "may_issue_to_team",
    "may_issue_to_unit",
    "may_keep_indicator",
    "may_keep_library",
    "may_supply",
]
