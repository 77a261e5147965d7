"""Doing or change in an English sentence: told by its first verb, or by what stands behind its subject."""

import re
from collections.abc import Iterable

from tandem.coach import english as words
from tandem.coach.dates import Span
from tandem.coach.numbers import Quantity
from tandem.coach.predicates import Predicate

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_LABEL = re.compile(r"^\s*(?:\[[^\]]{1,80}\]\s*|[\w &,/+()-]{2,40}:\s+(?=\S+\s+\S+\s+\S+)|[-*•\d.)\s]{1,6})")
_COMPLETED = re.compile(r"\s[=:–-]+\s?\d{1,3}\s?%(?:\s|$|,)")
_DETERMINED = re.compile(
    r"\b(?:an?|the|all|every|each|first|this|our|its)\b|\w[/.]\w|[a-z ]\b(?!I\b)[A-Z][A-Za-z]+|[A-Z]{2,}|\bv\d",
    re.ASCII,
)
_IS_SUBJECT = re.compile(
    r"\s+(?:is|are|was|has|have|gets?|takes?|becomes?|rises?|falls?|stays?|remains?|works?|covers?|reach(?:es)?"
    r"|arrives?|grows|drops)\b"
)
_PLURAL_VERBS_WORDS = "speak take go run ship receive learn become grow rise stay remain fall reach"
_AND = re.compile(r"\s+(?:and|&)\s+([A-Za-z-]+)\s+(?!and\b|for\b|of\b|in\b|to\b)[a-z]")
_PLURAL_VERBS = frozenset(_PLURAL_VERBS_WORDS.split())
_FIRST_WORDS = 40
_SUBJECT = 9
_MAKING = frozenset({"make", "give"})
_NEXT_SENTENCE = re.compile(r"[.;]\s+([A-Z][a-z]+)\s+[A-Za-z]")


def predicate_of_english(text: str, found: list[Quantity]) -> Predicate:
    body = _body(text)
    heard = list(_WORD.finditer(text, body.start, body.end))[:_FIRST_WORDS]
    at = _opening(heard)
    if at is None or len(heard) == 1:
        return Predicate(is_label=True)
    if _is_subject(text, at):
        return _behind_the_subject(text, heard, found, aside=False, effort=False)
    base = base_of(at.group())
    place = Span(*at.span())
    aside = words.SEGMENTING.search(text) is not None
    effort = words.EFFORT.search(text) is not None
    if base in words.DOING and words.ABSTRACT.match(text, at.end()):
        return Predicate(change=place, is_aside=aside)
    if base in words.DOING:
        return Predicate(
            doing=place,
            is_task=True,
            is_finished_by_doing=base in words.FINISHING and _is_definite(text[at.end() :]),
            is_effort=effort,
            is_aside=aside,
        )
    if base in words.CHANGE:
        made = base in _MAKING and _counts_output(text, found)
        return Predicate(
            change=place, is_task=made or (base in words.PLAIN and _goes_on_doing(text, at)), is_aside=aside
        )
    return _behind_the_subject(text, heard, found, aside=aside, effort=effort)


def _is_subject(text: str, at: re.Match[str]) -> bool:
    """ "Test coverage reaches …", "Hiring managers report …": what looks like a verb belongs to the subject."""
    gerund = at.group().lower().endswith("ing") and words.PEOPLE.match(text, at.end() + 1) is not None
    if gerund or words.MEASURES.match(text, at.end()):
        return True
    return _IS_SUBJECT.match(text, at.end()) is not None or _is_half_a_subject(text, at)


def _is_half_a_subject(text: str, at: re.Match[str]) -> bool:
    """ "Design and engineering decide" begins with two nouns, "Plan and run workshops" with two verbs."""
    other = _AND.match(text, at.end()) if at.group().lower() in words.MADE else None
    return other is not None and base_of(other[1]) not in words.DOING | words.CHANGE


def _goes_on_doing(text: str, at: re.Match[str]) -> bool:
    """ "Improve the look. Hire a designer": the second sentence says that something is done."""
    other = _NEXT_SENTENCE.search(text, at.end())
    return other is not None and other[1].lower() in words.DOING


