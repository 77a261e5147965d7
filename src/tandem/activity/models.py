"""What happened, as verb and plain data."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One row for one command. `about` and `under` name things as `objective:12`, `unit:3`.

    `guard` is the key of the objective that the event tells of, `second_guard` of another one that its data name:
    who may not read these does not hear of it.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=64)
    about = models.CharField(max_length=40)
    under = models.CharField(max_length=40, blank=True, default="")
    guard = models.BigIntegerField(null=True)
    second_guard = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=["about", "-id"], name="event_about"),
            models.Index(fields=["under", "-id"], name="event_under"),
        ]


class Job(models.Model):
    """When a periodic job is due next. One row for each, shared by all workers."""

    name = models.CharField(max_length=64, primary_key=True)
    due_at = models.DateTimeField()


class KeptAnswer(models.Model):
    """What a write with an `Idempotency-Key` was answered, kept in the transaction of the write itself."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)
    """Hash of method, address and body."""
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="one_answer_for_a_key")]
        indexes: ClassVar = [models.Index(fields=["at"], name="kept_answer_at")]
