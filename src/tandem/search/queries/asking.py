"""A question taken apart: for each of its words, the words of the index that it may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from rapidfuzz.distance import OSA

from tandem.search import rules
from tandem.search.kinds import NAME

_MOST_LOOKED_AT = 3000
_MOST_CORRECTIONS = 4
_LAST = "\uffff"

_BEGINNING = """
    SELECT * FROM (
        SELECT CAST(%s AS text) AS begun, word FROM (
            SELECT DISTINCT word, length FROM (
                SELECT word, length FROM search_word WHERE word > %s AND word < %s LIMIT 3000
            ) AS begins ORDER BY length, word LIMIT 32
        ) AS best
    ) AS part
"""
"""How many words that begin like the one being typed are looked for: the 32 shortest."""
_ENDINGS = {"sqlite": _BEGINNING, "postgresql": _BEGINNING.replace("word >", "word ~>~").replace("word <", "word ~<~")}

Groups = list[list[str]]
"""Any word of each group must be there."""


@dataclass(frozen=True)
class Question:
    """What somebody asks. `texts` and `names` are the words to look for among texts and among names."""

    plain: str
    words: list[str]
    texts: Groups = field(default_factory=list)
    names: Groups = field(default_factory=list)


def question(text: str) -> Question:
    """One query for the words that begin like the last one (in names: like any); none without Latin words."""
    words = rules.asked(text)
    plain = rules.plain_title(text[: rules.LONGEST_QUESTION])
    if not words:
        return Question(plain, words)
    begun = [words[-1], *(f"{NAME}{one}" for one in words)]
    endings = _endings([one for one in begun if rules.is_learnt(one.removeprefix(NAME))])
    texts = [[one] for one in words[:-1]] + [[words[-1], *endings.get(words[-1], ())]]
    names = [[f"{NAME}{one}", *endings.get(f"{NAME}{one}", ())] for one in words]
    return Question(plain, words, texts, names)


def _endings(begun: list[str]) -> dict[str, list[str]]:
    """The shortest words that begin so; of two letters and more."""
    begun = [one for one in begun if len(one.removeprefix(NAME)) > 1]
    if not begun:
        return {}
    one = _ENDINGS["postgresql" if connection.vendor == "postgresql" else "sqlite"]
    sql = " UNION ALL ".join(one.replace("part", f"part{place}") for place in range(len(begun)))
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for word in begun for value in (word, word, word + _LAST)])
        for word, ending in cursor.fetchall():
            found.setdefault(word, []).append(ending)
    return found


def corrected(asked: Question) -> Question | None:
    """The same with what its words may have been before a slip of a letter or two; None when nothing is near.

    Two queries for each word that can be mistyped.
    """
    texts = _corrections([one for one in asked.words if rules.can_be_mistyped(one)])
    if not texts:
        return None
    return Question(
        asked.plain,
        asked.words,
        [[*group, *texts.get(word, ())] for word, group in zip(asked.words, asked.texts, strict=True)],
        [[*group, *texts.get(NAME + word, ())] for word, group in zip(asked.words, asked.names, strict=True)],
    )


def _corrections(words: Sequence[str]) -> dict[str, list[str]]:
    """The nearest known words of each, best first."""
    found: dict[str, list[str]] = {}
    for word in words:
        slips = rules.allowed_slips(word)
        for mark in ("", NAME):
            known = _sharing_pieces(word, mark, slips)
            near = [(OSA.distance(word, one.removeprefix(mark), score_cutoff=slips), one) for one in known]
            best = sorted((distance, one) for distance, one in near if 0 < distance <= slips)
            if best:
                found[mark + word] = [one for _distance, one in best[:_MOST_CORRECTIONS]]
    return found


def _sharing_pieces(word: str, mark: str, slips: int) -> set[str]:
    head, middles, tail = rules.possible_pieces(word)
    pieces = [("head", [head]), ("middle", middles), ("tail", [tail])]
    parts: list[str] = []
    values: list[str | int] = []
    for column, some in pieces:
        if some:
            places = ", ".join(["%s"] * len(some))
            parts.append(
                f"SELECT word FROM (SELECT word FROM search_word WHERE {column} IN ({places}) "  # noqa: S608
                f"AND length BETWEEN %s AND %s LIMIT {_MOST_LOOKED_AT}) AS {column}s"
            )
            values += [*(mark + one for one in some), len(word) - slips, len(word) + slips]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), values)
        return {one for (one,) in cursor.fetchall()}
