"""Handshakes: what was offered, by whom it was signed, and the exact version that it stands for."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandem.core.keys import new_key
from tandem.okr.models.goals import GoalSet, Objective
from tandem.okr.models.key_results import KeyResult
from tandem.people.access import IsActingLead, IsInLineAbove, LeadsAbove


class AgreementState(models.TextChoices):
    OFFERED = "offered", _("offered")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SIGNED = "signed", _("signed")
    VOIDED = "voided", _("amended, unsigned")


class Agreement(models.Model):
    """One offer of a goal set and what became of it. The newest of a set is the one that holds; all stay readable.

    `kept` is the version that was offered or signed, as canonical JSON (`okr.versions`), and `hash` its SHA-256.
    """

    lock_through = "goal_set"
    read_with = (
        *(f"goal_set__{path}" for path in GoalSet.read_with),
        *("owner_side", "other_side", "owner_for", "other_for", "ended_by"),
    )

    key = models.CharField(max_length=200, unique=True, default=new_key)
    goal_set = models.ForeignKey(GoalSet, models.PROTECT, related_name="agreements")
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.OFFERED)
    is_trivial = models.BooleanField(default=False)
    """Offered as a mere correction of the wording of what was signed before."""
    kept = models.TextField()
    hash = models.CharField(max_length=64)
    changed_to = models.TextField(blank=True, default="")
    """The version whose difference from the signed one voided it."""
    above = models.JSONField(default=dict)
    """What it was signed against: by key of each objective above, a hash of its words and numbers at that time."""
    expectation = models.TextField(_("expectation of the role"), blank=True, default="")
    forecast = models.TextField(_("forecast of output"), blank=True, default="")
    owner_side = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    other_side = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    owner_for = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    other_for = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    """Whose place each side stood in, by the chart of that time: when that changes, a new handshake is due."""
    offered_at = models.DateTimeField(default=timezone.now)
    owner_signed_at = models.DateTimeField(null=True)
    other_signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    """Of what both sides wrote beside the goals."""

    class Meta:
        ordering = ("-pk",)
        indexes: ClassVar = [
            models.Index(fields=["goal_set", "-id"], name="newest_agreement"),
            models.Index(fields=["id"], condition=models.Q(state="offered"), name="offers_that_wait"),
        ]

    @property
    def guard(self) -> int | None:
        """The most guarded goal it speaks of: who may not read that one does not hear of the agreement."""
        kept = Objective.objects.filter(goal_set=self.goal_set_id, visibility__in=("branch", "line"))
        return kept.order_by("-visibility", "pk").values_list("pk", flat=True).first()

    @property
    def signed_at(self) -> Any:
        """When the second hand was given; None while one is missing."""
        both = (self.owner_signed_at, self.other_signed_at)
        return max(one for one in both if one) if all(both) else None

    def as_version(self) -> dict[str, Any]:
        return {"version": self.version, "expectation": self.expectation, "forecast": self.forecast}


def between(person: int, day: date, path: str = "") -> Q:
    """Who reads a goal set's handshake, as a condition: both sides (of every agreement on it), who writes the
    unit's goals, and the line above the owner. No role alone."""
    prefix = f"{path}__" if path else ""
    sides = Agreement.objects.filter(goal_set=OuterRef(f"{prefix}pk"))
    parties = Q(owner_side=person) | Q(other_side=person) | Q(other_for=person)
    named = Sides.objects.filter(Q(owner_side=person) | Q(other_side=person), goal_set=OuterRef(f"{prefix}pk"))
    answers_for_it = Coalesce(f"{prefix}owner_person_id", f"{prefix}owner_unit__lead_id")
    return (
        Q(**{f"{prefix}owner_person": person})
        | Q(IsActingLead(F(f"{prefix}owner_unit_id"), person, day))
        | Q(Exists(sides.filter(parties)))
        | Q(Exists(named))
        | Q(LeadsAbove(F(f"{prefix}unit_id"), person))
        | Q(IsInLineAbove(answers_for_it, person))
    )


class Sides(models.Model):
    """Who stands on the two sides where the chart does not say it, or somebody stands in."""

    goal_set = models.OneToOneField(GoalSet, models.CASCADE, related_name="sides")
    owner_side = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    other_side = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")


class MovedTarget(models.Model):
    """A key result that asks something else than was once signed: stored, so that a cycle's results find it."""

    key_result = models.OneToOneField(KeyResult, models.CASCADE, related_name="+")
    goal_set = models.ForeignKey(GoalSet, models.CASCADE, related_name="+")
    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="+")
    way = models.CharField(max_length=7)
    """raised, lowered or changed: today's beside the newest signed one that differs from it."""
    signed = models.JSONField()
    """That one, as the version tells it."""
    on = models.DateTimeField()
    """When it was signed."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["cycle", "id"], name="moved_targets_of_cycle")]


class SuggestionState(models.TextChoices):
    OPEN = "open", _("open")
    TAKEN = "taken", _("taken")
    LEFT = "left", _("left")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Suggestion(models.Model):
    """Another wording of a title, from the other side. The owner takes it, or leaves it."""

    lock_through = "objective__goal_set"
    read_with = (*(f"objective__{path}" for path in Objective.read_with), "key_result", "author")

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="suggestions")
    key_result = models.ForeignKey(KeyResult, models.PROTECT, null=True, related_name="suggestions")
    was = models.TextField()
    """The title it was suggested for."""
    text = models.TextField()
    state = models.CharField(max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN)
    author = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(fields=["objective"], condition=models.Q(state="open"), name="open_suggestions"),
        ]
