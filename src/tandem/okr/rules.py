"""The arithmetic of goals: progress, pace, freshness, score. Decimal in, Decimal out, no database.

Shares are decimals where 1 is "reached"; raw progress may lie outside 0…1. None always means
"no data": it is shown as a dash, left out of averages, and never turned into 0.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tandem.coach import kinds
from tandem.core.numbers import HUNDRED, ONE, ZERO, clamp, rounded, weighted_mean

# Key result kinds
METRIC, PERCENT, MAINTAIN, BINARY = kinds.METRIC, kinds.PERCENT, kinds.MAINTAIN, kinds.BINARY
MILESTONES, RUBRIC, BASELINE, KPI = kinds.MILESTONES, kinds.RUBRIC, kinds.BASELINE, kinds.KPI
FROM_TO = (METRIC, KPI)
"""Kinds that go from a start to a target."""
KINDS = kinds.KINDS
WITHIN, ABOVE, BELOW = "within", "above", "below"
RUBRIC_LEVELS = (ZERO, Decimal("0.3"), Decimal("0.7"), ONE)

# Status words
ON_TRACK, AT_RISK, OFF_TRACK = "on_track", "at_risk", "off_track"
PENDING, STALE, NO_DATA = "pending", "stale", "no_data"
REPORTED = (ON_TRACK, AT_RISK, OFF_TRACK)

PACE_ON_TRACK, PACE_AT_RISK = Decimal("0.9"), Decimal("0.6")
NO_VERDICT_BEFORE = Decimal("0.1")
START_CONFIDENCE, CONFIDENCE_DROP = 5, 3
STORED_PLACES, STORED_LIMIT = 6, Decimal(99999)
SCORE_APART = Decimal("0.2")
OUTCOMES = {"green": "reached", "yellow": "partly", "red": "missed", "": "closed"}
"""What a closed objective shows, by the band of its score."""


def progress(start: Decimal, target: Decimal, current: Decimal) -> Decimal:
    """Raw progress of a metric, up or down by the order of its ends: (current − start) ÷ (target − start).

    Raises ValueError when start equals target (such a key result is refused at write).
    """
    if start == target:
        raise ValueError("start equals target")
    return (current - start) / (target - start)


def tolerance_of(target: Decimal) -> Decimal:
    """How far outside a bound counts as nothing, unless somebody says otherwise: max(5 % of target, 0.5)."""
    return max(abs(target) * Decimal("0.05"), Decimal("0.5"))


def maintain(
    current: Decimal,
    *,
    low: Decimal | None = None,
    high: Decimal | None = None,
    tolerance: Decimal | None = None,
) -> Decimal:
    """1 while inside the bounds; outside 1 − distance ÷ tolerance, not below 0.

    `low` alone means stay above, `high` alone stay below, both stay within. The default tolerance is
    taken from the bound that was crossed.
    """
    if low is not None and current < low:
        bound, distance = low, low - current
    elif high is not None and current > high:
        bound, distance = high, current - high
    else:
        return ONE
    room = tolerance if tolerance is not None else tolerance_of(bound)
    return max(ZERO, ONE - distance / room) if room > 0 else ZERO


def milestones(steps: Iterable[tuple[Decimal, bool]]) -> Decimal | None:
    """Done weights ÷ all weights; None without steps, and the plain share when all weights are 0."""
    return weighted_mean((ONE if done else ZERO, weight) for weight, done in steps)


@dataclass(frozen=True)
class Measure:
    """What a key result measures: all that its progress depends on, beside the current value."""

    kind: str
    start: Decimal | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    weights: tuple[Decimal, ...] = ()

    def progress(self, current: Decimal | None, *, confirmed: bool = True) -> Decimal | None:
        """Raw progress for a current value; None without one.

        The value is the number itself (metric, maintain, baseline, kpi), 0–100 (percent), 0 or 1 (binary),
        the sum of done weights (milestones), or the level reached (rubric).
        """
        if current is None:
            return None
        if self.kind in FROM_TO:
            assert self.start is not None
            assert self.target is not None
            return progress(self.start, self.target, current)
        if self.kind == PERCENT:
            return current / HUNDRED
        if self.kind == MAINTAIN:
            return maintain(current, low=self.low, high=self.high, tolerance=self.tolerance)
        if self.kind == MILESTONES:
            total = sum(self.weights, ZERO)
            return current / total if total else ZERO
        if self.kind == BASELINE:
            return ONE if confirmed else ZERO
        return current  # binary, rubric


def stored(value: Decimal | None) -> Decimal | None:
    """Progress as it is kept: 6 decimals, half up, within ±99 999."""
    if value is None:
        return None
    return rounded(clamp(value, -STORED_LIMIT, STORED_LIMIT), STORED_PLACES)


def objective_progress(items: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """Σ w·p ÷ Σ w over (progress, weight) of key results with data, each capped to 0…1.

    Weights are relative; 0 is shown but not counted; if all are 0, the plain mean.
    """
    return weighted_mean((None if value is None else clamp(value), weight) for value, weight in items)


def unit_progress(items: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The mean of a unit's own objectives by their weights. Alignment never feeds a number."""
    return objective_progress(items)


def forecast(start: Decimal, current: Decimal, gone: Decimal) -> Decimal | None:
    """Where the value ends if it goes on as it went; `gone` is the share of time (0…1). None at the start."""
    return start + (current - start) / gone if gone > 0 else None


def expected_value(start: Decimal, target: Decimal, gone: Decimal) -> Decimal:
    """The value time asks for: as far between start and target as time has gone (0…1)."""
    return start + (target - start) * gone


@dataclass(frozen=True)
class Entry:
    """A published check-in as the current value sees it: its day, its order of writing, its value."""

    on: date
    written: int
    value: Decimal | None


