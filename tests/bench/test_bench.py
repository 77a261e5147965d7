"""The measurement itself works: a small company, all the way, no request failed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import company

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_small_company_is_measured() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TANDEM_")}
    asked = {**kept, "PEOPLE": "70", "SECONDS": "0.5", "DB": "sqlite"}
    done = subprocess.run(
        [sys.executable, "-m", "bench"], check=False, cwd=ROOT, env=asked, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "| a check-in |" in done.stdout
    assert "320 done, 0 failed" in done.stdout
    assert done.stderr == ""


def test_the_company_has_five_levels_and_is_always_the_same(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    count = company.write(300, one)
    company.write(300, two)
    assert one.read_bytes() == two.read_bytes()
    assert count == 1 + 300 * (1 + 2 + 6) + 9 * _units(one)


def _units(file: Path) -> int:
    import json

    plan = json.loads(file.read_text())
    assert {unit["kind"] for unit in plan["units"]} == {"company", "business", "function", "team"}
    depth = {unit["id"]: int(unit["id"][1]) for unit in plan["units"]}
    assert max(depth.values()) == 5
    return len(plan["units"])
