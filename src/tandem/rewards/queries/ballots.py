"""Ballots, read: how each stands follows from its voices and the day, so nothing has to run at midnight."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.people.actors import Actor
from tandem.rewards.models import Ballot, Choice, Voice
from tandem.rewards.rules.ballots import FAILED, OPEN, PASSED, Tally, outcome, why_failed


@dataclass(frozen=True)
class Standing:
    """`why` says what stands against it, once it failed."""

    tally: Tally
    outcome: str
    why: str = ""

    @property
    def is_open(self) -> bool:
        return self.outcome == OPEN

    @property
    def passed(self) -> bool:
        return self.outcome == PASSED


@dataclass(frozen=True)
class Objection:
    """Objecting is said aloud, to be talked about; who agreed is not listed."""

    name: str
    reason: str


def ballots_of(actor: Actor) -> QuerySet[Ballot]:
    """Those the actor may see, the newest first."""
    return Ballot.objects.visible_to(actor).select_related(*Ballot.read_with).order_by("-opened_at", "-pk")


def get_ballot(actor: Actor, pk: int) -> Ballot:
    """Raises Missing (404)."""
    found = ballots_of(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such ballot."))
    return found


def standings(_actor: Actor, ballots: Iterable[int]) -> dict[int, Standing]:
    """How these ballots (keys) stand today. One query."""
    many = {choice: Count("voices", filter=Q(voices__choice=choice)) for choice in Choice.values}
    rows = Ballot.objects.filter(pk__in=list(ballots)).order_by().annotate(voters=Count("voices"), **many)
    found = {}
    for pk, until, *counts in rows.values_list("pk", "until", "voters", *Choice.values):
        tally = Tally(*counts)
        came = outcome(tally, until, today())
        found[pk] = Standing(tally, came, why_failed(tally) if came == FAILED else "")
    return found


def standing_of(actor: Actor, ballot: Ballot) -> Standing:
    return standings(actor, [ballot.pk])[ballot.pk]


def voice_of(actor: Actor, ballot: Ballot) -> Voice | None:
    """The actor's own; None for who was not asked."""
    return Voice.objects.filter(ballot=ballot, person=actor.pk).first()


def objections_to(_actor: Actor, ballot: Ballot) -> list[Objection]:
    """Those that stand, by who made them; for everybody who sees the ballot."""
    rows = ballot.voices.filter(choice=Choice.OBJECT).order_by("at", "pk")
    return [Objection(*row) for row in rows.values_list("person__name", "reason")]


def ballots_to_answer(actor: Actor) -> list[Ballot]:
    """Open ballots that wait for the actor's voice."""
    mine = Voice.objects.filter(person=actor.pk, choice="").values("ballot")
    return list(ballots_of(actor).filter(pk__in=mine, until__gte=today()).order_by("until", "pk"))
