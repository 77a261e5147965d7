"""What was once signed of key results, beside what they ask now: visible for ever."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from tandem.core.numbers import plain
from tandem.okr import rules, versions
from tandem.okr.models import Agreement
from tandem.okr.queries.rows import KeyResultRow
from tandem.people.actors import Actor

_NUMBERS = ("start", "target", "low", "high", "tolerance", "weight")


class Agreed(NamedTuple):
    """What was once signed of a key result, and what became of it."""

    on: datetime
    target: Any
    key_result: versions.Version
    holds: bool
    """Is this the newest handshake on it?"""
    moved: str
    """How today's asks more or less than it: raised, lowered, changed, or "" for the same."""
    row: KeyResultRow

    @property
    def mark(self) -> Decimal | None:
        """Where the signed target lies on today's bar (1 is today's target); None where there is no such place."""
        one = self.row
        if not self.moved or one.kind not in rules.FROM_TO or self.target is None or one.target == one.start:
            return None
        assert one.target is not None
        start = one.start or Decimal(0)
        return (Decimal(str(self.target)) - start) / (one.target - start)

    @property
    def score(self) -> Decimal | None:
        """What the numbers say against the signed target: 0.0 to 1.0, None without data."""
        signed = self.key_result
        numbers = {name: None if signed[name] is None else Decimal(str(signed[name])) for name in _NUMBERS[:-1]}
        weights = tuple(Decimal(str(step.get("weight", 1))) for step in signed["steps"])
        measure = rules.Measure(signed["kind"], **numbers, weights=weights)
        return rules.proposed_score(rules.stored(measure.progress(self.row.current)))


def agreed_targets(_actor: Actor, goals: int, key_results: Iterable[KeyResultRow]) -> dict[int, list[Agreed]]:
    """Of key results (rows of one set that the actor may see): all that was ever signed of them, the oldest first.

    By key. One query; what was signed twice alike stands once, at its first time.
    """
    rows = Agreement.objects.filter(goal_set=goals, owner_signed_at__isnull=False, other_signed_at__isnull=False)
    signed = [(one, versions.read(one.kept)) for one in rows.exclude(state="offered").order_by("pk")]
    found: dict[int, list[Agreed]] = {}
    by_key = {one.key: one for one in key_results} if signed else {}
    for agreement, version in signed:
        for result in (result for one in version["objectives"] for result in one["key_results"]):
            row = by_key.get(result["id"])
            if row is not None:
                _add(found.setdefault(row.id, []), agreement, result, row)
    return {key: [*some[:-1], some[-1]._replace(holds=True)] for key, some in found.items()}


def _add(known: list[Agreed], agreement: Agreement, result: versions.Version, row: KeyResultRow) -> None:
    if known and not versions.moved(known[-1].key_result, result):
        return
    moved = versions.moved(result, as_signed(row))
    known.append(Agreed(agreement.signed_at, result["target"], result, False, moved, row))


def as_signed(row: KeyResultRow) -> versions.Version:
    """A key result's row in the words of a version."""
    numbers = {name: None if (value := getattr(row, name)) is None else plain(value) for name in _NUMBERS}
    return {
        "id": row.key,
        "title": row.title,
        "description": row.description,
        "kind": row.kind,
        "steps": row.steps,
        "unit": row.unit,
        "indicator": row.indicator,
        "carrier": row.carrier,
        **numbers,
    }
