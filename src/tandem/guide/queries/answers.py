"""Kept answers: one's own, those about an objective, one by its key."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.guide.models import Answers
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.okr.models import Objective

PAGE = 20


def own_answers(actor: Actor) -> QuerySet[Answers]:
    """What the actor answered and may still see, newest first."""
    rows = Answers.objects.living().visible_to(actor).filter(author=actor.pk)
    return rows.select_related(*Answers.read_with).order_by("-pk")


def answers_about(_actor: Actor, objective: "Objective") -> Answers | None:
    """The answers about an objective that the actor was seen to read; None while there are none."""
    rows = Answers.objects.living().filter(objective=objective.pk)
    return rows.select_related(*Answers.read_with).first()


def get_answers(actor: Actor, pk: int) -> Answers:
    """Also those taken back, for who brings them back. Raises Missing (404)."""
    found = Answers.objects.visible_to(actor).filter(pk=pk).select_related(*Answers.read_with).first()
    if found is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    return found
