"""Lists in pages: a cursor holds the keys of the last row, so no page repeats or skips a row that stayed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from tandem.core.errors import Invalid

Item = TypeVar("Item")
USUAL, MOST = 50, 100
Limit = Annotated[int, Field(ge=1, le=MOST)]
Cursor = Annotated[str | None, Field(max_length=2000)]


@dataclass(frozen=True)
class Page(Generic[Item]):
    items: list[Item]
    next: str | None


def page(
    rows: QuerySet[Any, Item],
    keys: Sequence[str],
    keys_of: Callable[[Item], Sequence[object]],
    *,
    cursor: str | None,
    limit: int,
    name: str,
) -> Page[Item]:
    """One page of `rows` in the order of `keys` (the last one unique; `-` descends), after the cursor.

    Raises Invalid naming `cursor` for one that was not given out for the list of this `name`.
    """
    ordered = rows.order_by(*keys)
    if cursor:
        ordered = ordered.filter(_after(keys, _read(cursor, name, len(keys))))
    found: list[Item] = list(ordered[: limit + 1])
    if len(found) <= limit:
        return Page(found, None)
    shown = found[:limit]
    return Page(shown, _signer(name).sign_object(list(keys_of(shown[-1]))))


def _after(keys: Sequence[str], values: Sequence[object]) -> Q:
    """What comes after these values: beyond the first, or level with it and beyond the second, and so on."""
    condition = Q()
    for key, value in reversed(list(zip(keys, values, strict=True))):
        name = key.removeprefix("-")
        beyond = Q(**{f"{name}__{'lt' if key.startswith('-') else 'gt'}": value})
        condition = beyond | (Q(**{name: value}) & condition) if condition else beyond
    return condition


def _read(cursor: str, name: str, length: int) -> list[object]:
    try:
        values = _signer(name).unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != length:
        raise Invalid(_("This cursor belongs to no page of this list."), field="cursor")
    return values


def _signer(name: str) -> signing.Signer:
    return signing.Signer(salt=f"tandem.cursor.{name}")
