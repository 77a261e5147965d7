"""Indicators in the JSON API."""

from tandem.kpi.api import indicators, readings, rounds, scorecards, splitting, targets

routers = (
    indicators.router,
    readings.router,
    splitting.router,
    targets.router,
    rounds.router,
    scorecards.router,
)

__all__ = ["routers"]
