"""Key results and key actions."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import today
from tandem.core.keys import new_key
from tandem.core.model import Model
from tandem.core.numbers import plain
from tandem.okr import rules
from tandem.okr.models.goals import Objective


class KeyResultKind(models.TextChoices):
    METRIC = "metric", _("number from … to …")
    PERCENT = "percent", _("percent done")
    MAINTAIN = "maintain", _("stay within bounds")
    BINARY = "binary", _("done or not")
    MILESTONES = "milestones", _("milestones")
    RUBRIC = "rubric", _("described levels")
    BASELINE = "baseline", _("find the number first")
    KPI = "kpi", _("follows an indicator")


class KeyResult(Model):
    """How one knows. `measure` holds all its progress depends on; `current` is the value that counts."""

    lock_through = "objective__goal_set"
    read_with = tuple(f"objective__{path}" for path in Objective.read_with)

    key = models.CharField(max_length=200, unique=True, default=new_key)
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="key_results")
    title = models.CharField(_("key result"), max_length=1000)
    description = models.TextField(_("description"), blank=True, default="")
    position = models.PositiveIntegerField(default=0)
    weight = models.DecimalField(_("weight"), max_digits=12, decimal_places=6, default=1)
    added_on = models.DateField(default=today)
    archived_on = models.DateField(null=True, blank=True)

    kind = models.CharField(_("kind"), max_length=12, choices=KeyResultKind.choices, default=KeyResultKind.PERCENT)
    unit_label = models.CharField(_("unit"), max_length=40, blank=True, default="")
    start = models.DecimalField(_("start"), max_digits=18, decimal_places=6, null=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=6, null=True)
    low = models.DecimalField(_("not below"), max_digits=18, decimal_places=6, null=True)
    high = models.DecimalField(_("not above"), max_digits=18, decimal_places=6, null=True)
    tolerance = models.DecimalField(_("tolerance"), max_digits=18, decimal_places=6, null=True)
    steps = models.JSONField(default=list)
    """Milestones: `[{"title", "weight"}]`. Rubric: `[{"level": "0.3", "text"}]`."""
    given = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    given_confidence = models.PositiveSmallIntegerField(null=True)
    """What came with the key result itself; both count while there is no check-in.

    Of a key result that follows an indicator `given` is what its readings come to, as of `read_on`."""
    indicator = models.ForeignKey("kpi.Indicator", models.PROTECT, to_field="code", null=True, related_name="+")
    followed_unit = models.ForeignKey("people.Unit", models.PROTECT, to_field="key", null=True, related_name="+")
    """Whose readings are followed; null: those of the objective's owner."""
    read_on = models.DateField(null=True)
    score = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    score_reason = models.TextField(_("why the score differs"), blank=True, default="")
    scored_late = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    current = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    progress = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=10, blank=True, default="")
    last_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    check_ins_count = models.IntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        indexes: ClassVar = [
            models.Index(fields=["objective", "position"], name="key_results_in_order"),
            models.Index(fields=["next_due_on"], name="key_results_owed", condition=models.Q(archived_on=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def measure(self) -> rules.Measure:
        weights = tuple(Decimal(str(step.get("weight", 1))) for step in self.steps)
        return rules.Measure(self.kind, self.start, self.target, self.low, self.high, self.tolerance, weights)

    def as_version(self) -> dict[str, Any]:
        numbers = {
            name: None if (value := getattr(self, name)) is None else plain(value)
            for name in ("start", "target", "low", "high", "tolerance", "weight")
        }
        return {
            "version": self.version,
            "title": self.title,
            "description": self.description,
            "kind": self.kind,
            "unit": self.unit_label,
            "steps": self.steps,
            "indicator": self.indicator_id,
            "carrier": self.followed_unit_id and f"unit:{self.followed_unit_id}",
            "score": None if self.score is None else plain(self.score),
            "score_reason": self.score_reason,
            **numbers,
        }


class ActionState(models.TextChoices):
    TODO = "todo", _("to do")
    DOING = "doing", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class KeyAction(Model):
    """A project or task that makes a result move; it hangs under the objective, or one key result."""

    lock_through = "objective__goal_set"
    read_with = KeyResult.read_with

    key = models.CharField(max_length=200, unique=True, default=new_key)
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="actions")
    key_result = models.ForeignKey(KeyResult, models.PROTECT, null=True, blank=True, related_name="actions")
    title = models.CharField(_("key action"), max_length=500)
    owner = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ActionState.choices, default=ActionState.TODO)
    position = models.PositiveIntegerField(default=0)
    archived_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    def as_version(self) -> dict[str, Any]:
        due = self.due_on.isoformat() if self.due_on else None
        return {"version": self.version, "title": self.title, "due_on": due, "state": self.state}
