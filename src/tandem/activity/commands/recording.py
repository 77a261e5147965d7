"""Writing events, and telling whom they concern. Called by commands, inside their transaction; never by a view."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from tandem.activity.commands.telling import tell
from tandem.activity.events import Occasion, name_of
from tandem.activity.models import Event
from tandem.core.bulk import insert_rows
from tandem.core.clock import now
from tandem.core.commands import Actor
from tandem.core.one_row import insert_row


def record(
    actor: Actor, verb: str, about: Model, under: Model | None = None, beside: Model | None = None, **data: Any
) -> None:
    """Keep that `actor` did `verb`. `data` is plain JSON; the sentence is made when somebody reads it.

    `beside` is another thing that the data name, of which not everybody may hear. Whoever the verb tells (see
    `activity.events`) is told in the same transaction.
    """
    row = event(actor, verb, about, under, data, beside=beside)
    insert_row(row)
    tell(Occasion(actor, verb, about, under, data), row)


def record_all(events: Iterable[Event]) -> None:
    """The same for a bulk command: one statement for many events, and nobody is told."""
    insert_rows(list(events))


def event(
    actor: Actor,
    verb: str,
    about: Model,
    under: Model | None = None,
    data: dict[str, Any] | None = None,
    *,
    beside: Model | None = None,
) -> Event:
    """Rows that not everybody may hear of say in `guard` which objective keeps them."""
    return Event.new(
        at=now(),
        actor_id=actor.pk,
        verb=verb,
        about=name_of(about),
        under=name_of(under) if under is not None else "",
        guard=getattr(about, "guard", None) or getattr(under, "guard", None),
        second_guard=getattr(beside, "guard", None),
        data=data or {},
    )
