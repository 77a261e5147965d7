"""Reading events back as sentences."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q

from tandem.activity.access import for_ears_of
from tandem.activity.commands import name_of
from tandem.activity.events import sentence
from tandem.activity.models import Event
from tandem.core.clock import now
from tandem.core.commands import Actor


@dataclass(frozen=True)
class FeedItem:
    id: int
    at: datetime
    verb: str
    actor_id: int | None
    actor_name: str | None
    about: str
    sentence: str
    data: dict[str, Any]


def feed(actor: Actor, subject: Model, *, before: int | None = None, limit: int = 30) -> list[FeedItem]:
    """The newest events about a thing and what lies under it, newest first; `before` pages on."""
    name = name_of(subject)
    events = Event.objects.filter(Q(about=name) | Q(under=name), for_ears_of(actor)).select_related("actor")
    if before is not None:
        events = events.filter(pk__lt=before)
    return [_item(one) for one in events.order_by("-pk")[:limit]]


def feed_around(actor: Actor, under: Collection[str], about: str, *, days: int = 14, limit: int = 12) -> list[FeedItem]:
    """What others did lately to things of a kind (`about`: objective) under these names (`unit:3`): one query."""
    lately = Event.objects.filter(
        for_ears_of(actor), under__in=under, about__startswith=f"{about}:", at__gte=now() - timedelta(days=days)
    )
    events = lately.exclude(actor=actor.pk).exclude(verb__endswith=".imported").select_related("actor")
    return [_item(one) for one in events.order_by("-pk")[:limit]]


def _item(one: Event) -> FeedItem:
    name = one.actor.name if one.actor is not None else None
    return FeedItem(
        one.pk,
        one.at,
        one.verb,
        one.actor_id,
        name,
        one.about,
        sentence(one.verb, name, one.data),
        one.data,
    )
