"""The ledger of points. It only grows: what was wrong is taken back by an entry that names it."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from tandem.core.clock import now
from tandem.rewards.models.kept import Kept, KeptRows
from tandem.rewards.models.rules import RuleVersion

if TYPE_CHECKING:
    from datetime import date

    from tandem.core.commands import Actor


class Entries(KeptRows):
    def visible_to(self, actor: "Actor") -> Self:
        """One's own, and the people team's."""
        return self if actor.is_system or actor.is_people_team else self.filter(person=actor.pk)


class Entry(Kept):
    """Points of one person for one closed scorecard by one version of a rule, and the balance they lead to.

    `number` counts a person's entries from 1 without a gap.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    announced = models.ForeignKey(RuleVersion, models.PROTECT, related_name="+")
    round = models.ForeignKey("kpi.Round", models.PROTECT, related_name="+")
    scorecard = models.ForeignKey("kpi.Scorecard", models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=12, decimal_places=2)
    balance = models.DecimalField(max_digits=14, decimal_places=2)
    numbers = models.JSONField(default=dict)
    """Those put in; with the terms of the version they give the points again."""
    sum = models.TextField(blank=True, default="")
    at = models.DateTimeField(default=now)
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    reason = models.TextField(blank=True, default="")

    objects: ClassVar[Any] = Entries.as_manager()
    read_with = ("person", "announced", "announced__rule", "announced__rule__unit", "round", "round__cycle")

    class Meta(Kept.Meta):
        abstract = False
        ordering = ("person", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "number"], name="entries_of_a_person_are_numbered"),
            models.UniqueConstraint(
                fields=["announced", "scorecard", "person"], condition=models.Q(reverses=None),
                name="written_once_for_a_scorecard",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["round", "announced", "id"], name="entries_of_a_round")]

    def as_version(self) -> dict[str, Any]:
        return {"version": self.number}


def entries_on(person: int, _day: "date") -> models.QuerySet[Entry]:
    """Somebody's own, as `core.rows.Rows` takes it."""
    rows: models.QuerySet[Entry] = Entry.objects.filter(person=person)
    return rows
