"""Targets agreed on: accepted, negotiated, changed, spoken the final word on, dropped."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.clock import now
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.numbers import parse_number
from tandem.core.texts import clean_text
from tandem.kpi.access import carries_target, is_carrier_of, is_leader_of, leads_target
from tandem.kpi.commands.issuing import refuse_cycle
from tandem.kpi.commands.steps import count_up, keep_step, sign_for_leader, tell
from tandem.kpi.commands.terms import refuse_weights, set_terms
from tandem.kpi.models import Scheme, State, Target
from tandem.people.actors import Actor


@command(may=is_carrier_of)
def accept_targets(actor: Actor, scheme: Scheme, /, *, version: int | None = None) -> Scheme:
    """The carrier's signature under all that waits for it, as it stands. Raises Invalid, Conflict (409)."""
    expect_version(scheme, version)
    refuse_cycle(scheme.cycle)
    rows = [one for one in _standing(scheme) if one.state in (State.ISSUED, State.FINAL)]
    if not rows:
        raise Invalid(_("Nothing here waits to be accepted."), code="state")
    if any(one.issued_by_id == actor.pk for one in rows):
        raise Invalid(_("Both signatures cannot be of one hand: somebody else has to issue these."), code="state")
    for row in rows:
        row.state = State.ACCEPTED
        row.accepted_by_id, row.accepted_at = actor.pk, now()
        _save(row)
        keep_step(actor, row, "accepted")
    count_up(scheme)
    tell(actor, "targets.accepted", scheme)
    return scheme


@command(may=carries_target)
def negotiate_target(actor: Actor, target: Target, /, *, reason: str, wish: Any = None) -> Target:
    """The carrier does not agree, and says why; `wish` is the target they propose. Raises Invalid."""
    refuse_cycle(target.scheme.cycle)
    if target.state == State.FINAL:
        raise Invalid(_("The final word is spoken; what remains is to sign it."), code="state")
    if target.state not in (State.ISSUED, State.NEGOTIATING):
        raise Invalid(_("It is accepted by both; ask your leader to change it."), code="state")
    words = clean_reason(reason)
    proposed = None if wish in (None, "") else parse_number(wish, "wish")
    target.state = State.NEGOTIATING
    _save(target)
    keep_step(actor, target, "negotiated", words, proposed)
    count_up(target.scheme)
    tell(actor, "targets.negotiated", target.scheme, title=target.indicator.name)
    return target


@command(may=is_leader_of)
def change_targets(
    actor: Actor,
    scheme: Scheme,
    /,
    *,
    changes: Mapping[int, Mapping[str, Any]],
    reason: str,
    version: int | None = None,
) -> Scheme:
    """Other terms for some targets (by their keys); the weights of the whole still add to 100.

    What changed is signed by the leader alone from then on, whoever had accepted it. Raises Invalid, Conflict (409).
    """
    expect_version(scheme, version)
    refuse_cycle(scheme.cycle)
    rows = {one.pk: one for one in _standing(scheme)}
    strangers = changes.keys() - rows.keys()
    if strangers:
        raise Invalid(_("There is no such target."), field="changes")
    words = clean_reason(reason)
    changed = [rows[key] for key, terms in changes.items() if _changes(rows[key], terms)]
    if not changed:
        raise Invalid(_("Nothing would change."), field="changes")
    refuse_weights(rows.values())
    for row in changed:
        row.number += 1
        sign_for_leader(actor, row, State.ISSUED)
        _save(row)
        keep_step(actor, row, "changed", words)
    count_up(scheme)
    tell(actor, "targets.changed", scheme, reason=words)
    return scheme


@command(may=leads_target)
def speak_final_word(actor: Actor, target: Target, /, *, reason: str) -> Target:
    """The leader stays with the terms after hearing the carrier; what remains is the carrier's signature."""
    refuse_cycle(target.scheme.cycle)
    if target.state != State.NEGOTIATING:
        raise Invalid(_("A final word follows a negotiation; nobody negotiates this."), code="state")
    words = clean_reason(reason)
    sign_for_leader(actor, target, State.FINAL)
    _save(target)
    keep_step(actor, target, "final", words)
    count_up(target.scheme)
    tell(actor, "targets.final", target.scheme, title=target.indicator.name)
    return target


@command(may=is_leader_of)
def drop_targets(actor: Actor, scheme: Scheme, /, *, reason: str) -> Scheme:
    """All targets of this carrier are dropped; others can be issued afterwards. Raises Invalid."""
    refuse_cycle(scheme.cycle)
    rows = _standing(scheme)
    if not rows:
        raise Invalid(_("There is nothing left to drop."), code="state")
    words = clean_reason(reason)
    for row in rows:
        row.state = State.DROPPED
        _save(row)
        keep_step(actor, row, "dropped", words)
    count_up(scheme)
    tell(actor, "targets.dropped", scheme, reason=words)
    return scheme


def _standing(scheme: Scheme) -> list[Target]:
    return list(Target.objects.standing().filter(scheme=scheme).select_related("indicator", "definition"))


def _changes(row: Target, terms: Mapping[str, Any]) -> bool:
    before = row.terms()
    set_terms(row, terms)
    return row.terms() != before


def _save(row: Target) -> None:
    row.version += 1
    row.save()


def clean_reason(raw: object) -> str:
    words = clean_text(raw, "reason", length=2000)
    if not words:
        raise Invalid(_("Say why; the other side reads it."), field="reason")
    return words
