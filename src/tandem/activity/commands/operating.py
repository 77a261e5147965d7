"""Looking after the running of Tandem: failed tasks, a test mail, and what was taken along."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from tandem.activity.access import may_note, may_operate
from tandem.activity.events import KEPT_APART
from tandem.activity.models import Event
from tandem.core.commands import Actor, command
from tandem.core.errors import Invalid, Missing
from tandem.core.one_row import insert_row

_PIECE = 500


@command(may=may_operate)
def retry_task(actor: Actor, key: UUID) -> None:
    """Put a task that failed for good back into the queue. Raises Missing (404) for one that has not failed."""
    task = _failed(key)
    task.status, task.started_at, task.finished_at = "READY", None, None
    task.exception_class_path = task.traceback = ""
    task.save()
    _record_apart(actor, "task.retried", f"task:{task.pk}"[:40], task=task.task_path.removeprefix("tandem."))


@command(may=may_operate)
def forget_task(actor: Actor, key: UUID) -> None:
    """Delete a task that failed for good. Raises Missing (404) for one that has not failed."""
    task = _failed(key)
    name = task.task_path.removeprefix("tandem.")
    task.delete()
    _record_apart(actor, "task.forgotten", f"task:{key}"[:40], task=name)


@command(may=may_operate)
def send_test_mail(actor: Actor, address: str) -> None:
    """A mail to the administrator's own address, through queue and worker like every other. Raises Invalid."""
    if not address:
        raise Invalid(_("Your entry has no e-mail address."), field="email")
    send_mail(_("Tandem can send mail"), _("This is the test mail that you asked for."), None, [address])
    _record_apart(actor, "mail.tested", "mail")


@command(may=may_note)
def note_export(actor: Actor, what: str, *, rows: int) -> None:
    """Keep that somebody took so many rows of something along."""
    _record_apart(actor, "export.made", f"export:{what}"[:40], what=what, rows=rows)


@command(may=may_operate)
def forget_audit(actor: Actor, _subject: None = None, *, before: datetime) -> int:
    """Delete what the audit log alone tells and is older; how many rows. What histories show stays."""
    found = Event.objects.filter(verb__in=KEPT_APART, at__lt=before).order_by()
    gone = 0
    while keys := list(found.values_list("pk", flat=True)[:_PIECE]):
        gone += Event.objects.filter(pk__in=keys).delete()[0]
    if gone:
        _record_apart(actor, "audit.forgotten", "audit", rows=gone, before=before.date().isoformat())
    return gone


def _failed(key: UUID) -> "DBTaskResult[Any, Any]":
    task = DBTaskResult.objects.failed().select_for_update().filter(pk=key).first()
    if task is None:
        raise Missing(_("There is no such task."))
    return task


def _record_apart(actor: Actor, verb: str, about: str, **data: Any) -> None:
    """An event about something that is no row of ours."""
    insert_row(Event.new(actor_id=actor.pk, verb=verb, about=about, data=data))
