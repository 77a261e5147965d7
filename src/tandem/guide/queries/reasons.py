"""The four questions and what follows from their answers, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from tandem.guide import rules
from tandem.people.actors import Actor


@dataclass(frozen=True)
class Question:
    name: str
    text: str
    hint: str


@dataclass(frozen=True)
class Reason:
    """What one answer says, and where it points: okr or kpi."""

    question: str
    answer: bool
    leans: str
    text: str


@dataclass(frozen=True)
class Advice:
    """A suggestion with its reasons: `text` what to make of it, `why` what decided, then the answers one by one."""

    suggestion: str
    ambition: str
    text: str
    why: str
    reasons: list[Reason]


_QUESTIONS = {
    "path_known": (
        __("Is the path known?"),
        __("Could somebody write down today which steps lead there?"),
    ),
    "result_enough": (
        __("Is the result enough?"),
        __("Once the number is right, does nobody need to know how it came about?"),
    ),
    "must_not_fail": (
        __("Must it not fail?"),
        __("Would falling short do real harm, so that nobody may take a risk with it?"),
    ),
    "same_for_all": (
        __("Is it the same for the whole team?"),
        __("Does one measure fit everybody in it?"),
    ),
}
_REASONS = {
    ("path_known", True): __("The path is known: what is left is to walk it, and a number tells whether you did."),
    ("path_known", False): __("The path has to be found: an objective leaves room to try, to learn and to turn."),
    ("result_enough", True): __("The result says it all: one number at the end is enough."),
    ("result_enough", False): __("How it comes about matters too: an objective is talked about every week."),
    ("must_not_fail", True): __("It must not fail: somebody has to guard a line that is agreed beforehand."),
    ("must_not_fail", False): __(
        "It may fall short: seven tenths of something hard are worth more than all of something easy."
    ),
    ("same_for_all", True): __("One measure fits all: that is what makes an indicator fair."),
    ("same_for_all", False): __("It is somebody's own: an indicator for one person alone singles them out."),
}
_TEXTS = {
    rules.OKR: __("Make it an objective (OKR)"),
    rules.KPI: __("Make it an indicator (KPI)"),
    rules.BOTH: __("Both: an objective leads, an indicator rides along"),
}
_WHY = {
    rules.OWN: __(
        "Indicators hold for a whole team. What is not the same for all is an objective of whoever takes it on."
    ),
    rules.SEARCH: __(
        "Nobody knows the way yet, and no harm is done if it takes longer: aim high and learn on the way."
    ),
    rules.CARE: __(
        "The way is known, but the number alone would not show whether it was done well: an objective is "
        "talked about on the way."
    ),
    rules.GUARD: __(
        "It must not fall below a line, and the line is not all there is to it. An indicator holds the line; "
        "an objective looks for the way up."
    ),
    rules.DELIVER: __(
        "The way is known, the result says it all and one measure fits the whole team: an indicator is enough."
    ),
}
_COMMITTED = __("Since it must not fail, make it a committed objective: 1.0 is the promise.")


def questions(_actor: Actor) -> list[Question]:
    """The four questions in their order."""
    return [Question(name, str(_QUESTIONS[name][0]), str(_QUESTIONS[name][1])) for name in rules.QUESTIONS]


def advice(_actor: Actor, four: rules.Four) -> Advice:
    """What the answers suggest, and why."""
    suggestion, ambition = rules.suggestion(four), rules.ambition(four)
    why = str(_WHY[rules.why(four)])
    if ambition == "committed":
        why = _("%(one)s %(other)s") % {"one": why, "other": _COMMITTED}
    reasons = [
        Reason(name, answer, rules.leans(answer), str(_REASONS[name, answer]))
        for name, answer in four._asdict().items()
    ]
    return Advice(suggestion, ambition, str(_TEXTS[suggestion]), why, reasons)
