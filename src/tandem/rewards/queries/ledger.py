"""The ledger, read: a person's entries and balance, a round's entries and sums, the lines for payroll."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from tandem.core.bulk import chunks
from tandem.core.errors import Missing
from tandem.core.numbers import ZERO, rounded
from tandem.kpi import queries as kpi
from tandem.people.actors import Actor
from tandem.rewards.access import may_write_points
from tandem.rewards.models import Entry
from tandem.rewards.rules.payroll import PayrollLine

if TYPE_CHECKING:
    from tandem.kpi.models import Round
    from tandem.people.models import Person


def entries_of(actor: Actor, person: "Person") -> QuerySet[Entry]:
    """Somebody's entries as far as the actor may see them, the newest first."""
    rows: QuerySet[Entry] = Entry.objects.visible_to(actor).filter(person=person)
    return rows.select_related(*Entry.read_with, "reverses", "reversed_by").order_by("-number")


def get_entry(actor: Actor, pk: int) -> Entry:
    """Raises Missing (404)."""
    rows: QuerySet[Entry] = Entry.objects.visible_to(actor).select_related(*Entry.read_with, "reverses", "reversed_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such entry."))
    return found


def balance_of(actor: Actor, person: "Person") -> Decimal:
    """The sum of somebody's entries; 0 where there are none, or none the actor may see."""
    last = entries_of(actor, person).first()
    return last.balance if last is not None else ZERO


def balances(_actor: Actor, people: Iterable[int]) -> dict[int, tuple[int, Decimal]]:
    """The number of the last entry and the balance of each of these people (keys) who has entries."""
    later = Entry.objects.filter(person=OuterRef("person"), number__gt=OuterRef("number"))
    found: dict[int, tuple[int, Decimal]] = {}
    for keys in chunks(sorted(people)):
        rows = Entry.objects.filter(~Exists(later), person__in=keys).order_by()
        found.update({key: (number, value) for key, number, value in rows.values_list("person", "number", "balance")})
    return found


def closed_rounds(actor: Actor) -> "QuerySet[Round]":
    """For the people team: the rounds that points can be written of, the newest first; nobody else's."""
    return kpi.rounds(actor).filter(closed_at__isnull=False)


@dataclass(frozen=True)
class RoundPoints:
    entries: int
    points: Decimal


def points_by_round(actor: Actor, rounds: Iterable[int]) -> Mapping[int, RoundPoints]:
    """How many entries these rounds (keys) have, and what they add to. One query."""
    rows = Entry.objects.visible_to(actor).filter(round__in=list(rounds)).order_by().values_list("round")
    return {key: RoundPoints(many, _money(total)) for key, many, total in rows.annotate(Count("pk"), Sum("points"))}


def sums_of_round(actor: Actor, one: "Round") -> Mapping[int, RoundPoints]:
    """The same by the version of the rule (its key). One query."""
    rows = Entry.objects.visible_to(actor).filter(round=one).order_by().values_list("announced")
    return {key: RoundPoints(many, _money(total)) for key, many, total in rows.annotate(Count("pk"), Sum("points"))}


def entries_of_round(actor: Actor, one: "Round", words: str = "") -> QuerySet[Entry]:
    """All entries of a round by name, for the people team; `words` of the name narrow them."""
    rows: QuerySet[Entry] = Entry.objects.visible_to(actor).filter(round=one)
    for word in words.split():
        rows = rows.filter(person__name__icontains=word)
    rows = rows.select_related(*Entry.read_with, "reverses", "reversed_by")
    return rows.order_by("person__name", "person", "number") if may_write_points(actor) else rows.none()


def payroll_lines(actor: Actor, one: "Round") -> list[PayrollLine]:
    """A line for each person and version of a rule, by the person's id and the rule: always in the same order."""
    if not may_write_points(actor):
        return []
    rows = Entry.objects.filter(round=one).order_by("person__key", "person", "announced__rule", "announced__number")
    names = ("person__key", "person__name", "announced__rule__name", "announced__number")
    sums = rows.values_list("person", "announced__rule", *names).annotate(Sum("points"), Count("pk"))
    return [
        PayrollLine(one.cycle.name, key, name, rule, number, _money(points), many)
        for _person, _rule, key, name, rule, number, points, many in sums
    ]


def _money(value: Decimal | None) -> Decimal:
    return rounded(value or ZERO, 2)
