"""Links between goals, and between goals and people."""

from typing import ClassVar

from django.db import models

from tandem.okr.models.goals import Objective


class Alignment(models.Model):
    """`child` contributes to `parent`. No number ever flows through it."""

    child = models.ForeignKey(Objective, models.PROTECT, related_name="aligned_to")
    parent = models.ForeignKey(Objective, models.PROTECT, related_name="aligned_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "parent"], name="aligned_once"),
            models.CheckConstraint(condition=~models.Q(child=models.F("parent")), name="not_to_itself"),
        ]


class CoOwner(models.Model):
    """Somebody who owns an objective beside its owner, and may write it too."""

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="co_owners")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["objective", "person"], name="co_owner_once")]
