"""Who is asked to carry a unit's objective, what members propose to their unit, and how many gaps there are."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandem.core.model import Model
from tandem.okr.models.goals import Objective


class UnitCoverage(Model):
    """How a unit's open objectives of a cycle are carried (`own_…`), and the sums over its whole branch.

    The row without a unit has the company's sums. It is written when something changes that it counts, and is its own
    lock: taken last, so that the writers of a child and of its parent never wait for each other in a ring.
    """

    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    own_objectives = models.IntegerField(default=0)
    own_gaps = models.IntegerField(default=0)
    own_delegated = models.IntegerField(default=0)
    own_single = models.IntegerField(default=0)
    objectives = models.IntegerField(default=0)
    gaps = models.IntegerField(default=0)
    """Nobody carries it, and nobody is asked to."""
    delegated = models.IntegerField(default=0)
    """Nobody carries it yet, and somebody is asked to."""
    single = models.IntegerField(default=0)
    """One alone carries it."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "cycle"], name="one_coverage_per_unit"),
            models.UniqueConstraint(fields=["cycle"], condition=models.Q(unit=None), name="one_coverage_for_all"),
        ]


class Delegation(Model):
    """The lead's word that somebody shall carry an objective of the unit. It ends when that one has a link to it."""

    read_with = (
        *(f"objective__{path}" for path in Objective.read_with),
        *("to_person", "to_unit"),
    )
    lock_through = "objective__goal_set"

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="delegations")
    to_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(to_person=None) ^ models.Q(to_unit=None), name="to_one_carrier"),
            models.UniqueConstraint(fields=["objective", "to_person"], name="person_asked_once"),
            models.UniqueConstraint(fields=["objective", "to_unit"], name="unit_asked_once"),
        ]

    @property
    def to_name(self) -> str:
        to = self.to_person or self.to_unit
        return to.name if to else ""


class ProposalState(models.TextChoices):
    OPEN = "open", _("waits")
    ADOPTED = "adopted", _("adopted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


class Proposal(Model):
    """A goal that aligns to nothing, proposed to the unit; adopted, it becomes a draft of the unit's (`adopted_as`)."""

    read_with = (
        *(f"objective__{path}" for path in Objective.read_with),
        *("unit", "adopted_as"),
    )
    lock_through = "objective__goal_set"

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="proposals")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=ProposalState.choices, default=ProposalState.OPEN)
    reason = models.TextField(_("why it was declined"), blank=True, default="")
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    adopted_as = models.ForeignKey(Objective, models.PROTECT, null=True, related_name="adopted_from")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["objective", "unit"], name="proposed_once"),
        ]
