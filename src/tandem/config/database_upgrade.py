"""Brings the database to this version's tables, by itself, at every start."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from tandem.okr.commands.bulk.numbers import count_anew
from tandem.okr.commands.coverage import recount_coverage
from tandem.okr.commands.kept import recount_targets
from tandem.search.commands import rebuild_if_outdated

LOCK_NUMBER = 7_364_611  # any number that nobody else in the database uses

COUNT_MORE = {("okr", "0003_visibility"), ("okr", "0005_scores_and_lineage"), ("okr", "0010_growth_and_hands")}
"""Migrations since which goal sets store more numbers than before: all are counted anew after them."""
SCORES = "0005_scores_and_lineage"
"""Since then closed cycles are frozen; before, scores were kept with key results alone."""
COVERAGE, TARGETS = "0007_coverage", "0009_moved_targets"


def upgrade_database() -> bool:
    """Migrate if there is anything to do; True when there was. Nodes that start together do it one after another."""
    try:
        with _alone():
            executor = MigrationExecutor(connection)
            leaves = executor.loader.graph.leaf_nodes()
            waiting = {(one.app_label, one.name) for one, _back in executor.migration_plan(leaves)}
            if waiting:
                call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            if COUNT_MORE & waiting:
                count_anew(frozen=("okr", SCORES) not in waiting)
            if ("okr", COVERAGE) in waiting:
                recount_coverage()
            if ("okr", TARGETS) in waiting:
                recount_targets()
            rebuild_if_outdated()
            return bool(waiting)
    finally:
        connections.close_all()  # the server forks; children open their own


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
        return
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.DATA_DIR / "upgrade.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
