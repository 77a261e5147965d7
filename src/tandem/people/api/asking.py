"""Who asks, and what the things they name in a body are."""

from collections.abc import Callable
from typing import TypeVar

from tandem.core.errors import Invalid, Missing
from tandem.people.actors import Actor

T = TypeVar("T")


def named(get: Callable[[Actor, int], T], actor: Actor, pk: int | None, field: str) -> T | None:
    """The thing that a body names by its key; None for null. Raises Invalid (422) naming `field`."""
    return None if pk is None else known(get, actor, pk, field)


def known(get: Callable[[Actor, int], T], actor: Actor, pk: int, field: str) -> T:
    """The same for a thing that must be there."""
    try:
        return get(actor, pk)
    except Missing as missing:
        raise Invalid(missing.message, field=field) from None
