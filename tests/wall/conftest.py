"""A company whose goals hold numbers, and a way to write commands that count for pay and look where they must not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tandem.core import commands
from tests.pages.conftest import browse, clock, world

__all__ = ["browse", "clock", "pay_command", "world"]


@pytest.fixture
def pay_command() -> Iterator[Callable[[Callable[..., Any]], Callable[..., Any]]]:
    """Makes a function a command of `kpi`, as if it stood there."""
    made: list[str] = []

    def make(act: Callable[..., Any], module: str = "tandem.kpi.commands.peek") -> Callable[..., Any]:
        act.__module__ = module
        made.append(f"{module.split('.')[1]}.{act.__name__}")
        return commands.command(may=lambda _actor, _subject: True)(act)

    yield make
    for name in made:
        commands.REGISTRY.pop(name, None)