def newest(entries: Iterable[Entry]) -> Entry | None:
    """The check-in that counts: the newest by its own date; of one day, the one written last."""
    return max(entries, key=lambda one: (one.on, one.written), default=None)


def current_value(start: Decimal | None, given: Decimal | None, entries: Iterable[Entry]) -> Decimal | None:
    """The newest check-in's value; without any, the value given with the key result, else the start."""
    last = newest(one for one in entries if one.value is not None)
    if last is not None:
        return last.value
    return given if given is not None else start


def series(entries: Iterable[Entry], days: Sequence[date]) -> list[Decimal | None]:
    """The value that stood on each day; None before the first entry."""
    by_day: list[Decimal | None] = []
    known = sorted(entries, key=lambda one: (one.on, one.written))
    for day in days:
        past = [one for one in known if one.on <= day and one.value is not None]
        by_day.append(past[-1].value if past else None)
    return by_day


def pace(value: Decimal | None, expected: Decimal) -> str | None:
    """Progress against time elapsed: ≥ 0.9 on track, ≥ 0.6 at risk, else off track.

    None (no verdict) without data and while less than a tenth of the time is gone.
    """
    if value is None or expected < NO_VERDICT_BEFORE:
        return None
    ratio = value / expected
    if ratio >= PACE_ON_TRACK:
        return ON_TRACK
    return AT_RISK if ratio >= PACE_AT_RISK else OFF_TRACK


def status(
    *,
    outcome: str | None = None,
    stale: bool = False,
    reported: str | None = None,
    paced: str | None = None,
    checked_in: bool = True,
) -> str:
    """The one status shown: closing outcome > stale > reported > pace; never checked in is pending."""
    if outcome is not None:
        return outcome
    if stale:
        return STALE
    if not checked_in:
        return PENDING
    return reported or paced or PENDING


def combined(reports: Iterable[tuple[str, Decimal]]) -> str:
    """An objective's reported status: the weighted middle of its key results' (status, weight).

    On track counts 1, at risk one half, off track 0; from 0.75 on the whole is on track, from 0.4 at risk.
    "" when nothing was reported.
    """
    worth = {ON_TRACK: ONE, AT_RISK: Decimal("0.5"), OFF_TRACK: ZERO}
    middle = weighted_mean((worth[word], weight) for word, weight in reports if word in worth)
    if middle is None:
        return ""
    if middle >= Decimal("0.75"):
        return ON_TRACK
    return AT_RISK if middle >= Decimal("0.4") else OFF_TRACK


def reason_needed(before: int | None, after: int | None) -> bool:
    """A fall of confidence by 3 or more asks for a note. A cycle starts at 5."""
    if after is None:
        return False
    return (START_CONFIDENCE if before is None else before) - after >= CONFIDENCE_DROP


def valid_confidence(value: object) -> bool:
    """A whole number from 0 to 10."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10


def score(value: Decimal) -> Decimal:
    """A score as it is kept: one decimal, half up."""
    return rounded(value, 1)


def proposed_score(value: Decimal | None) -> Decimal | None:
    """The computed proposal: capped progress."""
    return None if value is None else score(clamp(value))


def score_reason_needed(given: Decimal, proposed: Decimal | None) -> bool:
    """Does a score lie more than 0.2 beside what the numbers propose? Then the owner says why."""
    return proposed is not None and abs(given - proposed) > SCORE_APART


def objective_score(items: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The weighted mean of the key results' scores, one decimal, half up."""
    mean = weighted_mean(items)
    return None if mean is None else score(mean)


def band(value: Decimal, ambition: str = "aspirational") -> str:
    """Colour of a score (rounded first). Aspirational: < 0.4 red, < 0.7 yellow, else green.

    Committed: green only at 1.0, yellow from 0.7.
    """
    one = score(value)
    if ambition == "committed":
        return "green" if one >= 1 else "yellow" if one >= Decimal("0.7") else "red"
    return "red" if one < Decimal("0.4") else "yellow" if one < Decimal("0.7") else "green"


def reweigh(old: Mapping[str, Decimal], named: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """New shares (of 1) for the named; siblings not named share what is left in proportion to their old weights."""
    rest = {key: weight for key, weight in old.items() if key not in named}
    left = max(ZERO, ONE - sum(named.values(), ZERO))
    total = sum(rest.values(), ZERO)
    shared = {key: left * weight / total if total else left / len(rest) for key, weight in rest.items()}
    return {key: named.get(key, shared.get(key, ZERO)) for key in old}


def bucket(value: Decimal) -> int:
    """Which tenth (0–9) of 0…1 a progress lies in, for distributions."""
    return min(9, int(clamp(value) * 10))


# --- coverage

CARRIED, BY_LEAD, DELEGATED, GAP = COVERAGES = ("carried", "lead", "delegated", "gap")


def carrier(person: int | None, unit: int | None) -> int:
    """One number for who carries something, a person (key) or a unit; below 0 are goals that are not open to all."""
    assert (person is None) != (unit is None)
    return person * 2 if person is not None else (unit or 0) * 2 + 1


def coverage(carriers: Collection[int], lead: int | None, *, delegated: bool) -> str:
    """How an objective of a unit is carried, by whom (`carrier`) carries it; `lead` is the key of the unit's lead.

    carried; lead: by the lead alone; delegated: by nobody yet, and somebody is asked to; gap.
    """
    if not carriers:
        return DELEGATED if delegated else GAP
    return BY_LEAD if lead is not None and set(carriers) == {carrier(lead, None)} else CARRIED


def rests_on_one(carriers: Collection[int]) -> bool:
    """Single-carrier risk: one alone carries it."""
    return len(set(carriers)) == 1
