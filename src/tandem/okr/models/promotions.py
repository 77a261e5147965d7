"""A committed objective on its way to become a KPI: proposed by one side, promoted when both have signed."""

from django.db import models
from django.utils import timezone

from tandem.core.model import Model
from tandem.okr.models.goals import Objective


class Promotion(Model):
    """`content` is the hash of what stood in the objective when it was proposed: both sign the same words."""

    lock_through = "objective__goal_set"
    read_with = (*(f"objective__{path}" for path in Objective.read_with), "owner_side", "other_side")

    objective = models.OneToOneField(Objective, models.PROTECT, related_name="promotion")
    words = models.TextField()
    content = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    owner_side = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    owner_signed_at = models.DateTimeField(null=True)
    other_side = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    other_signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    @property
    def is_done(self) -> bool:
        return self.owner_signed_at is not None and self.other_signed_at is not None
