"""Mail is put into the queue in the transaction that wants it sent; the worker sends it, and tries again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks import task

from tandem.core.clock import now

TRIES = 8  # the last one about four hours after the first
FIRST_PAUSE = timedelta(minutes=1)


class OutboxBackend(BaseEmailBackend):
    """Django's door for mail: sends nothing itself."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            deliver.enqueue(_packed(message))
        return len(email_messages)


@task()
def deliver(mail: dict[str, Any], tried: int = 0) -> str:
    """Send one mail; after a fault again in 1, 2, 4 … minutes. The last fault stays with the task."""
    try:
        _unpacked(mail).send()
    except OSError as fault:  # smtplib's errors are OSErrors too
        if tried + 1 >= TRIES:
            raise
        deliver.using(run_after=now() + FIRST_PAUSE * 2**tried).enqueue(mail, tried + 1)
        return f"not now: {type(fault).__name__}"
    return "sent"


def _packed(message: EmailMessage) -> dict[str, Any]:
    pages = getattr(message, "alternatives", [])
    return {
        "subject": message.subject,
        "body": message.body,
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(text), str(kind)] for text, kind in pages],
    }


def _unpacked(mail: dict[str, Any]) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(**mail, connection=get_connection(settings.OUTBOX_EMAIL_BACKEND))
