"""What the company calls things: its own words for some of Tandem's, where they stand as nouns in Tandem's texts.

A text is reworded with both of its sides at hand: “unit” is a department only where the Chinese says so.
Verbs stay as they are (“align”, “checked in”), and so do the columns of files, so that last year's file still fits.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Words = Mapping[str, Mapping[str, str]]
"""For each term the words for it: `{"objective": {"en": "goal", "en_plural": "goals", "zh-hans": "愿景"}}`."""

PLACES = ("en", "en_plural", "zh-hans")
MOST_LETTERS = 30
WORD = re.compile(r"\w+(?:[ -]\w+)*")
"""Letters, digits, single spaces and hyphens: nothing that a text could take for a place or for markup."""


@dataclass(frozen=True)
class Term:
    """A word of Tandem that a company may replace."""

    key: str
    one: str
    many: str
    chinese: str
    shorter: str = ""
    """The English word as texts say it once it is known what is meant."""
    said_as: str = ""
    """What the Chinese of a text must say, if the English could mean something else."""
    not_before: str = ""
    """Characters that make another word of the Chinese one."""

    @property
    def own(self) -> dict[str, str]:
        return dict(zip(PLACES, (self.one, self.many, self.chinese), strict=True))


TERMS = (
    Term("objective", "objective", "objectives", "目标", not_before="值池"),
    Term("key_result", "key result", "key results", "关键结果"),
    Term("key_action", "key action", "key actions", "关键行动", shorter="action", said_as="行动"),
    Term("alignment", "alignment", "alignments", "对齐"),
    Term("handshake", "handshake", "handshakes", "握手"),
    Term("check_in", "check-in", "check-ins", "进展更新"),
    Term("confidence", "confidence", "confidences", "信心指数"),
    Term("cycle", "cycle", "cycles", "周期"),
    Term("unit", "unit", "units", "部门", said_as="部门"),
)
KEYS = frozenset(term.key for term in TERMS)
_PLACE = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\}|<[^>]*>|`[^`]*`)")
_HAN = "㐀-鿿"
_VOWEL = re.compile(r"(?!one|u[bcfhjknqrstv][aeiou]|eu)[aeiou]|hour|honest", re.IGNORECASE)


def reworded(english: str, chinese: str, words: Words) -> tuple[str, str]:
    """Both sides of a text as the company says it."""
    if not words:
        return english, chinese
    return (
        _in_pieces(english, lambda text: _in_english(text, chinese, words)),
        _in_pieces(chinese, lambda text: _in_chinese(text, words)),
    )


def plural(word: str) -> str:
    """The usual English plural, for a company that named none."""
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(s|x|z|ch|sh)$", word) else f"{word}s"


def effective(words: Words) -> dict[str, dict[str, str]]:
    """Every term with the words that are in use for it."""
    return {term.key: {**term.own, **words.get(term.key, {})} for term in TERMS}


def _in_pieces(text: str, said: Callable[[str], str]) -> str:
    """Only what stands between the places that values are written into."""
    return "".join(part if index % 2 else said(part) for index, part in enumerate(_PLACE.split(text)))


def _in_english(text: str, chinese: str, words: Words) -> str:
    known: dict[str, str] = {}
    for term in TERMS:
        own = words.get(term.key, {})
        if own.get("en") and term.said_as in chinese:
            known |= {term.one: own["en"], term.many: own["en_plural"]}
            known |= {term.shorter: own["en"], f"{term.shorter}s": own["en_plural"]} if term.shorter else {}
    if not known:
        return text
    named = "|".join(sorted(known, key=len, reverse=True))
    found = re.compile(rf"(?<![\w/.])(?:(an?)(\s+))?\b({named})\b(?![/_=]|:\w)", re.IGNORECASE)
    return found.sub(lambda one: _english_word(one, known), text)


def _english_word(found: "re.Match[str]", known: dict[str, str]) -> str:
    """The company's word with the article and the capital that its place asks for."""
    article, space, term = found.groups()
    word = known[term.lower()]
    if term[0].isupper():
        word = word[0].upper() + word[1:]
    if article is None:
        return word
    suits = "an" if _VOWEL.match(word) else "a"
    return f"{suits.capitalize() if article[0].isupper() else suits}{space}{word}"


def _in_chinese(text: str, words: Words) -> str:
    known = {term: words[term.key]["zh-hans"] for term in TERMS if words.get(term.key, {}).get("zh-hans")}
    if not known:
        return text
    own = {term.chinese: word for term, word in known.items()}
    named = "|".join(term.chinese + (f"(?![{term.not_before}])" if term.not_before else "") for term in known)
    said = re.sub(named, lambda one: f"\0{own[one[0]]}\0", text)
    # A Latin word keeps a space to the Han beside it.
    said = re.sub(rf"(?<=[{_HAN}])\0+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])\0+(?=[{_HAN}])", " ", said)
    return said.replace("\0", "")
