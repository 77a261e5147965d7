"""Requests that may be sent twice: the answer is kept in the transaction of the write, and given again.

Either both are there or neither, whenever the process dies. Of two at once, the second waits at the unique key.
"""

import hashlib
from datetime import timedelta
from typing import TypeVar

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tandem.activity.models import KeptAnswer
from tandem.core.clock import now
from tandem.core.commands import Actor
from tandem.core.errors import Invalid

KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 200
HEADER = "Idempotency-Key"
_HEADERS = ("Content-Type", "ETag", "Location")
T = TypeVar("T")


def key_of(request: HttpRequest) -> str | None:
    """The key that the client gave. Raises Invalid (422) for one that is empty, too long or not plain."""
    key = request.headers.get(HEADER)
    if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Invalid(_("A key is 1 to 200 plain characters."), field=HEADER)
    return key


def claim(actor: Actor, key: str, request: HttpRequest) -> KeptAnswer | None:
    """The answer that was given before; None when this request is the first and has taken the key.

    Inside the write's transaction. Raises Invalid (422) when the key belongs to another request.
    """
    mark = _fingerprint(request)
    if _taken(actor, key, mark):
        return None
    kept = KeptAnswer.objects.get(person=actor.pk, key=key)
    if kept.at < now() - KEPT_FOR:
        KeptAnswer.objects.filter(pk=kept.pk).update(request=mark, at=now())
        return None
    if kept.request != mark:
        raise Invalid(_("This key was sent with another request before."), field=HEADER, code="key_used")
    return kept


def keep(actor: Actor, key: str, response: HttpResponse) -> None:
    """Remember what the first request was answered."""
    headers = {name: response.headers[name] for name in _HEADERS if name in response.headers}
    KeptAnswer.objects.filter(person=actor.pk, key=key).update(
        status=response.status_code, headers=headers, body=response.content
    )


def again(kept: KeptAnswer) -> HttpResponse:
    response = HttpResponse(bytes(kept.body), status=kept.status)
    del response.headers["Content-Type"]
    for name, value in kept.headers.items():
        response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response


def forget_kept_answers() -> None:
    """Those older than a day."""
    with transaction.atomic():
        KeptAnswer.objects.filter(at__lt=now() - KEPT_FOR).delete()


def _taken(actor: Actor, key: str, mark: str) -> bool:
    """Is the key ours now? A second transaction waits here for the first to end (SQLite has one at a time anyway)."""
    table = KeptAnswer._meta.db_table
    values = [actor.pk, key, mark, 0, "{}", b"", connection.ops.adapt_datetimefield_value(now())]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" (person_id, key, request, status, headers, body, at) '  # noqa: S608 - our own name
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            values,
        )
        return bool(cursor.rowcount == 1)


def _fingerprint(request: HttpRequest) -> str:
    parts = (str(request.method).encode(), request.get_full_path().encode(), request.body)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
