"""Goals in the words of the plan file: what a file is compared with, and what `tandem export` writes."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tandem.core.bulk import chunks
from tandem.okr.models import Alignment, CheckIn, CoOwner, KeyAction, KeyResult, Objective, Reader
from tandem.okr.rules import KPI, Measure
from tandem.people.actors import Actor

Fields = dict[str, Any]
# The file's word for a field and where it is kept.
OBJECTIVE = {
    "title": "title", "description": "description", "ambition": "ambition", "category": "category",
    "weight": "weight", "state": "state", "dropped_reason": "dropped_reason", "published": "published_on",
    "archived": "archived_on", "reflection": "reflection", "cloned_from": "cloned_from__key",
    "carry_reason": "carry_reason", "visibility": "visibility",
}  # fmt: skip
KEY_RESULT = {
    "title": "title", "description": "description", "kind": "kind", "unit": "unit_label", "weight": "weight",
    "start": "start", "target": "target", "low": "low", "high": "high", "tolerance": "tolerance", "steps": "steps",
    "indicator": "indicator_id", "carrier": "followed_unit_id",
    "current": "given", "confidence": "given_confidence", "score": "score", "score_reason": "score_reason",
    "late": "scored_late", "added": "added_on", "archived": "archived_on",
}  # fmt: skip
ACTION = {"title": "title", "due": "due_on", "state": "state", "archived": "archived_on"}
CHECK_IN = {
    "date": "on", "value": "value", "done_steps": "done_steps", "confirmed": "confirmed", "confidence": "confidence",
    "status": "status", "note": "note", "draft": "is_draft", "author": "author__key",
}  # fmt: skip


def objectives_by_key(_actor: Actor, keys: Iterable[str]) -> dict[str, Fields]:
    """Objectives with these keys: all fields of the file, and `pk`."""
    return {one["id"]: one for one in _objectives(Objective.objects.filter(key__in=list(keys)))}


def objectives_in_order(_actor: Actor, *, within: Iterable[int] | None = None) -> Iterator[list[Fields]]:
    """All objectives (or those with these primary keys), set by set in their order, a chunk at a time."""
    order = Objective.objects.order_by("goal_set_id", "position", "pk").values_list("pk", flat=True)
    wanted = set(within) if within is not None else None
    for places in chunks([pk for pk in order if wanted is None or pk in wanted]):
        found = {one["pk"]: one for one in _objectives(Objective.objects.filter(pk__in=places))}
        yield [found[pk] for pk in places if pk in found]


def _objectives(rows: QuerySet[Objective]) -> Iterator[Fields]:
    rows = rows.order_by()
    values = list(
        rows.values_list(
            "pk", "key", "goal_set__cycle__key", "goal_set__owner_person__key", "goal_set__owner_unit__key",
            *OBJECTIVE.values(),
        )
    )  # fmt: skip
    ids = [one[0] for one in values]
    parents = _gathered(Alignment.objects.filter(child__in=ids).values_list("child_id", "parent__key"))
    others = _gathered(CoOwner.objects.filter(objective__in=ids).values_list("objective_id", "person__key"))
    readers = _gathered(Reader.objects.filter(objective__in=ids).values_list("objective_id", "person__key"))
    for pk, key, cycle, person, unit, *plain in values:
        yield {
            "pk": pk,
            "id": key,
            "cycle": cycle,
            "owner": f"person:{person}" if person is not None else f"unit:{unit}",
            **dict(zip(OBJECTIVE, plain, strict=True)),
            "aligned_to": sorted(parents.get(pk, ())),
            "co_owners": sorted(others.get(pk, ())),
            "readers": sorted(readers.get(pk, ())),
        }


def _gathered(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def key_results_by_key(_actor: Actor, keys: Iterable[str]) -> dict[str, Fields]:
    """Key results with these keys: all fields of the file, `pk`, and `objective` (a key)."""
    rows = KeyResult.objects.filter(key__in=list(keys)).values_list(
        "pk", "key", "objective__key", "objective__goal_set__cycle__key", *KEY_RESULT.values()
    )
    return {
        key: {"pk": pk, "objective": objective, "cycle": cycle, **_result(plain)}
        for pk, key, objective, cycle, *plain in rows
    }


def key_results_under(_actor: Actor, objectives: Iterable[int]) -> dict[int, list[Fields]]:
    """The key results of objectives (primary keys), in their order."""
    rows = (
        KeyResult.objects.filter(objective__in=list(objectives))
        .order_by("position", "pk")
        .values_list("pk", "key", "objective_id", *KEY_RESULT.values())
    )
    found: dict[int, list[Fields]] = {}
    for pk, key, objective, *plain in rows:
        found.setdefault(objective, []).append({"pk": pk, "id": key, **_result(plain)})
    return found


def _result(plain: Iterable[Any]) -> Fields:
    """A key result in the file's words: whose readings it follows; what they come to is not its own to tell."""
    fields = dict(zip(KEY_RESULT, plain, strict=True))
    if fields["carrier"] is not None:
        fields["carrier"] = f"unit:{fields['carrier']}"
    if fields["kind"] == KPI:
        fields["current"] = None
    return fields


