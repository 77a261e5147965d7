"""Reward rules: announced before the period, in versions that never change afterwards."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now
from tandem.core.model import Model
from tandem.people.access import IsInBranch, LeadsAbove
from tandem.rewards.models.kept import Kept, KeptRows

if TYPE_CHECKING:
    from datetime import date

    from tandem.core.commands import Actor


class Kind(models.TextChoices):
    PER_POINT = "per_point", _("for each point of the result")
    PER_GRADE = "per_grade", _("for each grade")
    POOL = "pool", _("shares of a pool")
    PLUS_MINUS = "plus_minus", _("plus and minus events of a team")


def concerns(person: int, path: str = "") -> models.Q:
    """Whom a rule at `path` (`rule`; "" is the row itself) concerns: all, where it is the company's; else those of the
    branch and who leads it or above."""
    at = f"{path}__" if path else ""
    unit = models.F(f"{at}unit_id")
    return (
        models.Q(**{f"{at}unit": None}) | models.Q(IsInBranch(unit, person)) | models.Q(LeadsAbove(unit, person))
    )  # fmt: skip


class RewardRules(models.QuerySet["RewardRule"]):
    def visible_to(self, actor: "Actor") -> "RewardRules":
        """Those it concerns, and the people team."""
        return self if actor.is_system or actor.is_people_team else self.filter(concerns(actor.pk))


class RewardRule(Model):
    """What is rewarded, of whom; how stands in its versions. `latest` is the number of the newest one."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    """Whose people, with those of the units below; null: the whole company's."""
    latest = models.PositiveIntegerField(default=1)
    ended_from = models.DateField(null=True)
    """Periods that start on this day or later do not have it any more."""
    made_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    objects = RewardRules.as_manager()
    read_with = ("unit",)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "name": self.name, "latest": self.latest, "ended_from": self.ended_from}


class RuleVersion(Kept):
    """One announcement: terms as JSON (numbers as text), for periods that start at `from_day` or later."""

    rule = models.ForeignKey(RewardRule, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    terms = models.JSONField(default=dict)
    words = models.TextField(blank=True, default="")
    """Why, in the words of who announced it."""
    from_day = models.DateField()
    announced_on = models.DateField()
    announced_at = models.DateTimeField(default=now)
    announced_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = KeptRows.as_manager()
    read_with = ("rule", "rule__unit", "announced_by")

    class Meta(Kept.Meta):
        abstract = False
        ordering = ("rule", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "number"], name="one_version_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(from_day__gt=models.F("announced_on")), name="announced_before_it_holds"
            ),
        ]


def rules_on(person: int, _day: "date") -> models.QuerySet[RewardRule]:
    """Those that concern somebody, as `core.rows.Rows` takes it."""
    return RewardRule.objects.filter(concerns(person))
