"""What the words of one sentence say: numbers, dates, doing or change, whether there is a sentence at all."""

from dataclasses import dataclass
from functools import lru_cache

from tandem.coach.dates import Span, When, dates
from tandem.coach.doing_chinese import predicate_of_chinese
from tandem.coach.doing_english import predicate_of_english
from tandem.coach.language import language_of
from tandem.coach.numbers import PLACEHOLDER, Quantity, quantities
from tandem.coach.predicates import NO_PREDICATE, Predicate

READ_AT_MOST = 1_000
"""Characters of a text that are read: no title is longer, and what is longer is not read slower for it."""


@dataclass(frozen=True)
class Heard:
    """What was heard in a text; places count its characters."""

    text: str
    language: str
    quantities: tuple[Quantity, ...]
    when: tuple[When, ...]
    placeholders: tuple[Span, ...]
    predicate: Predicate

    @property
    def has_number(self) -> bool:
        return bool(self.quantities)

    @property
    def has_deadline(self) -> bool:
        return any(one.is_deadline for one in self.when)

    def words(self, place: Span) -> str:
        return self.text[place.start : place.end]


@lru_cache(4096)
def hear(text: str) -> Heard:
    """Reads the first `READ_AT_MOST` characters. Never fails, whatever the characters."""
    text = text[:READ_AT_MOST]
    language = language_of(text)
    when = dates(text, language)
    found = quantities(text, language, when)
    placeholders = tuple(Span(*one.span()) for one in PLACEHOLDER.finditer(text))
    predicate = NO_PREDICATE
    if language == "en":
        predicate = predicate_of_english(text, found)
    elif language == "zh":
        predicate = predicate_of_chinese(text, found)
    return Heard(text, language, tuple(found), tuple(when), placeholders, predicate)
