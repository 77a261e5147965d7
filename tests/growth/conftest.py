"""Growth is met as pages are, and as the API is."""

from tests.pages.conftest import asks, browse, clock, world

__all__ = ["asks", "browse", "clock", "world"]
