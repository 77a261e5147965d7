"""What was archived under an objective and can be brought back."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from tandem.core.rows import Rows
from tandem.okr.models import KeyAction, KeyResult
from tandem.people.actors import Actor


class PutAway(NamedTuple):
    id: int
    title: str
    archived_on: date


def _archived(model: type[Model], objective: int) -> QuerySet[Any, Any]:
    rows = model._default_manager.filter(objective=objective, archived_on__isnull=False)
    return rows.order_by("-archived_on", "-pk").values_list("pk", "title", "archived_on")


_key_results = Rows(PutAway, lambda objective: _archived(KeyResult, objective))
_actions = Rows(PutAway, lambda objective: _archived(KeyAction, objective))


class AllPutAway(NamedTuple):
    key_results: list[PutAway]
    actions: list[PutAway]


def put_away_under(_actor: Actor, objective_id: int) -> AllPutAway:
    """Archived key results and actions of an objective, the newest first: two queries."""
    return AllPutAway(_key_results(objective=objective_id), _actions(objective=objective_id))
