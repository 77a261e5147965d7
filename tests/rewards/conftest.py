"""Rewards are met as pages are, and as the API is."""

from tests.kpi.conftest import door
from tests.pages.conftest import asks, browse, clock, world

__all__ = ["asks", "browse", "clock", "door", "world"]
