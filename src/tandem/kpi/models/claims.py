"""Claims of outside factors: something nobody here could help kept an item from its target."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now
from tandem.core.model import Model
from tandem.kpi.models.scorecards import ScorecardItem


class Remedy(models.TextChoices):
    DAYS = "days", _("leave days out")
    TARGET = "target", _("re-base the target")
    WEIGHT = "weight", _("lower the weight")
    NONE = "none", _("none: it counts as it is")


class FactorClaim(Model):
    """What is claimed, with evidence; then the remedy and who decided it. It stays on the sheet either way."""

    item = models.ForeignKey(ScorecardItem, models.CASCADE, related_name="claims")
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    words = models.TextField()
    evidence = models.TextField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    remedy = models.CharField(_("remedy"), max_length=8, choices=Remedy.choices, blank=True, default="")
    """Empty until it is decided."""
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    """The new target or weight."""
    answer = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    points_before = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    points_after = models.DecimalField(max_digits=9, decimal_places=2, null=True)

    lock_through = "item__scorecard"
    read_with = ("item", *(f"item__{path}" for path in ScorecardItem.read_with))

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(fields=["item"], condition=models.Q(decided_at=None), name="claims_to_decide"),
        ]

    @property
    def is_open(self) -> bool:
        return self.decided_at is None
