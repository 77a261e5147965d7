"""A file of values, read: rows become entries, each with what it names; what cannot be meant is a fault of its cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from tandem.core import spreadsheets
from tandem.core.bulk import Faults
from tandem.core.errors import Invalid
from tandem.kpi.commands.readings_file import Row
from tandem.kpi.forms.cells import Names, day_of
from tandem.people.actors import Actor

COLUMNS = {
    "indicator": __("Indicator"),
    "person": __("Person"),
    "unit": __("Unit"),
    "date": __("Day"),
    "value": __("Value"),
    "since": __("Since"),
    "note": __("Note"),
}
_NEEDED = frozenset({"indicator", "date", "value"})


def read_readings(actor: Actor, content: bytes, faults: Faults) -> list[Row]:
    """The rows of an XLSX or CSV file; faults are named `5.value`. Raises Invalid naming `file`."""
    unknown = _("No sheet has the headings of values: Indicator, Day, Value, and Person or Unit.")
    names = Names(actor)
    found: list[Row] = []
    for table in spreadsheets.read(content, _kind_of, unknown):
        columns = _columns(table.headings, faults)
        bad = {row for row, place in table.formulas if place in columns}
        for row, place in table.formulas:
            if place in columns:
                faults.add(f"{row}.{columns[place]}", _("A formula is no value; paste its result."))
        for number, cells in table.rows:
            if number not in bad:
                found += _row(
                    number, {columns[at]: text for at, text in enumerate(cells) if at in columns}, names, faults
                )
    return found


def _kind_of(headings: list[str]) -> str | None:
    return "readings" if {_fields().get(one.strip().casefold()) for one in headings} >= _NEEDED else None


def _columns(headings: Iterable[str], faults: Faults) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        name = _fields().get(heading.strip().casefold())
        if name in found.values():
            faults.add(f"1.{name}", _("This column is there twice."))
        elif name is not None:
            found[place] = name
    return found


@cache
def _fields() -> dict[str, str]:
    found = {name: name for name in COLUMNS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(label).casefold(): name for name, label in COLUMNS.items()}
    return found


def _row(number: int, said: dict[str, str], names: Names, faults: Faults) -> Iterator[Row]:
    """The row, unless something in it cannot be meant."""
    reading = _Reading(number, said, faults)
    code = reading.cell("indicator", str.lower)
    on = reading.cell("date", day_of)
    value = reading.cell("value", str)
    person = reading.cell("person", names.person, needed=False)
    unit = reading.cell("unit", names.unit, needed=False)
    since = reading.cell("since", day_of, needed=False)
    if person is not None and unit is not None:
        reading.fault("unit", _("Name a person or a unit, not both."))
    if not reading.is_faulty:
        yield Row(number, code, person, unit, on, value, since, said.get("note", ""))


@dataclass
class _Reading:
    number: int
    said: dict[str, str]
    faults: Faults
    is_faulty: bool = field(default=False)

    def cell(self, name: str, read: Any, *, needed: bool = True) -> Any:
        text = self.said.get(name, "")
        if not text:
            if needed:
                self.fault(name, _("This cannot be empty."))
            return None
        try:
            return read(text)
        except Invalid as refusal:
            self.fault(name, refusal.message)
            return None

    def fault(self, name: str, message: str) -> None:
        self.is_faulty = True
        self.faults.add(f"{self.number}.{name}", message)


def template(due: Iterable[Any], day: str) -> bytes:
    """What somebody supplies as a table to fill in: a row for each value that is due on the day."""
    rows = [[str(one) for name, one in COLUMNS.items() if name != "since"]]
    for one in due:
        who = one.carrier.email or one.carrier.key if one.is_person else ""
        unit = "" if one.is_person else one.carrier.name
        here = f"{one.here.value.normalize():f}" if one.here else ""
        rows.append([one.indicator.code, who, unit, day, here, one.here.note if one.here else ""])
    return spreadsheets.workbook([(_("Values"), rows[0], rows[1:])])
