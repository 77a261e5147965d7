"""Rows of the table of scoring, by their method's code, against the rules; parameters have many spellings."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from tandem.core.numbers import rounded
from tandem.kpi.rules import formula, gaps, scoring, totals
from tests.cases.reading import Row, number, pick

HUNDRED = Decimal(100)
FULL = ("W", "w", "weight", "full")
TARGET = ("T", "target", "t", "parent")
ACTUAL = ("A", "actual", "a", "value", "score", "total", "x")
LOW, HIGH = ("lo", "low", "min", "least"), ("hi", "high", "max", "cap", "most")
LOWER = ("lower", "lower_better", "lower_is_better", "reverse", "desc")
USUAL_FORMULA = "if(A / T >= 0.9, 100, A / T * 80)"
"""The table's rows of M10 without a formula of their own: full marks from nine tenths on, below it in proportion."""
TEAM_STEP, TEAM_POINTS = Decimal(5), Decimal(2)
"""The table's rows of M20 without steps of their own: a team's plus/minus rule, 2 points for every whole 5."""
WHOLE = {
    "exact": "exact", "linear": "exact", "pro_rata": "exact", "prorata": "exact", "proportional": "exact",
    "step": "whole", "whole": "whole", "floor": "whole", "down": "whole", "full": "whole", "complete": "whole",
    "int": "whole", "trunc": "whole", "ceil": "started", "up": "started", "started": "started", "begun": "started",
    "partial": "started", "part": "started",
}  # fmt: skip


def num(row: Row, names: Iterable[str], default: Any = None) -> Decimal:
    return number(pick(row, names, default))


def maybe(row: Row, names: Iterable[str]) -> Decimal | None:
    raw = pick(row, names, None)
    return None if raw is None else number(raw)


def full(row: Row) -> Decimal:
    return num(row, FULL, 100)


def lower(row: Row) -> bool:
    way = str(pick(row, ("dir", "direction", "better"), "")).lower()
    return way in ("lower", "down", "low", "less", "-1", "desc") or any(bool(row.get(name)) for name in LOWER)


def pairs(raw: Any) -> list[tuple[Decimal, Decimal]]:
    if isinstance(raw, dict):
        return [(number(bound), number(worth)) for bound, worth in raw.items()]
    return [(number(one[0]), number(one[1])) for one in (_listed(one) for one in raw)]


def _listed(one: Any) -> list[Any]:
    return list(one.values()) if isinstance(one, dict) else list(one)


def with_bounds(rule: Callable[..., Decimal]) -> Callable[[Row], Decimal]:
    def run(row: Row) -> Decimal:
        bounds = {"least": num(row, LOW, 0), "most": num(row, HIGH, scoring.CAP)}
        return rule(full(row), num(row, TARGET), num(row, ACTUAL), **bounds)

    return run


def steps(row: Row) -> Decimal:
    found = pairs(pick(row, ("tiers", "steps", "bands", "nodes")))
    return full(row) * scoring.tiers(found, num(row, ACTUAL), lower_better=lower(row)) / HUNDRED


def curve(row: Row) -> Decimal:
    nodes = pick(row, ("nodes", "curve", "points", "tiers"), None)
    if nodes is None:
        nodes = [[num(row, ("F", "floor")), 60], [num(row, TARGET), 100], [num(row, ("C", "challenge")), 120]]
    return full(row) * scoring.interpolation(pairs(nodes), num(row, ACTUAL), lower_better=lower(row)) / HUNDRED


def deduction(row: Row) -> Decimal:
    whole = WHOLE[str(pick(row, ("mode", "whole", "rounding"), "exact"))]
    more = {"step": num(row, ("unit", "step"), 1), "per_step": num(row, ("k", "p", "per"), 1)}
    least = num(row, ("floor", *LOW), 0)
    return scoring.deduction(full(row), num(row, TARGET), num(row, ACTUAL), whole=whole, least=least,  # type: ignore[arg-type]
                             lower_better=lower(row), **more)  # fmt: skip


def all_or_nothing(row: Row) -> Decimal:
    return scoring.all_or_nothing(full(row), num(row, TARGET), num(row, ACTUAL), lower_better=lower(row))


def plus_minus(row: Row) -> Decimal:
    in_percent = "step_pct" in row
    whole = WHOLE[str(pick(row, ("mode", "whole"), "whole"))]
    return scoring.plus_minus(
        num(row, ("base", *FULL), 0), num(row, TARGET), num(row, ACTUAL), in_percent=in_percent,
        step=num(row, ("step_pct", "step", "unit"), TEAM_STEP), points=num(row, ("p", "k", "points"), TEAM_POINTS),
        minus_points=maybe(row, ("q", "p_minus", "minus", "m")), most_plus=maybe(row, ("max_plus", "cap_plus", "hi")),
        most_minus=maybe(row, ("max_minus", "cap_minus", "lo")), whole=whole, lower_better=lower(row),  # type: ignore[arg-type]
    )  # fmt: skip


