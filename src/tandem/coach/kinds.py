"""What a key result can be measured by. The words stand here because the coach reads them out of sentences."""

METRIC, PERCENT, MAINTAIN, BINARY = "metric", "percent", "maintain", "binary"
MILESTONES, RUBRIC, BASELINE = "milestones", "rubric", "baseline"
KINDS = (METRIC, PERCENT, MAINTAIN, BINARY, MILESTONES, RUBRIC, BASELINE)
