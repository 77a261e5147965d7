"""Key results whose target is no longer the signed one: kept beside the agreements, wherever one of both is written."""

from typing import Any

from tandem.okr import versions
from tandem.okr.models import Agreement, AgreementState, GoalSet, KeyResult, MovedTarget


def signed_versions(sets: list[int]) -> dict[int, list[tuple[Any, versions.Version]]]:
    """What was ever signed on these goal sets (keys), with its time, the oldest first: one query."""
    rows = Agreement.objects.filter(goal_set__in=sets, owner_signed_at__isnull=False, other_signed_at__isnull=False)
    found: dict[int, list[tuple[Any, versions.Version]]] = {}
    for one in rows.exclude(state=AgreementState.OFFERED).order_by("pk"):
        found.setdefault(one.goal_set_id, []).append((one.signed_at, versions.read(one.kept)))
    return found


def follow_targets(goals: GoalSet, text: str) -> None:
    """The set says `text` now, or a version of it was signed: what moved is written anew where it changed.

    One query where nothing was ever signed.
    """
    signed = signed_versions([goals.pk]).get(goals.pk)
    if not signed:
        return
    true = versions.moved_targets(signed, versions.read(text))
    stored = {
        one.key_result.key: one for one in MovedTarget.objects.filter(goal_set=goals).select_related("key_result")
    }
    gone = [one.pk for key, one in stored.items() if key not in true]
    if gone:
        MovedTarget.objects.filter(pk__in=gone).delete()
    fresh = {key: one for key, one in true.items() if key not in stored or as_moved(stored[key]) != one}
    rows = dict(KeyResult.objects.filter(key__in=fresh).values_list("key", "pk")) if fresh else {}
    for key, one in fresh.items():
        told = {"goal_set": goals, "cycle_id": goals.cycle_id, "way": one.way, "signed": one.signed, "on": one.on}
        MovedTarget.objects.update_or_create(key_result_id=rows[key], defaults=told)


def as_moved(one: MovedTarget) -> versions.Moved:
    return versions.Moved(one.way, one.on, one.signed)
