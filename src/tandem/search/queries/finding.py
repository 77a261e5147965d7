"""The answer: candidates, seen with the reader's eyes, in order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tandem.core.commands import Actor
from tandem.search import rules
from tandem.search.kinds import KINDS, Hit, Kind, Nearby, number_of, subject_of
from tandem.search.queries.asking import Question, corrected, question
from tandem.search.queries.candidates import Asked, candidates

FEW = 40
MANY = 400
"""Candidates of a stage: at first, and when too many of the first were not for this reader to see."""
ENOUGH = 5
GONE = ("left", "archived", "dropped")
"""States of what comes after all that is alive and fits as well."""


@dataclass(frozen=True)
class Found:
    """Hits of each kind that was asked for, best first. `words` are those of the question."""

    hits: dict[str, list[Hit]]
    words: list[str]

    def __bool__(self) -> bool:
        return any(self.hits.values())


def find(actor: Actor, text: str, kind: str, *, limit: int = 10) -> list[Hit]:
    """The best hits of one kind. See `search`."""
    return search(actor, text, [kind], limit=limit).hits[kind]


def search(
    actor: Actor, text: str, kinds: Collection[str] | None = None, *, limit: int = ENOUGH, within: str = ""
) -> Found:
    """What a reader may see of what answers a question, best first: at most `limit` hits of each kind.

    `within` is a scope (`c7`) that texts must belong to; names are asked for everywhere.

    Three queries and those of the kinds (`Kind.hits`, `Kind.nearby`); up to twice that and two for each word when
    nothing was found as it is written, or most was not for the reader to see.
    """
    asked = question(text)
    wanted = [KINDS[name] for name in (KINDS if kinds is None else kinds)]
    if not asked.plain or not asked.words:
        return Found({kind.name: [] for kind in wanted}, asked.words)
    asked_once = {one: one(actor) for one in dict.fromkeys(kind.nearby for kind in wanted)}
    nearby = {kind.name: asked_once[kind.nearby] for kind in wanted}
    found = _answers(actor, asked, wanted, nearby, limit, within)
    if not any(found.values()):
        nearly = corrected(asked)
        if nearly is not None:
            found = _answers(actor, nearly, wanted, nearby, limit, within)
    return Found({name: hits[:limit] for name, hits in found.items()}, asked.words)


def _answers(
    actor: Actor, asked: Question, kinds: Sequence[Kind], nearby: dict[str, Nearby], limit: int, within: str
) -> dict[str, list[Hit]]:
    most = max(FEW, limit)
    keys = candidates(asked, [Asked(kind, nearby[kind.name], most, within) for kind in kinds])
    found = _seen(actor, asked, kinds, keys)
    short = [kind for kind in kinds if len(found[kind.name]) < limit and _count(keys, kind) >= most]
    if short:
        keys = candidates(asked, [Asked(kind, nearby[kind.name], MANY, within) for kind in short])
        found |= _seen(actor, asked, short, keys)
    return found


def _count(keys: Collection[int], kind: Kind) -> int:
    return sum(number_of(key) == kind.number for key in keys)


def _seen(actor: Actor, asked: Question, kinds: Sequence[Kind], keys: Collection[int]) -> dict[str, list[Hit]]:
    """A query for each kind, whether or not there are candidates: its number says nothing of what is hidden."""
    found = {}
    for kind in kinds:
        own = sorted(subject_of(key) for key in keys if number_of(key) == kind.number)
        hits = kind.hits(actor, own)
        found[kind.name] = sorted(hits, key=lambda one: _order(asked, kind, one))
    return found


def _order(asked: Question, kind: Kind, hit: Hit) -> tuple[object, ...]:
    title = rules.plain_title(hit.title)
    words = {*(rules.name_words(hit.title) if kind.is_named else rules.words_of(hit.title)), *hit.also}
    fit = rules.fit(asked.plain, title, asked.words, words)
    gone = hit.state in GONE
    return fit, gone, not hit.is_near, not hit.is_current, hit.state, len(title) if kind.is_named else 0, -hit.id
