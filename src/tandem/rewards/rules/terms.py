"""What each kind of rule may be told, read from plain JSON: numbers as numbers or text, lists of pairs."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tandem.core.numbers import ONE, ZERO, rounded

PER_POINT, PER_GRADE, POOL, PLUS_MINUS = "per_point", "per_grade", "pool", "plus_minus"
KINDS = (PER_POINT, PER_GRADE, POOL, PLUS_MINUS)
LARGEST = Decimal(10) ** 9
PLACES = 4
MOST_PAIRS, MOST_CODES, LONGEST_NAME = 60, 50, 100
Terms = Mapping[str, Any]


class BadTerm(ValueError):
    """`name` is the term, `code` what is wrong: unknown, missing, number, positive, hundredths, pairs, twice, codes."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"{name}: {code}")
        self.name, self.code = name, code


def _number(name: str, raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise BadTerm(name, "number")
    try:
        value = raw if isinstance(raw, Decimal) else Decimal(str(raw).strip())
    except (InvalidOperation, ValueError):
        raise BadTerm(name, "number") from None
    if not value.is_finite() or value.copy_abs() >= LARGEST or value != rounded(value, PLACES):
        raise BadTerm(name, "number")
    return value or ZERO


def _positive(name: str, raw: Any) -> Decimal:
    value = _number(name, raw)
    if value <= 0:
        raise BadTerm(name, "positive")
    return value


def _hundredths(name: str, raw: Any) -> Decimal:
    """A pool is handed out in hundredths, so it must be made of them."""
    value = _positive(name, raw)
    if value != rounded(value, 2):
        raise BadTerm(name, "hundredths")
    return value


def _not_negative(name: str, raw: Any) -> Decimal:
    value = _number(name, raw)
    if value < 0:
        raise BadTerm(name, "positive")
    return value


def _pairs(read: Callable[[str, Any], Decimal]) -> Callable[[str, Any], list[tuple[str, Decimal]]]:
    """[name, number], each name once."""

    def pairs(name: str, raw: Any) -> list[tuple[str, Decimal]]:
        if not isinstance(raw, list | tuple) or len(raw) > MOST_PAIRS:
            raise BadTerm(name, "pairs")
        found = []
        for one in raw:
            if not isinstance(one, list | tuple) or len(one) != 2:
                raise BadTerm(name, "pairs")
            found.append((_word(name, one[0], "pairs"), read(name, one[1])))
        if len({word for word, _value in found}) != len(found):
            raise BadTerm(name, "twice")
        return found

    return pairs


def _codes(name: str, raw: Any) -> list[str]:
    if not isinstance(raw, list | tuple) or len(raw) > MOST_CODES:
        raise BadTerm(name, "codes")
    found = [_word(name, one, "codes") for one in raw]
    if len(set(found)) != len(found):
        raise BadTerm(name, "twice")
    return found


def _word(name: str, raw: Any, code: str) -> str:
    text = " ".join(raw.split()) if isinstance(raw, str) else ""
    if not text or len(text) > LONGEST_NAME or not text.isprintable():
        raise BadTerm(name, code)
    return text


_READ: dict[str, dict[str, Callable[[str, Any], Any]]] = {
    PER_POINT: {"rate": _positive, "above": _not_negative, "most": _positive},
    PER_GRADE: {"grades": _pairs(_number)},
    POOL: {"pool": _hundredths, "levels": _pairs(_not_negative)},
    PLUS_MINUS: {"rate": _positive, "codes": _codes, "most_plus": _not_negative, "most_minus": _not_negative},
}
_NEEDED = {PER_POINT: ("rate",), PER_GRADE: ("grades",), POOL: ("pool",), PLUS_MINUS: ()}
_USUAL: dict[str, dict[str, Any]] = {
    PER_POINT: {"above": ZERO, "most": None},
    PER_GRADE: {},
    POOL: {"levels": []},
    PLUS_MINUS: {"rate": ONE, "codes": [], "most_plus": None, "most_minus": None},
}


def names_of(kind: str) -> tuple[str, ...]:
    """The terms that rules of this kind have."""
    return tuple(_READ[kind])


def checked(kind: str, given: Terms) -> dict[str, Any]:
    """The terms of a rule, read, with the usual ones where none is given (None counts as not given). Raises BadTerm.

    per_point: `rate` points for each point of a result `above` (0), `most` at most. per_grade: `grades` [[grade,
    points], …]; a grade not named brings 0. pool: `pool` points shared by result, each weighed by the factor of the
    job level in `levels` [[level, factor], …] (1 where not named). plus_minus: `rate` (1) for each point of the plus
    or minus items (`codes`; all of them when empty), at most `most_plus` up and `most_minus` down.
    """
    said = {name: raw for name, raw in given.items() if raw is not None}
    for name in said:
        if name not in _READ[kind]:
            raise BadTerm(name, "unknown")
    for name in _NEEDED[kind]:
        if name not in said or said[name] == []:
            raise BadTerm(name, "missing")
    return {**_USUAL[kind], **{name: _READ[kind][name](name, raw) for name, raw in said.items()}}


def as_plain(terms: Terms) -> dict[str, Any]:
    """The same as JSON keeps it: numbers as text, nothing that is not there."""
    return {name: _plain(value) for name, value in terms.items() if value is not None and value != []}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return text_of(value)
    if isinstance(value, list):
        return [[one[0], text_of(one[1])] if isinstance(one, tuple) else one for one in value]
    return value


def text_of(value: Decimal) -> str:
    """A number without needless zeros and without an exponent."""
    return f"{value.normalize():f}" if value else "0"
