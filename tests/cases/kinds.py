"""Which test a peer's kind of case goes to."""

from collections.abc import Callable
from typing import Any

from tests.cases.reading import Row
from tests.world import World

Ask = Callable[[], World]
"""Builds the company when a case needs commands and not only rules."""

KINDS: dict[str, Callable[[Row, Ask], Any]] = {}


def kind(*names: str) -> Callable[[Callable[[Row, Ask], Any]], Callable[[Row, Ask], Any]]:
    """The decorated function tests the cases of these kinds: it asserts, or raises Unreadable for a strange form."""

    def register(test: Callable[[Row, Ask], Any]) -> Callable[[Row, Ask], Any]:
        KINDS.update(dict.fromkeys(names, test))
        return test

    return register


LATER: dict[str, str] = {}
"""Beginnings of kinds that later parts of the product bring, and what is missing until then."""


def later(name: str) -> str | None:
    return next((why for beginning, why in LATER.items() if name.startswith(beginning)), None)
