"""The tables of indicators."""

from tandem.kpi.models.indicators import (
    Aggregation,
    Dimension,
    Direction,
    Indicator,
    IndicatorVersion,
    Method,
)
from tandem.kpi.models.readings import Correction, Reading, Source
from tandem.kpi.models.targets import TERMS, Kind, Scheme, State, Target, TargetStep, seen_by

__all__ = [
    "TERMS",
    "Aggregation",
    "Correction",
    "Dimension",
    "Direction",
    "Indicator",
    "IndicatorVersion",
    "Kind",
    "Method",
    "Reading",
    "Scheme",
    "Source",
    "State",
    "Target",
    "TargetStep",
    "seen_by",
]
