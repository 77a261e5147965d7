"""Check-ins: dated values with confidence and a note."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandem.core.model import Model
from tandem.okr.models.key_results import KeyResult


class CheckIn(Model):
    """What was true of a key result on a day. Rows are never rewritten: a correction replaces one."""

    lock_through = "key_result__objective__goal_set"
    read_with = tuple(f"key_result__{path}" for path in KeyResult.read_with)

    key_result = models.ForeignKey(KeyResult, models.PROTECT, related_name="check_ins")
    on = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6, null=True)
    done_steps = models.JSONField(default=list)
    """Milestones: the places (from 0) of the steps that were done."""
    confirmed = models.BooleanField(default=True)
    confidence = models.PositiveSmallIntegerField(_("confidence"), null=True)
    status = models.CharField(_("status"), max_length=10, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    is_draft = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    """The order within a day. A correction keeps the place of what it replaces."""
    withdrawn_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")

    class Meta:
        ordering = ("-on", "-written_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["key_result", "-on", "-id"], name="check_ins_newest_first")]
