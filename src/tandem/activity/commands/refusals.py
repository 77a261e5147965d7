"""What the pay wall refused, kept in the audit log."""

from django.db import transaction

from tandem.activity.models import Event
from tandem.core.wall import Refused


def note_refusals(refused: list[Refused]) -> None:
    """An event for each, in a transaction of its own: what was refused was rolled back before."""
    with transaction.atomic():
        Event.objects.bulk_create(
            Event.new(
                actor_id=one.person, verb="wall.refused", about="wall:0", data={"what": one.what, "table": one.table}
            )
            for one in refused
        )