def base_of(word: str) -> str:
    """The plain form of a verb, as far as the coach knows it; else the word in small letters."""
    word = word.lower().rstrip("'’")
    known = words.DOING | words.CHANGE
    if word in known:
        return word
    if word in words.PARTICIPLES:
        return words.PARTICIPLES[word]
    for form in _plainer(word):
        if form in known:
            return form
    return word


def _plainer(word: str) -> Iterable[str]:
    for ending in ("ies", "ied"):
        if word.endswith(ending):
            yield word[:-3] + "y"
    for ending in ("es", "s", "ed", "d", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            yield stem
            if ending in ("ing", "ed"):
                yield stem + "e"
                if stem[-1] == stem[-2]:
                    yield stem[:-1]


def _body(text: str) -> Span:
    """Without a label in front ("Product marketing: …") and what is in brackets at the very end."""
    label = _LABEL.match(text)
    start = 0
    if label is not None:
        first = _WORD.search(label.group())
        known = first is not None and base_of(first.group()) in words.DOING | words.CHANGE
        if not known or label.group().lstrip().startswith("["):
            start = label.end()
    return Span(start, len(text))


def _opening(heard: list[re.Match[str]]) -> re.Match[str] | None:
    """The first word that counts."""
    for one, before in zip(heard, [None, *heard], strict=False):
        word = one.group().lower()
        if word == "are" and before is not None and before.group().lower() == "we":
            continue
        if word not in words.SKIPPED and not (word.endswith("ly") and word not in ("supply", "apply", "reply")):
            return one
    return None


def _is_definite(rest: str) -> bool:
    """Is a definite thing made (a forum, the first iteration, guidelines for pages), or just some?"""
    return len(rest.split()) >= 4 or _DETERMINED.search(rest) is not None


def _behind_the_subject(
    text: str, heard: list[re.Match[str]], found: list[Quantity], *, aside: bool, effort: bool
) -> Predicate:
    """A sentence whose subject comes first ("Usage examples exist", "80% of users say"), or a line without verb."""
    compared = any(one.words[0] in "<>≤≥" for one in found)
    ready = None if compared else words.READY.search(text)
    people = words.PEOPLE.search(text[:60]) is not None
    percent = any("%" in one.words for one in found)
    verb = None if people else _verb(heard[1:_SUBJECT])
    if verb is not None and base_of(verb.group()) in words.CHANGE:
        return Predicate(change=Span(*verb.span()), is_aside=aside)
    if words.ABILITY.search(text) or people or percent:
        counted = not percent and _counts_output(text, found)
        there = ready is not None and not percent and not words.ABILITY.search(text) and not found
        return Predicate(change=None, is_task=counted or there, is_aside=aside, is_finished_by_doing=there)
    if ready is not None or verb is not None:
        place = Span(*(verb or ready).span())  # type: ignore[union-attr]
        return Predicate(
            doing=place, is_task=True, is_finished_by_doing=len(heard) > 4, is_aside=aside, is_effort=effort
        )
    if found:
        return Predicate(is_task=_counts_output(text, found), is_aside=aside, is_effort=effort)
    named = any(one.group().lower() in words.MADE for one in heard)
    return Predicate(is_task=named, is_label=len(heard) <= 5 and not _IS_SUBJECT.search(text))


def _verb(behind: list[re.Match[str]]) -> re.Match[str] | None:
    """The first word behind the subject that is a verb there: "ships", "released", "speak"."""
    for one in behind:
        word = one.group().lower()
        base = base_of(word)
        if base not in words.DOING | words.CHANGE or word in words.MADE or _is_gerund_subject(one):
            continue
        if word != base or base in _PLURAL_VERBS:
            return one
    return None


def _is_gerund_subject(one: re.Match[str]) -> bool:
    """ "debugging is painful": no verb of the sentence."""
    return one.group().endswith("ing") and _IS_SUBJECT.match(one.string, one.end()) is not None


def _counts_output(text: str, found: list[Quantity]) -> bool:
    """Does a number count what is made ("10 iterations", "3 new features")?"""
    for one in found:
        if "%" in one.words or "$" in one.words:
            continue
        behind = [word.lower() for word in _WORD.findall(text[one.place.end : one.place.end + 60])][:4]
        if any(word in words.MADE for word in behind):
            return True
    return False
