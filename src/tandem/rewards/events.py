"""What happens to rules, ballots and points, as sentences. Points are nobody's news but their person's: no feed."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tandem.activity.events import SUBJECTS, Occasion, Subject, kind, verb
from tandem.core.clock import today
from tandem.people.actors import SYSTEM
from tandem.people.queries import branch_members
from tandem.rewards.models import Ballot, Entry, Kind, RewardRule
from tandem.rewards.models.ballots import ballots_on
from tandem.rewards.models.entries import entries_on
from tandem.rewards.models.rules import rules_on

Rows = Callable[[int, date], QuerySet[Any]]


def concerned(occasion: Occasion) -> Iterable[int]:
    """The people of a unit's rule. The company's rules stand on their page, and a ballot tells its voters itself."""
    rule = occasion.about
    assert isinstance(rule, RewardRule)
    if rule.unit is None or rule.kind == Kind.PLUS_MINUS:
        return []
    return branch_members(SYSTEM, rule.unit).values_list("pk", flat=True)


def voters(occasion: Occasion) -> Iterable[int]:
    assert isinstance(occasion.about, Ballot)
    return occasion.about.voices.values_list("person_id", flat=True)


def owner(occasion: Occasion) -> Iterable[int]:
    assert isinstance(occasion.about, Entry)
    return [occasion.about.person_id]


def subject(path: Callable[[int, str], str], visible_to: Callable[[Any], QuerySet[Any]], rows: Rows) -> Subject:
    """`rows` are those of a person."""

    def seen(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
        found = set()
        for person in {person for person, _key in pairs}:
            keys = [key for one, key in pairs if one == person]
            known = rows(person, today()).filter(pk__in=keys).values_list("pk", flat=True)
            found |= {(person, key) for key in known}
        return found

    return Subject(path, visible_to, seen, rows)


kind("rewards", _("reward rules, ballots of your team, and your points"))
SUBJECTS["rewardrule"] = subject(
    lambda rule, _about: reverse("reward_rule", args=[rule]), lambda actor: rules_on(actor.pk, today()), rules_on
)
SUBJECTS["ballot"] = subject(
    lambda ballot, _about: reverse("ballot", args=[ballot]), lambda actor: ballots_on(actor.pk, today()), ballots_on
)
SUBJECTS["entry"] = subject(
    lambda _entry, _about: reverse("my_points"), lambda actor: entries_on(actor.pk, today()), entries_on
)

verb(
    "reward.announced",
    _("%(actor)s announced the reward rule “%(title)s”, for periods from %(on)s"),
    tells={"rewards": concerned},
    apart=True,
)
verb(
    "reward.ended",
    _("%(actor)s ended the reward rule “%(title)s”, for periods from %(on)s"),
    tells={"rewards": concerned},
    apart=True,
)
verb(
    "ballot.opened",
    _("Your team is asked about the rule “%(title)s”; answer until %(on)s"),
    tells={"rewards": voters},
    apart=True,
)
verb("ballot.answered", _("%(actor)s answered the ballot on the rule “%(title)s”"), apart=True)
verb("points.written", _("%(actor)s wrote the points of %(name)s: %(many)s entries, %(value)s points"), apart=True)
verb(
    "points.reversed",
    _("%(actor)s took back %(value)s points of %(name)s by the rule “%(title)s”"),
    personal=("name",),
    tells={"rewards": owner},
    apart=True,
)
verb("points.looked", _("%(actor)s looked at the points of %(name)s"), personal=("name",), apart=True)
verb("points.round_looked", _("%(actor)s looked at the points of the round of %(name)s"), apart=True)
verb("payroll.exported", _("%(actor)s drew the payroll file of %(name)s: %(form)s, %(rows)s lines"), apart=True)
