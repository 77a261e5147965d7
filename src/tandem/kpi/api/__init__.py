"""Indicators in the JSON API."""

from tandem.kpi.api import indicators, readings, rounds, scorecards, targets

routers = (indicators.router, readings.router, targets.router, rounds.router, scorecards.router)

__all__ = ["routers"]
