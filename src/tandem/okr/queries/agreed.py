"""Proof of the handshakes: every kept version has the hash it says, and what is shown as signed is what stands."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tandem.okr import versions
from tandem.okr.commands.kept import FOLLOWED, versions_of
from tandem.okr.commands.moved_targets import as_moved, signed_versions
from tandem.okr.models import Agreement, AgreementState, GoalSet, MovedTarget


def faults_of_agreements(sets: list[int]) -> Iterator[str]:
    """Of these goal sets (keys), a sentence for everything about their agreements that is not so: two queries, and
    three more where anything was offered."""
    rows: dict[int, list[Agreement]] = {}
    for one in Agreement.objects.filter(goal_set__in=sets).order_by("-pk"):
        rows.setdefault(one.goal_set_id, []).append(one)
    kept = GoalSet.objects.filter(pk__in=sets).select_related(*GoalSet.read_with).order_by("pk")
    found = {one.pk: one for one in kept.exclude(agreement="")} | {
        one.pk: one for one in kept.filter(pk__in=list(rows))
    }
    stand = versions_of(found.values()) if found else {}
    for goals in found.values():
        followed = stand.get(goals.pk) if goals.agreement in FOLLOWED else None
        yield from _faults_of_set(goals, rows.get(goals.pk, []), followed)
    yield from _faults_of_targets(sets, stand)


def _faults_of_set(goals: GoalSet, rows: list[Agreement], stands: str | None) -> Iterator[str]:
    place = _("goals of %(owner)s in %(cycle)s") % {"owner": goals.owner_name, "cycle": goals.cycle.name}
    state = rows[0].state if rows else ""
    if goals.agreement != state:
        told = {"name": "agreement", "stored": goals.agreement or "–", "true": state or "–"}
        yield f"{place}: " + _("%(name)s is stored as %(stored)s and should be %(true)s") % told
    for one in rows:
        yield from _faults_of_agreement(one, is_newest=one is rows[0])
    if rows and stands is not None:
        same = versions.hash_of(stands) == rows[0].hash
        if state == AgreementState.SIGNED and not same:
            yield _("agreement %(key)s: what was signed is not what stands.") % {"key": rows[0].key}
        if state == AgreementState.VOIDED and same:
            yield _("agreement %(key)s: it is void, and what was signed stands.") % {"key": rows[0].key}


def _faults_of_targets(sets: list[int], stand: dict[int, str]) -> Iterator[str]:
    """Stored marks of moved targets, against the versions that were signed: two queries."""
    signed = signed_versions([pk for pk in sets if pk in stand])
    true = {pk: versions.moved_targets(some, versions.read(stand[pk])) for pk, some in signed.items()}
    for one in MovedTarget.objects.filter(goal_set__in=sets).select_related("key_result", "goal_set"):
        key = one.key_result.key
        if true.get(one.goal_set_id, {}).pop(key, None) != as_moved(one) or one.cycle_id != one.goal_set.cycle_id:
            yield _("key result %(key)s") % {"key": key} + ": " + _("its moved target is not what was signed.")
    for key in (key for some in true.values() for key in some):
        yield (
            _("key result %(key)s") % {"key": key}
            + ": "
            + _("its target moved since it was signed, and is not marked.")
        )


def _faults_of_agreement(one: Agreement, *, is_newest: bool) -> Iterator[str]:
    if versions.hash_of(one.kept) != one.hash:
        yield _("agreement %(key)s: the kept version does not have the hash that was signed.") % {"key": one.key}
    try:
        whole = versions.canonical(versions.read(one.kept)) == one.kept
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        yield _("agreement %(key)s: the kept version cannot be read.") % {"key": one.key}
    hands = (one.owner_signed_at is not None) + (one.other_signed_at is not None)
    if (one.state in (AgreementState.SIGNED, AgreementState.VOIDED)) != (hands == 2):
        yield _("agreement %(key)s: hands and state do not fit together.") % {"key": one.key}
    if not is_newest and one.state in (AgreementState.SIGNED, AgreementState.OFFERED):
        yield _("agreement %(key)s: a newer one was offered, and this one still holds.") % {"key": one.key}
