"""The date tables say the same wherever the server stands and whatever the company's time zone is."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tandem.core.clock import set_company_timezone, today
from tandem.people.queries import company_timezone_name

ZONES = ("America/New_York", "UTC", "Europe/Berlin", "Asia/Shanghai", "Pacific/Kiritimati")
TABLES = ("tests/cases/test_cases_arithmetic.py", "tests/cases/test_cases_peers.py", "tests/rules")


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_cases_give_the_same_under_every_tz(zone: str) -> None:
    """The suite of rules, in a process of its own whose clock is set to the zone."""
    python = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-k"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [*python, "not timezone and not every_tz", *TABLES],
        env={**environment, "TZ": zone}, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/New_York", 13), ("UTC", 14), ("Europe/Berlin", 14), ("Asia/Shanghai", 14), ("Pacific/Kiritimati", 14)],
)
def test_cases_of_today_are_the_companys_day(zone: str, day: int) -> None:
    """At two in the morning by UTC it is still yesterday in New York."""
    set_company_timezone(lambda: zone)
    try:
        assert today(datetime(2026, 10, 14, 2, tzinfo=UTC)) == date(2026, 10, day)
    finally:
        set_company_timezone(company_timezone_name)
