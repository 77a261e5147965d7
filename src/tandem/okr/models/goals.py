"""Goal sets and their objectives."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.keys import new_key
from tandem.core.model import Model
from tandem.core.numbers import plain
from tandem.okr.models.numbers import Counts
from tandem.okr.models.visibility import Visibility, readable

if TYPE_CHECKING:
    from tandem.core.commands import Actor


class Ambition(models.TextChoices):
    ASPIRATIONAL = "aspirational", _("aspirational")
    COMMITTED = "committed", _("committed")


class Category(models.TextChoices):
    CONTRIBUTION = "contribution", _("contribution")
    GROWTH = "growth", _("growth")
    HEALTH = "health", _("health")


class ObjectiveState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("active")
    DROPPED = "dropped", _("dropped")
    CLOSED = "closed", _("closed")


class GoalSets(models.QuerySet["GoalSet"]):
    def unscored(self) -> "GoalSets":
        """Those with a key result that nobody scored, be it for everybody to read or not."""
        hidden = Objective.objects.exclude(visibility=Visibility.COMPANY).filter(
            goal_set=models.OuterRef("pk"),
            archived_on=None,
            state__in=(ObjectiveState.ACTIVE, ObjectiveState.CLOSED),
            key_results__archived_on=None,
            key_results__score=None,
            key_results__isnull=False,
        )
        open_ones = models.Q(key_results__gt=models.F("key_results_scored"))
        return self.filter(open_ones | models.Q(models.Exists(hidden), restricted__gt=0))


class GoalSet(Counts):
    """All goals of one owner (a person or a unit) in one cycle, with the set's own numbers.

    `unit` is where the set counts: the owner itself, or the person's home unit while the cycle runs.
    Every write to a goal locks its set, so numbers never miss a neighbour's change.
    """

    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="+")
    owner_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    owner_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    progress = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    updated_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    restricted = models.IntegerField(default=0)
    """How many goals beside them are not open to all: the numbers here are those of open ones only."""
    score = models.DecimalField(max_digits=2, decimal_places=1, null=True)
    agreement = models.CharField(max_length=10, blank=True, default="")
    """How the newest agreement on it stands; "" while it was never offered, so that nobody need look for one."""
    reflection = models.TextField(_("reflection"), blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    """Of the reflection: objectives have versions of their own."""

    objects = GoalSets.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(owner_person=None) ^ models.Q(owner_unit=None),
                name="one_owner",
            ),
            models.UniqueConstraint(fields=["owner_person", "cycle"], name="one_set_per_person"),
            models.UniqueConstraint(fields=["owner_unit", "cycle"], name="one_set_per_unit"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cycle", "unit"], name="sets_of_unit"),
            models.Index(
                fields=["cycle", "unit", "id"],
                condition=models.Q(key_results__gt=models.F("key_results_scored")),
                name="sets_without_scores",
            ),
        ]

    read_with = ("cycle", "owner_person", "owner_unit", "unit")

    @property
    def owner_name(self) -> str:
        owner = self.owner_person or self.owner_unit
        return owner.name if owner else ""

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "reflection": self.reflection}


class Objectives(models.QuerySet["Objective"]):
    def visible_to(self, actor: "Actor") -> "Objectives":
        """Those the actor may read."""
        return self.filter(readable(actor))


class Objective(Model):
    """What one wants to reach, in words. Its numbers come from its key results alone."""

    lock_through = "goal_set"
    read_with = (
        "goal_set__cycle",
        "goal_set__owner_person",
        "goal_set__owner_unit",
        "goal_set__unit",
    )

    key = models.CharField(max_length=200, unique=True, default=new_key)
    goal_set = models.ForeignKey(GoalSet, models.PROTECT, related_name="goals")
    title = models.CharField(_("objective"), max_length=500)
    description = models.TextField(_("description"), blank=True, default="")
    ambition = models.CharField(_("ambition"), max_length=12, choices=Ambition.choices, default=Ambition.ASPIRATIONAL)
    category = models.CharField(_("category"), max_length=12, choices=Category.choices, default=Category.CONTRIBUTION)
    weight = models.DecimalField(_("weight"), max_digits=12, decimal_places=6, default=1)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=8, choices=ObjectiveState.choices, default=ObjectiveState.DRAFT)
    visibility = models.CharField(_("visibility"), max_length=8, choices=Visibility.choices, default=Visibility.COMPANY)
    dropped_reason = models.TextField(_("why it was dropped"), blank=True, default="")
    published_on = models.DateField(null=True, blank=True)
    archived_on = models.DateField(null=True, blank=True)
    reflection = models.TextField(_("reflection"), blank=True, default="")
    cloned_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="heirs")
    carry_reason = models.TextField(_("why it was carried over"), blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    progress = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    key_results_count = models.IntegerField(default=0)
    with_data = models.IntegerField(default=0)
    confidence = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    status = models.CharField(max_length=10, blank=True, default="")
    next_due_on = models.DateField(null=True)
    followers = models.PositiveIntegerField(default=0)
    """How many asked to hear of it beside its owner: where nobody did, nobody need be looked for."""
    score = models.DecimalField(max_digits=2, decimal_places=1, null=True)
    band = models.CharField(max_length=6, blank=True, default="")
    """Kept with the score, so that a later change of the bands moves nothing that is closed."""
    scored_late = models.BooleanField(default=False)

    objects = Objectives.as_manager()

    class Meta:
        ordering = ("position", "pk")
        indexes: ClassVar = [
            models.Index(fields=["goal_set", "position"], name="objectives_in_order"),
            models.Index(fields=["confidence"], name="least_confident_first"),
            models.Index(fields=["status", "progress"], name="furthest_behind_first"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def guard(self) -> int:
        """Events about it, and about what lies under it, are for those who may read it."""
        return self.pk

    @property
    def cycle(self) -> Any:
        return self.goal_set.cycle

    @property
    def counts(self) -> bool:
        """Is it part of the numbers? Drafts, dropped and archived ones are not."""
        return self.archived_on is None and self.state in (
            ObjectiveState.ACTIVE,
            ObjectiveState.CLOSED,
        )

    def as_version(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "title": self.title,
            "description": self.description,
            "ambition": self.ambition,
            "category": self.category,
            "weight": plain(self.weight),
            "reflection": self.reflection,
        }
