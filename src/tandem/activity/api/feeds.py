"""Feeds in the JSON API: one shape, used by whatever has a history."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpResponse

from tandem.activity.queries import FeedItem, feed
from tandem.core.commands import Actor
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Named, Shown


class EventOut(Shown):
    id: int
    at: datetime
    verb: str
    actor: Named | None
    about: str
    """What it is about: `objective:12`."""
    sentence: str
    """In the reader's language."""
    data: dict[str, Any]


class EventsOut(Shown):
    items: list[EventOut]
    next: str | None


def feed_answer(actor: Actor, subject: Model, cursor: int | None, limit: int) -> HttpResponse:
    """A page of what happened to a thing and what lies under it, newest first."""
    found = feed(actor, subject, before=cursor, limit=limit + 1)
    shown = found[:limit]
    following = str(shown[-1].id) if len(found) > limit else None
    return answer({"items": [event_json(one) for one in shown], "next": following})


def event_json(one: FeedItem) -> dict[str, Any]:
    actor = None if one.actor_id is None else {"id": one.actor_id, "name": one.actor_name}
    return {
        "id": one.id,
        "at": one.at,
        "verb": one.verb,
        "actor": actor,
        "about": one.about,
        "sentence": one.sentence,
        "data": one.data,
    }
