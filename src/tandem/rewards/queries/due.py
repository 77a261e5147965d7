"""What the rules bring for a closed round: which held when it began, and the points of each scorecard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.core.bulk import chunks
from tandem.core.errors import Invalid
from tandem.core.numbers import ZERO
from tandem.kpi.queries import ClosedScorecard, closed_scorecards
from tandem.people.actors import Actor
from tandem.people.queries import people_by_id, unit_paths
from tandem.rewards.models import Entry, RewardRule, RuleVersion
from tandem.rewards.queries.ballots import standings
from tandem.rewards.rules.effect import Announced, in_force
from tandem.rewards.rules.points import Brought, Card, reckoned
from tandem.rewards.rules.terms import POOL, checked

if TYPE_CHECKING:
    from datetime import date

    from tandem.kpi.models import Round


@dataclass(frozen=True)
class DueLine:
    """One entry to be: of whom, for which scorecard, by which version of a rule (keys)."""

    person: int
    scorecard: int
    announced: int
    brought: Brought


@dataclass
class DueRule:
    """What one rule brings: how many entries it has in all and how many of them are not written yet, and their sums."""

    announced: RuleVersion
    entries: int = 0
    points: Decimal = ZERO
    fresh: int = 0
    fresh_points: Decimal = ZERO


@dataclass
class Due:
    rules: list[DueRule] = field(default_factory=list)
    fresh: list[DueLine] = field(default_factory=list)

    @property
    def points(self) -> Decimal:
        return sum((one.brought.points for one in self.fresh), ZERO)


def points_due(actor: Actor, one: "Round") -> Due:
    """What writing the points of this round would do. Raises Invalid (422) where the round is not closed.

    A dry run: nothing is written. The number of queries does not depend on the number of scorecards but for job
    levels, which are read in pieces where a pool asks for them.
    """
    if one.closed_at is None:
        raise Invalid(_("Points are written when the round is closed."), code="state")
    assert one.cycle.start is not None
    rules = versions_in_force(actor, one.cycle.start)
    if not rules:
        return Due()
    cards = [card for card in closed_scorecards(actor, one.cycle, kinds=("plus_minus",)) if card.person is not None]
    written = set(Entry.objects.filter(round=one, reverses=None).values_list("announced_id", "scorecard_id"))
    paths = unit_paths()
    due = Due()
    for announced in rules:
        unit = announced.rule.unit_id
        meant = [card for card in cards if unit is None or unit in paths.get(card.team, ())]
        _add(actor, due, announced, meant, written)
    return due


def versions_in_force(_actor: Actor, starts: "date") -> list[RuleVersion]:
    """The versions that hold for a period that starts on this day, by rule. Three queries."""
    rows = RuleVersion.objects.filter(announced_on__lt=starts, from_day__lte=starts)
    versions = list(rows.select_related("rule", "rule__unit", "ballot").order_by("rule", "number"))
    passed = standings(_actor, [one.ballot.pk for one in versions if has_ballot(one)])
    known: dict[RewardRule, dict[int, RuleVersion]] = {}
    for one in versions:
        known.setdefault(one.rule, {})[one.number] = one
    found = []
    for rule, by_number in known.items():
        held = in_force(
            [
                Announced(one.number, one.announced_on, one.from_day, one.ballot.until, passed[one.ballot.pk].passed)
                if has_ballot(one)
                else Announced(one.number, one.announced_on, one.from_day)
                for one in by_number.values()
            ],
            rule.ended_from,
            starts,
        )
        found += [by_number[held.number]] if held else []
    return found


def has_ballot(announced: RuleVersion) -> bool:
    return getattr(announced, "ballot", None) is not None


def _add(
    actor: Actor, due: Due, announced: RuleVersion, cards: Sequence[ClosedScorecard], written: set[tuple[int, int]]
) -> None:
    kind = announced.rule.kind
    terms = checked(kind, announced.terms)
    levels = _levels(actor, cards) if kind == POOL and terms["levels"] else {}
    seen = [_card(card, levels) for card in cards]
    one = DueRule(announced)
    for card, brought in zip(cards, reckoned(kind, terms, seen), strict=True):
        if brought is None:
            continue
        one.entries += 1
        one.points += brought.points
        if (announced.pk, card.key) not in written:
            assert card.person is not None
            due.fresh.append(DueLine(card.person, card.key, announced.pk, brought))
            one.fresh += 1
            one.fresh_points += brought.points
    due.rules.append(one)


def _card(card: ClosedScorecard, levels: dict[int, str]) -> Card:
    items = tuple((one.code, one.points) for one in card.items if one.points is not None)
    return Card(card.total, card.grade, items, levels.get(card.person or 0, ""))


def _levels(actor: Actor, cards: Iterable[ClosedScorecard]) -> dict[int, str]:
    """The job levels of the people: all that rewards know of them."""
    found: dict[int, str] = {}
    for keys in chunks(card.person for card in cards if card.person is not None):
        found.update(people_by_id(actor, keys).order_by().values_list("pk", "job_level"))
    return found
