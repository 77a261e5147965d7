"""/healthz: the process answers. /readyz: so does its database, and the tables are this version's. /metrics."""

import hmac
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from ipaddress import ip_address
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse

from tandem.config.metrics import exposition

Handler = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Before everything else: a probe needs no host name, session or language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path_info)
        return answer(request) if answer is not None else self.get_response(request)


def healthz(request: HttpRequest) -> HttpResponse:
    return _plain("ok")


def readyz(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        waiting = _migrations_wait()
    except DatabaseError:
        connection.close()
        return _plain("the database does not answer", 503)
    return _plain("the database waits for migrations", 503) if waiting else _plain("ok")


def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read_metrics(request):
        return _plain("set TANDEM_METRICS_TOKEN and send it as a bearer token", 403)
    text, kind = exposition()
    return HttpResponse(text, content_type=kind)


ANSWERS: dict[str, Handler] = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


def _migrations_wait() -> bool:
    """Asked until the answer is no: a process does not go back to an older version of itself."""
    if not _are_migrated():
        _are_migrated.cache_clear()
        return True
    return False


@cache
def _are_migrated() -> bool:
    """By the names of their files: to import every migration would cost a server process 5 MB for good."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return all((app.label, name) in applied for app in apps.get_app_configs() for name in _migrations_of(app.label))


def _migrations_of(label: str) -> list[str]:
    place, _explicit = MigrationLoader.migrations_module(label)
    found = find_spec(place) if place else None
    return [one.name for one in iter_modules(found.submodule_search_locations)] if found else []


def _may_read_metrics(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    behind_proxy = "X-Forwarded-For" in request.headers
    try:
        return not behind_proxy and ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
