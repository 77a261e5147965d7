"""What people do with what they were told: read it, and choose what to hear by which channel."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tandem.activity.access import is_self, is_told
from tandem.activity.commands.recording import record
from tandem.activity.commands.telling import postpone_digests
from tandem.activity.events import KINDS
from tandem.activity.models import DigestChoice, Notification, Preference, Rhythm
from tandem.core.clock import now
from tandem.core.commands import Actor, command
from tandem.core.errors import Invalid

CHANNELS = ("app", "mail", "digest")


@command(may=is_told)
def mark_read(actor: Actor, notification: Notification, *, read: bool = True) -> Notification:
    """It was read; or shall count as new again. Nothing that others need to know of."""
    if (notification.read_at is not None) != read:
        notification.read_at = now() if read else None
        notification.save(update_fields=["read_at"])
    return notification


@command(may=is_self)
def mark_all_read(actor: Actor, person: Any, *, up_to: int | None = None) -> int:
    """Everything was read, up to the newest that was on the page; how many were new."""
    waiting = Notification.objects.filter(person=person.pk, in_app=True, read_at=None)
    if up_to is not None:
        waiting = waiting.filter(pk__lte=up_to)
    return waiting.update(read_at=now())


@command(may=is_self)
def choose_notifications(
    actor: Actor,
    person: Any,
    *,
    channels: Mapping[str, Mapping[str, bool]] | None = None,
    rhythm: str | None = None,
    hour: int | None = None,
    weekday: int | None = None,
) -> Any:
    """By kind, which of app, mail and digest; and when the digest comes: rhythm (daily, weekly, never), hour 0–23
    by the person's own clock, weekday (Monday 0). What is not named stays. Raises Invalid."""
    for kind, wanted in (channels or {}).items():
        _choose(person.pk, kind, wanted)
    if not (rhythm is None and hour is None and weekday is None):
        _choose_digest(person.pk, {"rhythm": rhythm, "hour": hour, "weekday": weekday})
        postpone_digests(person.pk)
    record(actor, "person.notifications", person)
    return person


def _choose(person: int, kind: str, wanted: Mapping[str, bool]) -> None:
    if kind not in KINDS:
        raise Invalid(_("There is no news of this kind."), field="channels")
    usual = {name: getattr(KINDS[kind], name) for name in CHANNELS}
    row, _new = Preference.objects.get_or_create(person_id=person, kind=kind, defaults=usual)
    for name, value in wanted.items():
        if name not in CHANNELS:
            raise Invalid(_("Choose one of the offered values."), field="channels")
        setattr(row, name, bool(value))
    row.save()


def _choose_digest(person: int, wanted: Mapping[str, Any]) -> None:
    allowed = {"rhythm": Rhythm.values, "hour": range(24), "weekday": range(7)}
    given = {name: value for name, value in wanted.items() if value is not None}
    for name, value in given.items():
        if value not in allowed[name]:
            raise Invalid(_("Choose one of the offered values."), field=name)
    row, _new = DigestChoice.objects.get_or_create(person_id=person)
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
