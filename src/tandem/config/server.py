"""`tandem serve`: granian in front, the application and the background worker in its server processes."""

import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import click
from granian import Granian
from granian.constants import Interfaces

from tandem.config.front import Front
from tandem.config.live import Live

THREADS = 4  # per process: Python computes in one at a time, the others wait for the disk or the database
STOP_SECONDS = 10  # for answers under way


def serve(
    host: str, port: int, workers: int, background: bool, *, prepare: Callable[[], object], greeting: str
) -> None:
    """Serve until SIGINT or SIGTERM; a server process that dies is replaced.

    `prepare` (a function of a module) runs before, in a process of its own: the memory it takes ends with it.
    """
    _refuse_taken(host, port)
    numbers = _count_together(workers)
    _import_everything()
    with ProcessPoolExecutor(1, get_context("fork")) as apart:
        apart.submit(prepare).result()
    click.echo(greeting)
    try:
        Granian(
            "tandem",
            address=host,
            port=port,
            interface=Interfaces.RSGI,
            workers=workers,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
            backlog=1024,
            log_enabled=False,
        ).serve(target_loader=partial(load, background=background))  # type: ignore[arg-type]
    finally:
        if numbers:
            shutil.rmtree(numbers, ignore_errors=True)


def _refuse_taken(host: str, port: int) -> None:
    """granian shares a port with whoever lets it, so that two servers could answer in turns."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise click.ClickException(f"cannot listen at {host}:{port}: {fault.strerror}") from None


def load(*_names: str, background: bool) -> Front:
    """What each server process runs."""
    from tandem.activity.worker import Worker
    from tandem.config.wsgi import application

    return Front(application, THREADS, Worker() if background else None, _live())


def _live() -> Live:
    from django.db import connections

    from tandem.activity.live import Watch
    from tandem.people.recall import still_signed_in

    return Live(Watch().look, still_signed_in, connections.close_all)


def _import_everything() -> None:
    """Before the server processes are forked: they share the memory, and one that replaces another starts at once."""
    from django.urls import get_resolver

    from tandem.activity import worker  # noqa: F401
    from tandem.config.wsgi import application  # noqa: F401

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()  # else the collector would write to the shared pages


def _count_together(workers: int) -> str | None:
    """Several processes add up their metrics in files; one keeps them in memory. Before the library is imported."""
    if workers == 1:
        return None
    folder = tempfile.mkdtemp(prefix="tandem-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    return folder
