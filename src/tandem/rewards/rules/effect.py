"""Which version of a rule holds for a period. What was announced later than it began never does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Announced:
    """A version of a rule: announced on a day, for periods that start at `from_day` or later. `voted` is None where no
    ballot is needed, else whether it passed; `ballot_until` is its last day."""

    number: int
    on: date
    from_day: date
    ballot_until: date | None = None
    voted: bool | None = None


def may_start(announced_on: date, from_day: date) -> bool:
    """A rule is for periods that start after the day of its announcement."""
    return from_day > announced_on


def in_force(versions: Iterable[Announced], ended_from: date | None, starts: date) -> Announced | None:
    """The version that holds for a period starting on this day: the newest that was announced before it, is meant for
    it, and was agreed to before it where a team has to agree. None where the rule has ended or none holds."""
    if ended_from is not None and starts >= ended_from:
        return None
    fit = [one for one in versions if one.on < starts and one.from_day <= starts and _agreed(one, starts)]
    return max(fit, key=lambda one: one.number, default=None)


def _agreed(one: Announced, starts: date) -> bool:
    if one.voted is None:
        return True
    return one.voted and one.ballot_until is not None and one.ballot_until < starts
