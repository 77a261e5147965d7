"""Cycles: dated spans with phases, and the undated backlog."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import today
from tandem.core.keys import new_key
from tandem.core.model import Model
from tandem.cycles import rules


class CycleKind(models.TextChoices):
    MONTH = "month", _("Month")
    TWO_MONTHS = "two_months", _("Two months")
    QUARTER = "quarter", _("Quarter")
    HALF = "half", _("Half year")
    YEAR = "year", _("Year")
    CUSTOM = "custom", _("Other dates")
    BACKLOG = "backlog", _("Backlog")


class Phase(models.TextChoices):
    PLAN = "plan", _("Drafting")
    AGREE = "agree", _("Agreeing")
    RUN = "run", _("Running")
    REVIEW = "review", _("Review")
    CLOSED = "closed", _("Closed")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    BIWEEKLY = "biweekly", _("every two weeks")
    MONTHLY = "monthly", _("every month")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Cycle(Model):
    """A dated span in which goals are set, pursued and reviewed. The backlog has no dates."""

    key = models.CharField(max_length=200, unique=True, default=new_key)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=CycleKind.choices, default=CycleKind.QUARTER)
    start = models.DateField(_("first day"), null=True, blank=True)
    end = models.DateField(_("last day"), null=True, blank=True)
    phase = models.CharField(_("phase"), max_length=8, choices=Phase.choices, default=Phase.PLAN, db_index=True)
    rhythm = models.CharField(_("check-in rhythm"), max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("check-in day"), choices=Weekday.choices, default=Weekday.FRIDAY)
    closed_on = models.DateField(null=True, blank=True)
    late_until = models.DateField(null=True, blank=True)
    """The last day on which late scores are taken; fixed when the cycle is closed."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-start", "-end", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="backlog", start=None, end=None)
                | models.Q(start__isnull=False, end__gte=models.F("start")),
                name="cycle_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_backlog(self) -> bool:
        return self.kind == CycleKind.BACKLOG

    @property
    def is_closed(self) -> bool:
        return self.phase == Phase.CLOSED

    def takes_late_scores(self, on: date | None = None) -> bool:
        """Is it closed, and the time for late scores not over yet?"""
        return self.is_closed and self.late_until is not None and (on or today()) <= self.late_until

    def takes_scores(self) -> bool:
        """Is it the time to ask for scores: in review, or late?"""
        return self.phase == Phase.REVIEW or self.takes_late_scores()

    def elapsed(self, on: date | None = None) -> Decimal:
        """Share of time gone, 0…1."""
        return rules.elapsed(self.start, self.end, on or today())

    def overlaps(self, other: "Cycle") -> bool:
        """Do they share a day? The backlog has no days and overlaps with everything."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return True
        return self.start <= other.end and other.start <= self.end

    def first_due(self, on: date) -> date | None:
        """The first check-in day at or after `on`; the backlog has none."""
        if self.start is None:
            return None
        return rules.first_due(self.start, on, self.rhythm, self.weekday)

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "name": self.name, "phase": self.phase}


class PhaseDate(models.Model):
    """When a phase of a cycle is planned to begin, and when it did."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="phase_dates")
    phase = models.CharField(max_length=8, choices=Phase.choices)
    planned_on = models.DateField(null=True, blank=True)
    began_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["cycle", "phase"], name="one_date_per_phase")]