def actions_by_key(_actor: Actor, keys: Iterable[str]) -> dict[str, Fields]:
    """Key actions with these keys: all fields of the file, `pk`, and `objective` (a key)."""
    rows = KeyAction.objects.filter(key__in=list(keys)).order_by()
    return {one["id"]: one for _pk, one in _actions(rows)}


def actions_under(_actor: Actor, objectives: Iterable[int]) -> dict[int, list[Fields]]:
    """The key actions of objectives (primary keys), in their order."""
    return _gathered(_actions(KeyAction.objects.filter(objective__in=list(objectives)).order_by("position", "pk")))


def _actions(rows: QuerySet[KeyAction]) -> Iterator[tuple[int, Fields]]:
    for pk, key, under, objective, result, owner, *plain in rows.values_list(
        "pk", "key", "objective_id", "objective__key", "key_result__key", "owner__key", *ACTION.values()
    ):
        yield (
            under,
            {
                "pk": pk,
                "id": key,
                "objective": objective,
                "key_result": result,
                "owner": None if owner is None else f"person:{owner}",
                **dict(zip(ACTION, plain, strict=True)),
            },
        )


def check_ins_of(_actor: Actor, key_results: Iterable[int]) -> dict[int, list[Fields]]:
    """Check-ins (drafts too, withdrawn ones not) by key result, by date and within a day as they count."""
    rows = (
        CheckIn.objects.filter(key_result__in=list(key_results), withdrawn_at=None)
        .order_by("on", "pk")
        .values_list("pk", "key_result_id", *CHECK_IN.values())
    )
    found: dict[int, list[Fields]] = {}
    for pk, key_result, *plain in rows:
        found.setdefault(key_result, []).append({"pk": pk, **dict(zip(CHECK_IN, plain, strict=True))})
    return found


def cycles_of_objectives(_actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """Which cycle (a key) objectives belong to."""
    return dict(Objective.objects.filter(key__in=list(keys)).values_list("key", "goal_set__cycle__key"))


def objectives_of_key_results(_actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """Which objective (a key) key results hang under."""
    return dict(KeyResult.objects.filter(key__in=list(keys)).values_list("key", "objective__key"))


def alignment_keys(_actor: Actor) -> Iterator[tuple[str, str]]:
    """Every alignment as (child, parent)."""
    return Alignment.objects.values_list("child__key", "parent__key").iterator(chunk_size=5000)


def with_parents(_actor: Actor, cycle: int) -> set[int]:
    """The objectives of a cycle and all that they align to, through any number of levels (primary keys)."""
    found = set(Objective.objects.filter(goal_set__cycle=cycle).values_list("pk", flat=True))
    parents: dict[int, list[int]] = _gathered(Alignment.objects.values_list("child_id", "parent_id"))
    waiting = list(found)
    while waiting:
        above = [one for one in parents.get(waiting.pop(), ()) if one not in found]
        found.update(above)
        waiting += above
    return found


def cycle_keys(_actor: Actor, objectives: Iterable[int]) -> set[str]:
    """The cycles (keys) of objectives (primary keys)."""
    found: set[str] = set()
    for chunk in chunks(objectives):
        rows = Objective.objects.filter(pk__in=chunk).order_by()
        found.update(rows.values_list("goal_set__cycle__key", flat=True).distinct())
    return found


def measure_of(key_result: Fields) -> Measure:
    """What a key result in the words of the file measures."""
    weights = tuple(Decimal(str(step.get("weight", 1))) for step in key_result["steps"])
    names = ("kind", "start", "target", "low", "high", "tolerance")
    return Measure(**{name: key_result[name] for name in names}, weights=weights)
