"""Reading indicators. Every function takes the actor first; what they may not see is not there."""

from tandem.kpi.queries.library import PAGE, find_indicators, get_indicator, tags_in_use, versions_of
from tandem.kpi.queries.readings import (
    Actual,
    Due,
    actuals,
    corrections_of,
    due_of,
    only_carrier,
    readings_of,
    supplies,
)
from tandem.kpi.queries.targets import (
    Sheet,
    Standing,
    get_scheme,
    get_target,
    scheme_of,
    sheet_of,
    targets_of,
    team_standing,
)

__all__ = [
    "PAGE",
    "Actual",
    "Due",
    "Sheet",
    "Standing",
    "actuals",
    "corrections_of",
    "due_of",
    "find_indicators",
    "get_indicator",
    "get_scheme",
    "get_target",
    "only_carrier",
    "readings_of",
    "scheme_of",
    "sheet_of",
    "supplies",
    "tags_in_use",
    "targets_of",
    "team_standing",
    "versions_of",
]
