"""Many rows at once: what a file says, what is wrong with it, how it differs from what stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

from tandem.core.columns import Columns, column, concrete, insertion, table
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


@contextmanager
def named(field: str, word: str) -> Iterator[None]:
    """What is refused about `field` names it by the file's word for it."""
    try:
        yield
    except Invalid as refusal:
        if refusal.field == field:
            refusal.field = word
        raise


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

    def entries(self) -> list[Entry]:
        """What is new, then what changes."""
        return [*self.created, *(one.entry for one in self.changed)]


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


Row = TypeVar("Row", bound=Model)
_STEP = 5000
"""Rows handed to the database driver at a time."""


def insert_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """Insert many rows of one model, with primary keys that are given out here unless they have one.

    One statement, prepared once and run for each row: `bulk_create` would compile every value of every row.
    Values must have their fields' types already.
    """
    if not rows:
        return rows
    give_keys(rows)
    fields = rows[0]._meta.concrete_fields
    _run_many(insertion(type(rows[0]), fields), rows, fields)
    for row in rows:
        row._state.adding = False
    return rows


def give_keys(rows: Sequence[Model]) -> None:
    """Primary keys for rows that have none, from where the database takes them; the caller holds the lock to write."""
    without = [row for row in rows if row.pk is None]
    if not without:
        return
    table = without[0]._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(without)]
            )
            keys = [key for (key,) in cursor.fetchall()]
        else:
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()[0]
            keys = list(range(last + 1, last + 1 + len(without)))
    for row, key in zip(without, keys, strict=True):
        row.pk = key


def update_rows(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write the named fields of many rows of one model: one statement, prepared once, run for each row.

    (`bulk_update` builds a CASE of every row and field: for wide rows that costs twenty times as much.)
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [concrete(model, name) for name in names]
    places = ", ".join(f"{column(field)} = %s" for field in fields)
    statement = f"UPDATE {table(model)} SET {places} WHERE id = %s"  # noqa: S608 - names of our own
    _run_many(statement, rows, [*fields, concrete(model, "id")])


def _run_many(statement: str, rows: Sequence[Model], fields: Sequence[Field[Any, Any]]) -> None:
    columns = Columns(fields)
    with connection.cursor() as cursor:
        for chunk in chunks(map(columns.values_of, rows), _STEP):
            cursor.executemany(statement, chunk)
