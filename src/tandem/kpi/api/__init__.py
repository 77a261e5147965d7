"""Indicators in the JSON API."""

from tandem.kpi.api import indicators, targets

routers = (indicators.router, targets.router)

__all__ = ["routers"]
