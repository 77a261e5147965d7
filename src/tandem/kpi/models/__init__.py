"""The tables of indicators."""

from tandem.kpi.models.claims import FactorClaim, Remedy
from tandem.kpi.models.files import KEPT, FileKind, FileState, KpiFile
from tandem.kpi.models.indicators import (
    WORDS,
    Aggregation,
    Dimension,
    Direction,
    Indicator,
    IndicatorVersion,
    Method,
)
from tandem.kpi.models.readings import Correction, Reading, Source
from tandem.kpi.models.rounds import Round
from tandem.kpi.models.scorecards import (
    BEFORE_CALIBRATION,
    Appeal,
    Mark,
    Role,
    Scorecard,
    ScorecardItem,
    Stage,
)
from tandem.kpi.models.targets import TERMS, Kind, Scheme, State, Target, TargetStep, seen_by

__all__ = [
    "BEFORE_CALIBRATION",
    "KEPT",
    "TERMS",
    "WORDS",
    "Aggregation",
    "Appeal",
    "Correction",
    "Dimension",
    "Direction",
    "FactorClaim",
    "FileKind",
    "FileState",
    "Indicator",
    "IndicatorVersion",
    "Kind",
    "KpiFile",
    "Mark",
    "Method",
    "Reading",
    "Remedy",
    "Role",
    "Round",
    "Scheme",
    "Scorecard",
    "ScorecardItem",
    "Source",
    "Stage",
    "State",
    "Target",
    "TargetStep",
    "seen_by",
]
