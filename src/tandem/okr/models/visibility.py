"""Who may read an objective: the one rule, as a condition of the database."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext_lazy

from tandem.core.clock import today
from tandem.people.access import IsActingLead, IsInBranch, IsInLineAbove, LeadsAbove

if TYPE_CHECKING:
    from tandem.core.commands import Actor


class Visibility(models.TextChoices):
    """One word each, from the widest to the narrowest: who reads the later ones reads the earlier ones too."""

    COMPANY = "company", pgettext_lazy("visibility", "open")
    BRANCH = "branch", pgettext_lazy("visibility", "internal")
    LINE = "line", pgettext_lazy("visibility", "confidential")
    PEOPLE = "people", pgettext_lazy("visibility", "secret")


class Reader(models.Model):
    """Somebody who is named to read an objective, whatever its visibility."""

    objective = models.ForeignKey("okr.Objective", models.CASCADE, related_name="readers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["objective", "person"], name="reader_once")]


def readable(actor: "Actor", path: str = "") -> Q:
    """Is the objective at `path` (`objective`, `key_result__objective`; "" for the row itself) for the actor to read?

    For an open one that is a single comparison. Everything else is asked of the database for those rows alone that
    are not open, by their keys.
    """
    if actor.is_system:
        return Q()
    is_open = Q(**{f"{path}__visibility" if path else "visibility": Visibility.COMPANY})
    if not actor.is_active:
        return is_open
    return is_open | Q(Exists(restricted(actor.pk, today()).filter(pk=OuterRef(f"{path}_id" if path else "pk"))))


def restricted(actor: int, day: date) -> models.QuerySet[Any]:
    """The objectives not open to all that this person (a key) reads on this day.

    The owner, co-owners, who writes for the unit, who has an action in it, and named readers always do;
    `line` adds the managers above the owner and the leads above the unit, `branch` adds those and the unit's people
    with all units below. A role alone (administrator, champion, people team) opens nothing.
    """
    this = OuterRef("pk")
    table = apps.get_model  # those below import this module
    always = (
        Q(goal_set__owner_person=actor)
        | Q(Exists(table("okr.CoOwner").objects.filter(objective=this, person=actor)))
        | Q(Exists(Reader.objects.filter(objective=this, person=actor)))
        | Q(Exists(table("okr.KeyAction").objects.filter(objective=this, owner=actor, archived_on=None)))
        | Q(IsActingLead(F("goal_set__owner_unit_id"), actor, day))
    )
    answers_for_it = Coalesce("goal_set__owner_person_id", "goal_set__owner_unit__lead_id")
    line = Q(LeadsAbove(F("goal_set__unit_id"), actor)) | Q(IsInLineAbove(answers_for_it, actor))
    all_but_open: models.QuerySet[Any] = table("okr.Objective").objects.exclude(visibility=Visibility.COMPANY)
    return all_but_open.filter(
        always
        | Q(visibility__in=(Visibility.LINE, Visibility.BRANCH)) & line
        | Q(visibility=Visibility.BRANCH) & Q(IsInBranch(F("goal_set__unit_id"), actor))
    )
