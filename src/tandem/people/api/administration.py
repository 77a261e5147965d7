"""For those who run Tandem: the audit log, the health of the machine, who has which role."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tandem import __version__
from tandem.activity import health as state
from tandem.activity.api import EventsOut, event_json
from tandem.activity.audit import Asked, audit, told
from tandem.activity.commands import forget_task, retry_task, send_test_mail
from tandem.core.http.answers import answer, nothing
from tandem.core.http.bodies import Body, Day, IdText, Shown, Words
from tandem.core.http.paging import USUAL, Limit
from tandem.people.actors import actor_of

router = Router(tags=["administration"])


class AuditAsked(Body):
    """What to look for."""

    person: IdText | None = None
    """Who did it, or to whose entry it happened."""
    group: Words | None = None
    """sign-in, roles, people, units, settings, exports, cycles, goals, running."""
    about: Words | None = None
    """`objective:12`: that thing, and what lies under it."""
    since: Day | None = None
    until: Day | None = None


class QueueOut(Shown):
    waiting: int
    oldest: datetime | None
    later: int
    running: int
    failed: int


class MailOut(Shown):
    last_sent: datetime | None
    waiting: int
    failed: int


class StoreOut(Shown):
    kind: str
    version: str
    size: int | None
    """Bytes."""
    wal: int | None
    disk_free: int
    disk_total: int
    waiting_migrations: int


class WorkerOut(Shown):
    host: str
    since: datetime
    seen_at: datetime


class FailedOut(Shown):
    id: UUID
    name: str
    at: datetime | None
    fault: str


class HealthOut(Shown):
    version: str
    queue: QueueOut
    mail: MailOut
    database: StoreOut
    workers: list[WorkerOut]
    failed: list[FailedOut]
    """The newest 25 tasks that failed for good."""
    last_backup: datetime | None


@router.get("/audit", response=EventsOut)
def read_audit(
    request: HttpRequest, asked: Query[AuditAsked], cursor: IdText | None = None, limit: Limit = USUAL
) -> HttpResponse:
    """Events, the newest first. Administrators read all, the people team those about people and units."""
    actor = actor_of(request)
    rows = audit(actor, Asked(**asked.model_dump())).order_by("-pk")
    found = list((rows if cursor is None else rows.filter(pk__lt=cursor))[: limit + 1])
    shown = told(actor, found[:limit])
    following = str(shown[-1].id) if len(found) > limit else None
    return answer({"items": [event_json(one) for one in shown], "next": following})


@router.get("/health", response=HealthOut)
def read_health(request: HttpRequest) -> HttpResponse:
    """Queue, mail, database, workers, version, last backup; for administrators."""
    actor = actor_of(request)
    store, backup = state.store(actor), state.last_backup(actor)
    said: dict[str, Any] = {
        "version": __version__,
        "queue": vars(state.queue(actor)),
        "mail": vars(state.mail(actor)),
        "database": {**vars(store), "waiting_migrations": state.waiting_migrations(actor)},
        "workers": [_worker(one) for one in state.workers(actor)],
        "failed": [_failed(one) for one in state.failed_tasks(actor)],
        "last_backup": backup.at if backup else None,
    }
    return answer(said)


def _worker(one: Any) -> dict[str, Any]:
    return {"host": one.host, "since": one.since, "seen_at": one.seen_at}


def _failed(one: state.Failed) -> dict[str, Any]:
    return {"id": str(one.id), "name": one.name, "at": one.at, "fault": one.fault}


@router.post("/health/tasks/{uuid:key}/retry", response={204: None})
def retry(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put a task that failed back into the queue."""
    retry_task(actor_of(request), key)
    return nothing()


@router.post("/health/tasks/{uuid:key}/forget", response={204: None})
def forget(request: HttpRequest, key: UUID) -> HttpResponse:
    """Delete a task that failed."""
    forget_task(actor_of(request), key)
    return nothing()


@router.post("/health/test-mail", response={204: None})
def test_mail(request: HttpRequest) -> HttpResponse:
    """A mail to one's own address, through queue and worker like every other."""
    actor = actor_of(request)
    send_test_mail(actor, actor.email or "")
    return nothing()
