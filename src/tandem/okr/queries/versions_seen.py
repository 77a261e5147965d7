"""Versions of a goal set as one reader may see them: goals they may not read are not in them, nor named."""

from collections.abc import Collection
from typing import Any

from tandem.core.bulk import chunks
from tandem.okr import versions
from tandem.okr.models import GoalSet, Objective
from tandem.people.actors import Actor


def titles_seen(actor: Actor, found: Collection[versions.Version]) -> dict[str, tuple[int, str]]:
    """Of all objectives that these versions name, those the actor may read: key and title, by id. One query."""
    ids = {key for one in found for key in versions.ids_in(one)}
    seen: dict[str, tuple[int, str]] = {}
    for some in chunks(sorted(ids)):
        rows = Objective.objects.visible_to(actor).filter(key__in=some).order_by()
        seen.update((key, (pk, title)) for key, pk, title in rows.values_list("key", "pk", "title"))
    return seen


def changes_seen(actor: Actor, _goals: GoalSet, old: str, new: str) -> list[dict[str, Any]]:
    """What changed from one kept text to another, as JSON tells it."""
    both = [versions.read(old), versions.read(new)]
    seen = titles_seen(actor, both)
    before, after = (versions.seen(one, seen.keys()) for one in both)
    return [change_json(one) for one in versions.changes(before, after)]


def change_json(one: versions.Change) -> dict[str, Any]:
    fields = [
        {
            "name": step.name,
            "was": step.was,
            "now": step.now,
            "pieces": [{"kind": piece.kind, "text": piece.text} for piece in step.pieces],
        }
        for step in one.fields
    ]
    return {"kind": one.kind, "what": one.what, "id": one.id, "title": one.title, "fields": fields}
