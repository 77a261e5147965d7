"""How Tandem is: its queue and workers, its mail, its database and disk. For administrators."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from tandem.activity.access import may_operate
from tandem.activity.models import Event, WorkerSeen
from tandem.activity.outbox import deliver
from tandem.core.clock import now
from tandem.core.commands import Actor
from tandem.core.errors import NotAllowed

ALIVE = timedelta(minutes=3)
"""A worker says once a minute that it is there."""
SHOWN = 25


@dataclass(frozen=True)
class Queue:
    waiting: int
    oldest: datetime | None
    """When the longest waiting task that is due was put in."""
    later: int
    """Tasks for a later time: mails to be tried again."""
    running: int
    failed: int


@dataclass(frozen=True)
class Failed:
    id: UUID
    name: str
    at: datetime | None
    fault: str
    is_mail: bool


@dataclass(frozen=True)
class Mail:
    last_sent: datetime | None
    waiting: int
    failed: int


@dataclass(frozen=True)
class Store:
    kind: str
    version: str
    size: int | None
    """Bytes."""
    wal: int | None
    """Bytes of the write-ahead log; null where the database keeps it to itself."""
    disk_free: int
    disk_total: int


def _operator(actor: Actor) -> None:
    if not may_operate(actor):
        raise NotAllowed(_("This page is for administrators."))


def queue(actor: Actor) -> Queue:
    _operator(actor)
    ready = DBTaskResult.objects.filter(status="READY")
    due = ready.exclude(_later())
    oldest = due.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    failed, running = DBTaskResult.objects.failed().count(), DBTaskResult.objects.running().count()
    return Queue(due.count(), oldest, ready.filter(_later()).count(), running, failed)


def _later() -> Q:
    return Q(run_after__gt=now(), run_after__lt=now() + timedelta(days=3650))  # far beyond is "any time"


def failed_tasks(actor: Actor) -> list[Failed]:
    """The newest tasks that failed for good."""
    _operator(actor)
    rows = DBTaskResult.objects.failed().order_by("-finished_at")[:SHOWN]
    return [Failed(one.id, _name(one.task_path), one.finished_at, _fault(one), _is_mail(one)) for one in rows]


def _name(path: str) -> str:
    return path.removeprefix("tandem.")


def _is_mail(task: DBTaskResult[Any, Any]) -> bool:
    return bool(task.task_path == deliver.module_path)


def _fault(task: DBTaskResult[Any, Any]) -> str:
    """The last line of what went wrong, without what was in the mail."""
    lines = [line for line in (task.traceback or "").splitlines() if line.strip()]
    return (lines[-1] if lines else task.exception_class_path)[:300]


def mail(actor: Actor) -> Mail:
    _operator(actor)
    mails: QuerySet[DBTaskResult[Any, Any]] = DBTaskResult.objects.filter(task_path=deliver.module_path)
    sent = mails.filter(status="SUCCESSFUL").order_by("-finished_at").values_list("finished_at", flat=True).first()
    return Mail(sent, mails.filter(status="READY").count(), mails.filter(status="FAILED").count())


def workers(actor: Actor) -> list[WorkerSeen]:
    """Those seen lately, the newest first."""
    _operator(actor)
    return list(WorkerSeen.objects.filter(seen_at__gte=now() - ALIVE).order_by("-seen_at")[:SHOWN])


def store(actor: Actor) -> Store:
    _operator(actor)
    folder = Path(settings.DATA_DIR)
    disk = shutil.disk_usage(folder if folder.exists() else folder.parent)
    kind, version = connection.vendor, ".".join(map(str, connection.get_database_version()))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
        return Store(kind, version, size, None, disk.free, disk.total)
    path = str(connection.settings_dict["NAME"])
    return Store(kind, version, _size(path), _size(f"{path}-wal"), disk.free, disk.total)


def waiting_migrations(actor: Actor) -> int:
    """How many changes of the tables this version still waits for."""
    _operator(actor)
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _size(path: str) -> int | None:
    try:
        return os.path.getsize(path)  # noqa: PTH202 - a name of SQLite's, which need not be a file
    except OSError:
        return None


@dataclass(frozen=True)
class Backup:
    at: datetime
    size: int | None


def last_backup(actor: Actor) -> Backup | None:
    """The last file that `tandem backup` finished; None when it never did (or before the events reach back)."""
    _operator(actor)
    made = Event.objects.filter(verb="backup.made").order_by("-pk").first()
    return None if made is None else Backup(made.at, made.data.get("size"))
