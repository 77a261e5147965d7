"""The background worker: runs what commands put into the outbox, and periodic jobs when they are due.

Its queue is a table, so a task is enqueued in the transaction that wants it. Any number of workers may run,
in threads of the server or as processes of their own; the database hands each task to one of them.
"""

import logging
import os
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from tandem.activity.jobs import enqueue_due_jobs
from tandem.activity.models import WorkerSeen
from tandem.core.clock import now

logger = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between looks at an empty queue
PAUSE_AFTER_FAULT = 10.0
TELLS_EVERY = 60.0
HOST = f"{socket.gethostname()} ({os.getpid()})"[:200]


class Worker:
    """One thread that drains the queue."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._told_at = 0.0
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)
        self._queue = QueueWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish the task under way, take no other."""
        self.ask_to_stop()
        if self._thread.is_alive():
            self._thread.join(timeout=8)

    def ask_to_stop(self) -> None:
        self._stop.set()
        self._queue.running = False

    def run(self) -> None:
        """Work until asked to stop; a database that is away is waited for."""
        while not self._stop.is_set():
            pause = PAUSE
            try:
                self.run_once()
            except DatabaseError:
                logger.exception("the queue cannot be read")
                pause = PAUSE_AFTER_FAULT
            finally:
                close_old_connections()
            self._stop.wait(pause)
        with suppress(DatabaseError):
            connections.close_all()

    def run_once(self) -> None:
        """Everything that is due now. Looks before it locks: an idle worker never holds up a writer."""
        self._tell()
        enqueue_due_jobs()
        if DBTaskResult.objects.ready().exists():
            self._queue.run()

    def _tell(self) -> None:
        """Say once a minute that somebody works; whoever was not seen for a day is forgotten."""
        if time.monotonic() - self._told_at < TELLS_EVERY:
            return
        self._told_at = time.monotonic()
        name = str(self._queue.worker_id)
        WorkerSeen.objects.update_or_create(name=name, defaults={"host": HOST, "seen_at": now()})
        WorkerSeen.objects.filter(seen_at__lt=now() - timedelta(days=1)).delete()
