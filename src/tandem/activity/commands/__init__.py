"""Writing events and telling people of them; what people do with what they were told."""

from tandem.activity.commands.notifications import choose_notifications, mark_all_read, mark_read
from tandem.activity.commands.operating import forget_audit, forget_task, note_export, retry_task, send_test_mail
from tandem.activity.commands.recording import event, record, record_all
from tandem.activity.commands.telling import claim_days, tell_each, tell_some
from tandem.activity.events import name_of

__all__ = [
    "choose_notifications",
    "claim_days",
    "event",
    "forget_audit",
    "forget_task",
    "mark_all_read",
    "mark_read",
    "name_of",
    "note_export",
    "record",
    "record_all",
    "retry_task",
    "send_test_mail",
    "tell_each",
    "tell_some",
]
