"""Files that wait between the dry run and the decision."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=1)


class State(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    CHECKED = "checked", _("read, ready to be imported")
    FAULTY = "faulty", _("has faults")
    APPLYING = "applying", _("being imported")
    APPLIED = "applied", _("imported")


class PeopleFile(models.Model):
    """A file somebody sent, and what the dry run found. Only they see it; after a day it is deleted."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    language = models.CharField(max_length=16)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    """How far the work is, in percent."""
    report = models.JSONField(default=dict)
