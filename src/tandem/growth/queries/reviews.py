"""Reviews: those one is concerned with, one with its panel and evidence."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.growth.models import PanelMember, Quote, Review
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person

PAGE = 30


@dataclass(frozen=True)
class Panel:
    """A review with who reads and what was quoted, as the reader may see it."""

    review: Review
    members: list[PanelMember]
    quotes: list[Quote]

    def has(self, actor: Actor) -> bool:
        return any(one.person_id == actor.pk for one in self.members)

    def is_chaired_by(self, actor: Actor) -> bool:
        return any(one.person_id == actor.pk and one.is_chair for one in self.members)


def reviews(actor: Actor) -> QuerySet[Review]:
    """Those the actor is concerned with, newest first; the people team sees all."""
    return Review.objects.visible_to(actor).select_related("person").order_by("-pk")


def own_reviews(actor: Actor) -> QuerySet[Review]:
    """Those about the actor or with the actor on the panel."""
    sits = PanelMember.objects.filter(review=OuterRef("pk"), person=actor.pk)
    return Review.objects.filter(Q(person=actor.pk) | Exists(sits)).select_related("person").order_by("-pk")


def reviews_of(actor: Actor, person: "Person") -> QuerySet[Review]:
    """Of a person, those the actor may see, newest first."""
    return reviews(actor).filter(person=person)


def get_review(actor: Actor, pk: int) -> Review:
    """Raises Missing (404)."""
    found = Review.objects.visible_to(actor).select_related(*Review.read_with, "decided_by").filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such review, or it is not for you to see."))
    return found


def panel_of(actor: Actor, review: Review) -> Panel:
    """Of a review the actor was seen to read. Two queries."""
    members = review.panel.select_related("person").order_by("-is_chair", "person__name", "pk")
    quotes = Quote.objects.visible_to(actor).filter(review=review).select_related("by")
    return Panel(review, list(members), list(quotes))


def get_quote(actor: Actor, pk: int) -> Quote:
    """Raises Missing (404)."""
    found = Quote.objects.visible_to(actor).filter(pk=pk).select_related(*Quote.read_with).first()
    if found is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    get_review(actor, found.review_id)
    return found


def open_review(actor: Actor, person: "Person") -> Review | None:
    """The review in which the actor reads this person's dossier now."""
    sits = PanelMember.objects.filter(review=OuterRef("pk"), person=actor.pk)
    return Review.objects.filter(Exists(sits), person=person, state="open").order_by("-pk").first()
