"""What the guide's forms send."""

from typing import Any

from django.http import QueryDict

from tandem.guide import rules

_ANSWERS = {"yes": True, "no": False}


def answers_of(data: QueryDict) -> dict[str, Any]:
    """The four answers as a form has them; what was not answered is None, which the command refuses by name."""
    return {name: _ANSWERS.get(data.get(name, "")) for name in rules.QUESTIONS}


def four_of(answers: dict[str, Any]) -> rules.Four | None:
    """All four, or None while one is missing."""
    return rules.Four(**answers) if None not in answers.values() else None
