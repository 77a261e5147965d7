"""Handshakes in the words of the plan file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from tandem.okr.models import Agreement
from tandem.people.actors import Actor

Fields = dict[str, Any]
AGREEMENT = {
    "state": "state", "version": "kept", "hash": "hash", "trivial": "is_trivial", "offered": "offered_at",
    "owner_signed": "owner_signed_at", "other_signed": "other_signed_at", "expectation": "expectation",
    "forecast": "forecast", "ended": "ended_at", "reason": "reason", "changed_to": "changed_to", "above": "above",
}  # fmt: skip
PEOPLE = {
    "owner_side": "owner_side", "other_side": "other_side", "owner_for": "owner_for", "other_for": "other_for",
    "ended_by": "ended_by",
}  # fmt: skip


def agreements_by_key(_actor: Actor, keys: Iterable[str]) -> dict[str, Fields]:
    """Agreements with these keys: all fields of the file, and `pk`."""
    return {one["id"]: one for one in _fields(Agreement.objects.filter(key__in=list(keys)))}


def agreements_in_order(_actor: Actor, *, cycle: str | None = None) -> Iterator[Fields]:
    """All agreements, or those of one cycle (a key), the oldest first."""
    rows = Agreement.objects.all() if cycle is None else Agreement.objects.filter(goal_set__cycle__key=cycle)
    return _fields(rows.order_by("pk"))


def has_agreements(_actor: Actor, *, cycle: str | None = None) -> bool:
    rows = Agreement.objects.all() if cycle is None else Agreement.objects.filter(goal_set__cycle__key=cycle)
    return rows.exists()


def _fields(rows: QuerySet[Agreement]) -> Iterator[Fields]:
    owner = ("goal_set__cycle__key", "goal_set__owner_person__key", "goal_set__owner_unit__key")
    people = (f"{name}__key" for name in PEOPLE.values())
    for pk, key, cycle, person, unit, *values in rows.values_list(
        "pk", "key", *owner, *people, *AGREEMENT.values()
    ).iterator(chunk_size=500):
        yield {
            "pk": pk,
            "id": key,
            "cycle": cycle,
            "owner": f"person:{person}" if person is not None else f"unit:{unit}",
            **dict(zip((*PEOPLE, *AGREEMENT), values, strict=True)),
        }
