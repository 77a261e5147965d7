"""The demo lives beside the real data: a folder and a database of its own, in demo mode."""

import os

from tandem.config import environment

FOLDER = "demo"


def move_to_demo() -> None:
    """Before the settings are read: whatever database is configured, the demo never touches it."""
    os.environ[environment.DATA_DIR.name] = str(environment.DATA_DIR() / FOLDER)
    os.environ[environment.DEMO.name] = "1"
    os.environ.pop(environment.DATABASE_URL.name, None)


def sweep() -> None:
    """Take an earlier demo away."""
    from django.conf import settings

    database = settings.DATABASES["default"]["NAME"]
    for ending in ("", "-wal", "-shm"):
        if os.path.lexists(f"{database}{ending}"):
            os.unlink(f"{database}{ending}")  # noqa: PTH108 - the name is a string of Django's


def build() -> None:
    """Make the tables, and write the company, unless it is there already."""
    from django.db import connections

    from tandem.config.database_upgrade import upgrade_database
    from tandem.config.demo_rewards import fill_rewards
    from tandem.core.clock import today
    from tandem.integrations.demo import story
    from tandem.people.actors import SYSTEM
    from tandem.people.queries import people

    upgrade_database()
    if not people(SYSTEM, left=True).exists():
        story.fill(today())
        fill_rewards(today())
    connections.close_all()  # the server forks; its processes open their own
