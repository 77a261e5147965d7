"""What happened, as verb and plain data."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandem.core.model import Model


class Event(Model):
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
            models.Index(fields=["verb", "-id"], name="event_verb"),
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


class Notification(models.Model):
    """That somebody is told of an event: in the app, by a letter at once, in a digest, or by several of these.

    `subject` is what they must be able to see; it is asked again whenever the news is shown or sent.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    subject_kind = models.CharField(max_length=16, blank=True, default="")
    subject_key = models.BigIntegerField(default=0)
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mail_due = models.BooleanField(default=False)
    """A letter is to be sent at once and was not handed over yet."""
    digest_at = models.DateTimeField(null=True)
    """When the digest that tells it is due; null when none is, or it was sent."""

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "event"], name="told_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], condition=models.Q(in_app=True), name="told_newest_first"),
            models.Index(fields=["person"], condition=models.Q(in_app=True, read_at=None), name="told_and_unread"),
            models.Index(
                fields=["digest_at", "person"], condition=models.Q(digest_at__isnull=False), name="told_in_digests"
            ),
        ]


class Preference(models.Model):
    """By which channels a person hears of a kind of news, once they chose."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    app = models.BooleanField()
    mail = models.BooleanField()
    digest = models.BooleanField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "kind"], name="chosen_once")]


class Rhythm(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    NEVER = "never", _("never")


class DigestChoice(models.Model):
    """When a person wants the digest, by their own clock: hour 0–23, for weekly ones the weekday (Monday 0)."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+")
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices, default=Rhythm.DAILY)
    hour = models.PositiveSmallIntegerField(default=8)
    weekday = models.PositiveSmallIntegerField(default=0)


class Claim(models.Model):
    """That a letter of a day was begun for a person. Of several workers one gets the row."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=16)
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "what", "day"], name="claimed_once")]


class WorkerSeen(models.Model):
    """A worker that is there says so once a minute, so that an operator sees whether anybody works."""

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=200)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
