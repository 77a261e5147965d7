"""Scorecards: one carrier's targets of one cycle, with actuals, points and what was said about them."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now, today
from tandem.core.model import Model
from tandem.kpi.models.line import is_in_line, leads_over
from tandem.kpi.models.rounds import Round
from tandem.kpi.models.targets import Kind
from tandem.kpi.rules.remedies import Holding, holding, number

if TYPE_CHECKING:
    from datetime import date

    from tandem.core.commands import Actor


class Stage(models.TextChoices):
    """Where a scorecard stands. What comes before (drafted, issued, accepted) are states of its targets."""

    RUNNING = "running", pgettext_lazy("scorecard", "running")
    SELF_REVIEW = "self_review", _("self-review")
    MANAGER_REVIEW = "manager_review", _("manager’s review")
    SECOND_REVIEW = "second_review", _("second review")
    CALIBRATION = "calibration", _("calibration")
    COMMUNICATED = "communicated", _("communicated")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    APPEALED = "appealed", _("appealed")
    RESOLVED = "resolved", _("appeal decided")
    CLOSED = "closed", pgettext_lazy("scorecard", "closed")


class Role(models.TextChoices):
    SELF = "self", _("self")
    MANAGER = "manager", _("manager")
    SECOND = "second", _("second reviewer")
    PEER = "peer", _("peer")


class Scorecards(models.QuerySet["Scorecard"]):
    def visible_to(self, actor: "Actor") -> "Scorecards":
        """The carrier's, those of their line above, and the people team's."""
        if actor.is_system or actor.is_people_team:
            return self
        return self.known_to(actor.pk)

    def known_to(self, person: int) -> "Scorecards":
        """Those that are somebody's own matter: carried by them or by somebody in their line."""
        return self.filter(
            models.Q(person=person)
            | models.Q(manager=person)
            | models.Q(second=person)
            | models.Q(pk__in=Scorecard.peers.through.objects.filter(person=person).values("scorecard"))
            | (models.Q(person__isnull=False) & models.Q(is_in_line("person_id", person)))
            | (models.Q(unit__isnull=False) & models.Q(leads_over("unit_id", person)))
        )


class Scorecard(Model):
    """`total` is what the items add to; `result` is what holds: adjusted in calibration, or decided on an appeal."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="cards")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    manager = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    """Who reviews it; null: the people team."""
    second = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    peers = models.ManyToManyField("people.Person", related_name="+")
    """Who is asked for a view from beside."""
    stage = models.CharField(_("stage"), max_length=16, choices=Stage.choices, default=Stage.RUNNING)
    total = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    difficulty = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    """The factor agreed with the targets."""
    parts = models.JSONField(default=list)
    """Parts of the period served elsewhere: `score`, `days`, `words`. The result is the mean by days."""
    adjustment = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    result = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    grade = models.CharField(_("grade"), max_length=40, blank=True, default="")
    unscored = models.PositiveSmallIntegerField(default=0)
    """Items that count and have no points yet: it cannot be made final."""
    self_words = models.TextField(blank=True, default="")
    review_words = models.TextField(blank=True, default="")
    second_words = models.TextField(blank=True, default="")
    adjustment_words = models.TextField(blank=True, default="")
    calibrated_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    communicated_at = models.DateTimeField(null=True)
    respond_until = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    was_silent = models.BooleanField(default=False)
    """Closed without an answer: flagged, never taken for a signature."""
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = Scorecards.as_manager()
    read_with = ("round", "round__cycle", "person", "unit", "manager", "second")

    class Meta:
        ordering = ("round", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, unit=None) | models.Q(person=None, unit__isnull=False),
                name="scorecard_has_one_carrier",
            ),
            models.UniqueConstraint(
                fields=["round", "person"], condition=models.Q(person__isnull=False), name="one_scorecard_a_person"
            ),
            models.UniqueConstraint(
                fields=["round", "unit"], condition=models.Q(unit__isnull=False), name="one_scorecard_a_unit"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "stage"], name="scorecard_by_stage"),
            models.Index(fields=["manager", "stage"], name="scorecard_to_review"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Of the carrier."""
        carrier = self.person or self.unit
        return carrier.name if carrier is not None else ""

    @property
    def is_late(self) -> bool:
        """Communicated, and the days to answer are over."""
        return self.stage == Stage.COMMUNICATED and self.respond_until is not None and self.respond_until < today()

    @property
    def takes_figures(self) -> bool:
        """May actuals and marks still change?"""
        return self.stage in BEFORE_CALIBRATION

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "stage": self.stage, "total": self.total, "grade": self.grade}


