"""The safe formula language (docs/kpi.md): its only way to the world is the numbers it is given.

`read` turns a text into a formula, or says what is wrong with it and where. `calculate` gives a number or a
fault. Neither raises, whatever the text; the work is bounded by the size of the formula.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from tandem.kpi.rules.formula_reading import COMPARES, Node, Reader
from tandem.kpi.rules.formula_words import Fault, Faulty, Token, tokens

__all__ = ["Fault", "Formula", "calculate", "read", "with_numbers"]

LARGEST = Decimal(10) ** 24
MOST_STEPS = 1000
MOST_PLACES = 6
_EXACT = Context(prec=34, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])

Value = Decimal | bool


@dataclass(frozen=True)
class Formula:
    """A text that was read, with the names it uses in the order in which they first stand."""

    text: str
    names: tuple[str, ...]
    tree: Node
    tokens: tuple[Token, ...]


def read(text: str, names: Collection[str]) -> Formula | Fault:
    """The formula, which may use these names and no others; or what is wrong with it."""
    try:
        words = tokens(text)
        reader = Reader(words, names)
        tree = reader.whole()
    except Faulty as found:
        return found.fault
    return Formula(text, tuple(reader.used), tree, tuple(words))


def calculate(formula: Formula, inputs: Mapping[str, Decimal | None]) -> Decimal | Fault:
    """The number it makes of its inputs. An input that is not there or None is the fault "missing".

    Both sides of a condition are read, only one is calculated: `if(T = 0, 0, A / T)` divides by nothing.
    """
    run = _Run(inputs)
    try:
        with localcontext(_EXACT):
            value = run.of(formula.tree)
    except Faulty as found:
        return found.fault
    return Fault("kinds", formula.tree.at) if isinstance(value, bool) else value


def with_numbers(formula: Formula, inputs: Mapping[str, Decimal | None]) -> str:
    """The formula's text with numbers in the place of names, as a score sheet shows it; "–" for what is missing."""
    parts, at = [], 0
    for token in formula.tokens:
        if token.kind == "name":
            value = inputs.get(token.text)
            parts += [formula.text[at : token.at], "–" if value is None else f"{value.normalize():f}"]
            at = token.until
    return "".join([*parts, formula.text[at:]])


@dataclass
class _Run:
    inputs: Mapping[str, Decimal | None]
    steps: int = 0

    def of(self, node: Node) -> Value:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Faulty("steps", node.at, str(MOST_STEPS))
        match node.what:
            case "number" | "truth":
                assert isinstance(node.value, Decimal | bool)
                return node.value
            case "name":
                return self.input(node)
            case "if":
                test, value, other = node.parts
                return self.of(value if self.truth(test) else other)
            case "and" | "or":
                left, right = node.parts
                return self.truth(right) if self.truth(left) is (node.what == "and") else node.what == "or"
            case "not":
                return not self.truth(node.parts[0])
        return self.worked(node, [self.number(part) for part in node.parts])

    def worked(self, node: Node, numbers: list[Decimal]) -> Value:
        if node.what in COMPARES:
            return _COMPARED[node.what](*numbers)
        try:
            value = _round(node, numbers) if node.what == "round" else _NUMBERS[node.what](numbers)
        except (DivisionByZero, InvalidOperation, Overflow) as error:
            divided = node.what == "/" and numbers[1] == 0
            raise Faulty("division_by_zero" if divided else "not_finite", node.at) from error
        if not value.is_finite() or value.copy_abs() > LARGEST:
            raise Faulty("not_finite", node.at)
        return value

    def input(self, node: Node) -> Decimal:
        name = str(node.value)
        value = self.inputs.get(name)
        if value is None:
            raise Faulty("missing", node.at, name)
        if not value.is_finite() or value.copy_abs() > LARGEST:
            raise Faulty("not_finite", node.at, name)
        return value

    def number(self, node: Node) -> Decimal:
        value = self.of(node)
        if isinstance(value, bool):
            raise Faulty("kinds", node.at)
        return value

    def truth(self, node: Node) -> bool:
        value = self.of(node)
        if not isinstance(value, bool):
            raise Faulty("kinds", node.at)
        return value


def _round(node: Node, numbers: list[Decimal]) -> Decimal:
    places = numbers[1] if len(numbers) == 2 else Decimal(0)
    if places != places.to_integral_value() or not 0 <= places <= MOST_PLACES:
        raise Faulty("places", node.at, str(MOST_PLACES))
    return numbers[0].quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)


_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
_NUMBERS: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "+": lambda numbers: numbers[0] + numbers[1],
    "-": lambda numbers: numbers[0] - numbers[1],
    "*": lambda numbers: numbers[0] * numbers[1],
    "/": lambda numbers: numbers[0] / numbers[1],
    "sign-": lambda numbers: -numbers[0],
    "sign+": lambda numbers: numbers[0],
    "min": min,
    "max": max,
    "abs": lambda numbers: abs(numbers[0]),
}
