"""What the kit page shows of coach, handshake and guide."""

from dataclasses import replace
from typing import Any

from tandem.coach import findings_of_text
from tandem.coach.verdict import TextKind
from tandem.core.textdiff import difference
from tandem.guide.queries import questions
from tandem.okr.versions import Change, FieldChange
from tandem.people.actors import SYSTEM


def agreeing() -> dict[str, Any]:
    """Questions of the coach in both languages, every state of a handshake, every suggestion of the guide."""
    texts: tuple[tuple[str, TextKind], ...] = (
        ("Improve communication", "key_result"), ("提升用户体验", "key_result"), ("赋能业务闭环", "objective"),
    )  # fmt: skip
    return {
        "findings": [one for text, kind in texts for one in findings_of_text(text, kind)],
        "agreement_states": ["", "offered", "signed", "declined", "withdrawn", "voided"],
        "version_changes": _changes(),
        "suggestions": ["okr", "kpi", "both"],
        "guide": {
            theme: [replace(one, name=f"{theme}-{one.name}") for one in questions(SYSTEM)]
            for theme in ("light", "dark")
        },
    }


def _changes() -> list[Change]:
    was, now = "New customers love the first week", "New customers love their first month"
    return [
        Change("changed", "objective", "o", now, "o", [FieldChange("title", was, now, difference(was, now))]),
        Change("changed", "key_result", "k", "首周激活率", "o", [FieldChange("target", 45, 50, [])]),
        Change("new", "key_result", "n", "让客户不必说明第二遍", "o"),
        Change("gone", "key_result", "g", "Onboarding script rewritten", "o"),
    ]
