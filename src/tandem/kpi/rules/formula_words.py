"""The words of a formula: text in, tokens out. No more of it is read than the limits allow."""

import re
from dataclasses import dataclass
from typing import Literal

LONGEST = 2000
"""Characters of a formula."""
MOST_DIGITS = 24

Kind = Literal["number", "name", "sign", "word", "end"]

WORDS = frozenset({"and", "or", "not", "if", "then", "else", "true", "false"})
FUNCTIONS = frozenset({"min", "max", "round", "abs"})
_LIKE = str.maketrans("，（）；：×÷≥≤≠－＋＊／＝＜＞％", ",();:*/≥≤≠-+*/=<>%")
_ALIKE = {"≥": ">=", "≤": "<=", "≠": "!=", "<>": "!=", "==": "=", ";": ","}
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d+(?:\.\d*)?|\.\d+)%?)"
    r"|\[(?P<quoted>[^\[\]]{1,64})\]"
    r"|(?P<name>[^\W\d]\w{0,63})"
    r"|(?P<sign><=|>=|!=|<>|==|[-+*/(),;<>=≥≤≠])"
)


@dataclass(frozen=True)
class Token:
    """One word and where it begins. A name's text is the name, also where it was written in brackets."""

    kind: Kind
    text: str
    at: int
    until: int


@dataclass(frozen=True)
class Fault:
    """What is wrong with a formula or with one use of it; `at` counts characters from 0.

    Codes of reading: empty, too_long, too_deep, too_large, character, expected, unknown_name, chain, arguments.
    Codes of use: missing, division_by_zero, not_finite, kinds, places, steps.
    """

    code: str
    at: int = 0
    detail: str = ""


class Faulty(Exception):
    """Carries a fault out of the depth of a formula; never leaves the formula language."""

    def __init__(self, code: str, at: int = 0, detail: str = "") -> None:
        super().__init__(code)
        self.fault = Fault(code, at, detail)


def tokens(text: str) -> list[Token]:
    """The words of a formula, the last one being its end. Raises Faulty."""
    if len(text) > LONGEST:
        raise Faulty("too_long", LONGEST, str(LONGEST))
    plain, found, at = text.translate(_LIKE), [], 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            raise Faulty("character", at, text[at])
        if match.lastgroup != "space":
            found.append(_token(match))
        at = match.end()
    return [*found, Token("end", "", len(plain), len(plain))]


def _token(match: re.Match[str]) -> Token:
    at, until = match.span()
    if quoted := match["quoted"]:
        return Token("name", quoted.strip(), at, until)
    if number := match["number"]:
        if sum(one.isdigit() for one in number) > MOST_DIGITS:
            raise Faulty("too_large", at, number[:MOST_DIGITS])
        return Token("number", number, at, until)
    if sign := match["sign"]:
        return Token("sign", _ALIKE.get(sign, sign), at, until)
    name = match["name"]
    lower = name.lower()
    return Token("word", lower, at, until) if lower in WORDS | FUNCTIONS else Token("name", name, at, until)
