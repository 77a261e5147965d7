"""Reminders: to suppliers whose values are late, and by the dates of a round. Nobody is told the same twice."""

from collections import Counter
from datetime import date

from django.db.models import QuerySet

from tandem.activity.commands import claim_days, event, tell_each
from tandem.core.clock import today
from tandem.core.commands import command
from tandem.kpi.access import may_remind
from tandem.kpi.commands.rounds import refuse_closed
from tandem.kpi.models import Indicator, Round, Scorecard, Stage
from tandem.kpi.queries import late_values
from tandem.kpi.rules import reminders
from tandem.people.access import acting_leads
from tandem.people.actors import Actor


@command(may=may_remind)
def remind_suppliers(actor: Actor, _subject: None = None, /) -> int:
    """Tell everybody who supplies a late value, once a week. Gives how many were told."""
    late = late_values(actor)
    many = Counter(one.supplier for one in late)
    first = {one.supplier: one.indicator for one in reversed(late)}
    fresh = claim_days(many, "readings", reminders.week_of(today()))
    rows = Indicator.objects.in_bulk({first[person] for person in fresh})
    tell_each(
        {
            person: event(actor, "reading.late", rows[first[person]], None, {"count": many[person]})
            for person in sorted(fresh)
        },
        "kpi",
    )
    return len(fresh)


@command(may=may_remind)
def remind_of_round(actor: Actor, one: Round, /) -> int:
    """Remind by its dates: of the self-review, of reviews, of results to answer; as a day comes near, and once it has
    passed. Silence stays silence: nobody is taken to have signed. Gives how many were told. Raises Invalid (422)."""
    refuse_closed(one)
    told = 0
    cards = one.cards.select_related("unit")
    if (day := reminders.moment(one.self_review_until, today())) is not None:
        told += _carriers(actor, one, cards.filter(stage=Stage.SELF_REVIEW), "scorecard.self_review_due", "self", day)
    if (day := reminders.moment(one.review_until, today())) is not None:
        told += _reviewers(actor, one, day)
    waiting = cards.filter(stage=Stage.COMMUNICATED, respond_until__isnull=False)
    for until in waiting.order_by().values_list("respond_until", flat=True).distinct():
        if (day := reminders.moment(until, today())) is not None:
            told += _carriers(actor, one, waiting.filter(respond_until=until), "scorecard.answer_due", "answer", day)
    return told


def _carriers(actor: Actor, one: Round, cards: "QuerySet[Scorecard]", verb: str, what: str, day: date) -> int:
    """Tell who carries them, each of one of theirs; for a unit whoever leads it."""
    rows = list(cards)
    leads = acting_leads({card.unit_id for card in rows if card.unit_id is not None})
    by_person = {person: card for card in rows for person in [card.person_id or leads.get(card.unit_id or 0)] if person}
    fresh = claim_days(by_person, _claim(what, one), day)
    tell_each(
        {person: event(actor, verb, by_person[person], None, {"name": by_person[person].name}) for person in fresh},
        "scorecard",
    )
    return len(fresh)


def _reviewers(actor: Actor, one: Round, day: date) -> int:
    """Tell who has something to hand in, with the number of it."""
    first = one.cards.filter(stage=Stage.MANAGER_REVIEW).values_list("manager", flat=True)
    second = one.cards.filter(stage=Stage.SECOND_REVIEW).values_list("second", flat=True)
    many = Counter(person for person in (*first, *second) if person is not None)
    fresh = claim_days(many, _claim("review", one), day)
    tell_each(
        {
            person: event(actor, "round.review_due", one, None, {"name": one.cycle.name, "count": many[person]})
            for person in sorted(fresh)
        },
        "scorecard",
    )
    return len(fresh)


def _claim(what: str, one: Round) -> str:
    return f"{what}:{one.pk}"
