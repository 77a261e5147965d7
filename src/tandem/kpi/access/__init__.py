"""Who may do what with indicators, their targets and readings."""

from tandem.kpi.access.library import may_keep_indicator, may_keep_library

__all__ = ["may_keep_indicator", "may_keep_library"]
