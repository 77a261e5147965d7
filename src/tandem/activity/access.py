"""Who hears of an event, who may ask what was done, and who looks after the running of Tandem.

Features that keep things to some readers say here which events tell of them. What one was told is one's own.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from tandem.activity.models import Notification
from tandem.core.commands import Actor

_CONDITIONS: list[tuple[Callable[[Any], Q], Callable[[int, date], Q]]] = []


def heard_if(condition: Callable[[Any], Q], inside: Callable[[int, date], Q]) -> None:
    """Every feed of an actor leaves out the events that do not meet `condition(actor)`.

    `inside` is the same inside `core.rows.Rows`: of the key of a person who is here, and a day.
    """
    if (condition, inside) not in _CONDITIONS:
        _CONDITIONS.append((condition, inside))


def for_ears_of(actor: Actor) -> Q:
    """The events an actor may hear of."""
    found = Q()
    for condition, _inside in _CONDITIONS:
        found &= condition(actor)
    return found


def for_ears_on(person: int, day: date) -> Q:
    """The same inside `core.rows.Rows`."""
    found = Q()
    for _condition, inside in _CONDITIONS:
        found &= inside(person, day)
    return found


def is_told(actor: Actor, notification: Notification) -> bool:
    return actor.pk is not None and notification.person_id == actor.pk


def is_self(actor: Actor, person: Any) -> bool:
    return actor.pk is not None and actor.pk == person.pk


OF_THE_PEOPLE_TEAM = ("people", "units")
"""Groups of verbs (see `audit.GROUPS`) that belong to the people team's own work."""


def may_operate(actor: Actor, _subject: object = None) -> bool:
    """The queue, the mail and the health page: administrators."""
    return actor.is_administrator


def may_read_audit(actor: Actor, _subject: object = None) -> bool:
    """Administrators read all of it, the people team what concerns people and units."""
    return actor.is_administrator or actor.is_people_team


def may_note(actor: Actor, _subject: object = None) -> bool:
    """Whoever may see something may take it along; that they did is kept."""
    return True
