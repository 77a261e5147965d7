"""Check-ins: the history of a key result, written, published, corrected, withdrawn and restored."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Day, Flag, Number, Text
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.okr.api.as_json import check_in_json, written_json
from tandem.okr.api.shapes import CheckedInOut, CheckInsOut
from tandem.okr.commands import (
    check_in,
    correct_check_in,
    publish_check_in,
    restore_check_in,
    withdraw_check_in,
)
from tandem.okr.models import CheckIn
from tandem.okr.queries import get_check_in, get_key_result
from tandem.okr.queries.history import CheckInRow
from tandem.okr.queries.key_results import check_ins
from tandem.people.actors import actor_of

if TYPE_CHECKING:
    from tandem.people.models import Person

router = Router(tags=["check-ins"])


class CheckInFields(Body):
    on: Day | None = None
    """The day it was true, today when left out."""
    value: Number | None = None
    """By kind: the number; 0–100; 0 or 1; the level of a rubric. Milestones name `done_steps` instead."""
    done_steps: list[int] | None = None
    """Milestones: the places (from 0) of the steps that are done."""
    confirmed: Flag | None = None
    """Baseline: the number is the one to start from."""
    confidence: Number | None = None
    """0–10; a fall by 3 or more needs a note."""
    status: Text | None = None
    """`on_track`, `at_risk`, `off_track`; proposed by pace when left out."""
    note: Text | None = None

    def said(self) -> dict[str, Any]:
        """Null stands for "not said", so that a form may send all its fields."""
        return {name: value for name, value in super().said().items() if value is not None}


class NewCheckIn(CheckInFields):
    draft: Flag = False
    """A draft changes nothing until it is published."""


def _written(row: CheckIn, status: int = 200) -> HttpResponse:
    author = row.author.name if row.author is not None else None
    return answer(written_json(row, author), status=status)


@router.get("/key-results/{id:key_result_id}/check-ins", response=CheckInsOut)
def list_check_ins(
    request: HttpRequest, key_result_id: int, cursor: Cursor = None, limit: Limit = USUAL
) -> HttpResponse:
    """The whole history, newest day first: corrected, withdrawn and kept as a draft too."""
    actor = actor_of(request)
    rows = check_ins(actor, get_key_result(actor, key_result_id))
    found = page(rows, ("-on", "-pk"), _place, cursor=cursor, limit=limit, name="check-ins")
    return answer({"items": [check_in_json(CheckInRow(*one)) for one in found.items], "next": found.next})


def _place(row: tuple[Any, ...]) -> tuple[str, int]:
    shown = CheckInRow(*row)
    return shown.on.isoformat(), shown.id


@router.post("/key-results/{id:key_result_id}/check-ins", response={201: CheckedInOut})
def create_check_in(request: HttpRequest, key_result_id: int, body: NewCheckIn) -> HttpResponse:
    """Say what is true of a key result on a day."""
    actor = actor_of(request)
    row = check_in(actor, get_key_result(actor, key_result_id), **body.said())
    return answer(written_json(row, actor.name), status=201)


@router.patch("/check-ins/{id:check_in_id}", response=CheckedInOut)
def correct(request: HttpRequest, check_in_id: int, body: CheckInFields) -> HttpResponse:
    """Replace it by a corrected one; the old one stays in the history. A draft is just changed."""
    actor = actor_of(request)
    return _written(correct_check_in(actor, get_check_in(actor, check_in_id), **body.said()))


@router.post("/check-ins/{id:check_in_id}/publish", response=CheckedInOut)
def publish(request: HttpRequest, check_in_id: int, body: CheckInFields | None = None) -> HttpResponse:
    """Publish a draft, with last changes."""
    actor = actor_of(request)
    fields = {} if body is None else body.said()
    return _written(publish_check_in(actor, get_check_in(actor, check_in_id), **fields))


@router.post("/check-ins/{id:check_in_id}/withdraw", response=CheckedInOut)
def withdraw(request: HttpRequest, check_in_id: int) -> HttpResponse:
    """Take it back: the value falls back to the one before, then to the start."""
    return _put(request, check_in_id, withdraw_check_in)


@router.post("/check-ins/{id:check_in_id}/restore", response=CheckedInOut)
def restore(request: HttpRequest, check_in_id: int) -> HttpResponse:
    """Undo a withdrawal."""
    return _put(request, check_in_id, restore_check_in)


def _put(request: HttpRequest, check_in_id: int, act: "Callable[[Person, CheckIn], CheckIn]") -> HttpResponse:
    actor = actor_of(request)
    return _written(act(actor, get_check_in(actor, check_in_id)))
