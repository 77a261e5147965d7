"""What the coach gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tandem.coach.catalogue import CHECKS, Check
from tandem.coach.dates import Span
from tandem.coach.shapes import Severity, WhereKind


class Where(NamedTuple):
    """What a finding is about: the kind of thing, and the name its giver gave it."""

    kind: WhereKind
    ref: Any = None


@dataclass(frozen=True)
class Finding:
    """One thing to think about. It never blocks; its question and reason are in the reader's language when read."""

    code: str
    where: Where
    words: str = ""
    """The exact words it is about, as they stand in the title; "" where it is about the whole."""
    place: Span | None = None
    """Where those words stand in the title."""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the check is called."""
        return str(self._check.name)

    @property
    def severity(self) -> Severity:
        return self._check.severity

    @property
    def question(self) -> str:
        return str(self._check.question) % {"words": self.words, **self.values}

    @property
    def reason(self) -> str:
        return str(self._check.reason)

    @property
    def _check(self) -> Check:
        return CHECKS[self.code]
