"""The grammar of formulas (docs/kpi.md): tokens in, a tree out. One look at each token, no way back."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from tandem.kpi.rules.formula_words import FUNCTIONS, Faulty, Token

DEEPEST = 24
"""How deep parentheses, functions and conditions may stand in each other."""
MOST_NODES = 400
"""How many numbers, names and operations a formula may have."""
TALLEST = 100
"""How many operations may wait for each other's results: `1 + 1 + 1 + …` is as tall as it has signs."""
MOST_ARGUMENTS = 40

BINDS = {"or": 1, "and": 2, "=": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6}
COMPARES = frozenset({"=", "!=", "<", "<=", ">", ">="})
_NOT, _SIGN, _COMPARE = 3, 7, 4


@dataclass(frozen=True)
class Node:
    """`what` is number, name, true/false, an operator, a function, or "if"; `parts` are what it works on."""

    what: str
    at: int
    parts: tuple["Node", ...] = ()
    value: Decimal | str | bool | None = None
    tall: int = 1


@dataclass
class Reader:
    """Reads one formula. Names it may use are given; any other is a fault where it stands."""

    tokens: list[Token]
    names: Collection[str]
    place: int = 0
    depth: int = 0
    count: int = 0
    used: list[str] = field(default_factory=list)

    def whole(self) -> Node:
        if self.over():
            raise Faulty("empty")
        node = self.expression()
        if not self.over():
            raise Faulty("expected", self.now.at, self.now.text)
        return node

    def over(self) -> bool:
        return self.now.kind == "end"

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def step(self) -> Token:
        token = self.now
        self.place += 1
        return token

    def sees(self, text: str) -> bool:
        return self.now.kind in ("sign", "word") and self.now.text == text

    def takes(self, text: str) -> bool:
        if self.sees(text):
            self.place += 1
            return True
        return False

    def needs(self, text: str) -> None:
        if not self.takes(text):
            raise Faulty("expected", self.now.at, text)

    def node(self, what: str, at: int, *parts: Node, value: Decimal | str | bool | None = None) -> Node:
        self.count += 1
        if self.count > MOST_NODES:
            raise Faulty("too_large", at, str(MOST_NODES))
        tall = 1 + max((part.tall for part in parts), default=0)
        if tall > TALLEST:
            raise Faulty("too_deep", at, str(TALLEST))
        return Node(what, at, parts, value, tall)

    def expression(self, left: Node | None = None) -> Node:
        """`value if condition else other`, or a plain operation; `left` was read already."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Faulty("too_deep", self.now.at, str(DEEPEST))
        value = self.operation(0, left)
        if self.sees("if"):
            at = self.step().at
            condition = self.operation(0)
            self.needs("else")
            value = self.node("if", at, condition, value, self.expression())
        self.depth -= 1
        return value

    def operation(self, least: int, left: Node | None = None) -> Node:
        """Operators that bind more than `least`, from left to right."""
        value = self.single() if left is None else left
        while self.now.kind in ("sign", "word") and BINDS.get(self.now.text, 0) > least:
            token = self.step()
            binds = BINDS[token.text]
            value = self.node(token.text, token.at, value, self.operation(binds))
            if binds == _COMPARE and self.now.text in COMPARES and self.now.kind == "sign":
                raise Faulty("chain", self.now.at, self.now.text)
        return value

    def single(self) -> Node:
        """A number, a name, a function, parentheses, or one of them after a sign."""
        token = self.step()
        if token.kind == "number":
            return self.node("number", token.at, value=_number(token.text))
        if token.kind == "name":
            return self.name(token)
        if token.text in ("true", "false"):
            return self.node("truth", token.at, value=token.text == "true")
        if token.text in ("-", "+", "not") and token.kind != "end":
            return self.signed(token)
        if token.kind == "word" and token.text in FUNCTIONS:
            return self.function(token)
        if token.text == "if":
            return self.condition(token)
        if token.text == "(":
            inside = self.expression()
            self.needs(")")
            return inside
        raise Faulty("expected", token.at, token.text)

    def signed(self, token: Token) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Faulty("too_deep", token.at, str(DEEPEST))
        inside = self.operation(_NOT if token.text == "not" else _SIGN)
        self.depth -= 1
        return self.node("not" if token.text == "not" else f"sign{token.text}", token.at, inside)

    def name(self, token: Token) -> Node:
        if token.text not in self.names:
            raise Faulty("unknown_name", token.at, token.text)
        if token.text not in self.used:
            self.used.append(token.text)
        return self.node("name", token.at, value=token.text)

    def function(self, token: Token) -> Node:
        self.needs("(")
        parts = [self.expression()]
        while self.takes(","):
            parts.append(self.expression())
        self.needs(")")
        most = {"abs": 1, "round": 2}.get(token.text, MOST_ARGUMENTS)
        if len(parts) > most:
            raise Faulty("arguments", token.at, token.text)
        return self.node(token.text, token.at, *parts)

    def condition(self, token: Token) -> Node:
        """`if(condition, value, other)` or `if condition then value else other`."""
        if self.takes("("):
            first = self.expression()
            if self.takes(","):
                value = self.expression()
                self.needs(",")
                other = self.expression()
                self.needs(")")
                return self.node("if", token.at, first, value, other)
            self.needs(")")
            test = self.operation(0, first)
        else:
            test = self.operation(0)
        self.needs("then")
        value = self.expression()
        self.needs("else")
        return self.node("if", token.at, test, value, self.expression())


def _number(text: str) -> Decimal:
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)
