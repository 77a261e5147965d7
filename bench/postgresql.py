"""A PostgreSQL server of the measurement's own, as safe as one in use (the tests' own forgets on a crash)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgresql import Cluster

from bench.measuring import Database


@contextmanager
def cluster(folder: Path) -> Iterator[Database]:
    server = Cluster(str(folder), options=["-c", "max_connections=60", "-c", "shared_buffers=256MB"])
    try:
        yield Database(server.start(), server.data, int((server.data / "postmaster.pid").read_text().split()[0]))
    finally:
        server.stop()
