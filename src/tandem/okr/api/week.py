"""My week: what to check in on, and what to finish."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.okr.api.as_json import check_in_json, key_result_json
from tandem.okr.api.shapes import WeekOut
from tandem.okr.queries.history import CheckInRow
from tandem.okr.queries.week import ActionDue, CheckInDue, week_of
from tandem.people.actors import actor_of

router = Router(tags=["me"])


@router.get("/me/week", response=WeekOut)
def read_week(request: HttpRequest) -> HttpResponse:
    """Key results of one's own, of units one leads and of those one owns with others; and one's own actions."""
    week = week_of(actor_of(request))
    return answer(
        {
            "due": [_due(one) for one in week.due],
            "later": [_due(one) for one in week.later],
            "actions": [_action(one) for one in week.actions],
        }
    )


def _due(one: CheckInDue) -> dict[str, Any]:
    person = {"kind": "person", "id": one.person_id, "name": one.person_name}
    unit = {"kind": "unit", "id": one.unit_id, "name": one.unit_name}
    return {
        "key_result": key_result_json(one.key_result),
        "objective_title": one.objective_title,
        "owner": unit if one.person_id is None else person,
        "cycle_name": one.cycle_name,
        "paced": one.paced,
        "last": _check_in(one.last),
        "draft": _check_in(one.draft),
    }


def _check_in(row: CheckInRow | None) -> dict[str, Any] | None:
    return None if row is None else check_in_json(row)


def _action(one: ActionDue) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "due_on": one.due_on,
        "state": one.state,
        "is_overdue": one.is_overdue,
        "objective": one.objective_id,
        "objective_title": one.objective_title,
        "version": one.version,
    }
