"""Periodic jobs. Each has one row that says when it is due next, so that many nodes run it once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tandem.activity.models import Job
from tandem.activity.outbox import deliver
from tandem.core.clock import now

KEEP_FINISHED = timedelta(days=1)
LONGEST_TASK = timedelta(minutes=30)
PERHAPS_SENT = "The worker ended while this mail was under way. It may have been sent, so it is not sent again."


def enqueue_due_jobs() -> list[str]:
    """Put every job of settings.PERIODIC_JOBS that is due into the queue; its names."""
    due = dict(Job.objects.values_list("name", "due_at"))
    moment = now()
    return [name for name in settings.PERIODIC_JOBS if due.get(name, moment) <= moment and _claimed(name)]


@transaction.atomic
def _claimed(name: str) -> bool:
    """Move the job's next time on. Of many workers that try at once, one succeeds."""
    every = settings.PERIODIC_JOBS[name].every
    moment = now()
    _row, new = Job.objects.get_or_create(name=name, defaults={"due_at": moment + every})
    mine = new or Job.objects.filter(name=name, due_at__lte=moment).update(due_at=moment + every) == 1
    if mine:
        run_job.enqueue(name)
    return mine


@task()
def run_job(name: str) -> None:
    import_string(settings.PERIODIC_JOBS[name].function)()


def clear_finished_tasks() -> None:
    """Forget tasks that ended a day ago: mails are in them."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEEP_FINISHED).delete()


def give_back_lost_tasks() -> None:
    """A worker that was killed left its task marked as running: somebody else shall do it.

    Not so a mail: it may be on its way already, and nobody shall have it twice. It stands among the failed ones.
    """
    lost = DBTaskResult.objects.running().filter(started_at__lt=now() - LONGEST_TASK)
    lost.filter(task_path=deliver.module_path).update(status="FAILED", finished_at=now(), traceback=PERHAPS_SENT)
    lost.exclude(task_path=deliver.module_path).update(status="READY", started_at=None)
