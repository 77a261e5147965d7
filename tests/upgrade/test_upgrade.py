"""A database of the version before is brought to this one's tables by the first command, with every row kept."""

import json
import os
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.serving.server import environment
from tests.settings import wants_postgresql

HERE = Path(__file__).parent
KEPT = {"people_person": 11, "people_unit": 5, "okr_objective": 5, "okr_keyresult": 2, "okr_checkin": 3,
        "okr_keyaction": 1, "okr_alignment": 1, "cycles_cycle": 2}  # fmt: skip


@pytest.fixture(params=["0_1_0"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Settings of a place whose database was made by that version."""
    data = tmp_path / "data"
    data.mkdir()
    if not wants_postgresql():
        with sqlite3.connect(data / "tandem.sqlite3") as database:
            database.executescript((HERE / f"{request.param}.sqlite.sql").read_text(encoding="utf-8"))
        return environment(data)
    server, name = os.environ["TANDEM_DATABASE_URL"], f"old_{uuid.uuid4().hex[:8]}"
    url = f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    with psycopg.connect(url, autocommit=True) as database:
        database.execute((HERE / f"{request.param}.postgresql.sql").read_text(encoding="utf-8"))
    return environment(data, TANDEM_DATABASE_URL=url)


def run(place: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tandem", *arguments],
        env=place,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def counted(place: dict[str, str]) -> dict[str, int]:
    database: Any
    if url := place.get("TANDEM_DATABASE_URL"):
        database = psycopg.connect(url)
    else:
        database = sqlite3.connect(Path(place["TANDEM_DATA_DIR"]) / "tandem.sqlite3")
    try:
        return {table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in KEPT}
    finally:
        database.close()


def test_brought_up_to_date_with_every_row(old: dict[str, str], tmp_path: Path) -> None:
    assert counted(old) == KEPT
    assert "true" in run(old, "check")
    assert counted(old) == KEPT
    plan = json.loads(run(old, "export"))
    objectives = {one["title"]: one for one in plan["objectives"]}
    first = objectives["New customers love the first week"]
    assert first["description"] == "Why *this*"
    assert first["aligned_to"]
    assert [one["value"] for one in first["key_results"][0]["check_ins"] if not one.get("draft")] == [34]
    assert objectives["Gone"]["dropped_reason"] == "other things"
    again = tmp_path / "again.json"
    again.write_text(json.dumps(plan))
    assert "+" not in "\n".join(run(old, "plan", str(again)).splitlines()[:-1])  # the export says what is there
