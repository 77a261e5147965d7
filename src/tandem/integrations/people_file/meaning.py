"""From rows to units and people: who is meant by an ID, a name, an address; cells that say nothing true are named."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.bulk import Entry, Faults, chunks
from tandem.core.keys import new_key
from tandem.integrations.people_file.columns import Sheet, fields_by_heading, kinds_by_word, plain
from tandem.integrations.people_file.reading import Table
from tandem.people import queries
from tandem.people.actors import SYSTEM
from tandem.people.rules import rings

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
EMPTIES = "-"
"""A cell with this alone empties the field; an empty cell leaves it as it is."""


@dataclass
class Names:
    """How things are called: by key, and by the words that may stand for one."""

    keys: set[str] = field(default_factory=set)
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, key: str, word: str | None) -> None:
        self.keys.add(key)
        if word:
            self.words[word.casefold()].add(key)

    def found(self, text: str) -> set[str]:
        return {text} if text in self.keys else self.words.get(text.casefold(), set())


@dataclass
class Organization:
    """All that the file says, ready for `prepare_organization`."""

    units: list[Entry] = field(default_factory=list)
    people: list[Entry] = field(default_factory=list)


def understand(tables: Iterable[Table], faults: Faults) -> Organization:
    """Entries for the bulk import; what cannot be meant goes to `faults`, each with its row and column."""
    said: dict[str, list[tuple[str, dict[str, str]]]] = {"units": [], "people": []}
    for table in tables:
        said[table.sheet.name] += _rows(table, faults)
    units, parents = _known_units()
    found = Organization()
    found.units = _units(said["units"], units, faults)
    people = _known_people(said["people"])
    found.people = _people(said["people"], units, people, faults)
    _refuse_rings(found, parents, faults)
    return found


def _rows(table: Table, faults: Faults) -> list[tuple[str, dict[str, str]]]:
    """(place, field → text) of every row; unknown and doubled headings are named."""
    known = fields_by_heading(table.sheet)
    fields: dict[int, str] = {}
    for place, heading in enumerate(table.headings):
        name = known.get(plain(heading))
        if heading and name is None:
            faults.add(_at(table.sheet, 1, heading), _("There is no such column; the template has them all."))
        elif name in fields.values():
            faults.add(_at(table.sheet, 1, name or ""), _("This column is there twice."))
        elif name:
            fields[place] = name
    for row, place in sorted(table.formulas):
        if place in fields:
            faults.add(_at(table.sheet, row, fields[place]), _("A formula: put the value itself here."))
    return [
        (_at(table.sheet, row), {name: values[place] for place, name in fields.items() if place < len(values)})
        for row, values in table.rows
    ]


def _at(sheet: Sheet, row: int, column: str = "") -> str:
    """`people:7.email`: the place as faults keep it."""
    return f"{sheet.name}:{row}{'.' if column else ''}{column}"


def _known_units() -> tuple[Names, dict[str, str | None]]:
    names, parents = Names(), {}
    for key, unit in queries.units_as_plan(SYSTEM).items():
        names.add(key, unit["name"] if unit["archived"] is None else None)
        parents[key] = unit["parent"]
    return names, parents


def _known_people(rows: list[tuple[str, dict[str, str]]]) -> Names:
    """The people that the file may mean, by key and address."""
    asked = {row.get(name, "") for _place, row in rows for name in ("id", "email", "manager")} - {""}
    names = Names()
    for chunk in chunks(asked):
        for key, email in queries.people_named(SYSTEM, chunk):
            names.add(key, email)
    return names


def _units(rows: list[tuple[str, dict[str, str]]], names: Names, faults: Faults) -> list[Entry]:
    entries: list[Entry] = []
    standing, taken = set(names.keys), set[str]()
    for place, row in rows:
        means = names.found(row["id"]) if row.get("id") else names.found(row.get("name", ""))
        key = row.get("id") or (next(iter(means)) if len(means) == 1 else new_key())
        if len(means) > 1 and not row.get("id"):
            faults.add(f"{place}.name", _("Several units have this name; give the ID."))
        if key in taken:
            faults.add(place, _("The row before says something about it already."))
            continue
        taken.add(key)
        names.add(key, row.get("name"))
        entries.append(Entry(key, place, {"name": row["name"]} if row.get("name") else {}))
        if row.get("kind"):
            kind = kinds_by_word().get(plain(row["kind"]))
            if kind is None:
                faults.add(f"{place}.kind", _("There is no such kind of unit."))
            entries[-1].fields["kind"] = kind or "team"
    rows_by_place = dict(rows)
    for entry in entries:
        if text := rows_by_place[entry.path].get("parent"):
            entry.fields["parent"] = None if text == EMPTIES else _one(text, names, f"{entry.path}.parent", faults)
        if entry.key not in standing and "name" not in entry.fields:
            faults.add(f"{entry.path}.name", _("This cannot be empty."))
    return entries


def _one(text: str, names: Names, path: str, faults: Faults) -> str | None:
    """The key that a cell means; a fault where it means nothing, or several things."""
    found = names.found(text)
    if len(found) == 1:
        return next(iter(found))
    faults.add(path, _("Nothing goes by “%(text)s”.") % {"text": text} if not found
               else _("Several go by “%(text)s”; give the ID.") % {"text": text})  # fmt: skip
    return None


def _people(rows: list[tuple[str, dict[str, str]]], units: Names, names: Names, faults: Faults) -> list[Entry]:
    entries: list[tuple[Entry, dict[str, str]]] = []
    taken: set[str] = set()
    for place, row in rows:
        means = names.found(row["id"]) if row.get("id") else names.found(row.get("email") or "")
        key = row.get("id") or (next(iter(means)) if means else new_key())
        if key in taken:
            faults.add(place, _("The row before says something about it already."))
            continue
        taken.add(key)
        names.add(key, row.get("email"))
        entries.append((Entry(key, place, {}), row))
    stored = {key: one for chunk in chunks(taken) for key, one in queries.people_as_plan(SYSTEM, chunk).items()}
    leads: dict[str, str] = {}
    for entry, row in entries:
        _set_person(entry, row, units, names, stored.get(entry.key), faults)
        for unit in _led(entry):
            if leads.setdefault(unit, entry.path) != entry.path:
                faults.add(f"{entry.path}.leads", _("Another row names a lead for this unit already."))
    return [entry for entry, _row in entries]


def _led(entry: Entry) -> list[str]:
    home = [entry.fields["unit"]] if entry.fields.get("lead") and entry.fields.get("unit") else []
    return [*entry.fields.get("leads", ()), *home]


def _set_person(
    entry: Entry, row: Mapping[str, str], units: Names, names: Names, stored: Mapping[str, Any] | None, faults: Faults
) -> None:
    said = entry.fields
    for name in ("name", "email"):
        if row.get(name):
            said[name] = None if name == "email" and row[name] == EMPTIES else row[name]
    if stored is None and "name" not in said:
        faults.add(f"{entry.path}.name", _("This cannot be empty."))
    for name, among in (("unit", units), ("manager", names)):
        if text := row.get(name):
            said[name] = None if text == EMPTIES else _one(text, among, f"{entry.path}.{name}", faults)
    for name in ("units", "leads"):
        if text := row.get(name):
            said[name] = _several(text, units, f"{entry.path}.{name}", faults)
    if "leads" in said:
        home = said["unit"] if "unit" in said else (stored or {}).get("unit")
        said["lead"] = home in said["leads"]
        said["leads"] = [key for key in said["leads"] if key != home]
    if text := row.get("left"):
        said["left"] = None if text == EMPTIES else _day(text, f"{entry.path}.left", faults)


def _several(text: str, names: Names, path: str, faults: Faults) -> list[str]:
    words = [] if text == EMPTIES else [one.strip() for one in re.split("[;；]", text) if one.strip()]
    return [key for key in (_one(word, names, path, faults) for word in words) if key is not None]


def _day(text: str, path: str, faults: Faults) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    faults.add(path, _("This is not a day; write it as 2026-12-31."))
    return None


def _refuse_rings(found: Organization, parents: dict[str, str | None], faults: Faults) -> None:
    above = parents | {one.key: one.fields["parent"] for one in found.units if "parent" in one.fields}
    for key in set(rings(above)) & {one.key for one in found.units}:
        faults.add(_path_of(found.units, key, "parent"), _("A unit cannot lie below itself."))
    managers: dict[str, str | None] = dict(queries.manager_keys(SYSTEM))
    managers |= {one.key: one.fields["manager"] for one in found.people if "manager" in one.fields}
    for key in set(rings(managers)):
        path = _path_of(found.people, key, "manager")
        faults.add(path, _("Nobody can be their own manager, not even by a detour."))


def _path_of(entries: list[Entry], key: str, name: str) -> str:
    return next((f"{one.path}.{name}" for one in entries if one.key == key), f"people:1.{name}")