BEFORE_CALIBRATION = (Stage.RUNNING, Stage.SELF_REVIEW, Stage.MANAGER_REVIEW, Stage.SECOND_REVIEW)


class ScorecardItem(Model):
    """A target as it was accepted, its actual, and the points that follow. Texts are kept as they were."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="items")
    code = models.CharField(max_length=60)
    name_en = models.CharField(max_length=200, blank=True, default="")
    name_zh = models.CharField(max_length=200, blank=True, default="")
    measure = models.CharField(max_length=40, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SCORED)
    weight = models.DecimalField(max_digits=7, decimal_places=3, default=0)
    dimension = models.CharField(max_length=16, blank=True, default="")
    share = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    """With two levels: the weight of its dimension; `weight` is then the weight inside of it."""
    share_counted = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    """The same after dimensions without anything that applies gave theirs away."""
    counted = models.DecimalField(max_digits=7, decimal_places=3, default=0)
    """The weight after others gave theirs away."""
    method = models.CharField(max_length=16)
    terms = models.JSONField(default=dict)
    """target, floor, challenge, lower_better, parameters, least, most: numbers as text."""
    eased = models.JSONField(default=dict)
    """What granted claims change of them (see `rules.remedies`); what was signed stays as it is."""
    read = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    """What the readings say; `actual` is what counts."""
    actual = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    by_hand = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True, default="")
    supplier = models.CharField(max_length=200, blank=True, default="")
    read_at = models.DateTimeField(null=True)
    applies = models.BooleanField(default=True)
    note = models.TextField(blank=True, default="")
    noted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    points = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    sum = models.CharField(max_length=400, blank=True, default="")
    why = models.CharField(max_length=40, blank=True, default="")

    lock_through = "scorecard"
    read_with = ("scorecard", "scorecard__round", "scorecard__person", "scorecard__unit", "scorecard__manager",
                 "scorecard__second")  # fmt: skip

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scorecard", "code"], name="one_item_per_indicator"),
        ]

    @property
    def name(self) -> str:
        chinese = (get_language() or "en").startswith("zh")
        own, other = (self.name_zh, self.name_en) if chinese else (self.name_en, self.name_zh)
        return own or other or self.code

    @property
    def holding(self) -> Holding:
        """The values that count: those signed, with what granted claims changed."""
        return holding(self.terms, self.weight, self.eased)

    @property
    def signed_target(self) -> Decimal | None:
        return number(self.terms.get("target"))

    @property
    def is_marked(self) -> bool:
        """Is it judged by assessors, on a scale, instead of measured?"""
        return self.method == "rating" and self.read is None


class Mark(models.Model):
    """What one assessor gives on one rated item."""

    item = models.ForeignKey(ScorecardItem, models.CASCADE, related_name="marks")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices)
    value = models.DecimalField(max_digits=9, decimal_places=2)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "author"], name="one_mark_an_assessor")]


class Appeal(models.Model):
    """Once per result; the old result and grade are kept beside what was decided."""

    scorecard = models.OneToOneField(Scorecard, models.CASCADE, related_name="appeal")
    words = models.TextField()
    at = models.DateTimeField(default=now)
    result_before = models.DecimalField(max_digits=9, decimal_places=2)
    grade_before = models.CharField(max_length=40, blank=True, default="")
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")


def known_on(person: int, _day: "date") -> Scorecards:
    """`known_to` as `core.rows.Rows` takes it."""
    return Scorecard.objects.known_to(person)
