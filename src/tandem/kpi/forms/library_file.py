"""A file of indicators, read with its mapping: rows become entries, words become values, and guesses are told."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tandem.core import spreadsheets
from tandem.core.bulk import Entry, Faults
from tandem.core.errors import Invalid
from tandem.kpi.forms.cells import Names, day_of
from tandem.kpi.forms.indicators import IndicatorForm
from tandem.kpi.models import Aggregation, Dimension, Direction, Method
from tandem.kpi.rules import mapping as rules
from tandem.kpi.rules.guesses import Guess
from tandem.people.actors import Actor

CHOICES: dict[str, Any] = {
    "dimension": Dimension, "direction": Direction, "over_time": Aggregation, "over_children": Aggregation,
    "method": Method,
}  # fmt: skip
MOST_ROWS = 5000
MOST_MAPPING = 100_000
EMPTIES = "-"
"""A cell with this alone empties the field; an empty cell leaves it as it is."""


@dataclass
class Guessed:
    """Where something was guessed: the row as the file counts, the indicator's code, and the guess."""

    row: int
    code: str
    guess: Guess


@dataclass
class LibraryFile:
    """What a file says: entries for `prepare_indicators`, guesses for what is new, columns nobody asked for."""

    entries: list[Entry] = field(default_factory=list)
    guessed: list[Guessed] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def read_library(actor: Actor, content: bytes, mapping: str, known: set[str], faults: Faults) -> LibraryFile:
    """The rows of an XLSX, CSV or JSONL file. `known` are the codes that stand already: nothing is guessed for them.

    What is wrong with a row goes to `faults` (`5.direction`). Raises Invalid naming `file` or `mapping`.
    """
    columns = read_columns(mapping)
    headings, rows = _rows(content, columns, faults)
    names = Names(actor)
    found = LibraryFile(unused=rules.unused(columns, headings))
    for number, row in rows:
        said = rules.said(columns, row)
        code = said.fields.pop("code", "").lower()
        if not code:
            faults.add(f"{number}.code", _("Every row needs a code."))
            continue
        guesses = () if code in known else said.guessed
        fields = said.fields | {one.field: one.value for one in guesses}
        found.entries.append(Entry(code, str(number), _values(number, fields, names, faults)))
        found.guessed += [Guessed(number, code, one) for one in guesses]
    return found


def read_columns(text: str) -> rules.ColumnMap:
    """The mapping file, YAML or JSON; Tandem's own columns where there is none. Raises Invalid naming `mapping`."""
    if not text.strip():
        return rules.OWN
    if len(text) > MOST_MAPPING:
        raise Invalid(_("The mapping is larger than 100 kB."), field="mapping")
    try:
        return rules.read_mapping(yaml.safe_load(text))
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        if not isinstance(fault, rules.BadMapping):
            raise Invalid(_("The mapping is no YAML that Tandem can read."), field="mapping") from None
        said = _("The mapping has something else than expected at %(place)s.")
        if fault.code == "unknown":
            said = _("The mapping knows no %(place)s.")
        elif fault.code == "code":
            said = _("The mapping must say in columns.code which column is the code.")
        raise Invalid(said % {"place": fault.place}, field="mapping") from None


Rows = Iterable[tuple[int, dict[str, str]]]


def _rows(content: bytes, columns: rules.ColumnMap, faults: Faults) -> tuple[list[str], Rows]:
    if content[:2] != b"PK" and content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _lines(content)
    wanted = set(columns.columns["code"])

    def kind_of(headings: list[str]) -> str | None:
        return "library" if wanted & {_heading(one, columns) for one in headings} else None

    tables = spreadsheets.read(content, kind_of, _("No sheet has a column with the code of the indicators."))
    table = tables[0]
    if len(table.rows) > MOST_ROWS:
        raise _too_many()
    headings = [_heading(one, columns) for one in table.headings]
    return headings, _cells(table, headings, faults)


def _cells(table: spreadsheets.Table[str], headings: list[str], faults: Faults) -> Iterator[tuple[int, dict[str, str]]]:
    for number, place in table.formulas:
        if place < len(headings) and headings[place]:
            faults.add(f"{number}.{headings[place]}", _("A formula is no value; paste its result."))
    for number, values in table.rows:
        yield number, dict(zip(headings, values, strict=False))


def _heading(text: str, columns: rules.ColumnMap) -> str:
    """Of Tandem's own files a heading is a field or its label in either language."""
    return _labels().get(text.strip().casefold(), text.strip()) if columns is rules.OWN else text.strip()


@cache
def _labels() -> dict[str, str]:
    found = {name: name for name in rules.FIELDS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {
                str(one.label).casefold(): name
                for name, one in IndicatorForm.base_fields.items()
                if name in rules.FIELDS
            }
    return found


def _lines(content: bytes) -> tuple[list[str], Rows]:
    """JSON, one object a line; what is inside another is named with a point: `source.repo`."""
    if len(content) > spreadsheets.MOST_BYTES:
        raise Invalid(_("The file is larger than 20 MB."), field="file")
    found: list[tuple[int, dict[str, str]]] = []
    headings: dict[str, None] = {}
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise Invalid(_("Line %(line)s is no JSON object.") % {"line": number}, field="file")
        flat = dict(_flat(row))
        headings |= dict.fromkeys(flat)
        found.append((number, flat))
        if len(found) > MOST_ROWS:
            raise _too_many()
    return list(headings), found


def _flat(row: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if isinstance(value, dict) and not before.count(".") and name != "parameters":
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, dict):
            yield f"{before}{name}", json.dumps(value, ensure_ascii=False)
        else:
            yield f"{before}{name}", rules.text_of(value)


def _too_many() -> Invalid:
    return Invalid(_("These are more than 5,000 indicators; send them in parts."), field="file")


def _values(number: int, fields: dict[str, str], names: Names, faults: Faults) -> dict[str, Any]:
    """Texts as the commands take them; the first that cannot be is a fault of its own place."""
    found: dict[str, Any] = {}
    for name, text in fields.items():
        try:
            found[name] = _value(name, "" if text == EMPTIES else text, names)
        except Invalid as refusal:
            faults.add(f"{number}.{name}", refusal.message)
    return found


def _value(name: str, text: str, names: Names) -> Any:
    if name in CHOICES:
        word = _choices(name).get(text.casefold(), text)
        if word not in CHOICES[name].values:
            known = ", ".join(CHOICES[name].values)
            raise Invalid(_("“%(word)s” is none of %(known)s.") % {"word": text, "known": known})
        return word
    if name == "precision":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 99
    if name in ("cap", "floor"):
        return text or None
    if name == "tags":
        return [one[:40] for one in text.split("|")]
    if name == "parameters":
        return _parameters(text)
    if name == "sunset_on":
        return day_of(text)
    if name in ("supplier", "used_by"):
        return _named(name, text, names)
    return text


@cache
def _choices(name: str) -> dict[str, str]:
    found: dict[str, str] = {one.casefold(): one for one in CHOICES[name].values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(label).casefold(): value for value, label in CHOICES[name].choices}
    return found


def _parameters(text: str) -> Any:
    try:
        return json.loads(text) if text else {}
    except (ValueError, RecursionError):
        raise Invalid(_("Parameters are written as a JSON object.")) from None


def _named(name: str, text: str, names: Names) -> Any:
    if not text:
        return None
    return names.person(text) if name == "supplier" else names.unit(text)
