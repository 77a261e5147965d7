"""Writing events and telling people of them; what people do with what they were told."""

from tandem.activity.commands.notifications import choose_notifications, mark_all_read, mark_read
from tandem.activity.commands.recording import event, record, record_all
from tandem.activity.commands.telling import claim_days, tell_each
from tandem.activity.events import name_of

__all__ = [
    "choose_notifications",
    "claim_days",
    "event",
    "mark_all_read",
    "mark_read",
    "name_of",
    "record",
    "record_all",
    "tell_each",
]
