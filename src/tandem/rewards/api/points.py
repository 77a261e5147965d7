"""The ledger of points: one's own, a person's and a round's for the people team, and the payroll file."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from tandem.core.errors import Missing
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, IdText, Named, Shown, Text, Words
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.kpi.queries import get_round
from tandem.people.actors import actor_of
from tandem.people.queries import get_person
from tandem.rewards import commands
from tandem.rewards.access import may_look
from tandem.rewards.models import Entry
from tandem.rewards.queries import balance_of, entries_of, entries_of_round, get_entry, points_due
from tandem.rewards.queries.due import DueRule
from tandem.rewards.views.files import payroll_answer

router = Router(tags=["rewards"])


class AskedEntries(Body):
    search: Words = ""


class Reversal(Body):
    reason: Text


class PayrollForm(Body):
    form: Literal["csv", "xlsx"] = "csv"


class EntryLine(Shown):
    id: int
    number: int
    person: Named
    rule: Named
    rule_version: int
    round: int
    scorecard: int
    points: float
    balance: float
    sum: str
    numbers: dict[str, Any]
    reverses: int | None
    reversed_by: int | None
    reason: str
    at: str


class EntriesOut(Shown):
    items: list[EntryLine]
    next: str | None


class LedgerOut(EntriesOut):
    balance: float


class DueLineOut(Shown):
    rule: Named
    rule_version: int
    entries: int
    points: float
    fresh: int
    """Entries that are not written yet, and their points."""
    fresh_points: float


class PointsDueOut(Shown):
    closed: bool
    """Nothing is due before the round is closed."""
    rules: list[DueLineOut]


class PointsWritten(Shown):
    entries: int
    points: float


@router.get("/people/{person_id}/points", response=LedgerOut)
def read_ledger(request: HttpRequest, person_id: IdText, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Your own; a look of the people team at another's is kept in the audit log."""
    actor = actor_of(request)
    person = get_person(actor, person_id)
    if person != actor:
        if not may_look(actor, person):
            raise Missing(_("There is no such page."))
        commands.note_look(actor, person)
    rows = entries_of(actor, person)
    found = page(rows, ("-number",), lambda one: (one.number,), cursor=cursor, limit=limit, name=f"points-{person_id}")
    items = [_line(one) for one in found.items]
    return answer({"balance": balance_of(actor, person), "items": items, "next": found.next})


@router.get("/rounds/{round_id}/points/due", response=PointsDueOut)
def read_due(request: HttpRequest, round_id: IdText) -> HttpResponse:
    """A dry run: what the rules that held bring for this closed round, and what is not written yet."""
    actor = actor_of(request)
    one = get_round(actor, round_id)
    rules = points_due(actor, one).rules if one.closed_at is not None else []
    return answer({"closed": one.closed_at is not None, "rules": [_due(row) for row in rules]})


def _due(row: DueRule) -> dict[str, Any]:
    return {
        "rule": {"id": row.announced.rule_id, "name": row.announced.rule.name},
        "rule_version": row.announced.number,
        **{name: getattr(row, name) for name in ("entries", "points", "fresh", "fresh_points")},
    }


@router.get("/rounds/{round_id}/points", response=EntriesOut)
def list_round_entries(
    request: HttpRequest, round_id: IdText, asked: Query[AskedEntries], cursor: Cursor = None, limit: Limit = USUAL
) -> HttpResponse:
    """What is written of a round; the look is kept in the audit log."""
    actor = actor_of(request)
    one = get_round(actor, round_id)
    commands.note_look(actor, one)
    rows = entries_of_round(actor, one, asked.search)
    found = page(rows, ("pk",), lambda row: (row.pk,), cursor=cursor, limit=limit, name=f"round-points-{round_id}")
    return answer({"items": [_line(row) for row in found.items], "next": found.next})


@router.post("/rounds/{round_id}/points", response=PointsWritten)
def write(request: HttpRequest, round_id: IdText) -> HttpResponse:
    """Write what is due; sent again, it writes nothing."""
    actor = actor_of(request)
    done = commands.write_points(actor, get_round(actor, round_id))
    return answer({"entries": done.entries, "points": done.points})


@router.post("/points/{entry_id}/reverse", response={201: EntryLine})
def reverse(request: HttpRequest, entry_id: IdText, body: Reversal) -> HttpResponse:
    """Take an entry back by another one that names it."""
    actor = actor_of(request)
    made = commands.reverse_entry(actor, get_entry(actor, entry_id), reason=body.reason)
    return answer(_line(get_entry(actor, made.pk)), status=201)


@router.post("/rounds/{round_id}/payroll")
def payroll(request: HttpRequest, round_id: IdText, body: PayrollForm) -> HttpResponse:
    """The file for payroll (text/csv or a workbook): the same entries make the same bytes. Kept in the audit log."""
    actor = actor_of(request)
    one = get_round(actor, round_id)
    return payroll_answer(one, body.form, commands.export_payroll(actor, one, form=body.form))


def _line(one: Entry) -> dict[str, Any]:
    back = getattr(one, "reversed_by", None)
    return {
        "id": one.pk, "number": one.number, "person": {"id": one.person_id, "name": one.person.name},
        "rule": {"id": one.announced.rule_id, "name": one.announced.rule.name}, "rule_version": one.announced.number,
        "round": one.round_id, "scorecard": one.scorecard_id, "points": one.points, "balance": one.balance,
        "sum": one.sum, "numbers": one.numbers, "reverses": one.reverses_id, "reversed_by": back and back.pk,
        "reason": one.reason, "at": one.at.isoformat(),
    }  # fmt: skip
