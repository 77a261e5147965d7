"""Goals for a workbook: all that somebody may see of a cycle or branch, a chunk at a time."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from tandem.core.bulk import chunks
from tandem.okr.models import CheckIn, KeyAction, KeyResult
from tandem.okr.queries.goals import KEY_RESULT_COLUMNS
from tandem.okr.queries.lists import Filters, filled, objectives
from tandem.okr.queries.rows import KeyResultRow, ObjectiveRow
from tandem.people.actors import Actor

_ORDER = ("goal_set__cycle_id", "goal_set__unit__path", "goal_set__owner_person__name", "position", "pk")


class SheetCheckIn(NamedTuple):
    key_result_id: int
    on: date
    value: Decimal | None
    confidence: int | None
    status: str
    note: str
    author: str | None


class SheetAction(NamedTuple):
    objective_id: int
    title: str
    owner: str | None
    due_on: date | None
    state: str


class Chunk(NamedTuple):
    """Some objectives, in the order of the workbook, with what lies under them."""

    objectives: list[ObjectiveRow]
    key_results: list[KeyResultRow]
    check_ins: list[SheetCheckIn]
    actions: list[SheetAction]


def goals_in_chunks(actor: Actor, which: Filters, *, most: int | None = None) -> Iterator[Chunk]:
    """At most `most` objectives; four queries for each chunk."""
    found = objectives(actor, which).order_by(*_ORDER).values_list("pk", flat=True)
    for keys in chunks(list(found if most is None else found[:most])):
        yield _chunk(actor, keys)


def _chunk(actor: Actor, keys: list[int]) -> Chunk:
    place = {key: number for number, key in enumerate(keys)}
    rows = filled(objectives(actor, Filters(archived=True)).filter(pk__in=keys))
    rows.sort(key=lambda one: place[one.id])
    under = KeyResult.objects.filter(objective__in=[one.id for one in rows], archived_on=None)
    key_results = [KeyResultRow(*one) for one in under.order_by("position", "pk").values_list(*KEY_RESULT_COLUMNS)]
    goals = {one.id: one for one in rows}
    key_results = [
        one._replace(on=goals[one.objective_id].on, expected=goals[one.objective_id].expected) for one in key_results
    ]
    key_results.sort(key=lambda one: place[one.objective_id])
    return Chunk(rows, key_results, _check_ins(key_results), _actions(list(goals)))


def _check_ins(key_results: list[KeyResultRow]) -> list[SheetCheckIn]:
    corrected = Exists(CheckIn.objects.filter(replaces=OuterRef("pk"), withdrawn_at=None))
    place = {one.id: number for number, one in enumerate(key_results)}
    rows = CheckIn.objects.filter(~corrected, key_result__in=list(place), is_draft=False, withdrawn_at=None)
    values = ("key_result_id", "on", "value", "confidence", "status", "note", "author__name")
    found = [SheetCheckIn(*one) for one in rows.order_by("on", "written_at", "pk").values_list(*values)]
    return sorted(found, key=lambda one: place[one.key_result_id])


def _actions(keys: list[int]) -> list[SheetAction]:
    rows = KeyAction.objects.filter(objective__in=keys, archived_on=None).order_by("position", "pk")
    return [SheetAction(*one) for one in rows.values_list("objective_id", "title", "owner__name", "due_on", "state")]
