"""PostgreSQL: every table by COPY from one snapshot, so that no other program is needed and versions do not matter.

Back again: the tables of that version are made by the migrations of that version, filled, and brought up to date.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tandem.integrations.backup.archive import CHUNK, Broken, Grow, Reader, Writer

FOLDER = "tables"
LEFT_OUT = frozenset({"tandem_cache"})  # counts of tries to sign in: worth nothing tomorrow, made anew at the start
_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables
USING (table_schema, table_name)
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
ORDER BY table_name, ordinal_position
"""
_SEQUENCES = """
SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name)
FROM information_schema.columns WHERE table_schema = current_schema()
"""


def size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(pg_table_size(oid)), 0)::bigint FROM pg_class WHERE relkind = 'r' "
                       "AND relnamespace = current_schema()::regnamespace")  # fmt: skip
        found: int = cursor.fetchone()[0]
    return found


def save(writer: Writer, grow: Grow) -> None:
    with _snapshot():
        writer.manifest.tables = _tables()
        writer.manifest.migrations = _rows('SELECT app, name FROM "django_migrations" ORDER BY id')
        for table, columns in writer.manifest.tables.items():
            writer.manifest.rows[table] = _rows(f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608
            statement = f"COPY {_named(table, columns)} TO STDOUT"
            with writer.member(f"{FOLDER}/{table}") as take, _copying(statement) as copy:
                for piece in copy:
                    take(bytes(piece))
                    grow(len(piece))


@contextmanager
def _snapshot() -> Iterator[None]:
    """All reads see one moment; nobody waits for them."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _tables() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in _rows(_COLUMNS):
        if table not in LEFT_OUT:
            found.setdefault(table, []).append(column)
    return found


def load(reader: Reader, grow: Grow) -> None:
    """All of it in one transaction: the old tables go and the backup's come, or nothing changes."""
    targets = _targets(reader)
    with transaction.atomic():
        _execute("SET CONSTRAINTS ALL IMMEDIATE")
        for (table,) in _rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"):
            _execute(f'DROP TABLE "{table}" CASCADE')
        MigrationExecutor(connection).migrate(targets)
        tables = reader.manifest.tables
        _execute("TRUNCATE " + ", ".join(f'"{one}"' for one in tables))
        _switch_triggers(tables, "DISABLE")  # what they would write is in the backup itself
        _execute("SET CONSTRAINTS ALL DEFERRED")
        for table, columns in tables.items():
            _fill(reader, table, columns, grow)
        _execute("SET CONSTRAINTS ALL IMMEDIATE")
        _switch_triggers(tables, "ENABLE")
        _move_sequences()


def _switch_triggers(tables: Iterable[str], to: str) -> None:
    for table in tables:
        _execute(f'ALTER TABLE "{table}" {to} TRIGGER USER')


def _targets(reader: Reader) -> list[tuple[str, str]]:
    """The backup's own state of the tables. Raises Broken when this Tandem does not know it."""
    loader = MigrationExecutor(connection).loader
    applied = {(app, name) for app, name in reader.manifest.migrations}
    unknown = sorted(applied - loader.disk_migrations.keys())
    if unknown:
        raise Broken(_("This backup was made by a later Tandem (%(version)s).") % {"version": reader.manifest.version})
    nodes = loader.graph.nodes.keys() & applied
    return [one for one in nodes if not {child.key for child in loader.graph.node_map[one].children} & applied]


def _fill(reader: Reader, table: str, columns: list[str], grow: Grow) -> None:
    statement = f"COPY {_named(table, columns)} FROM STDIN"
    with reader.open(f"{FOLDER}/{table}") as source, _copying(statement) as copy:
        while piece := source.read(CHUNK):
            copy.write(piece)
            grow(len(piece))
    if _rows(f'SELECT count(*) FROM "{table}"')[0][0] != reader.manifest.rows[table]:  # noqa: S608
        raise Broken(_("This backup is not whole: %(name)s.") % {"name": table})


def _move_sequences() -> None:
    for table, column, sequence in _rows(_SEQUENCES):
        if sequence is not None:
            _execute(f"""SELECT setval('{sequence}', coalesce((SELECT max("{column}") FROM "{table}"), 1))""")  # noqa: S608


def _named(table: str, columns: list[str]) -> str:
    return f'"{table}" ({", ".join(f"{chr(34)}{one}{chr(34)}" for one in columns)})'


def _rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [list(one) for one in cursor.fetchall()]


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _copying(statement: str) -> Iterator[Any]:
    """psycopg's own cursor knows COPY."""
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        yield copy
