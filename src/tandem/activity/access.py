"""Who hears of an event: features that keep things to some readers say here which events tell of them. What one was
told is one's own."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from tandem.activity.models import Notification
from tandem.core.commands import Actor

_CONDITIONS: list[Callable[[Any], Q]] = []


def heard_if(condition: Callable[[Any], Q]) -> None:
    """Every feed of an actor leaves out the events that do not meet `condition(actor)`."""
    if condition not in _CONDITIONS:
        _CONDITIONS.append(condition)


def for_ears_of(actor: Actor) -> Q:
    """The events an actor may hear of."""
    found = Q()
    for condition in _CONDITIONS:
        found &= condition(actor)
    return found


def is_told(actor: Actor, notification: Notification) -> bool:
    return actor.pk is not None and notification.person_id == actor.pk


def is_self(actor: Actor, person: Any) -> bool:
    return actor.pk is not None and actor.pk == person.pk
