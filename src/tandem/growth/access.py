"""Who may do what with a growth dossier. It is the person's own; no role opens it."""

from typing import TYPE_CHECKING

from tandem.growth.models import MentorNote, PanelMember, Quote, Recognition, Review, ReviewState, Share, Story
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person


def is_own(actor: Actor, person: "Person") -> bool:
    return actor.pk is not None and actor.pk == person.pk


def is_shared_with(actor: Actor, person: "Person") -> bool:
    """Is it their own, or does the person let them read all of it? One query at most."""
    return is_own(actor, person) or Share.objects.filter(person=person, reader=actor.pk, ended_on=None).exists()


def may_read(actor: Actor, person: "Person") -> bool:
    """The person, whom they share with, and a panel while it reads. Two queries at most."""
    return is_shared_with(actor, person) or sits_now(actor, person)


def sits_now(actor: Actor, person: "Person") -> bool:
    """Is the actor on an open panel about this person?"""
    return PanelMember.objects.filter(person=actor.pk, review__person=person, review__state=ReviewState.OPEN).exists()


def may_change_story(actor: Actor, story: Story) -> bool:
    return actor.pk is not None and actor.pk == story.person_id


def may_recognize(actor: Actor, person: "Person") -> bool:
    """Everybody, everybody else; praise for oneself is a story."""
    return not actor.is_system and actor.pk != person.pk


def is_giver(actor: Actor, recognition: Recognition) -> bool:
    return actor.pk is not None and actor.pk == recognition.giver_id


def may_end_share(actor: Actor, share: Share) -> bool:
    """The person ends it, and whoever does not want to read any longer."""
    return actor.pk is not None and actor.pk in (share.person_id, share.reader_id)


def is_author(actor: Actor, note: MentorNote) -> bool:
    return actor.pk is not None and actor.pk == note.author_id


def may_name_panel(actor: Actor, person: "Person") -> bool:
    """The people team, about everybody but oneself."""
    return actor.is_people_team and not is_own(actor, person)


def may_keep_review(actor: Actor, review: Review) -> bool:
    return actor.is_people_team and actor.pk != review.person_id


def sits(actor: Actor, review: Review) -> bool:
    return PanelMember.objects.filter(review=review, person=actor.pk).exists()


def chairs(actor: Actor, review: Review) -> bool:
    return PanelMember.objects.filter(review=review, person=actor.pk, is_chair=True).exists()


def may_drop_quote(actor: Actor, quote: Quote) -> bool:
    return actor.pk is not None and actor.pk == quote.by_id
