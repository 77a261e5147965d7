"""Thanks from others: said, taken back and brought back by who said it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.texts import clean_text
from tandem.growth import access
from tandem.growth.models import Recognition
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person

MOST_LETTERS = 2000


@command(may=access.may_recognize)
def recognize(actor: Actor, person: "Person", /, *, text: str) -> Recognition:
    """Say what one thanks somebody for (Markdown, up to 2000 characters). They are told. Raises Invalid."""
    assert actor.pk is not None
    if not person.is_active:
        raise Invalid(_("They have left the company."), code="left")
    words = clean_text(text, "text", length=MOST_LETTERS)
    if not words:
        raise Invalid(_("This cannot be empty."), field="text")
    given = Recognition.objects.create(person=person, giver_id=actor.pk, text=words)
    record(actor, "recognition.given", given, name=person.name, to=[person.pk])
    return given


@command(may=access.is_giver)
def withdraw_recognition(actor: Actor, given: Recognition) -> Recognition:
    """It leaves the dossier. What a panel quoted of it stays with the review."""
    if given.withdrawn_on is None:
        given.withdrawn_on = today()
        given.save(update_fields=["withdrawn_on"])
        record(actor, "recognition.withdrawn", given, name=given.person.name)
    return given


@command(may=access.is_giver)
def restore_recognition(actor: Actor, given: Recognition) -> Recognition:
    if given.withdrawn_on is not None:
        given.withdrawn_on = None
        given.save(update_fields=["withdrawn_on"])
        record(actor, "recognition.restored", given, name=given.person.name)
    return given
