"""Indicators in the JSON API."""

from tandem.kpi.api import indicators

routers = (indicators.router,)

__all__ = ["routers"]
