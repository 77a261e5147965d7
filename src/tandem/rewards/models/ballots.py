"""A team's ballot on a version of a rule, with a voice for everybody who belonged to the team when it was opened."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tandem.core.clock import now
from tandem.core.model import Model
from tandem.people.access import LeadsAbove
from tandem.rewards.models.rules import RuleVersion

if TYPE_CHECKING:
    from datetime import date

    from tandem.core.commands import Actor


class Choice(models.TextChoices):
    AGREE = "agree", pgettext_lazy("ballot", "I agree")
    LIVE = "live", pgettext_lazy("ballot", "I can live with it")
    OBJECT = "object", pgettext_lazy("ballot", "I object")


class Ballots(models.QuerySet["Ballot"]):
    def visible_to(self, actor: "Actor") -> "Ballots":
        """Those who were asked, who leads the team or above it, and the people team."""
        return self if actor.is_system or actor.is_people_team else self.known_to(actor.pk)

    def known_to(self, person: int) -> "Ballots":
        asked = Voice.objects.filter(person=person).values("ballot")
        return self.filter(models.Q(pk__in=asked) | models.Q(LeadsAbove(models.F("announced__rule__unit_id"), person)))


class Ballot(Model):
    """Open up to and including `until`. Its outcome follows from the voices and the day (`rules.ballots`)."""

    announced = models.OneToOneField(RuleVersion, models.PROTECT, related_name="ballot")
    until = models.DateField(_("last day"))
    opened_at = models.DateTimeField(default=now)

    objects = Ballots.as_manager()
    read_with = ("announced", "announced__rule", "announced__rule__unit")

    class Meta:
        ordering = ("-opened_at", "-pk")


class Voice(Model):
    """`choice` is "" until the person answered; it may change as long as the ballot is open."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="voices")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["ballot", "person"], name="one_voice_each")]
        indexes: ClassVar = [models.Index(fields=["person", "choice"], name="voices_of_a_person")]


def ballots_on(person: int, _day: "date") -> models.QuerySet[Ballot]:
    """`known_to` as `core.rows.Rows` takes it."""
    return Ballot.objects.known_to(person)
