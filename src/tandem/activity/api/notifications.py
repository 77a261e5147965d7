"""What one was told, in the JSON API; and what one hears of by which channel."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.activity.commands import choose_notifications, mark_all_read, mark_read
from tandem.activity.queries import address_of, choices_of, get_notification, notifications, unread_count
from tandem.activity.views import reader
from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Flag, IdText, Shown
from tandem.core.http.paging import USUAL, Limit

router = Router(tags=["notifications"])


class NotificationOut(Shown):
    id: int
    kind: str
    at: datetime
    is_read: bool
    actor_name: str | None
    sentence: str
    """In the reader's language."""


class NotificationsOut(Shown):
    items: list[NotificationOut]
    next: str | None
    unread: int
    """How many are new, counted up to 100."""


class OneOut(Shown):
    id: int
    is_read: bool
    address: str
    """The page where the news is."""


class ReadOut(Shown):
    read: int


class ChannelsOut(Shown):
    app: bool
    mail: bool
    digest: bool


class DigestOut(Shown):
    rhythm: Literal["daily", "weekly", "never"]
    hour: int
    weekday: int


class ChoicesOut(Shown):
    channels: dict[str, ChannelsOut]
    digest: DigestOut


class Read(Body):
    read: Flag = True


class Channels(Body):
    app: Flag = OMITTED
    mail: Flag = OMITTED
    digest: Flag = OMITTED


class Chosen(Body):
    channels: dict[str, Channels] = OMITTED
    """By kind: only what changes."""
    rhythm: Literal["daily", "weekly", "never"] = OMITTED
    hour: int = OMITTED
    """0–23, by one's own clock."""
    weekday: int = OMITTED
    """Of a weekly digest: Monday 0 … Sunday 6."""


@router.get("/notifications", response=NotificationsOut)
def list_notifications(
    request: HttpRequest, cursor: IdText | None = None, limit: Limit = USUAL, unread: bool = False
) -> HttpResponse:
    """What one was told, the newest first."""
    actor = reader(request)
    found = notifications(actor, unread=unread, before=cursor, limit=limit + 1)
    shown = found[:limit]
    items = [
        {
            "id": one.id,
            "kind": one.kind,
            "at": one.at,
            "is_read": one.is_read,
            "actor_name": one.actor_name,
            "sentence": one.sentence,
        }
        for one in shown
    ]
    following = str(shown[-1].id) if len(found) > limit else None
    return answer({"items": items, "next": following, "unread": unread_count(actor)})


@router.post("/notifications/read", response=ReadOut)
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read; how many were new."""
    return answer({"read": mark_all_read(reader(request), request.user)})


@router.get("/notifications/choices", response=ChoicesOut)
def read_choices(request: HttpRequest) -> HttpResponse:
    """What one hears of, by kind and channel; and when the digest comes."""
    return answer(_choices(reader(request)))


@router.patch("/notifications/choices", response=ChoicesOut)
def change_choices(request: HttpRequest, body: Chosen) -> HttpResponse:
    fields = body.said()
    if "channels" in fields:
        fields["channels"] = {kind: one.said() for kind, one in body.channels.items()}
    choose_notifications(reader(request), request.user, **fields)
    return answer(_choices(reader(request)))


def _choices(actor: Any) -> dict[str, Any]:
    found = choices_of(actor)
    channels = {kind: {"app": one.app, "mail": one.mail, "digest": one.digest} for kind, one in found.kinds.items()}
    digest = found.digest
    return {
        "channels": channels,
        "digest": {"rhythm": digest.rhythm, "hour": digest.hour, "weekday": digest.weekday},
    }


@router.get("/notifications/{id:notification_id}", response=OneOut)
def read_one(request: HttpRequest, notification_id: int) -> HttpResponse:
    return _one(request, notification_id)


@router.patch("/notifications/{id:notification_id}", response=OneOut)
def change_one(request: HttpRequest, notification_id: int, body: Read) -> HttpResponse:
    """Mark it as read, or as new again."""
    mark_read(reader(request), get_notification(reader(request), notification_id), read=body.read)
    return _one(request, notification_id)


def _one(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_notification(reader(request), pk)
    return answer({"id": one.pk, "is_read": one.read_at is not None, "address": address_of(one)})
