"""What passed from somebody who left (or gave it away) to somebody else: kept, so that it can be taken back."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class HandOver(models.Model):
    """Goals, actions and co-ownerships that went from one owner to another at one time, or were dropped instead.

    `moved` names what went, by kind and key; without a successor the objectives were dropped for `reason`.
    """

    from_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    from_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    to_person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    to_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True, default="")
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    read_with = ("from_person", "from_unit", "to_person", "to_unit")

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(from_person=None) ^ models.Q(from_unit=None), name="from_one_owner"
            )
        ]
