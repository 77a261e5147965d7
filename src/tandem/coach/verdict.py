"""How smart one sentence is by itself: the yes and no questions of SMART, and one word over all."""

from dataclasses import dataclass
from typing import Literal

from tandem.coach import chinese, english
from tandem.coach.doing_english import base_of
from tandem.coach.hearing import Heard, hear

Verdict = Literal["good", "fixable", "bad"]
TextKind = Literal["objective", "key_result"]


@dataclass(frozen=True)
class Judgement:
    """What the coach thinks of one objective or key result without its surroundings."""

    measurable: bool
    has_number: bool
    has_deadline: bool
    is_output_or_task: bool
    is_metric_only_objective: bool
    inspirational: bool
    smart_verdict: Verdict


def judge(text: str, kind: TextKind) -> Judgement:
    heard = hear(text)
    objective = kind == "objective"
    measurable = is_measurable(heard)
    metric_only = objective and is_metric_only(heard)
    inspiring = objective and not metric_only and is_inspiring(heard)
    task = is_task(heard, kind)
    return Judgement(
        measurable=measurable,
        has_number=heard.has_number,
        has_deadline=heard.has_deadline,
        is_output_or_task=task,
        is_metric_only_objective=metric_only,
        inspirational=inspiring,
        smart_verdict=_of_objective(heard, inspiring=inspiring, metric_only=metric_only)
        if objective
        else _of_key_result(heard, measurable=measurable),
    )


def is_task(heard: Heard, kind: TextKind) -> bool:
    return heard.predicate.is_task and not (
        kind == "objective" and heard.predicate.is_label and not heard.predicate.doing
    )


def is_measurable(heard: Heard) -> bool:
    """Can two people say independently whether it was reached: by a number, or because a thing is there or is not?"""
    if heard.has_number:
        return not heard.predicate.is_aside
    if heard.placeholders and heard.language == "zh":
        return False
    return heard.predicate.is_task and heard.predicate.is_finished_by_doing and not is_vague(heard)


def is_vague(heard: Heard) -> bool:
    pattern = {"en": english.VAGUE, "zh": chinese.VAGUE}.get(heard.language)
    return pattern is not None and pattern.search(heard.text) is not None


def is_metric_only(heard: Heard) -> bool:
    """A number and nothing one could want beside it: a KPI in disguise."""
    read_off = heard.predicate.change is not None or any(any(map(str.isdigit, one.words)) for one in heard.quantities)
    aside = heard.predicate.is_task or heard.predicate.is_aside
    return heard.has_number and read_off and not aside and not is_inspiring(heard)


def is_inspiring(heard: Heard) -> bool:
    pattern = {"en": english.INSPIRING, "zh": chinese.INSPIRING}.get(heard.language)
    if pattern is None:
        return False
    verb = heard.predicate.change or heard.predicate.doing
    if heard.language == "en" and verb is not None and verb.start < 12 and base_of(heard.words(verb)) in english.PLAIN:
        return english.STRONGLY.search(heard.text) is not None
    able = heard.language == "en" and english.ABILITY.search(heard.text) is not None
    return able or pattern.search(heard.text) is not None


def _of_key_result(heard: Heard, *, measurable: bool) -> Verdict:
    if heard.has_number:
        return "good" if measurable and not heard.placeholders else "fixable"
    if heard.predicate.is_label:
        return "bad"
    return "fixable"


def _of_objective(heard: Heard, *, inspiring: bool, metric_only: bool) -> Verdict:
    if heard.predicate.is_label and not inspiring:
        return "bad"
    return "good" if inspiring and not metric_only else "fixable"
