"""What can be found. Features register each kind of thing: its number, what its rows say, what a reader gets to see."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.functional import Promise

_BITS = 48
SCOPE = "§"
"""Begins a word that nobody can type: what an entry belongs to."""
NAME = "¶"
"""Begins every word of a name: names are many, and looked for in other ways than texts."""


class Text(NamedTuple):
    """What one row says: its key, its title, the words it is found by, and what it belongs to (`c7`, `p12`)."""

    subject: int
    title: str
    words: list[str]
    scopes: Sequence[str] = ()


@dataclass(frozen=True)
class Hit:
    """A thing that was found, as a reader may see it."""

    kind: str
    id: int
    title: str
    under: int | None = None
    """The objective that a key result or comment belongs to."""
    owner: str = ""
    unit: str = ""
    cycle: str = ""
    state: str = ""
    """Why it stands back: left, archived, draft, dropped, closed; "" for what is alive."""
    is_near: bool = False
    """The reader's own, or of a unit of theirs."""
    is_current: bool = True
    """Of a cycle that runs."""
    also: Collection[str] = field(default=(), repr=False)
    """Words beside those of the title by which it is found (pinyin)."""


@dataclass(frozen=True)
class Nearby:
    """What is the reader's: scopes to look at first, and after them those of the present."""

    own: Sequence[str] = ()
    current: Sequence[str] = ()


@dataclass(frozen=True)
class Kind:
    """`hits` and `nearby` are given the reader.

    `hits` says which of some keys this reader may see, and how: what is hidden is not among them.
    """

    name: str
    number: int
    """Stands in the keys of entries: never changed, 1…15."""
    label: str | Promise
    texts: Callable[[Iterable[int] | None], Iterator[Text]]
    """What the rows with these keys say (None: all rows that can be found)."""
    hits: Callable[[Any, list[int]], list[Hit]]
    nearby: Callable[[Any], Nearby] = lambda _actor: Nearby()
    is_named: bool = False
    """Names: every word of a question may be a beginning."""


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    KINDS[kind.name] = kind


def entry_key(kind: Kind, subject: int) -> int:
    """The kind stands before the row's key: all entries of a kind lie together, the newest last."""
    return (kind.number << _BITS) + subject


def subject_of(key: int) -> int:
    return key & ((1 << _BITS) - 1)


def number_of(key: int) -> int:
    return key >> _BITS


def span(kind: Kind) -> tuple[int, int]:
    """The least and the greatest key that an entry of this kind can have."""
    return kind.number << _BITS, ((kind.number + 1) << _BITS) - 1


def stored_words(kind: Kind, text: Text) -> str:
    """The words of an entry as its row holds them."""
    words = [f"{NAME}{one}" for one in text.words] if kind.is_named else text.words
    return " ".join([*words, *(f"{SCOPE}{one}" for one in text.scopes)])
