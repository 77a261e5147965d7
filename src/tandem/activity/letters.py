"""Letters: one piece of news at once, or a digest of what waited. Written in the reader's language and time when they
are sent, so that they hold nothing their reader may not know by then."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from tandem.activity.events import EXCERPTS, KINDS, SUBJECTS, sentence
from tandem.activity.models import Notification
from tandem.activity.queries import address_of
from tandem.core.clock import now, zone_of
from tandem.core.languages import spoken

SALT = "tandem.mail.off"
DIGEST = "digest"
BATCH, MOST_LINES, SUBJECT_LENGTH = 200, 40, 140


def token_of(person: int, what: str) -> str:
    """What the one-click door takes: for whom, and a kind or "digest"."""
    return signing.dumps([person, what], salt=SALT)


def read_token(token: str) -> tuple[int, str]:
    """Raises signing.BadSignature."""
    person, what = signing.loads(token, salt=SALT)
    return int(person), str(what)


@task()
def write_letter(event: int, person: int) -> str:
    """Write and hand over one letter, once, unless its reader may not know of it any more or read it already."""
    with transaction.atomic():
        mine = Notification.objects.filter(event=event, person=person, mail_due=True)
        if not mine.update(mail_due=False):
            return "was done"
        rows = list(Notification.objects.filter(event=event, person=person).select_related("event__actor", "person"))
        for one in _still_seen(rows):
            if one.person.is_active and one.person.email:
                _letter(one).send()
                return "handed over"
    return "not for them"


def _letter(one: Notification) -> EmailMessage:
    with reading(one.person):
        said = _said(one)
        quoted = _excerpt(one)
        parts = [said, quoted, _("Read and answer: %(address)s") % {"address": link(address_of(one))}]
        foot = _foot(
            one.person.pk, one.kind, _("You get this letter because of: %(kind)s.") % {"kind": KINDS[one.kind].label}
        )
        return _message(one.person, said, [*parts, foot], one.kind)


def _said(one: Notification) -> str:
    actor = one.event.actor
    return sentence(one.event.verb, actor.name if actor is not None else None, one.event.data)


def _excerpt(one: Notification) -> str:
    what, _colon, key = one.event.about.partition(":")
    read = EXCERPTS.get(what)
    text = read([int(key)]).get(int(key), "") if read is not None else ""
    return "\n".join(f"> {line}" for line in text.splitlines())


def _foot(person: int, what: str, why: str) -> str:
    off, choices = link(reverse("mail_off", args=[token_of(person, what)])), link(reverse("notification_choices"))
    return "\n".join(
        [
            "-- ",
            why,
            _("No more letters of this kind: %(address)s") % {"address": off},
            _("Everything you hear of: %(address)s") % {"address": choices},
        ]
    )


def _message(person: Any, subject: str, parts: Iterable[str], what: str) -> EmailMessage:
    off = link(reverse("mail_off", args=[token_of(person.pk, what)]))
    headers = {
        "List-Unsubscribe": f"<{off}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    line = " ".join(subject.split())
    short = line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1] + "…"
    body = "\n\n".join(part for part in parts if part) + "\n"
    return EmailMessage(short, body, None, [person.email], headers=headers)


def link(path: str) -> str:
    return f"{settings.BASE_URL}{path or '/'}"


@contextmanager
def reading(person: Any) -> Iterator[None]:
    """As this person reads: their language, their clock."""
    with translation.override(spoken(person.language)), timezone.override(zone_of(person.timezone)):
        yield


def _still_seen(rows: list[Notification]) -> list[Notification]:
    """Those whose readers may know of them: one question for each sort of subject, whatever the number of rows."""
    hidden: set[tuple[str, int, int]] = set()
    for name, subject in SUBJECTS.items():
        pairs = {(one.person_id, one.subject_key) for one in rows if one.subject_kind == name}
        if pairs and subject.seen is not None:
            hidden |= {(name, *pair) for pair in pairs - subject.seen(pairs)}
    return [one for one in rows if (one.subject_kind, one.person_id, one.subject_key) not in hidden]


def send_due_digests() -> None:
    """Hand over the digests that are due, a batch of people in a transaction: told and taken off the list together."""
    moment, last = now(), 0
    while True:
        with transaction.atomic():
            due = Notification.objects.filter(digest_at__lte=moment, person__gt=last).order_by("person_id")
            people = list(due.values_list("person_id", flat=True).distinct()[:BATCH])
            if not people:
                return
            _send_digests(people, moment)
        last = people[-1]


def _send_digests(people: list[int], moment: Any) -> None:
    """Five queries and one for each letter. A row that another worker holds is that worker's to tell."""
    due = Notification.objects.filter(digest_at__lte=moment, person__in=people)
    keys = list(due.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True))
    Notification.objects.filter(pk__in=keys).update(digest_at=None)
    waiting = Notification.objects.filter(pk__in=keys, read_at=None).select_related("event__actor")
    rows = _still_seen(list(waiting.order_by("person_id", "pk")))
    readers = get_user_model().objects.in_bulk({one.person_id for one in rows})
    for person, told in groupby(rows, key=lambda one: one.person_id):
        reader = readers[person]
        if reader.is_active and reader.email:
            _digest(reader, list(told)).send()


def _digest(reader: Any, told: list[Notification]) -> EmailMessage:
    """The sentences, those about one thing together with its address below."""
    with reading(reader):
        count = len(told)
        title = ngettext("%(count)s piece of news about your goals", "%(count)s pieces of news about your goals", count)
        parts = []
        for address, several in groupby(sorted(told[:MOST_LINES], key=address_of), key=address_of):
            lines = [f"- {_said(one)}" for one in several]
            parts.append("\n".join([*lines, f"  {link(address)}"]))
        if count > MOST_LINES:
            rest = {"count": count - MOST_LINES, "address": link(reverse("notifications"))}
            parts.append(_("And %(count)s more: %(address)s") % rest)
        foot = _foot(reader.pk, DIGEST, _("You get this digest because you asked to hear of these things together."))
        return _message(reader, title % {"count": count}, [*parts, foot], DIGEST)
