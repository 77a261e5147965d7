"""Rules are announced before the periods they are for; a later announcement is another version, the old one stays."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.bulk import insert_rows
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.texts import clean_line, clean_text
from tandem.people.actors import Actor
from tandem.people.queries import branch_members
from tandem.rewards.access import may_keep_rules
from tandem.rewards.commands.terms import clean_terms
from tandem.rewards.models import Ballot, Kind, RewardRule, RuleVersion, Voice
from tandem.rewards.rules.ballots import SMALLEST_TEAM
from tandem.rewards.rules.effect import may_start

if TYPE_CHECKING:
    from tandem.people.models import Unit

FURTHEST = timedelta(days=3 * 366)


@command(may=may_keep_rules)
def announce_rule(
    actor: Actor, _subject: None = None, /, *, name: str, kind: str, terms: Any, from_day: date,
    unit: "Unit | None" = None, ballot_until: date | None = None, words: str = "",
) -> RewardRule:  # fmt: skip
    """A new rule, for periods that start at `from_day` (after today) or later, and for the people of `unit` and below
    (None: all). A plus or minus rule is a team's: it opens the team's ballot, up to `ballot_until`, before `from_day`.

    Raises Invalid (422) naming the field: a day that is not ahead, terms that make no sense, a team of one.
    """
    if kind not in Kind.values:
        raise Invalid(_("Choose one of the offered values."), field="kind")
    if unit is not None and unit.archived_on is not None:
        raise Invalid(_("This unit is archived."), field="unit")
    rule = RewardRule(name=clean_line(name, "name"), kind=kind, unit=unit)
    _refuse_single(actor, rule)
    clean = clean_terms(kind, terms)
    rule.save()
    _announce(actor, rule, clean, from_day, ballot_until, words)
    return rule


@command(may=may_keep_rules)
def announce_change(
    actor: Actor, rule: RewardRule, /, *, terms: Any, from_day: date, ballot_until: date | None = None,
    words: str = "", version: int | None = None,
) -> RewardRule:  # fmt: skip
    """Other terms, for later periods; until then, and for those that began, the version before holds.

    Raises Invalid (422), Conflict (409).
    """
    expect_version(rule, version)
    _refuse_ended(rule)
    _refuse_single(actor, rule)
    rule.latest += 1
    rule.version += 1
    clean = clean_terms(rule.kind, terms)
    rule.save(update_fields=["latest", "version"])
    _announce(actor, rule, clean, from_day, ballot_until, words)
    return rule


@command(may=may_keep_rules)
def end_rule(actor: Actor, rule: RewardRule, /, *, from_day: date, version: int | None = None) -> RewardRule:
    """No period that starts at `from_day` (after today) or later has it; those before keep what was promised.

    Raises Invalid (422), Conflict (409).
    """
    expect_version(rule, version)
    _refuse_ended(rule)
    _refuse_day(from_day)
    rule.ended_from = from_day
    rule.version += 1
    rule.save(update_fields=["ended_from", "version"])
    record(actor, "reward.ended", rule, title=rule.name, on=from_day.isoformat())
    return rule


def _announce(
    actor: Actor, rule: RewardRule, terms: dict[str, Any], from_day: date, ballot_until: date | None, words: str
) -> None:
    _refuse_day(from_day)
    announced = RuleVersion.objects.create(
        rule=rule, number=rule.latest, terms=terms, words=clean_text(words, "words", length=4000),
        from_day=from_day, announced_on=today(), announced_by_id=actor.pk,
    )  # fmt: skip
    record(actor, "reward.announced", rule, title=rule.name, on=from_day.isoformat(), number=rule.latest)
    if rule.kind == Kind.PLUS_MINUS:
        _open_ballot(actor, announced, ballot_until)
    elif ballot_until is not None:
        raise Invalid(_("Only plus and minus rules of a team are voted on."), field="ballot_until")


def _open_ballot(actor: Actor, announced: RuleVersion, until: date | None) -> None:
    """Everybody in the team has a voice, those who come later none."""
    if until is None:
        raise Invalid(_("Until when can the team answer?"), field="ballot_until")
    if not today() < until < announced.from_day:
        raise Invalid(_("A day after today and before the rule starts."), field="ballot_until")
    ballot = Ballot.objects.create(announced=announced, until=until)
    unit = announced.rule.unit
    assert unit is not None
    people = branch_members(actor, unit).order_by("pk").values_list("pk", flat=True)
    insert_rows([Voice.new(ballot_id=ballot.pk, person_id=person) for person in people])
    record(actor, "ballot.opened", ballot, title=announced.rule.name, on=until.isoformat())


def _refuse_day(day: date) -> None:
    if not may_start(today(), day):
        raise Invalid(_("Rules are announced before the period starts: choose a day after today."), field="from_day")
    if day > today() + FURTHEST:
        raise Invalid(_("At most three years ahead."), field="from_day")


def _refuse_ended(rule: RewardRule) -> None:
    if rule.ended_from is not None:
        raise Invalid(_("This rule was ended; announce a new one."), code="state")


def _refuse_single(actor: Actor, rule: RewardRule) -> None:
    if rule.unit is None:
        if rule.kind == Kind.PLUS_MINUS:
            raise Invalid(_("A plus or minus rule is a team’s: choose which."), field="unit")
        return
    if branch_members(actor, rule.unit)[:SMALLEST_TEAM].count() < SMALLEST_TEAM:
        raise Invalid(_("A rule is for a whole team, never for one person."), field="unit")
