"""One item of a scorecard: terms and an actual make points, and a sum in figures that shows how they came about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tandem.core.numbers import HUNDRED, ZERO, rounded
from tandem.kpi.rules import formula, scoring
from tandem.kpi.rules.parameters import FORMULA_NAMES, checked
from tandem.kpi.rules.totals import PLACES

TARGETLESS = frozenset({"steps", "interpolation", "payout", "per_event", "veto", "range", "rating", "formula"})
"""Methods that do not compare with the target itself."""


@dataclass(frozen=True)
class Terms:
    """What was agreed of one item. `weight` is its full marks in points; `parameters` are checked ones or plain JSON;
    `least` and `most` bound its points, whatever the method says."""

    method: str
    weight: Decimal
    target: Decimal | None = None
    floor: Decimal | None = None
    challenge: Decimal | None = None
    lower_better: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Scored:
    """`points` are rounded half up to 2 places, None when there is nothing to score; `sum` shows the numbers put in.

    `why` says why there are none: missing (no actual), a fault of the formula, or a code of `scoring.Unfit`.
    """

    points: Decimal | None
    sum: str = ""
    why: str = ""


def score(terms: Terms, actual: Decimal | None) -> Scored:
    """What this actual is worth under these terms. Never raises for terms that were checked at write."""
    if actual is None:
        return Scored(None, why="missing")
    if terms.target is None and terms.method not in TARGETLESS:
        return Scored(None, why="target_missing")
    try:
        value, shown = _METHODS[terms.method](terms, checked(terms.method, terms.parameters), actual)
    except scoring.Unfit as refusal:
        return Scored(None, why=refusal.code)
    except _Fault as fault:
        return Scored(None, shown_of(fault), why=fault.args[0])
    return _bounded(terms, value, shown)


def _bounded(terms: Terms, value: Decimal, shown: str) -> Scored:
    held = value if terms.least is None else max(terms.least, value)
    held = held if terms.most is None else min(terms.most, held)
    if held != value:
        shown = f"{shown} = {n(rounded(value, PLACES))} → {'≥' if held > value else '≤'} {n(held)}"
    points = rounded(held, PLACES)
    return Scored(points, f"{shown} = {points}")


class _Fault(Exception):
    """A formula that gives no number for these inputs: its fault's code, and the formula with numbers."""


def shown_of(fault: Exception) -> str:
    return str(fault.args[1])


def n(value: Decimal | None) -> str:
    """A number as it stands in a sum: no zeros behind it, no exponent, negatives in parentheses."""
    if value is None:
        return "–"
    plain = f"{value.normalize():f}" if value else "0"
    return f"({plain.replace('-', '−')})" if value < 0 else plain


Sum = tuple[Decimal, str]
Given = Mapping[str, Any]


def _bounds(p: Given) -> dict[str, Decimal]:
    return {"least": p.get("least", ZERO), "most": p.get("most", scoring.CAP)}


def _ratio(t: Terms, p: Given, actual: Decimal) -> Sum:
    target = t.target or ZERO
    value = scoring.ratio(t.weight, target, actual, **_bounds(p))
    return value, f"{n(t.weight)} × {_held(actual / target, f'{n(actual)} ÷ {n(target)}', **_bounds(p))}"


def _inverse(t: Terms, p: Given, actual: Decimal) -> Sum:
    target, bounds = t.target or ZERO, _bounds(p)
    value = scoring.inverse(t.weight, target, actual, **bounds)
    if actual <= 0:
        return value, f"{n(t.weight)} × {n(bounds['most'])}"
    return value, f"{n(t.weight)} × {_held(target / actual, f'{n(target)} ÷ {n(actual)}', **bounds)}"


def _mirror(t: Terms, p: Given, actual: Decimal) -> Sum:
    target = t.target or ZERO
    value = scoring.mirror(t.weight, target, actual, **_bounds(p))
    return value, f"{n(t.weight)} × {_held(2 - actual / target, f'(2 − {n(actual)} ÷ {n(target)})', **_bounds(p))}"


def _held(value: Decimal, words: str, least: Decimal, most: Decimal) -> str:
    """The words of a ratio, with the bound that held it."""
    if value > most:
        return f"min({words}, {n(most)})"
    return f"max({words}, {n(least)})" if value < least else words


def _per_cent(t: Terms, worth: Decimal, how: str) -> Sum:
    return t.weight * worth / HUNDRED, f"{n(t.weight)} × {n(rounded(worth, PLACES))}% [{how}]"


def _steps(t: Terms, p: Given, actual: Decimal) -> Sum:
    tiers = sorted(p["tiers"], reverse=not t.lower_better)
    sign = "≤" if t.lower_better else "≥"
    reached = [bound for bound, _worth in tiers if (actual <= bound if t.lower_better else actual >= bound)]
    worth = scoring.tiers(tiers, actual, lower_better=t.lower_better)
    bound = reached[0] if reached else tiers[-1][0]
    return _per_cent(t, worth, f"{n(actual)} {sign if reached else ('>' if t.lower_better else '<')} {n(bound)}")


def nodes_of(t: Terms, p: Given) -> list[tuple[Decimal, Decimal]]:
    """The nodes of an interpolation: those given, or floor, target and challenge with what they are worth."""
    if p.get("nodes"):
        return list(p["nodes"])
    worth = (p.get("floor_worth", Decimal(60)), HUNDRED, p.get("challenge_worth", Decimal(120)))
    return [(at, one) for at, one in zip((t.floor, t.target, t.challenge), worth, strict=True) if at is not None]


