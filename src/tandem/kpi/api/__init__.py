"""Indicators in the JSON API."""

from tandem.kpi.api import claims, files, indicators, readings, rounds, scorecards, splitting, targets

routers = (
    files.router,
    indicators.router,
    readings.router,
    splitting.router,
    targets.router,
    rounds.router,
    scorecards.router,
    claims.router,
)

__all__ = ["routers"]
