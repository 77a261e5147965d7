"""Reading indicators. Every function takes the actor first; what they may not see is not there."""

from tandem.kpi.queries.library import PAGE, find_indicators, get_indicator, tags_in_use, versions_of

__all__ = ["PAGE", "find_indicators", "get_indicator", "tags_in_use", "versions_of"]
