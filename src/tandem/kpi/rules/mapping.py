"""How the columns of a file from elsewhere are read: which field each is, what its words mean, what is usual there."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tandem.kpi.rules import guesses

FIELDS = (
    "code", "name_en", "name_zh", "dimension", "definition_en", "definition_zh", "formula", "expression", "unit",
    "precision", "direction", "over_time", "over_children", "source", "supplier", "method", "parameters", "cap",
    "floor", "sunset_on", "tags", "used_by",
)  # fmt: skip
"""Of an indicator, in the order of an exported file."""
BY_LANGUAGE = ("name", "definition")
"""Columns whose field depends on the language of their row."""
HINT = "target"
"""A column that is no field of an indicator and says much about one."""
COLUMNS = frozenset({*FIELDS, *BY_LANGUAGE, HINT})
SEPARATOR = ", "
_COMMAS = re.compile("[,，;；、]")


class BadMapping(ValueError):
    """`place` is the key in the mapping, `code` what is wrong: shape, unknown, code."""

    def __init__(self, place: str, code: str) -> None:
        super().__init__(f"{place}: {code}")
        self.place, self.code = place, code


@dataclass(frozen=True)
class ColumnMap:
    """`columns` name each field's columns; `words` what a file's words mean, by field."""

    columns: dict[str, tuple[str, ...]]
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    language: str = ""
    """A column, or `en` or `zh` for all rows."""
    guess: bool = True

    def used(self) -> set[str]:
        return {name for names in self.columns.values() for name in names} | {self.language}


OWN = ColumnMap({name: (name,) for name in FIELDS}, guess=False)
"""A file of Tandem's own shape."""


def read_mapping(raw: Any) -> ColumnMap:
    """The mapping of plain data (from YAML). Raises BadMapping naming the place."""
    if not isinstance(raw, dict) or not isinstance(raw.get("columns"), dict):
        raise BadMapping("columns", "shape")
    _refuse_unknown("", raw, ("columns", "values", "defaults", "language", "guess"))
    columns = {name: _names(f"columns.{name}", one) for name, one in raw["columns"].items()}
    _refuse_unknown("columns.", columns, COLUMNS)
    if "code" not in columns:
        raise BadMapping("columns.code", "code")
    values = _table("values", raw.get("values"))
    words = {name: _texts(f"values.{name}", one) for name, one in values.items()}
    defaults = _texts("defaults", raw.get("defaults"))
    _refuse_unknown("values.", words, FIELDS)
    _refuse_unknown("defaults.", defaults, FIELDS)
    guess = raw.get("guess", True)
    if not isinstance(guess, bool):
        raise BadMapping("guess", "shape")
    return ColumnMap(columns, words, defaults, str(raw.get("language") or ""), guess)


def _refuse_unknown(before: str, names: Iterable[object], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise BadMapping(f"{before}{name}", "unknown")


def _table(place: str, raw: Any) -> dict[str, Any]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise BadMapping(place, "shape")
    return {str(name): one for name, one in raw.items()}


def _names(place: str, raw: Any) -> tuple[str, ...]:
    many = raw if isinstance(raw, list) else [raw]
    if not many or not all(isinstance(one, str) and one for one in many):
        raise BadMapping(place, "shape")
    return tuple(many)


def _texts(place: str, raw: Any) -> dict[str, str]:
    found = _table(place, raw)
    if any(isinstance(one, dict | list) for one in found.values()):
        raise BadMapping(place, "shape")
    return {name: text_of(one) for name, one in found.items()}


def text_of(value: Any) -> str:
    """A value of a file as a cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        texts = [text_of(one) for one in value]
        return _between_bars(texts) if any(_COMMAS.search(one) for one in texts) else SEPARATOR.join(texts)
    return str(value).strip()


@dataclass(frozen=True)
class Said:
    """What one row says by field, all texts, and what was guessed beside it."""

    fields: dict[str, str]
    guessed: tuple[guesses.Guess, ...] = ()


def said(mapping: ColumnMap, row: Mapping[str, str]) -> Said:
    """The row's fields. Empty ones are left out: they say nothing; tags come from all of their columns."""
    language = row.get(mapping.language, "") or mapping.language
    suffix = "zh" if language.lower().startswith(("zh", "cn", "中")) else "en"
    found: dict[str, str] = {}
    for name, columns in mapping.columns.items():
        texts = [text for text in (row.get(column, "") for column in columns) if text]
        if not texts or name == HINT:
            continue
        own = f"{name}_{suffix}" if name in BY_LANGUAGE else name
        found[own] = _between_bars(_tags(texts)) if name == "tags" else _meant(mapping, name, texts[0])
    for name, text in mapping.defaults.items():
        found.setdefault(name, text)
    if not mapping.guess:
        return Said(found)
    hint = next((text for text in (row.get(one, "") for one in mapping.columns.get(HINT, ())) if text), "")
    words = found | {"name": " ".join(found[one] for one in ("name_en", "name_zh") if one in found)}
    return Said(found, tuple(guesses.guesses(words, hint)))


def _tags(texts: Iterable[str]) -> list[str]:
    """Each tag once. Several in one cell have commas between them; or bars, and then commas of their own."""
    parts = (text.split("|") if "|" in text else _COMMAS.split(text) for text in texts)
    return list(dict.fromkeys(one.strip() for many in parts for one in many if one.strip()))


def _between_bars(texts: Iterable[str]) -> str:
    return f"|{'|'.join(texts)}|"


def _meant(mapping: ColumnMap, name: str, text: str) -> str:
    return mapping.words.get(name, {}).get(text, text)


def unused(mapping: ColumnMap, headings: Iterable[str]) -> list[str]:
    """Columns of the file that the mapping leaves out."""
    return [one for one in headings if one and one not in mapping.used()]
