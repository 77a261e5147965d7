"""Indicators computed from others: which depends on which, no ring among them, and the value of a period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tandem.kpi.rules import formula
from tandem.kpi.rules.formula_words import Faulty, tokens

DEEPEST = 24
"""How many calculated indicators may rest on each other in a chain."""


def names_in(expression: str) -> list[str]:
    """The codes an expression names, each once, in their order; none where it cannot be read. Codes are small."""
    try:
        found = [one.text for one in tokens(expression) if one.kind == "name"]
    except Faulty:
        return []
    return list(dict.fromkeys(one.lower() for one in found))


def ring(code: str, expression: str, known: Mapping[str, str]) -> list[str] | None:
    """The way from this code back to itself, both ends named, once it has this expression; None where there is none.

    `known` are the expressions of the calculated indicators, by code.
    """
    texts = {**known, code: expression}
    way = [(code, iter(names_in(expression)))]
    seen: set[str] = set()
    while way:
        following = next(way[-1][1], None)
        if following is None:
            way.pop()
        elif following == code:
            return [*(name for name, _rest in way), code]
        elif following not in seen and following in texts:
            seen.add(following)
            way.append((following, iter(names_in(texts[following]))))
    return None


def depth(expression: str, known: Mapping[str, str]) -> int:
    """How many calculated indicators stand in a chain below this expression, which has no ring; at most `DEEPEST` + 1
    are counted."""
    level, found = {expression}, 0
    while found <= DEEPEST:
        level = {known[name] for text in level for name in names_in(text) if name in known}
        if not level:
            break
        found += 1
    return found


def closure(expressions: Mapping[str, str], known: Mapping[str, str]) -> set[str]:
    """Every code these expressions rest on, through any number of others."""
    found: set[str] = set()
    waiting = [name for text in expressions.values() for name in names_in(text)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += names_in(known.get(name, ""))
    return found


@dataclass(frozen=True)
class Result:
    """A value, or why there is none; `sum` is the expression with its numbers put in."""

    value: Decimal | None
    fault: formula.Fault | None = None
    sum: str = ""


@dataclass
class Calculation:
    """The values of one period and carrier: `measured` gives those of plain indicators, `known` the expressions of the
    calculated ones, by code. Nothing in it raises: a ring, a missing value, a division by zero are faults, and a fault
    of a part that was needed is the fault of the whole."""

    known: Mapping[str, str]
    measured: Callable[[str], Decimal | None]
    done: dict[str, Result] = field(default_factory=dict)
    under_way: list[str] = field(default_factory=list)

    def of(self, expression: str) -> Result:
        """What an expression comes to."""
        read = formula.read(expression, _Anything())
        if isinstance(read, formula.Fault):
            return Result(None, read)
        parts = {name: self._part(name.lower()) for name in read.names}
        inputs = {name: one.value for name, one in parts.items()}
        found, said = formula.calculate(read, inputs), formula.with_numbers(read, inputs)
        if not isinstance(found, formula.Fault):
            return Result(found, None, said)
        part = parts.get(found.detail) if found.code == "missing" else None
        return Result(None, (part and part.fault) or found, said)

    def _part(self, code: str) -> Result:
        if code not in self.known:
            return Result(self.measured(code))
        if code in self.under_way:
            return Result(None, formula.Fault("loop", 0, code))
        if len(self.under_way) >= DEEPEST:
            return Result(None, formula.Fault("too_deep", 0, str(DEEPEST)))
        if code not in self.done:
            self.under_way.append(code)
            self.done[code] = self.of(self.known[code])
            self.under_way.pop()
        return self.done[code]


class _Anything(frozenset[str]):
    """Names are looked at when the expression is written; here every one is known."""

    def __contains__(self, _name: object) -> bool:
        return True
