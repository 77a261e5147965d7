"""How somebody grew, told in words: stories, recognition, notes of mentors, and the yearly review by a panel."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import today
from tandem.core.model import Model
from tandem.okr.access import readable_at
from tandem.people.actors import Actor


class StoryKind(models.TextChoices):
    CONTRIBUTION = "contribution", _("something I contributed")
    LEARNED = "learned", _("something I learned")
    LOOKED_BACK = "looked_back", _("looking back")


class ReviewState(models.TextChoices):
    OPEN = "open", _("the panel reads")
    DECIDED = "decided", _("decided")
    IN_FORCE = "in_force", _("in force")
    CALLED_OFF = "called_off", _("called off")


class Share(models.Model):
    """That a person lets somebody read their dossier, the notes of mentors among it, and write such notes."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    reader = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    since = models.DateField(default=today)
    ended_on = models.DateField(null=True)

    read_with = ("person", "reader")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "reader"], condition=Q(ended_on=None), name="dossier_shared_once")
        ]


def shared_with(actor: Actor, person: str = "person") -> Q:
    """Of rows in dossiers: those of the actor's own, and of people who share theirs with the actor."""
    open_to = Share.objects.filter(person=OuterRef(f"{person}_id"), reader=actor.pk, ended_on=None)
    return Q(**{person: actor.pk}) | Q(Exists(open_to))


def open_to(actor: Actor) -> Q:
    """The same, and those that a panel reads while the actor sits on it."""
    sits = PanelMember.objects.filter(
        review__person=OuterRef("person_id"), review__state=ReviewState.OPEN, person=actor.pk
    )
    return shared_with(actor) | Q(Exists(sits))


class Stories(models.QuerySet["Story"]):
    def visible_to(self, actor: Actor) -> "Stories":
        """In dossiers open to the actor; what is told of an objective is for those who may read that."""
        if actor.is_system:
            return self
        return self.filter(open_to(actor), Q(objective=None) | readable_at(actor, "objective"))


class Story(Model):
    """What a person tells of their own work and growth, in their own words."""

    read_with = ("person", "objective")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=StoryKind.choices, default=StoryKind.CONTRIBUTION)
    on = models.DateField(_("day"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("story"), blank=True, default="")
    link = models.CharField(_("link"), max_length=500, blank=True, default="")
    objective = models.ForeignKey("okr.Objective", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    withdrawn_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = Stories.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-on", "-id"], name="stories_newest_first")]

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "title": self.title, "text": self.text}


class Recognitions(models.QuerySet["Recognition"]):
    def visible_to(self, actor: Actor) -> "Recognitions":
        """In dossiers open to the actor, and what the actor said."""
        return self if actor.is_system else self.filter(open_to(actor) | Q(giver=actor.pk))


class Recognition(Model):
    """What somebody else thanks a person for."""

    read_with = ("person", "giver")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    giver = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField(default=today)
    text = models.TextField(_("what for"))
    withdrawn_on = models.DateField(null=True)

    objects = Recognitions.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-on", "-id"], name="recognition_newest_first")]


class MentorNotes(models.QuerySet["MentorNote"]):
    def visible_to(self, actor: Actor) -> "MentorNotes":
        """For the person and those they share with; a panel does not read them."""
        return self if actor.is_system else self.filter(shared_with(actor))


class MentorNote(Model):
    """A note on somebody's growth, by themself or by who accompanies them."""

    read_with = ("person", "author")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField(default=today)
    text = models.TextField(_("note"))
    withdrawn_on = models.DateField(null=True)

    objects = MentorNotes.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-on", "-id"], name="notes_newest_first")]


class Reviews(models.QuerySet["Review"]):
    def visible_to(self, actor: Actor) -> "Reviews":
        """For the person, the panel and the people team."""
        if actor.is_system or actor.is_people_team:
            return self
        sits = PanelMember.objects.filter(review=OuterRef("pk"), person=actor.pk)
        return self.filter(Q(person=actor.pk) | Exists(sits))


class Review(Model):
    """A panel's look at a year of somebody's growth, and what it decided on the job level, with reasons."""

    read_with = ("person",)

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.OPEN)
    named_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    named_on = models.DateField(default=today)
    level_before = models.CharField(max_length=100, blank=True, default="")
    level = models.CharField(_("job level"), max_length=100, blank=True, default="")
    reasons = models.TextField(_("reasons"), blank=True, default="")
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = Reviews.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "year"], condition=~Q(state=ReviewState.CALLED_OFF), name="one_review_a_year"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="reviews_by_state")]

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "level": self.level, "reasons": self.reasons}


class PanelMember(models.Model):
    """Who reads and decides; the one in the chair writes the decision down."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="panel")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    is_chair = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "person"], name="sits_once")]


class Quotes(models.QuerySet["Quote"]):
    def visible_to(self, actor: Actor) -> "Quotes":
        """Those of reviews the actor may read (the caller looked), without words about objectives that are hidden."""
        if actor.is_system:
            return self
        return self.filter(Q(objective=None) | readable_at(actor, "objective"))


class Quote(Model):
    """Evidence: words of the dossier, copied as they stood, and what the panel sees in them."""

    lock_through = "review"
    read_with = ("review__person", "by")

    review = models.ForeignKey(Review, models.PROTECT, related_name="quotes")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    source = models.CharField(max_length=12)
    source_key = models.BigIntegerField()
    objective = models.ForeignKey("okr.Objective", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=500)
    on = models.DateField()
    words = models.TextField(_("words"))
    shows = models.TextField(_("what it shows"), blank=True, default="")

    objects = Quotes.as_manager()

    class Meta:
        ordering = ("pk",)
