"""Proof of the ledger: every balance is the sum up to it, every entry follows from its rule and its scorecard."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.core.wall import blind
from tandem.kpi import queries as kpi
from tandem.people.actors import Actor
from tandem.rewards.models import Entry, RuleVersion
from tandem.rewards.rules.ledger import Line, first_fault
from tandem.rewards.rules.points import Card, again, put_in
from tandem.rewards.rules.terms import POOL, checked

if TYPE_CHECKING:
    from tandem.kpi.models import Round

_PIECE = 2000


def faults_of_points(actor: Actor) -> Iterator[str]:
    """A sentence for each fault. Runs blind, as all that counts for pay does."""
    with blind("rewards.check", actor.pk):
        found = [*_balances(), *_reversals(), *_recomputed(actor)]
    yield from found


def _balances() -> Iterator[str]:
    rows = Entry.objects.order_by("person", "number").values_list("person", "number", "points", "balance")
    for person, lines in groupby(rows.iterator(_PIECE), key=lambda row: row[0]):
        fault = first_fault(Line(*row[1:]) for row in lines)
        if fault is not None:
            yield _("points of person %(person)s: entry %(number)s is missing, or its balance is not the sum") % {
                "person": person, "number": fault,
            }  # fmt: skip


def _reversals() -> Iterator[str]:
    rows = Entry.objects.filter(reverses__isnull=False).select_related("reverses").order_by("pk")
    for one in rows.iterator(_PIECE):
        old = one.reverses
        same = (old.person_id, old.announced_id, old.scorecard_id) == (
            one.person_id, one.announced_id, one.scorecard_id,
        )  # fmt: skip
        if not same or one.points != -old.points:
            yield _("entry %(entry)s does not take back what it names") % {"entry": one.pk}


def _recomputed(actor: Actor) -> Iterator[str]:
    pairs = Entry.objects.order_by("round", "announced").values_list("round", "announced").distinct()
    versions = RuleVersion.objects.select_related("rule").in_bulk({announced for _round, announced in pairs})
    for key, of_round in groupby(list(pairs), key=lambda pair: pair[0]):
        one = kpi.get_round(actor, key)
        cards = {card.key: card for card in kpi.closed_scorecards(actor, one.cycle, kinds=("plus_minus",))}
        for _round, announced in of_round:
            yield from _by_rule(one, versions[announced], cards)


def _by_rule(one: "Round", announced: RuleVersion, cards: dict[int, kpi.ClosedScorecard]) -> Iterator[str]:
    kind = announced.rule.kind
    terms = checked(kind, announced.terms)
    rows = list(Entry.objects.filter(round=one, announced=announced, reverses=None).order_by("pk"))
    for entry, points in zip(rows, again(kind, terms, [row.numbers for row in rows]), strict=True):
        if entry.points != points or not _fits(kind, terms, entry, cards.get(entry.scorecard_id)):
            yield _("entry %(entry)s does not follow from its rule and its scorecard") % {"entry": entry.pk}


def _fits(kind: str, terms: dict[str, Any], entry: Entry, card: kpi.ClosedScorecard | None) -> bool:
    """Are the numbers put in those of the scorecard? A job level is that of the day of writing."""
    if card is None or card.person != entry.person_id:
        return False
    items = tuple((item.code, item.points) for item in card.items if item.points is not None)
    now = put_in(kind, terms, Card(card.total, card.grade, items)) or {}
    compared = {"result"} if kind == POOL else now.keys()
    return all(entry.numbers.get(name) == now[name] for name in compared)
