"""Indicators in the JSON API."""

from tandem.kpi.api import indicators, readings, targets

routers = (indicators.router, readings.router, targets.router)

__all__ = ["routers"]
