"""Many rows at once: what a file says, what is wrong with it, how it differs from what stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from tandem.core.errors import Invalid

T = TypeVar("T")
CHUNK = 900
"""Keys per query: below the 999 parameters that every SQLite takes."""


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk


@dataclass(slots=True)
class Entry:
    """One thing as a file describes it: its key, its place in the file, and only the fields that are given.

    `under` is the key of what it belongs to (a key result's objective). References are keys too.
    """

    key: str
    path: str
    fields: dict[str, Any]
    under: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: `objectives[3].key_results[0].target`."""

    path: str
    message: str


@dataclass
class Faults:
    """All that is wrong with a file; of one place only what was found first."""

    found: list[Fault] = field(default_factory=list)
    _places: set[str] = field(default_factory=set)

    def add(self, path: str, message: str) -> None:
        if path not in self._places:
            self._places.add(path)
            self.found.append(Fault(path, message))

    def try_rule(self, entry: Entry, rule: Callable[[], object]) -> bool:
        """Run a rule; what it refuses becomes a fault at the field it names. Says whether it passed."""
        try:
            rule()
        except Invalid as refusal:
            self.add(f"{entry.path}.{refusal.field}" if refusal.field else entry.path, refusal.message)
            return False
        return True

    def __bool__(self) -> bool:
        return bool(self.found)


@dataclass(slots=True)
class Changed:
    """A stored thing that the file describes otherwise: per field what stands and what the file says."""

    entry: Entry
    fields: dict[str, tuple[Any, Any]]

    @property
    def wanted(self) -> dict[str, Any]:
        return {name: new for name, (_old, new) in self.fields.items()}


@dataclass
class Comparison:
    """The things of one kind in a file beside what is stored."""

    created: list[Entry] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0


def compare(entries: Iterable[Entry], stored: Mapping[str, Mapping[str, Any]]) -> Comparison:
    """Only fields that the file gives are compared: what it leaves out keeps its value."""
    result = Comparison()
    for entry in entries:
        row = stored.get(entry.key)
        if row is None:
            result.created.append(entry)
            continue
        other = {name: (row[name], value) for name, value in entry.fields.items() if row[name] != value}
        if other:
            result.changed.append(Changed(entry, other))
        else:
            result.unchanged += 1
    return result


def update_rows(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write the named fields of many rows of one model: one statement, prepared once, run for each row.

    (`bulk_update` builds a CASE of every row and field: for wide rows that costs twenty times as much.)
    """
    if not rows:
        return
    fields = [rows[0]._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    places = ", ".join(f"{quote(one.column)} = %s" for one in fields)  # type: ignore[union-attr]
    table = quote(rows[0]._meta.db_table)
    values = (
        [*(one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields), row.pk]  # type: ignore[union-attr]
        for row in rows
    )
    with connection.cursor() as cursor:
        for chunk in chunks(values, 5000):
            cursor.executemany(f"UPDATE {table} SET {places} WHERE id = %s", chunk)  # noqa: S608 - names of our own