def per_event(row: Row) -> Decimal:
    least = maybe(row, ("floor", *LOW)) if any(name in row for name in ("floor", *LOW)) else Decimal(0)
    free = num(row, ("free", "allowed"), 0)
    return scoring.per_event(full(row), num(row, ("p", "per", "k")), num(row, ("n", "events", "count", "A")),
                             least=least, free=free)  # fmt: skip


def by_formula(row: Row) -> Decimal | None:
    text = str(pick(row, ("formula", "expr", "expression", "f"), USUAL_FORMULA))
    given = dict(pick(row, ("inputs", "vars", "values"), {}))
    inputs = {name: None if raw is None else number(raw) for name, raw in {**row, **given}.items()
              if name in given or isinstance(raw, int | Decimal) or raw is None}  # fmt: skip
    read = formula.read(text, inputs)
    found = read if isinstance(read, formula.Fault) else formula.calculate(read, inputs)
    return None if isinstance(found, formula.Fault) else found


def within(row: Row) -> Decimal:
    step = maybe(row, ("unit", "step"))
    more = {"step": step, "per_step": num(row, ("k", "p", "per"), 1), "least": num(row, ("floor",), 0)}
    low, high = pick(row, ("range", "bounds"), (None, None))
    whole = WHOLE[str(pick(row, ("mode", "whole"), "exact"))]
    return scoring.within(full(row), num(row, ACTUAL), whole=whole, low=maybe(row, LOW) if low is None else number(low),  # type: ignore[arg-type]
                          high=maybe(row, HIGH) if high is None else number(high), **more)  # fmt: skip


def rating(row: Row) -> Decimal:
    mark, levels = pick(row, ("rating", "level", "grade", *ACTUAL)), pick(row, ("levels", "scale", "map"), None)
    if isinstance(mark, str) and not mark.replace(".", "").isdigit():
        named = dict(levels) if levels else {}
        return full(row) * number(named.get(mark, 0)) / HUNDRED
    known = pairs(levels) if isinstance(levels, list | dict) else None
    top = number(levels) if isinstance(levels, int | Decimal) else num(row, ("top", "max", "of"), 5)
    return scoring.rating(full(row), known, number(mark), top)


def total(row: Row) -> Decimal:
    groups = pick(row, ("dims", "dimensions", "groups", "levels"), None)
    if groups is None and "items" not in row and ("scores" in row or "weights" in row):
        return totals.weighted_total(list(zip(map(number, row["scores"]), map(number, row["weights"]), strict=True)))
    items = row["items"] if groups is None else groups
    if isinstance(items, dict):
        items = list(items.values())
    if any(isinstance(part, list | dict) for one in items for part in _listed(one)):
        return totals.two_level_total([_group(_listed(one)) for one in items])
    return totals.weighted_total(_scaled([_last_two(_listed(one)) for one in items]))


def _group(one: list[Any]) -> tuple[Decimal, list[tuple[Decimal, Decimal]]]:
    """[weight, items], in either order, a name perhaps before them."""
    items = next(part for part in one if isinstance(part, list | dict))
    weight = next(number(part) for part in one if isinstance(part, int | Decimal))
    inner = list(items.values()) if isinstance(items, dict) else items
    return (weight * HUNDRED if weight <= 1 else weight), _scaled([_last_two(_listed(part)) for part in inner])


def _last_two(one: list[Any]) -> tuple[Decimal, Decimal]:
    return number(one[-2]), number(one[-1])


def _scaled(items: list[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, Decimal]]:
    """Weights may be shares of 1."""
    shares = sum(weight for _score, weight in items) <= 1
    return [(score, weight * HUNDRED if shares else weight) for score, weight in items]


def vetoed(row: Row) -> Any:
    veto = pick(row, ("veto", "effect", "mode"), "zero")
    if veto in (None, False, "none"):
        return total(row)
    words = list(veto) if isinstance(veto, list) else list(veto.values()) if isinstance(veto, dict) else [veto]
    extra = [one for one in words if isinstance(one, int | Decimal) and not isinstance(one, bool)]
    effect = str(words[0]).lower()
    numbers = "".join(one for one in effect if one.isdigit() or one == ".")
    cap = number(extra[0]) if extra else num(row, ("cap", "max", "veto_cap", "limit", "at"), numbers or 0)
    if effect.startswith("grade") or "grade_cap" in row or effect == "grade_cap":
        grade = str(pick(row, ("grade", "grade_cap", "cap", "at"), words[-1]))
        return totals.graded(total(row), _bounds(row), [totals.Veto("grade", grade=grade)])
    kind = "cap" if "cap" in effect or "max" in effect or extra else "zero"
    return totals.vetoed(total(row), [totals.Veto(kind, cap=cap)])


