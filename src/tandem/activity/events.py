"""Verb → sentence, who is told and as which kind. Features register one line per verb; feed, notification,
webhook and audit read the same lines."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from tandem.core import formats
from tandem.core.commands import Actor


@dataclass(frozen=True)
class Occasion:
    """What happened, while it happens: the rows themselves."""

    actor: Actor
    verb: str
    about: Model
    under: Model | None
    data: dict[str, Any]


Recipients = Callable[[Occasion], Iterable[int | None]]


def everybody(_occasion: Occasion) -> Iterable[int]:
    """All who are here: too many to tell while a command runs, so the worker does (see `telling`)."""
    raise NotImplementedError


@dataclass(frozen=True)
class Verb:
    """What a verb means: its sentence (a lazy translation with named places), its personal keys, and by kind the
    functions that say who is told. Somebody whom several kinds concern is told as the first. `own` is the sentence
    where the owner that it names is the one who acts."""

    sentence: Any
    personal: frozenset[str] = frozenset()
    tells: Mapping[str, Recipients] = field(default_factory=dict)
    own: Any = None


@dataclass(frozen=True)
class Kind:
    """A sort of news that people switch on and off by channel. The three flags are what holds until they choose."""

    label: Any
    app: bool
    mail: bool
    digest: bool


@dataclass(frozen=True)
class Subject:
    """What news can be about: where it stands, and who may know of it.

    `path` makes its address of its key and of the event's `about`; `visible_to` gives the rows somebody sees (None:
    everybody sees all), `seen` of pairs (person, key) those that hold, `visible_on` is `visible_to` inside
    `core.rows.Rows`: of a person's key and a day.
    """

    path: Callable[[int, str], str]
    visible_to: Callable[[Actor], QuerySet[Any]] | None = None
    seen: Callable[[set[tuple[int, int]]], set[tuple[int, int]]] | None = None
    visible_on: Callable[[int, date], QuerySet[Any]] | None = None

    def __post_init__(self) -> None:
        assert (self.visible_to is None) == (self.visible_on is None), "hidden in one way of reading, shown in another"


VERBS: dict[str, Verb] = {}
KINDS: dict[str, Kind] = {}
SUBJECTS: dict[str, Subject] = {}
KEPT_APART: set[str] = set()
"""Verbs that the audit log alone tells: signing in is nobody's news."""
FEEDS: dict[str, Callable[[int], list[Q]]] = {}
"""By a kind of thing: what belongs to its feed (for its key) beside what is about it or right under it."""
EXCERPTS: dict[str, Callable[[list[int]], dict[int, str]]] = {}
"""By what an event is about: the words to quote in a letter, for keys. Read when the letter is written."""


def verb(
    name: str,
    sentence: Any,
    *,
    personal: tuple[str, ...] = (),
    tells: Mapping[str, Recipients] | None = None,
    own: Any = None,
    apart: bool = False,
) -> None:
    """Register a verb. `sentence` and `own` may name `%(actor)s` and every key of the event's data.

    `apart`: it is for the audit log, and no feed.
    """
    VERBS[name] = Verb(sentence, frozenset(personal), tells or {}, own)
    if apart:
        KEPT_APART.add(name)


def kind(name: str, label: Any, *, app: bool = True, mail: bool = False, digest: bool = True) -> None:
    KINDS[name] = Kind(label, app, mail, digest)


def name_of(row: Model) -> str:
    """How events name a row: `objective:12`."""
    return f"{row._meta.model_name}:{row.pk}"


def subject_of(about: str, under: str) -> tuple[str, int]:
    """What one must be able to see to be told: the first of the two that is a subject. ("", 0) when neither is."""
    for name in (about, under):
        what, _colon, key = name.partition(":")
        if what in SUBJECTS and key.isdigit():
            return what, int(key)
    return "", 0


class _Dash(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def sentence(name: str, actor: str | None, data: dict[str, Any]) -> str:
    """The event in the reader's language; an unknown verb (an older version's) reads as its name."""
    known = VERBS.get(name)
    who = actor or _("Tandem")
    if known is None:
        return f"{who}: {name}"
    own = known.own is not None and data.get("owner") == actor
    return str(known.own if own else known.sentence) % _Dash(_readable(data), actor=who)


def _readable(data: dict[str, Any]) -> dict[str, Any]:
    """A day (`on`) and a number (`value`) are kept plain and read as the reader's language writes them."""
    given = {name: one for name, one in data.items() if one is not None}
    if "on" in given:
        given["on"] = formats.date(date.fromisoformat(given["on"]))
    if "value" in given:
        given["value"] = formats.number(Decimal(given["value"]))
    return given


verb("export.made", __("%(actor)s took an export along: %(what)s, %(rows)s rows"), apart=True)
verb("task.retried", __("%(actor)s put the task %(task)s back into the queue"), apart=True)
verb("task.forgotten", __("%(actor)s forgot the failed task %(task)s"), apart=True)
verb("audit.forgotten", __("%(rows)s old entries of the audit log were removed, up to %(before)s"), apart=True)
verb("mail.tested", __("%(actor)s sent a test mail"), apart=True)
verb("wall.refused", __("The pay wall refused %(what)s, for %(actor)s, a look at %(table)s"), apart=True)
