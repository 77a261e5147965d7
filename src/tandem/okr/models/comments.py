"""Talk about goals: comments in threads, reactions, and who follows what."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandem.okr.models.checkins import CheckIn
from tandem.okr.models.goals import Objective
from tandem.okr.models.key_results import KeyResult


class Comment(models.Model):
    """What somebody said of an objective, of a key result or check-in under it, or of words in their texts.

    The first of a thread has no `thread`; replies name it. Whoever may see the objective may read the thread.
    """

    read_with = (*(f"objective__{path}" for path in Objective.read_with), "key_result", "check_in", "author")

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="comments")
    key_result = models.ForeignKey(KeyResult, models.PROTECT, null=True, related_name="comments")
    check_in = models.ForeignKey(CheckIn, models.PROTECT, null=True, related_name="comments")
    thread = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("comment"))
    mentions = models.JSONField(default=list)
    """Whom the text names: `[{"id": 7, "name": "Ada"}]`, the name as it stands after the @."""
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    field = models.CharField(max_length=12, blank=True, default="")
    """Which text the words stand in: title, description, note; "" when it is about the whole."""
    quote = models.TextField(blank=True, default="")
    prefix = models.CharField(max_length=40, blank=True, default="")
    suffix = models.CharField(max_length=40, blank=True, default="")
    position = models.PositiveIntegerField(null=True)
    """Where the words begin; null once they are gone."""

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(fields=["objective", "-id"], condition=models.Q(thread=None), name="threads_newest_first"),
        ]

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "text": self.text}


class ReactionKind(models.TextChoices):
    AGREE = "agree", _("I agree")
    THANKS = "thanks", _("Thank you")
    IDEA = "idea", _("Good idea")
    LOOKING = "looking", _("I am looking into it")


class Reaction(models.Model):
    """A word of assent under a comment; each kind once a person."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="reactions")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ReactionKind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "person", "kind"], name="one_reaction_of_a_kind")
        ]


class Follow(models.Model):
    """Who wants to hear of an objective, or (muted) does not. The owner hears of it without a row."""

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="follows")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    is_muted = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["objective", "person"], name="follows_once")]
