"""Goals as plain JSON. Decimals and dates are left to the writer of the answer."""

from typing import Any

from tandem.okr.models import CheckIn, KeyResult
from tandem.okr.queries import Goal, Goals
from tandem.okr.queries.history import CheckInRow
from tandem.okr.queries.rows import ActionRow, KeyResultRow, LinkRow, ObjectiveRow, SetRow

Json = dict[str, Any]


def goals_json(found: Goals) -> Json:
    return {
        "numbers": None if found.numbers is None else _set(found.numbers),
        "goals": [goal_json(one) for one in found.goals],
    }


def _set(numbers: SetRow) -> Json:
    return {
        "progress": numbers.progress,
        "objectives": numbers.objectives,
        "drafts": numbers.drafts,
        "key_results": numbers.key_results,
        "with_data": numbers.with_data,
        "updated_on": numbers.updated_on,
        "next_due_on": numbers.next_due_on,
        "score": numbers.score,
        "key_results_scored": numbers.key_results_scored,
        "reflection": numbers.reflection,
        "agreement": numbers.agreement,
        "version": numbers.version,
    }


def goal_json(goal: Goal) -> Json:
    shown = objective_json(goal.objective)
    shown["key_results"] = [key_result_json(one) for one in goal.key_results]
    shown["actions"] = [action_json(one) for one in goal.actions]
    shown["aligned_to"] = [_aligned_to(one) for one in goal.aligned_to]
    shown["co_owners"] = [{"id": one.id, "name": one.name} for one in goal.co_owners]
    shown["readers"] = [{"id": one.id, "name": one.name} for one in goal.readers]
    return shown


def objective_json(row: ObjectiveRow) -> Json:
    return {
        "id": row.id,
        "key": row.key,
        "title": row.title,
        "description": row.description,
        "ambition": row.ambition,
        "category": row.category,
        "weight": row.weight,
        "position": row.position,
        "state": row.state,
        "status": row.status,
        "dropped_reason": row.dropped_reason,
        "archived_on": row.archived_on,
        "published_on": row.published_on,
        "progress": row.progress,
        "expected": row.expected,
        "confidence": row.confidence,
        "next_due_on": row.next_due_on,
        "score": row.score,
        "band": row.band,
        "scored_late": row.scored_late,
        "reflection": row.reflection,
        "carry_reason": row.carry_reason,
        "owner": _owner(row),
        "cycle": {
            "id": row.cycle_id,
            "name": row.cycle_name,
            "phase": row.cycle_phase,
            "start": row.cycle_start,
            "end": row.cycle_end,
        },
        "visibility": row.visibility,
        "version": row.version,
    }


def _owner(row: ObjectiveRow | LinkRow) -> Json:
    if row.person_id is not None:
        return {"kind": "person", "id": row.person_id, "name": row.person_name}
    return {"kind": "unit", "id": row.unit_id, "name": row.unit_name}


def key_result_json(row: KeyResultRow) -> Json:
    return {
        "id": row.id,
        "key": row.key,
        "objective": row.objective_id,
        "title": row.title,
        "description": row.description,
        "kind": row.kind,
        "unit": row.unit,
        "start": row.start,
        "target": row.target,
        "low": row.low,
        "high": row.high,
        "tolerance": row.tolerance,
        "steps": row.steps,
        "given": row.given,
        "indicator": row.indicator,
        "carrier": row.carrier,
        "read_on": row.read_on,
        "weight": row.weight,
        "current": row.current,
        "progress": row.progress,
        "expected": row.expected,
        "confidence": row.confidence,
        "reported": row.reported,
        "status": row.status,
        "last_on": row.last_on,
        "next_due_on": row.next_due_on,
        "check_ins": row.check_ins,
        "score": row.score,
        "proposed_score": row.proposed_score,
        "score_reason": row.score_reason,
        "scored_late": row.scored_late,
        "position": row.position,
        "version": row.version,
    }


def action_json(row: ActionRow) -> Json:
    return {
        "id": row.id,
        "key": row.key,
        "objective": row.objective_id,
        "key_result": row.key_result_id,
        "title": row.title,
        "owner": None if row.owner_id is None else {"id": row.owner_id, "name": row.owner_name},
        "due_on": row.due_on,
        "state": row.state,
        "position": row.position,
        "version": row.version,
    }


def _aligned_to(link: LinkRow) -> Json:
    return {
        "id": link.id,
        "title": link.title,
        "state": link.state,
        "owner": _owner(link),
        "is_tentative": link.is_tentative,
    }


def check_in_json(row: CheckInRow) -> Json:
    return {
        "id": row.id,
        "key_result": row.key_result_id,
        "on": row.on,
        "value": row.value,
        "done_steps": row.done_steps,
        "confirmed": row.confirmed,
        "confidence": row.confidence,
        "status": row.status,
        "note": row.note,
        "is_draft": row.is_draft,
        "author": None if row.author_id is None else {"id": row.author_id, "name": row.author_name},
        "written_at": row.written_at,
        "withdrawn_at": row.withdrawn_at,
        "replaces": row.replaces_id,
    }


def written_json(row: CheckIn, author: str | None) -> Json:
    """A check-in just written, and what followed from it."""
    shown = CheckInRow(
        row.pk,
        row.key_result_id,
        row.on,
        row.value,
        row.done_steps,
        row.confirmed,
        row.confidence,
        row.status,
        row.note,
        row.is_draft,
        row.author_id,
        author,
        row.written_at,
        row.withdrawn_at,
        row.replaces_id,
        False,
    )
    return {"check_in": check_in_json(shown), "key_result": _numbers(row.key_result)}


def _numbers(row: KeyResult) -> Json:
    return {
        "id": row.pk,
        "current": row.current,
        "progress": row.progress,
        "confidence": row.confidence,
        "reported": row.status,
        "last_on": row.last_on,
        "next_due_on": row.next_due_on,
        "check_ins": row.check_ins_count,
    }