def _interpolation(t: Terms, p: Given, actual: Decimal) -> Sum:
    nodes = nodes_of(t, p)
    if not nodes:
        raise scoring.Unfit("target_missing", scoring.FIT_ANY_TARGET)
    worth = scoring.interpolation(nodes, actual, lower_better=t.lower_better)
    return _per_cent(t, worth, f"{n(actual)}: " + ", ".join(f"{n(at)} → {n(one)}%" for at, one in nodes))


def _deduction(t: Terms, p: Given, actual: Decimal) -> Sum:
    target, step, per = t.target or ZERO, p.get("step", Decimal(1)), p.get("per_step", Decimal(1))
    more = {"step": step, "per_step": per, "whole": p.get("whole", "exact"), "least": p.get("least", ZERO)}
    value = scoring.deduction(t.weight, target, actual, lower_better=t.lower_better, **more)
    missed = max(ZERO, actual - target if t.lower_better else target - actual)
    steps = scoring.stepped(missed, step, more["whole"])
    return value, _less(t.weight, steps, per, more["least"])


def _less(full: Decimal, steps: Decimal, per: Decimal, least: Decimal | None) -> str:
    words = f"{n(full)} − {n(rounded(steps, 4))} × {n(per)}"
    return f"max({words}, {n(least)})" if least is not None and full - steps * per < least else words


def _all_or_nothing(t: Terms, p: Given, actual: Decimal) -> Sum:
    target = t.target or ZERO
    value = scoring.all_or_nothing(t.weight, target, actual, lower_better=t.lower_better)
    signs = ("≤", ">") if t.lower_better else ("≥", "<")
    return value, f"{n(actual)} {signs[0] if value == t.weight else signs[1]} {n(target)} → {n(value)}"


def _plus_minus(t: Terms, p: Given, actual: Decimal) -> Sum:
    base, target = p.get("base", t.weight), t.target or ZERO
    more = {name: value for name, value in p.items() if name != "base"}
    value = scoring.plus_minus(base, target, actual, lower_better=t.lower_better, **more)
    change = value - base
    per = f"{n(p['step'])}{'%' if p.get('in_percent') else ''}"
    sign = "−" if change < 0 else "+"
    return (
        value,
        f"{n(base)} {sign} {n(abs(change))} [{n(actual)} : {n(target)}, {per} → {n(p.get('points', Decimal(1)))}]",
    )


def _per_event(t: Terms, p: Given, actual: Decimal) -> Sum:
    per, free, least = p.get("per", Decimal(1)), p.get("free", ZERO), p.get("least", ZERO)
    value = scoring.per_event(t.weight, per, actual, least=least, free=free)
    return value, _less(t.weight, max(ZERO, actual - free), per, least)


def _formula(t: Terms, p: Given, actual: Decimal) -> Sum:
    read = formula.read(p["expression"], FORMULA_NAMES)
    if isinstance(read, formula.Fault):
        raise _Fault(read.code, p["expression"])
    inputs = dict(zip(FORMULA_NAMES, (actual, t.target, t.floor, t.challenge), strict=True))
    value, shown = formula.calculate(read, inputs), formula.with_numbers(read, inputs)
    if isinstance(value, formula.Fault):
        raise _Fault(value.code, shown)
    return _per_cent(t, value, shown)


def _payout(t: Terms, p: Given, actual: Decimal) -> Sum:
    worth = scoring.interpolation(p["nodes"], actual, lower_better=t.lower_better)
    return _per_cent(t, worth, f"{n(actual)}: " + ", ".join(f"{n(at)} → {n(one)}%" for at, one in p["nodes"]))


def _range(t: Terms, p: Given, actual: Decimal) -> Sum:
    low, high = p.get("low", t.floor), p.get("high", t.challenge)
    more = {name: p[name] for name in ("step", "per_step", "whole", "least") if name in p}
    value = scoring.within(t.weight, actual, low=low, high=high, **more)
    return value, f"{n(actual)} [{n(low)} … {n(high)}] → {n(rounded(value, PLACES))}"


def _rating(t: Terms, p: Given, actual: Decimal) -> Sum:
    levels, top = p.get("levels"), p.get("top", Decimal(5))
    value = scoring.rating(t.weight, levels, actual, top)
    if levels is None:
        return value, f"{n(t.weight)} × {n(actual)} ÷ {n(top)}"
    return (
        value,
        f"{n(t.weight)} × {n(next((worth for level, worth in levels if level == actual), ZERO))}% [{n(actual)}]",
    )


def _veto(t: Terms, p: Given, actual: Decimal) -> Sum:
    return ZERO, f"{n(actual)} → {p.get('effect', 'zero')}" if actual > 0 else "0"


_METHODS: dict[str, Callable[[Terms, Given, Decimal], Sum]] = {
    "ratio": _ratio, "inverse": _inverse, "mirror": _mirror, "steps": _steps, "interpolation": _interpolation,
    "deduction": _deduction, "all_or_nothing": _all_or_nothing, "plus_minus": _plus_minus, "per_event": _per_event,
    "veto": _veto, "formula": _formula, "payout": _payout, "range": _range, "rating": _rating,
}  # fmt: skip
