"""Reading events back as sentences: the feed of a thing, and what a person was told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tandem.activity.access import for_ears_of, for_ears_on
from tandem.activity.events import FEEDS, KEPT_APART, KINDS, SUBJECTS, Kind, name_of, sentence
from tandem.activity.models import DigestChoice, Event, Notification, Preference
from tandem.core.clock import now, today
from tandem.core.commands import Actor
from tandem.core.errors import Missing
from tandem.core.rows import Rows


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

    @classmethod
    def of(cls, one: Event) -> "FeedItem":
        """In the words of whoever reads now."""
        name = one.actor.name if one.actor is not None else None
        words = sentence(one.verb, name, one.data)
        return cls(one.pk, one.at, one.verb, one.actor_id, name, one.about, words, one.data)


def feed(
    actor: Actor, subject: Model, *, before: int | None = None, limit: int = 30, without: str = ""
) -> list[FeedItem]:
    """The newest events about a thing and what belongs to it (see `FEEDS`), newest first: one query. `before` pages
    on. `without` leaves out the verbs that begin so."""
    name = name_of(subject)
    what = {"name": name, "key": subject.pk, "before": before or MOST}
    kind = name.partition(":")[0]
    if actor.is_system or not actor.is_active:
        rows = _newest(for_ears_of(actor), kind, limit, without, **what)
        return [_item(*one) for one in rows]
    return _feed_rows(kind, limit, without)(**what, person=actor.pk, day=today())


MOST = 2**62
_COLUMNS = ("pk", "at", "verb", "actor_id", "actor__name", "about", "data")


def _item(
    pk: int, at: datetime, verb: str, actor_id: int | None, name: str | None, about: str, data: dict[str, Any]
) -> FeedItem:
    return FeedItem(pk, at, verb, actor_id, name, about, sentence(verb, name, data), data)


@lru_cache
def _feed_rows(kind: str, limit: int, without: str) -> Rows[FeedItem]:
    """The feed of a kind of thing, compiled once: its long condition takes longer to build than to answer."""

    def build(name: str, key: int, before: int, person: int, day: date) -> QuerySet[Any, Any]:
        return _newest(for_ears_on(person, day), kind, limit, without, name=name, key=key, before=before)

    return Rows(_item, build)


def _newest(ears: Q, kind: str, limit: int, without: str, *, name: str, key: int, before: int) -> QuerySet[Any, Any]:
    told = Event.objects.filter(ears, pk__lt=before).exclude(verb__in=KEPT_APART)
    if without:
        told = told.exclude(verb__startswith=without)
    ways = [Q(about=name), Q(under=name), *(FEEDS[kind](key) if kind in FEEDS else ())]
    # The newest of each way: the database reads each index from its end, and sorts a few rows.
    newest = [Q(pk__in=told.filter(way).order_by("-pk").values("pk")[:limit]) for way in ways]
    return Event.objects.filter(reduce(or_, newest)).order_by("-pk").values_list(*_COLUMNS)[:limit]


def feed_around(actor: Actor, under: Collection[str], about: str, *, days: int = 14, limit: int = 12) -> list[FeedItem]:
    """What others did lately to things of a kind (`about`: objective) under these names (`unit:3`): one query."""
    lately = Event.objects.filter(
        for_ears_of(actor), under__in=under, about__startswith=f"{about}:", at__gte=now() - timedelta(days=days)
    )
    events = lately.exclude(actor=actor.pk).exclude(verb__endswith=".imported").select_related("actor")
    return [FeedItem.of(one) for one in events.order_by("-pk")[:limit]]


MOST_COUNTED = 99


@dataclass(frozen=True)
class Told:
    """One piece of news, as its reader's list shows it."""

    id: int
    kind: str
    label: str
    at: datetime
    is_read: bool
    actor_name: str | None
    sentence: str


@dataclass(frozen=True)
class Choices:
    """What a person hears of, by kind, and when the digest comes."""

    kinds: dict[str, "Kind | Preference"]
    digest: DigestChoice


def address_of(one: Notification) -> str:
    """Where the news is to be read; "" for what has no place."""
    subject = SUBJECTS.get(one.subject_kind)
    return subject.path(one.subject_key, one.event.about) if subject is not None else ""


def _shown_to(actor: Actor) -> QuerySet[Notification]:
    """What the actor was told and may still know: a subject that was hidden since takes its news with it."""
    shown = {name: subject.visible_to(actor) for name, subject in SUBJECTS.items() if subject.visible_to is not None}
    return _told_to(actor.pk, shown)


def _told_to(person: int | None, shown: Mapping[str, QuerySet[Any]]) -> QuerySet[Notification]:
    """`shown` has, for subjects that can be hidden, the rows that are not."""
    seen = Q(subject_kind="")
    for name in SUBJECTS:
        here = Q(subject_kind=name)
        seen |= here & Q(Exists(shown[name].filter(pk=OuterRef("subject_key")))) if name in shown else here
    return Notification.objects.filter(seen, person=person, in_app=True)


def _unread(person: int, day: date) -> QuerySet[Any, Any]:
    shown = {name: one.visible_on(person, day) for name, one in SUBJECTS.items() if one.visible_on is not None}
    rows = _told_to(person, shown).filter(read_at=None)
    return rows.order_by().values_list("pk")[: MOST_COUNTED + 1]


_unread_rows = Rows(int, _unread)


def notifications(actor: Actor, *, unread: bool = False, before: int | None = None, limit: int = 30) -> list[Told]:
    """What the actor was told, the newest first: one query."""
    rows = _shown_to(actor).select_related("event__actor").order_by("-pk")
    if unread:
        rows = rows.filter(read_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_told(one) for one in rows[:limit]]


def _told(one: Notification) -> Told:
    event, known = one.event, KINDS.get(one.kind)
    name = event.actor.name if event.actor is not None else None
    label = str(known.label) if known is not None else one.kind
    is_read = one.read_at is not None
    return Told(one.pk, one.kind, label, event.at, is_read, name, sentence(event.verb, name, event.data))


def unread_count(actor: Actor) -> int:
    """How much is new, up to 100: one query. It stands on every page."""
    if actor.is_system or not actor.is_active:
        return _shown_to(actor).filter(read_at=None)[: MOST_COUNTED + 1].count()
    return len(_unread_rows(person=actor.pk, day=today()))


def get_notification(actor: Actor, pk: int) -> Notification:
    """Raises Missing (404) for what is not the actor's, or no longer for them to see."""
    found = _shown_to(actor).select_related("event").filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    return found


def choices_of(actor: Actor) -> Choices:
    """What the actor chose, and what holds where they did not: two queries."""
    chosen: dict[str, Kind | Preference] = {one.kind: one for one in Preference.objects.filter(person=actor.pk)}
    digest = DigestChoice.objects.filter(person=actor.pk).first() or DigestChoice()
    return Choices({name: chosen.get(name, usual) for name, usual in KINDS.items()}, digest)


def seen_names(actor: Actor, names: Collection[str]) -> set[str]:
    """Of names of things (`objective:12`), those the actor may see: one query for each sort that can be hidden."""
    seen = set(names)
    for kind, subject in SUBJECTS.items():
        keys = {
            int(key) for what, _colon, key in (name.partition(":") for name in names) if what == kind and key.isdigit()
        }
        if keys and subject.visible_to is not None:
            shown = set(subject.visible_to(actor).filter(pk__in=keys).order_by().values_list("pk", flat=True))
            seen -= {f"{kind}:{key}" for key in keys - shown}
    return seen
