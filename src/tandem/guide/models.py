"""What people answered to "KPI or OKR?": kept, changeable, counted by unit."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.model import Model
from tandem.guide import rules
from tandem.okr.access import readable_at
from tandem.people.actors import Actor


class Suggestion(models.TextChoices):
    OKR = rules.OKR, _("OKR")
    KPI = rules.KPI, _("KPI")
    BOTH = rules.BOTH, _("OKR and KPI")


class SetsOfAnswers(models.QuerySet["Answers"]):
    def living(self) -> "SetsOfAnswers":
        return self.filter(withdrawn_on=None)

    def visible_to(self, actor: Actor) -> "SetsOfAnswers":
        """Whoever reads the objective reads the answers about it; without one they are their author's."""
        if actor.is_system:
            return self
        return self.filter(
            models.Q(objective=None, author=actor.pk)
            | models.Q(objective__isnull=False) & readable_at(actor, "objective")
        )

    def counted_for(self, actor: Actor) -> "SetsOfAnswers":
        """Those a number shown to the actor may hold: all but those about objectives they may not read."""
        return self.living().filter(models.Q(objective=None) | readable_at(actor, "objective"))


class Answers(Model):
    """Four answers of one person, about an objective or about something that is none yet.

    `unit` is where they count: the unit the goal is for, or the person's home unit when they were given.
    """

    read_with = ("author", "unit", "cycle", "objective__goal_set__owner_person", "objective__goal_set__owner_unit")

    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    for_unit = models.BooleanField(default=False)
    """Was it asked about the unit's own goals? Else about those of its author."""
    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, null=True, related_name="+")
    objective = models.ForeignKey("okr.Objective", models.PROTECT, null=True, related_name="+")
    words = models.CharField(_("what it is about"), max_length=500, blank=True, default="")
    path_known = models.BooleanField()
    result_enough = models.BooleanField()
    must_not_fail = models.BooleanField()
    same_for_all = models.BooleanField()
    suggestion = models.CharField(max_length=4, choices=Suggestion.choices)
    """Kept with the answers, so that a later change of the table rewrites nobody's past."""
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = SetsOfAnswers.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["cycle", "unit"], name="answers_of_unit")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["objective"], condition=models.Q(withdrawn_on=None), name="one_answer_per_objective"
            )
        ]

    @property
    def owner(self) -> Any:
        """Whose objective it would be."""
        return self.unit if self.for_unit else self.author

    @property
    def guard(self) -> int | None:
        """Events about them are for those who may read the objective."""
        return self.objective_id

    @property
    def four(self) -> rules.Four:
        return rules.Four(*(getattr(self, name) for name in rules.QUESTIONS))

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "words": self.words, **self.four._asdict()}
