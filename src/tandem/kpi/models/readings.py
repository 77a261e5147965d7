"""What was measured: one value of an indicator for a carrier on a day; corrections keep what stood before."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now
from tandem.core.model import Model
from tandem.kpi.models.line import is_in_line, leads_over

if TYPE_CHECKING:
    from datetime import date

    from tandem.core.commands import Actor


class Source(models.TextChoices):
    FORM = "form", _("by hand")
    API = "api", _("by a program")
    FILE = "file", _("by file")


class Readings(models.QuerySet["Reading"]):
    def visible_to(self, actor: "Actor") -> "Readings":
        """The supplier of the indicator, the carrier, who stands above the carrier, and the people team."""
        if actor.is_system or actor.is_people_team:
            return self
        return self.filter(
            models.Q(indicator__supplier=actor.pk)
            | models.Q(carrier_person=actor.pk)
            | models.Q(carrier_unit__isnull=False, carrier_unit=getattr(actor, "unit_id", None))
            | models.Q(leads_over("carrier_unit_id", actor.pk))
            | models.Q(is_in_line("carrier_person_id", actor.pk))
        )


class StandingReadings(models.Manager["Reading"]):
    """Without those that were withdrawn: nothing counts, lists or shows them."""

    def get_queryset(self) -> Readings:
        return Readings(self.model, using=self._db).filter(withdrawn_at=None)

    def visible_to(self, actor: "Actor") -> Readings:
        return self.get_queryset().visible_to(actor)


class Reading(Model):
    """A dated value with its source and author."""

    indicator = models.ForeignKey("kpi.Indicator", models.PROTECT, related_name="readings")
    carrier_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    carrier_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    since = models.DateField(null=True)
    """The first of the days it is of, where these are more than one; `on` is the last."""
    value = models.DecimalField(max_digits=18, decimal_places=6)
    note = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.FORM)
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    withdrawn_at = models.DateTimeField(null=True)
    """It counts no more; its place is kept, for what stood there stays known."""

    read_with = ("indicator", "carrier_person", "carrier_unit")
    objects = StandingReadings()
    ever = Readings.as_manager()

    class Meta:
        ordering = ("on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(carrier_person__isnull=True, carrier_unit__isnull=False)
                | models.Q(carrier_person__isnull=False, carrier_unit__isnull=True),
                name="reading_has_one_carrier",
            ),
            models.UniqueConstraint(fields=["indicator", "carrier_person", "on"], name="one_reading_of_a_person"),
            models.UniqueConstraint(fields=["indicator", "carrier_unit", "on"], name="one_reading_of_a_unit"),
        ]

    @property
    def first(self) -> "date":
        return self.since or self.on

    @property
    def carrier(self) -> Any:
        return self.carrier_person or self.carrier_unit


class Correction(models.Model):
    """What stood in a reading before it was corrected."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="corrections")
    value = models.DecimalField(max_digits=18, decimal_places=6)
    note = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=8, choices=Source.choices)
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
