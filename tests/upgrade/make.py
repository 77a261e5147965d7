"""Makes the database of an earlier version, which the tests bring up to date: python make.py FILE, in its checkout.

The checkout's `src` and root must be on PYTHONPATH, and TANDEM_DATABASE_URL may name an empty PostgreSQL database; the
tables and rows are written to FILE as SQL text. What is in it is a small company with one of everything.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import time_machine

DAY = "2026-10-14"


def main(file: str) -> None:
    os.environ.update(DJANGO_SETTINGS_MODULE="tandem.config.settings", TANDEM_DATA_DIR=tempfile.mkdtemp())
    with time_machine.travel(f"{DAY}T09:00+00:00", tick=True):
        import django

        django.setup()
        from tandem.config.database_upgrade import upgrade_database

        upgrade_database()
        fill()
    Path(file).write_text(as_sql(), encoding="utf-8")


def fill() -> None:
    from tandem.okr import commands as okr
    from tandem.people import commands as people
    from tandem.people.actors import SYSTEM
    from tests.world import build

    world = build()
    ada = people.set_password(SYSTEM, world.ada, password="a-long-way-to-ride")
    objective, above = world.objective(description="Why *this*"), world.objective(world.web, title="部门目标")
    okr.align(ada, objective, parent=above)
    key_result = world.key_result(objective)
    world.key_result(objective, title="Steps", kind="milestones", steps=[{"title": "A", "weight": 2}, {"title": "B"}])
    first = okr.check_in(ada, key_result, value=33, confidence=6, note="slow “start”")
    okr.correct_check_in(ada, first, value=34)
    okr.check_in(ada, key_result, value=40, on=date.fromisoformat(DAY), draft=True)
    okr.add_action(ada, objective, title="Page", owner=world.ben)
    okr.drop_objective(ada, world.objective(title="Gone"), reason="other things")
    okr.archive_objective(ada, world.objective(title="Away"))
    world.objective(published=False, title="Draft")


def as_sql() -> str:
    from django.db import connection

    if connection.vendor == "sqlite":
        with sqlite3.connect(connection.settings_dict["NAME"]) as database:
            return "\n".join(database.iterdump()) + "\n"
    dump = ["pg_dump", "--inserts", "--no-owner", "--no-privileges", "-d", os.environ["TANDEM_DATABASE_URL"]]
    text = subprocess.run(dump, capture_output=True, text=True, check=True).stdout
    # What only psql understands, and the empty search path, are left out.
    lines = [one for one in text.splitlines() if not one.startswith(("\\", "--")) and "search_path" not in one]
    return "\n".join(one for one in lines if one) + "\n"


if __name__ == "__main__":
    main(sys.argv[1])
