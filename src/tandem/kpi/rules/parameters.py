"""What each scoring method may be told, read from plain JSON: numbers as numbers or text, lists of pairs."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tandem.kpi.rules import formula

FORMULA_NAMES = ("A", "T", "F", "C")
"""What a scoring formula may name: actual, target, floor, challenge. It gives per cent of the weight."""
LARGEST = Decimal(10) ** 12
MOST_PAIRS = 20


class BadParameter(ValueError):
    """`name` is the parameter, `code` what is wrong: unknown, number, pairs, order, choice, positive, missing, or a
    fault of the formula (then `fault` says where)."""

    def __init__(self, name: str, code: str, fault: formula.Fault | None = None) -> None:
        super().__init__(f"{name}: {code}")
        self.name, self.code, self.fault = name, code, fault


def _number(name: str, raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise BadParameter(name, "number")
    try:
        value = raw if isinstance(raw, Decimal) else Decimal(str(raw).strip())
    except (InvalidOperation, ValueError):
        raise BadParameter(name, "number") from None
    if not value.is_finite() or value.copy_abs() >= LARGEST:
        raise BadParameter(name, "number")
    return value


def _positive(name: str, raw: Any) -> Decimal:
    value = _number(name, raw)
    if value <= 0:
        raise BadParameter(name, "positive")
    return value


def _pairs(name: str, raw: Any) -> list[tuple[Decimal, Decimal]]:
    if not isinstance(raw, list | tuple) or not 1 <= len(raw) <= MOST_PAIRS:
        raise BadParameter(name, "pairs")
    if any(not isinstance(one, list | tuple) or len(one) != 2 for one in raw):
        raise BadParameter(name, "pairs")
    pairs = [(_number(name, value), _number(name, worth)) for value, worth in raw]
    if len({value for value, _worth in pairs}) != len(pairs):
        raise BadParameter(name, "order")
    return pairs


def _yes_no(name: str, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise BadParameter(name, "choice")
    return raw


def _one_of(*choices: str) -> Callable[[str, Any], str]:
    def read(name: str, raw: Any) -> str:
        if raw not in choices:
            raise BadParameter(name, "choice")
        return str(raw)

    return read


def _text(name: str, raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > 40:
        raise BadParameter(name, "choice")
    return raw.strip()


def _expression(name: str, raw: Any) -> str:
    read = formula.read(raw if isinstance(raw, str) else "", FORMULA_NAMES)
    if isinstance(read, formula.Fault):
        raise BadParameter(name, read.code, read)
    return str(raw)


Reader = Callable[[str, Any], Any]
_RATIO: dict[str, Reader] = {"least": _number, "most": _positive}
_WHOLE = _one_of("exact", "whole", "started")
_STEPS: dict[str, Reader] = {"step": _positive, "per_step": _number, "whole": _WHOLE, "least": _number}
PARAMETERS: dict[str, dict[str, Reader]] = {
    "ratio": _RATIO,
    "inverse": _RATIO,
    "mirror": _RATIO,
    "steps": {"tiers": _pairs},
    "interpolation": {"nodes": _pairs, "floor_worth": _number, "challenge_worth": _number},
    "deduction": _STEPS,
    "all_or_nothing": {},
    "plus_minus": {
        "base": _number, "step": _positive, "points": _number, "minus_points": _number, "most_plus": _number,
        "most_minus": _number, "whole": _WHOLE, "in_percent": _yes_no,
    },
    "per_event": {"per": _number, "free": _number, "least": _number},
    "veto": {"effect": _one_of("item", "zero", "cap", "grade"), "cap": _number, "grade": _text, "item": _text},
    "formula": {"expression": _expression},
    "payout": {"nodes": _pairs},
    "range": {"low": _number, "high": _number, **_STEPS},
    "rating": {"top": _positive, "levels": _pairs},
}  # fmt: skip
NEEDED = {"steps": ("tiers",), "plus_minus": ("step",), "formula": ("expression",), "payout": ("nodes",)}


def checked(method: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as values. Raises BadParameter naming the first that is unknown, missing, or makes no sense."""
    readers = PARAMETERS[method]
    for name in raw:
        if name not in readers:
            raise BadParameter(name, "unknown")
    for name in NEEDED.get(method, ()):
        if raw.get(name) in (None, "", []):
            raise BadParameter(name, "missing")
    return {name: readers[name](name, value) for name, value in raw.items() if value not in (None, "")}
