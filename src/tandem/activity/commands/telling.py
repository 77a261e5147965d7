"""Telling people of an event: who, as which kind, by which channels. In the transaction of the event itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django_tasks import task

from tandem.activity.events import KINDS, SUBJECTS, VERBS, Kind, Occasion, everybody, subject_of
from tandem.activity.letters import write_letter
from tandem.activity.models import Claim, DigestChoice, Event, Notification, Preference
from tandem.activity.rules import DAILY, USUAL_HOUR, USUAL_WEEKDAY, next_digest
from tandem.core.clock import now, today, zone_of

BATCH = 1000


@dataclass(frozen=True)
class Hearer:
    """Somebody to tell, with what they chose."""

    id: int
    has_mail: bool
    zone: ZoneInfo
    rhythm: str
    hour: int
    weekday: int
    choices: Mapping[str, Preference]

    def channels(self, kind: str) -> "Kind | Preference":
        return self.choices.get(kind) or KINDS[kind]

    def digest_after(self, moment: datetime) -> datetime | None:
        return next_digest(moment, self.zone, self.rhythm, self.hour, self.weekday)


def tell(occasion: Occasion, event: Event) -> None:
    """Whoever the verb names hears of it, but not who did it. Up to seven queries; none where nobody is named."""
    known = VERBS.get(occasion.verb)
    if known is None or not known.tells:
        return
    chosen: dict[int, str] = {}
    for kind, recipients in known.tells.items():
        if recipients is everybody:
            tell_everybody.enqueue(event.pk, kind)
            continue
        for person in recipients(occasion):
            if person is not None and person != occasion.actor.pk:
                chosen.setdefault(person, kind)
    if chosen:
        _tell(event, chosen)


def _tell(event: Event, chosen: Mapping[int, str]) -> None:
    subject, key = subject_of(event.about, event.under)
    people = _who_see(subject, key, chosen)
    _keep(_notification(event, one, chosen[one.id], subject, key) for one in hearers(people))


def tell_each(events: Mapping[int, Event], kind: str) -> None:
    """Keep an event for each of these people and tell them: seven queries, and one for each letter."""
    rows = dict(zip(events, Event.objects.bulk_create(events.values()), strict=True))
    told = [_notification(rows[one.id], one, kind, *subject_of(rows[one.id].about, "")) for one in hearers(events)]
    _keep(told)


def tell_some(event: Event, kind: str, people: Iterable[int]) -> None:
    """Keep an event and tell these people of it, as far as they may know of what it is about: up to seven queries."""
    event.save()
    _tell(event, dict.fromkeys(people, kind))


def claim_days(people: Iterable[int], what: str, day: date) -> set[int]:
    """Of these people, those for whom nobody claimed the letter of this day yet; it is claimed now."""
    wanted = set(people)
    known = Claim.objects.filter(person__in=wanted, what=what, day=day).values_list("person_id", flat=True)
    fresh = wanted - set(known)
    Claim.objects.bulk_create(Claim(person_id=person, what=what, day=day) for person in sorted(fresh))
    return fresh


def _keep(rows: Iterable[Notification | None]) -> None:
    for one in Notification.objects.bulk_create([one for one in rows if one is not None]):
        if one.mail_due:
            write_letter.enqueue(one.event_id, one.person_id)


def _who_see(subject: str, key: int, people: Iterable[int]) -> list[int]:
    seen = SUBJECTS[subject].seen if subject else None
    if seen is None:
        return list(people)
    return [person for person, _key in seen({(person, key) for person in people})]


def _notification(event: Event, hearer: Hearer, kind: str, subject: str, key: int) -> Notification | None:
    """None for somebody who does not want to hear of this at all."""
    by = hearer.channels(kind)
    mail = by.mail and hearer.has_mail
    digest = hearer.digest_after(event.at) if by.digest and hearer.has_mail and not mail else None
    if not (by.app or mail or digest):
        return None
    return Notification(
        person_id=hearer.id, event=event, kind=kind, subject_kind=subject, subject_key=key, in_app=by.app,
        mail_due=mail, digest_at=digest,
    )  # fmt: skip


def hearers(people: Iterable[int]) -> list[Hearer]:
    """Those who are here, with what they chose: three queries."""
    keys = list(people)
    here = Q(left_on=None) | Q(left_on__gt=today())
    rows = get_user_model().objects.filter(here, pk__in=keys).order_by("pk").values_list("pk", "email", "timezone")
    digests = DigestChoice.objects.in_bulk(keys)
    choices: dict[int, dict[str, Preference]] = {}
    for one in Preference.objects.filter(person__in=keys):
        choices.setdefault(one.person_id, {})[one.kind] = one
    return [_hearer(row, digests.get(row[0]), choices.get(row[0], {})) for row in rows]


def _hearer(row: tuple[Any, ...], digest: DigestChoice | None, choices: Mapping[str, Preference]) -> Hearer:
    pk, email, zone = row
    rhythm, hour, weekday = DAILY, USUAL_HOUR, USUAL_WEEKDAY
    if digest is not None:
        rhythm, hour, weekday = digest.rhythm, digest.hour, digest.weekday
    return Hearer(pk, bool(email), zone_of(zone), rhythm, hour, weekday, choices)


@task()
def tell_everybody(event: int, kind: str) -> int:
    """Tell all who are here, a batch at a time; done twice, each is told once."""
    row = Event.objects.get(pk=event)
    told = 0
    for people in _batches():
        told += _tell_batch(row, kind, people)
    return told


@transaction.atomic
def _tell_batch(event: Event, kind: str, people: list[int]) -> int:
    known = set(Notification.objects.filter(event=event, person__in=people).values_list("person_id", flat=True))
    fresh = {person: kind for person in people if person not in known and person != event.actor_id}
    if fresh:
        _tell(event, fresh)
    return len(fresh)


def _batches() -> Iterator[list[int]]:
    here = Q(left_on=None) | Q(left_on__gt=today())
    last = 0
    while True:
        rows = get_user_model().objects.filter(here, pk__gt=last).order_by("pk")
        found = list(rows.values_list("pk", flat=True)[:BATCH])
        if not found:
            return
        yield found
        last = found[-1]


def postpone_digests(person: int) -> None:
    """After somebody chose another time: what waits for a digest waits for the next at that time."""
    waiting = Notification.objects.filter(person=person, digest_at__isnull=False)
    for one in hearers([person]):
        waiting.update(digest_at=one.digest_after(now()))
