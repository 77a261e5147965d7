"""Handshakes as plain JSON."""

from typing import TYPE_CHECKING, Any, Union

from tandem.okr.models import Agreement, Suggestion
from tandem.okr.queries import Handshake, HandshakeLine, Moved, TeamHandshakes
from tandem.okr.queries.agreed_targets import as_signed
from tandem.okr.queries.versions_seen import change_json
from tandem.people.queries import PAGE

if TYPE_CHECKING:
    from tandem.people.models import Person

Json = dict[str, Any]


def handshake_json(found: Handshake) -> Json:
    return {
        "state": found.state,
        "hash": found.hash,
        "version": found.version,
        "agreement": None if found.agreement is None else agreement_json(found.agreement),
        "changes": [change_json(one) for one in found.changes],
        "owner_side": _person(found.sides.owner),
        "other_side": _person(found.sides.other),
        "is_due": found.is_due,
        "suggestions": [suggestion_json(one) for one in found.suggestions],
        "above_changed": [{"id": pk, "title": title} for pk, title in found.above_changed],
        "earlier": [agreement_json(one) for one in found.earlier],
    }


def agreement_json(one: Agreement) -> Json:
    return {
        "id": one.pk,
        "key": one.key,
        "state": one.state,
        "is_trivial": one.is_trivial,
        "hash": one.hash,
        "expectation": one.expectation,
        "forecast": one.forecast,
        "owner_side": _person(one.owner_side),
        "other_side": _person(one.other_side),
        "offered_at": one.offered_at,
        "owner_signed_at": one.owner_signed_at,
        "other_signed_at": one.other_signed_at,
        "ended_at": one.ended_at,
        "ended_by": _person(one.ended_by),
        "reason": one.reason,
        "version": one.version,
    }


def suggestion_json(one: Suggestion) -> Json:
    return {
        "id": one.pk,
        "objective": one.objective_id,
        "key_result": one.key_result_id,
        "was": one.was,
        "text": one.text,
        "state": one.state,
        "author": _person(one.author),
        "at": one.at,
    }


def moved_json(one: Moved) -> Json:
    row, agreed = one.row, one.agreed
    kind = "person" if one.person_id else "unit"
    return {
        "key_result": row.id,
        "objective": row.objective_id,
        "title": row.title,
        "objective_title": one.objective_title,
        "owner": {"kind": kind, "id": one.person_id or one.unit_id, "name": one.owner_name},
        "moved": agreed.moved,
        "signed_at": agreed.on,
        "signed": agreed.key_result,
        "now": as_signed(row),
        "score_against_signed": agreed.score,
        "proposed_score": row.proposed_score,
        "score": row.score,
    }


def team_json(found: TeamHandshakes, start: int) -> Json:
    following = start + PAGE
    return {"items": [_line(one) for one in found.lines], "next": following if following < found.members else None}


def _line(one: HandshakeLine) -> Json:
    return {
        "owner": {"kind": one.kind, "id": one.id, "name": one.name},
        "state": one.state,
        "waits_for": one.waits_for,
        "since": one.since,
        "settled_days": one.settled_days,
        "above_changed": one.above_changed,
    }


def _person(one: Union["Person", None]) -> Json | None:
    return None if one is None else {"id": one.pk, "name": one.name}
