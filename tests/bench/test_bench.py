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


def test_the_company_has_five_levels_and_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company, "PART", 100)
    plans = list(company.parts(300, check_ins=2))
    assert plans == list(company.parts(300, check_ins=2))
    units = plans[0][0]["units"]
    assert {unit["kind"] for unit in units} == {"company", "business", "function", "team"}
    assert max(int(unit["id"][1]) for unit in units) == 5
    assert [len(plan["objectives"]) for plan, _count in plans] == [2 * (len(units) + 100), 200, 200]
    assert sum(count for _plan, count in plans) == 1 + 300 + len(units) + (300 + len(units)) * (2 + 6 * 3)
