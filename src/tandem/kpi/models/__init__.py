"""The tables of indicators."""

from tandem.kpi.models.indicators import (
    Aggregation,
    Dimension,
    Direction,
    Indicator,
    IndicatorVersion,
    Method,
)

__all__ = [
    "Aggregation",
    "Dimension",
    "Direction",
    "Indicator",
    "IndicatorVersion",
    "Method",
]