def item_veto(row: Row) -> Decimal:
    broken = bool(pick(row, ("veto", "violated", "hit", "triggered", "n", "events"), True))
    return Decimal(0) if broken else num(row, ("score", "points", "A", *FULL))


def _bounds(row: Row) -> list[tuple[str, Decimal]]:
    raw = pick(row, ("bounds", "grades", "levels", "bands"), [["S", 95], ["A", 85], ["B", 70], ["C", 60], ["D", 0]])
    found = list(raw.items()) if isinstance(raw, dict) else [_listed(one) for one in raw]
    return [
        (str(one[0]), number(one[1])) if isinstance(one[0], str) else (str(one[1]), number(one[0])) for one in found
    ]


def grade(row: Row) -> str:
    value = num(row, ("score", "total", *ACTUAL)) if "items" not in row else total(row)
    return totals.graded(value, _bounds(row))


def difficulty(row: Row) -> Decimal:
    items = [(str(name), number(score), number(base)) for name, score, base in (_listed(one) for one in row["items"])]
    more = {"bonus": num(row, ("bonus", "plus"), 0), "deduct": num(row, ("deduct", "minus"), 0)}
    return totals.with_difficulty(items, num(row, ("k", "factor"), 1), aside=frozenset({"eva"}), **more)


def mix(row: Row) -> Decimal | None:
    scores = {role: None if raw is None else number(raw) for role, raw in row["scores"].items()}
    return totals.mixed(scores, {role: number(raw) for role, raw in row["weights"].items()})


def proration(row: Row) -> Decimal | None:
    parts = pick(row, ("parts", "periods", "items"), None)
    if parts is None:
        days, whole = num(row, ("days", "d")), num(row, ("of", "total_days", "period", "whole", "D"))
        return num(row, (*TARGET, *ACTUAL, *FULL)) * days / whole
    found = [_listed(one)[-2:] for one in parts]
    return totals.prorated([(None if raw is None else number(raw), number(days)) for raw, days in found])


def distribution(row: Row) -> dict[str, int]:
    raw = pick(row, ("shares", "bounds", "distribution"))
    shares = list(raw.items()) if isinstance(raw, dict) else [_listed(one) for one in raw]
    smallest = int(num(row, ("smallest", "min_group", "min_n", "exempt_below", "min"), 0))
    return totals.distributed(int(pick(row, ("n", "people"))), [(name, number(one)) for name, one in shares],
                              smallest=smallest)  # fmt: skip


def decomposition(row: Row) -> Decimal | None:
    """The gap in per cent; a buffer is a share of 1, per cent, or (beyond 100) an amount."""
    parent, buffer = num(row, ("parent", *TARGET)), num(row, ("buffer",), 0)
    if 0 < abs(buffer) < 1:
        buffer *= HUNDRED
    elif abs(buffer) > HUNDRED:
        buffer = buffer * HUNDRED / parent
    children = [None if one is None else number(_listed(one)[-1] if isinstance(one, list | dict) else one)
                for one in row["children"]]  # fmt: skip
    return gaps.gap(parent, children, how=str(pick(row, ("how", "agg", "aggregation"), "sum")), buffer=buffer)[1]


METHODS: dict[str, Callable[[Row], Any]] = {
    "M1": with_bounds(scoring.ratio), "M2": with_bounds(scoring.inverse), "M2i": with_bounds(scoring.inverse),
    "M2m": with_bounds(scoring.mirror), "M3": steps, "M4": curve, "M5": deduction, "M6": all_or_nothing,
    "M7": plus_minus, "M8": per_event, "M9": vetoed, "M9item": item_veto, "M9total": vetoed, "M9grade": vetoed,
    "M9cap": vetoed, "M10": by_formula, "M11": curve, "M12": within, "M13": rating, "M14": total, "M14a": total,
    "M14b": total, "M15": difficulty, "M16": mix, "M17": proration, "M18": grade, "M19": distribution,
    "M20": plus_minus, "DECOMP": decomposition,
}  # fmt: skip


def answer(row: Row) -> Any:
    """What the rule gives: points with 2 places, counts, a grade, or None where nothing can be scored."""
    if pick(row, ACTUAL, 0) is None and row["method"] not in ("M16", "M17"):
        return None
    found = METHODS[row["method"]](row)
    return rounded(found, 2) if isinstance(found, Decimal) else found
