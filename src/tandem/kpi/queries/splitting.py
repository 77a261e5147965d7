"""Does what was handed down add up? A target against those right below it, and what they reached together."""

from dataclasses import dataclass
from decimal import Decimal

from tandem.kpi.models import Target
from tandem.kpi.queries.actuals import Actual, actuals
from tandem.kpi.rules.gaps import gap
from tandem.people.actors import Actor

ADDS_UP = frozenset({"sum", "mean", "min", "max", "last"})


@dataclass(frozen=True)
class Below:
    """One target right below, with what it reached."""

    target: Target
    actual: Actual


@dataclass(frozen=True)
class Reconciled:
    """`together`, `gap` and `percent` are of the targets, `reached` of the actuals, by the indicator's own aggregation;
    all None where it has none that adds up, or nothing is below."""

    target: Target
    actual: Actual
    below: list[Below]
    how: str
    together: Decimal | None = None
    gap: Decimal | None = None
    percent: Decimal | None = None
    reached: Decimal | None = None


def reconciled(actor: Actor, target: Target) -> Reconciled:
    """For who may hand the target down. Two queries."""
    rows = list(Target.objects.below(target).visible_to(actor).select_related(*Target.read_with, "definition"))
    known = actuals(actor, [target, *rows])
    below = [Below(one, known[one.pk]) for one in rows]
    how = target.indicator.over_children
    given = [one.target.target for one in below if one.target.target is not None]
    if how not in ADDS_UP or target.target is None or not given:
        return Reconciled(target, known[target.pk], below, how)
    amount, percent = gap(target.target, given, how=how, buffer=target.buffer)
    together, _share = gap(Decimal(0), given, how=how)
    values = [one.actual.value for one in below if one.actual.value is not None]
    reached = gap(Decimal(0), values, how=how)[0] if values else None
    return Reconciled(target, known[target.pk], below, how, together, amount, percent, reached)
