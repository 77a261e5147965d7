"""Indicators in the JSON API."""

from tandem.kpi.api import claims, indicators, readings, rounds, scorecards, splitting, targets

routers = (
    indicators.router,
    readings.router,
    splitting.router,
    targets.router,
    rounds.router,
    scorecards.router,
    claims.router,
)

__all__ = ["routers"]
