"""The short form of the storm (bench/storm.py): a few hundred writes, two kills."""

import pytest
from bench.storm import storm

from tests.settings import wants_postgresql

pytestmark = pytest.mark.slow


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice() -> None:
    database = "postgresql" if wants_postgresql() else "sqlite"
    blown, sink, faults, _seconds = storm(database, writes=300, kills=2, seed=11, tell=lambda _said: None)
    assert not faults, faults[:20]
    assert blown.count() >= 300
    assert sink.subjects
