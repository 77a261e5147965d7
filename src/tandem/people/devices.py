"""Where a person is signed in: one device for each session, to look at and to end."""

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.commands import command
from tandem.core.errors import Missing
from tandem.people.access import is_self
from tandem.people.actors import Actor
from tandem.people.models import Person
from tandem.people.queries import organization

_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Lark/", "Lark"), ("DingTalk", "DingTalk"), ("Edg", "Edge"), ("OPR/", "Opera"),
    ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def _is_system(actor: Actor, _subject: object) -> bool:
    return actor.is_system


@dataclass(frozen=True)
class Device:
    id: int
    name: str
    address: str
    since: datetime
    current: bool


def devices_of(_actor: Actor, person: Person, session_key: str | None) -> list[Device]:
    """The person's devices, newest first; `session_key` tells which is the one asking."""
    rows = UserSession.objects.filter(user=person, session_key__in=Session.objects.values("session_key"))
    return [
        Device(row.pk, device_name(row.user_agent), row.ip, row.created_at, row.session_key == session_key)
        for row in rows.order_by("-created_at")
    ]


def device_name(user_agent: str) -> str:
    """`Firefox, Linux`; programs are named as they name themselves."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    own_name = re.match(r"[\w.-]{1,40}", user_agent)
    return ", ".join(filter(None, [browser, system])) or (own_name.group() if own_name else _("Unknown device"))


@command(may=is_self)
def note_sign_in(actor: Actor, person: Person, *, address: str, user_agent: str) -> None:
    """Keep for the audit log that somebody signed in."""
    record(actor, "person.signed_in", person, address=address, device=device_name(user_agent))


@command(may=_is_system)
def note_failed_sign_in(actor: Actor, person: Person | None, *, address: str) -> None:
    """Keep that somebody failed to. What they typed is not kept: it may be a password in the wrong place."""
    name = person.name if person is not None else _("somebody unknown")
    record(actor, "person.sign_in_failed", person or organization(), name=name, address=address)


@command(may=is_self)
def end_device(actor: Actor, person: Person, *, device_id: int) -> None:
    """Sign one of one's own devices out. Raises Missing (404) for a device that is not one's own."""
    row = UserSession.objects.filter(user=person, pk=device_id).first()
    if row is None:
        raise Missing(_("There is no such device."))
    row.end()
    record(actor, "person.device_ended", person)


@command(may=is_self)
def end_other_devices(actor: Actor, person: Person, *, session_key: str | None) -> int:
    """Sign out everywhere but here; how many devices that were."""
    rows = list(UserSession.objects.filter(user=person).exclude(session_key=session_key or ""))
    for row in rows:
        row.end()
    record(actor, "person.device_ended", person)
    return len(rows)


def forget_ended_devices() -> None:
    """Devices whose session has run out."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
