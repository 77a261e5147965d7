"""Stories happen in one company, on one day, unless they say otherwise; after each the stored numbers are
true and every event can be told."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.proof import assert_events_read_well, assert_numbers_true
from tests.world import WEDNESDAY, World, build


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time stands still on the Wednesday the stories begin; a story may travel on."""
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller) -> Iterator[World]:
    yield build()
    assert_numbers_true()
    assert_events_read_well()
