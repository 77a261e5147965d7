"""Verb → sentence. Features register one line per verb; feed, webhook and audit read the same lines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tandem.core import formats


@dataclass(frozen=True)
class Verb:
    """What a verb means: its sentence (a lazy translation with named places) and its personal keys."""

    sentence: Any
    personal: frozenset[str] = frozenset()


VERBS: dict[str, Verb] = {}


def verb(name: str, sentence: Any, *, personal: tuple[str, ...] = ()) -> None:
    """Register a verb. `sentence` may name `%(actor)s` and every key of the event's data."""
    VERBS[name] = Verb(sentence, frozenset(personal))


class _Dash(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def sentence(name: str, actor: str | None, data: dict[str, Any]) -> str:
    """The event in the reader's language; an unknown verb (an older version's) reads as its name."""
    known = VERBS.get(name)
    who = actor or _("Tandem")
    if known is None:
        return f"{who}: {name}"
    return str(known.sentence) % _Dash(_readable(data), actor=who)


def _readable(data: dict[str, Any]) -> dict[str, Any]:
    """A day (`on`) and a number (`value`) are kept plain and read as the reader's language writes them."""
    given = {name: one for name, one in data.items() if one is not None}
    if "on" in given:
        given["on"] = formats.date(date.fromisoformat(given["on"]))
    if "value" in given:
        given["value"] = formats.number(Decimal(given["value"]))
    return given
