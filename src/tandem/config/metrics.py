"""Numbers for Prometheus. Few labels: a series per page or person would cost more than it tells."""

import os
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

Handler = Callable[[HttpRequest], HttpResponse]

ANSWERS = Counter("tandem_answers", "Answers by kind of door and class of status.", ["door", "status"])
SECONDS = Histogram(
    "tandem_answer_seconds",
    "How long an answer took.",
    ["door"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_DOORS = {"api": "api", "static": "static", "accounts": "sign-in"}
_answers = {(door, status): ANSWERS.labels(door, f"{status}xx")
            for door in ("api", "static", "sign-in", "page") for status in range(1, 6)}  # fmt: skip
_seconds = {door: SECONDS.labels(door) for door in ("api", "static", "sign-in", "page")}


class MetricsMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = perf_counter()
        response = self.get_response(request)
        door = _DOORS.get(request.path_info[1:].partition("/")[0], "page")
        _answers[door, response.status_code // 100].inc()
        _seconds[door].observe(perf_counter() - start)
        return response


def exposition() -> tuple[bytes, str]:
    """What all server processes of this machine counted, and its content type."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry), CONTENT_TYPE_LATEST
