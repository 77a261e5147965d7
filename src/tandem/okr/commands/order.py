"""The order of things that one can drag."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from tandem.core.errors import Invalid


class Placed(Protocol):
    pk: int
    position: int


Row = TypeVar("Row", bound=Placed)


def placed(rows: Iterable[Row], order: list[int]) -> list[Row]:
    """Give `rows` their places: those named in `order` first, the others after them as they were.

    Raises Invalid (422) when `order` names something else, or something twice.
    """
    known = {row.pk: row for row in rows}
    if not set(order) <= known.keys() or len(set(order)) != len(order):
        raise Invalid(_("Name what is in this list, each once."), field="order")
    rest = sorted((row for key, row in known.items() if key not in order), key=lambda row: row.position)
    result = [*(known[key] for key in order), *rest]
    for place, row in enumerate(result):
        row.position = place
    return result
