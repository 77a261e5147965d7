"""Indicators are met as pages are, and as the API is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.pages.conftest import asks, browse, clock, world
from tests.world import World

__all__ = ["asks", "browse", "clock", "world"]


@pytest.fixture
def door(world: World) -> Callable[[Person], Door]:
    return Door


@pytest.fixture
def indicator(world: World) -> Callable[..., Indicator]:
    """Puts one into the library: `indicator("coverage", unit="%")`."""

    def make(code: str = "coverage", **fields: Any) -> Indicator:
        return kpi.add_indicator(world.hana, None, code=code, **{"name_en": f"The {code}", **fields})

    return make


def send(client: Client, path: str, data: object = None) -> Any:
    """A form, sent. What a command refuses is rolled back, as it is outside of tests."""
    with transaction.atomic():
        return client.post(path, data)
