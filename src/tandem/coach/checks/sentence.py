"""What the coach asks about one sentence, whatever stands around it."""

import re
from collections.abc import Iterator

from tandem.coach import chinese, english, kinds
from tandem.coach.comparatives import lacks_base
from tandem.coach.dates import Span
from tandem.coach.finding import Finding, Where
from tandem.coach.hearing import Heard, hear
from tandem.coach.shapes import KEY_RESULT, OBJECTIVE, KeyResultText
from tandem.coach.verdict import is_measurable, is_metric_only, is_task

_LONG = {"zh": 100, "en": 240}
_SENTENCES = re.compile(r"[;；。\n]|\.\s|，|,\s(?!\d{3})|\sand\s|并且?|且|以及")
_CLAUSES, _MANY = 60, 3
_MEASURED_BY_ITSELF = (kinds.MILESTONES, kinds.RUBRIC, kinds.BASELINE, kinds.BINARY)


def about_objective(title: str, ref: object = None) -> Iterator[Finding]:
    heard, where = hear(title), Where(OBJECTIVE, ref)
    if not heard.language:
        return
    if heard.predicate.is_label:
        yield Finding("label", where, title.strip(), _whole(title))
    elif is_task(heard, OBJECTIVE):
        yield _found("task-objective", where, heard, heard.predicate.doing or _whole(title))
    elif is_metric_only(heard):
        yield _found("metric-only", where, heard, heard.quantities[0].place)
    yield from _about_words(heard, where, len(title))


def about_key_result(key_result: KeyResultText) -> Iterator[Finding]:
    title = key_result.title
    heard, where = hear(title), Where(KEY_RESULT, key_result.ref)
    if not heard.language:
        return
    measured = _is_measured(key_result)
    if heard.predicate.is_label and not measured:
        yield Finding("label", where, title.strip(), _whole(title))
    elif is_task(heard, KEY_RESULT) and not (measured and key_result.kind == kinds.METRIC):
        yield _found("task-key-result", where, heard, heard.predicate.doing or _whole(title))
    elif not measured and not is_measurable(heard) and not heard.placeholders:
        yield _found("no-measure", where, heard, heard.predicate.change or _whole(title))
        yield from _vague(heard, where)
    if key_result.start is None and (place := lacks_base(heard)):
        yield _found("no-base", where, heard, place)
    if heard.predicate.is_effort and (place := _effort(heard)):
        yield _found("effort", where, heard, place)
    if (num := _results_in(heard)) >= _MANY:
        yield Finding("several-in-one", where, values={"num": num})
    yield from _about_words(heard, where, len(title))


def _is_measured(key_result: KeyResultText) -> bool:
    """Do kind and numbers beside the words say how one knows?"""
    numbers = (key_result.target, key_result.low, key_result.high)
    return key_result.kind in _MEASURED_BY_ITSELF or any(one is not None for one in numbers)


def _about_words(heard: Heard, where: Where, length: int) -> Iterator[Finding]:
    for place in heard.placeholders[:1]:
        yield _found("placeholder", where, heard, place)
    empty = {"en": english.EMPTY, "zh": chinese.EMPTY}[heard.language].search(heard.text)
    if empty is not None:
        yield _found("empty-words", where, heard, Span(*empty.span()))
    if length > _LONG[heard.language]:
        yield Finding("too-long", where)


def _vague(heard: Heard, where: Where) -> Iterator[Finding]:
    vague = {"en": english.VAGUE, "zh": chinese.VAGUE}[heard.language].search(heard.text)
    if vague is not None:
        yield _found("vague", where, heard, Span(*vague.span()))


def _effort(heard: Heard) -> Span | None:
    found = {"en": english.EFFORT, "zh": chinese.EFFORT}[heard.language].search(heard.text)
    return Span(*found.span()) if found else None


def _results_in(heard: Heard) -> int:
    """In how many clauses of the sentence a number stands."""
    ends = [one.start() for one in _SENTENCES.finditer(heard.text)][:_CLAUSES]
    clauses = {sum(1 for end in ends if end <= one.place.start) for one in heard.quantities[:_CLAUSES]}
    return len(clauses)


def _whole(title: str) -> Span:
    return Span(len(title) - len(title.lstrip()), len(title.rstrip()))


def _found(code: str, where: Where, heard: Heard, place: Span) -> Finding:
    return Finding(code, where, heard.words(place), place)
