"""Points are written into the ledger once a round is closed, and taken back by entries that name what they reverse."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.bulk import insert_rows
from tandem.core.commands import command, lock_rows
from tandem.core.errors import Invalid
from tandem.core.numbers import ZERO
from tandem.core.texts import clean_text
from tandem.people.actors import Actor
from tandem.rewards.access import may_reverse, may_write_points
from tandem.rewards.models import Entry, RewardRule
from tandem.rewards.queries import balances, points_due
from tandem.rewards.queries.due import Due

if TYPE_CHECKING:
    from tandem.kpi.models import Round


def _lock_ledger() -> None:
    """Entries are numbered and carry a balance: who writes waits for whoever writes now."""
    lock_rows(RewardRule.objects.all())


@dataclass(frozen=True)
class Written:
    """How many entries are new, and what they add to."""

    entries: int
    points: Decimal


@command(may=may_write_points, first=_lock_ledger)
def write_points(actor: Actor, one: "Round", /) -> Written:
    """The points of a closed round by the rules that held when it began: all of them or, where anything fails, none.

    Written again it changes nothing. Raises Invalid (422) where the round is not closed, or no rule held.
    """
    due = points_due(actor, one)
    if not due.rules:
        raise Invalid(_("No rule was in force when this period began."), code="state")
    written = Written(len(due.fresh), sum((line.brought.points for line in due.fresh), ZERO))
    if due.fresh:
        insert_rows(list(_rows(actor, one, due)))
        record(actor, "points.written", one, name=one.cycle.name, many=written.entries, value=str(written.points))
    return written


def _rows(actor: Actor, one: "Round", due: Due) -> Iterable[Entry]:
    last = balances(actor, {line.person for line in due.fresh})
    for line in due.fresh:
        number, balance = last.get(line.person, (0, ZERO))
        last[line.person] = number + 1, balance + line.brought.points
        yield Entry.new(
            person_id=line.person, number=number + 1, announced_id=line.announced, round_id=one.pk,
            scorecard_id=line.scorecard, points=line.brought.points, balance=balance + line.brought.points,
            numbers=line.brought.numbers, sum=line.brought.sum, author_id=actor.pk,
        )  # fmt: skip


@command(may=may_reverse, first=_lock_ledger)
def reverse_entry(actor: Actor, entry: Entry, /, *, reason: str) -> Entry:
    """Take an entry back, with the reason, by a new one of the same size; both stay. Once only. Raises Invalid (422).

    It is not written anew: the rule, the scorecard and the person had their entry.
    """
    said = clean_text(reason, "reason", length=2000)
    if not said:
        raise Invalid(_("Say why; the person reads it."), field="reason")
    if entry.reverses_id is not None:
        raise Invalid(_("A reversal is not reversed."), code="state")
    if Entry.objects.filter(reverses=entry).exists():
        raise Invalid(_("This entry was taken back already."), code="state")
    number, balance = balances(actor, {entry.person_id})[entry.person_id]
    made = Entry.objects.create(
        person_id=entry.person_id, number=number + 1, announced_id=entry.announced_id, round_id=entry.round_id,
        scorecard_id=entry.scorecard_id, points=-entry.points, balance=balance - entry.points,
        sum=f"−({entry.points:.2f}) = {-entry.points:.2f}", author_id=actor.pk, reverses=entry, reason=said,
    )  # fmt: skip
    title, value = entry.announced.rule.name, str(entry.points)
    record(actor, "points.reversed", made, name=entry.person.name, title=title, value=value)
    return made
