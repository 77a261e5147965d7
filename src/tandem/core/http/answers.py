"""JSON answers, written once: numbers without trailing zeros, dates as ISO, the version as ETag."""

from decimal import Decimal
from typing import Any

import orjson
from django.http import HttpResponse

from tandem.core.errors import Refusal
from tandem.core.numbers import plain

CONTENT_TYPE = "application/json"


def answer(data: object, *, status: int = 200, version: int | None = None) -> HttpResponse:
    """`data` as JSON. `version` is the version of the one thing it shows, for `If-Match` on the next write."""
    response = HttpResponse(as_json(data), content_type=CONTENT_TYPE, status=status)
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    return response


def refused(refusal: Refusal) -> HttpResponse:
    return answer(refusal.as_json(), status=refusal.status)


def nothing() -> HttpResponse:
    """Done, and there is nothing to show (204)."""
    return HttpResponse(status=204)


def as_json(data: object) -> bytes:
    return orjson.dumps(data, default=_other)


def _other(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)  # lazy translations
