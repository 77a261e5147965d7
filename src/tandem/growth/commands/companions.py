"""Who reads along: sharing a dossier, and the notes of those who accompany somebody."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.texts import clean_text
from tandem.growth import access
from tandem.growth.models import MentorNote, Share
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person


@command(may=access.is_own)
def share_dossier(actor: Actor, person: "Person", /, *, reader: "Person") -> Share:
    """Let somebody read one's dossier and write notes in it; asked again, it is the sharing there is.

    Raises Invalid.
    """
    if reader.pk == person.pk:
        raise Invalid(_("It is your own already."), field="reader")
    if not reader.is_active:
        raise Invalid(_("They have left the company."), field="reader")
    share, is_new = Share.objects.get_or_create(person=person, reader=reader, ended_on=None)
    if is_new:
        record(actor, "dossier.shared", share, name=reader.name, to=[reader.pk])
    return share


@command(may=access.may_end_share)
def end_share(actor: Actor, share: Share) -> Share:
    """They read it no longer; notes they wrote stay."""
    if share.ended_on is None:
        share.ended_on = today()
        share.save(update_fields=["ended_on"])
        record(actor, "dossier.closed_to", share, name=share.reader.name)
    return share


@command(may=access.is_shared_with)
def add_note(actor: Actor, person: "Person", /, *, text: str) -> MentorNote:
    """A note (Markdown) for the person and whom they share with. Raises Invalid."""
    assert actor.pk is not None
    words = clean_text(text, "text")
    if not words:
        raise Invalid(_("This cannot be empty."), field="text")
    note = MentorNote.objects.create(person=person, author_id=actor.pk, text=words)
    if actor.pk == person.pk:
        record(actor, "dossier.own_note", note)
    else:
        record(actor, "dossier.noted", note, to=[person.pk])
    return note


@command(may=access.is_author)
def withdraw_note(actor: Actor, note: MentorNote) -> MentorNote:
    if note.withdrawn_on is None:
        note.withdrawn_on = today()
        note.save(update_fields=["withdrawn_on"])
        record(actor, "dossier.note_withdrawn", note)
    return note


@command(may=access.is_author)
def restore_note(actor: Actor, note: MentorNote) -> MentorNote:
    if note.withdrawn_on is not None:
        note.withdrawn_on = None
        note.save(update_fields=["withdrawn_on"])
        record(actor, "dossier.note_restored", note)
    return note
