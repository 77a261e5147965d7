"""What a reader may not see among rows that were read already."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet

from tandem.core.bulk import chunks
from tandem.core.clock import today
from tandem.core.rows import MOST_KEYS, Rows
from tandem.okr.access import seen_among
from tandem.okr.commands.numbers import compute
from tandem.okr.models import GoalSet, Objective, Visibility
from tandem.okr.models.visibility import readable_by
from tandem.okr.queries.lookups import missing
from tandem.people.actors import Actor


class Kept(Protocol):
    """A row of an objective."""

    @property
    def id(self) -> int: ...
    @property
    def visibility(self) -> str: ...
    @property
    def person_id(self) -> int | None: ...


def hidden_among(actor: Actor, objectives: Iterable[Kept]) -> set[int]:
    """The keys of those the actor may not read: one query, none where all are open or the actor's own."""
    restricted = {one.id for one in objectives if one.visibility != Visibility.COMPANY and one.person_id != actor.pk}
    return restricted - seen_among(actor, restricted) if restricted else restricted


class Guarded(NamedTuple):
    """What decides about one objective."""

    id: int
    visibility: str
    person_id: int | None


def refuse_hidden(actor: Actor, objective: Kept) -> None:
    """Raises Missing (404) for one the actor may not read."""
    if hidden_among(actor, [objective]):
        raise missing()


_OBJECTIVE = ("pk", "weight", "state", "archived_on", "visibility", "ambition", "category")
_KEY_RESULT = (
    *("weight", "progress", "confidence", "status", "next_due_on", "last_on", "archived_on"),
    *("score", "scored_late"),
)


def _seen(person: int, day: date, sets: list[int]) -> QuerySet[Any, Any]:
    rows = Objective.objects.filter(readable_by(person, day), goal_set__in=sets, archived_on=None)
    columns = (*_OBJECTIVE, "key_results__pk", *(f"key_results__{name}" for name in _KEY_RESULT))
    return rows.order_by().values_list("goal_set_id", "goal_set__owner_person_id", *columns)


_seen_rows = Rows(lambda *row: row, _seen)


def seen_numbers(actor: Actor, sets: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The numbers (`SET_NUMBERS`) of goal sets over all the goals in them that the actor may read, by key.

    For the sets in which something is not open to all: their stored numbers leave it out. One query for at most
    `MOST_KEYS` sets, none for none. Of a set in which the actor may read nothing there is no number.
    """
    assert not actor.is_system
    found: dict[int, _Set] = {}
    day = today()
    for keys in chunks(sets, MOST_KEYS):
        for goals, owner, *columns in _seen_rows(person=actor.pk, day=day, sets=keys):
            found.setdefault(goals, _Set(owner)).take(columns)
    return {key: one.numbers() for key, one in found.items()}


@dataclass
class _Set:
    owner: int | None
    objectives: dict[int, dict[str, Any]] = field(default_factory=dict)
    key_results: list[dict[str, Any]] = field(default_factory=list)

    def take(self, columns: list[Any]) -> None:
        """An objective with one of its key results, or with none."""
        split = len(_OBJECTIVE)
        objective = dict(zip(_OBJECTIVE, columns[:split], strict=True))
        self.objectives[objective["pk"]] = objective
        key_result = dict(zip(_KEY_RESULT, columns[split + 1 :], strict=True))
        if columns[split] is not None and key_result["archived_on"] is None:
            self.key_results.append({"objective_id": objective["pk"], **key_result})

    def numbers(self) -> dict[str, Any]:
        goals = GoalSet(owner_person_id=self.owner)
        return compute(goals, self.objectives.values(), self.key_results, seen=self.objectives.keys()).own
