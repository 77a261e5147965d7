"""Files that wait between the dry run and the decision."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now
from tandem.core.model import Model

KEPT = timedelta(days=1)


class FileKind(models.TextChoices):
    INDICATORS = "indicators", _("indicators")
    READINGS = "readings", _("values")


class FileState(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    CHECKED = "checked", _("read, ready to be imported")
    FAULTY = "faulty", _("has faults")
    APPLYING = "applying", _("being imported")
    APPLIED = "applied", _("imported")


class KpiFile(Model):
    """A file somebody sent, and what the dry run found. Only they see it; after a day it is deleted."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=FileKind.choices)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    mapping = models.TextField(blank=True, default="")
    language = models.CharField(max_length=16)
    at = models.DateTimeField(default=now, db_index=True)
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.WAITING)
    report = models.JSONField(default=dict)
