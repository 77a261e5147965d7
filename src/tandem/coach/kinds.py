"""What a key result can be measured by. The words stand here because the coach reads them out of sentences."""

METRIC, PERCENT, MAINTAIN, BINARY = "metric", "percent", "maintain", "binary"
MILESTONES, RUBRIC, BASELINE = "milestones", "rubric", "baseline"
KPI = "kpi"
"""Follows an indicator: no sentence says that, somebody chooses it."""
KINDS = (METRIC, PERCENT, MAINTAIN, BINARY, MILESTONES, RUBRIC, BASELINE, KPI)
