"""The measuring itself: what it prints about labels of our own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "coach_score.py"
LABELS = [
    {"text": "Raise renewal rate to 90%", "kind": "objective", "has_number": True, "smart_verdict": "fixable"},
    {"text": "Improve communication", "kind": "kr", "has_number": True, "inspirational": None, "smart_verdict": "good"},
]


def told(**settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings}
    return subprocess.run([sys.executable, SCRIPT], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def labels(tmp_path: Path) -> str:
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, LABELS)))
    return str(path)


def test_one_line_for_programs(labels: str) -> None:
    answer = told(LABELS=labels, FORMAT="json").stdout
    assert answer.count("\n") == 1
    assert json.loads(answer) == {"has_number": 0.6667, "smart_verdict": 0.5}


def test_a_table_for_people(labels: str) -> None:
    assert "has_number                 0.667  F1" in told(LABELS=labels).stdout


def test_no_labels() -> None:
    refused = told(LABELS="/nowhere/labels.jsonl")
    assert refused.returncode == 1
    assert "no labels at /nowhere/labels.jsonl" in refused.stderr
