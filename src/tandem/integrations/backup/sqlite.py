"""SQLite: the database's own online backup, page by page, from one moment, while others read and write."""

import sqlite3
import tempfile
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from tandem.integrations.backup.archive import CHUNK, Broken, Grow, Reader, Writer

MEMBER = "database.sqlite3"
PAGES = 2000  # at a time: progress is told in between


def size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        found: int = cursor.fetchone()[0]
    return 2 * found


def save(writer: Writer, beside: Path, grow: Grow) -> None:
    """Copy the database beside the archive, then put the copy in."""
    with tempfile.TemporaryDirectory(prefix=f".{beside.name}.", dir=beside.parent) as folder:
        copy = Path(folder) / MEMBER
        _copied(copy, grow)
        writer.manifest.rows = _checked(copy)
        writer.file(MEMBER, copy, grow)


def _copied(copy: Path, grow: Grow) -> None:
    connection.ensure_connection()
    source = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    target = sqlite3.connect(copy)
    try:
        # A read transaction holds the moment still: without it, a writer would make the copy begin anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        page = source.execute("PRAGMA page_size").fetchone()[0]
        done = [0]

        def told(_status: int, remaining: int, total: int) -> None:
            grow((total - remaining - done[0]) * page)
            done[0] = total - remaining

        source.backup(target, pages=PAGES, progress=told)
        source.execute("ROLLBACK")
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()
        source.close()


def _checked(copy: Path) -> dict[str, int]:
    """The rows of each table. Raises Broken when the database is damaged."""
    database = sqlite3.connect(copy)
    try:
        fault = database.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise Broken(_("The database is damaged: %(fault)s") % {"fault": fault})
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        names = [name for (name,) in database.execute(query) if not name.startswith("sqlite_")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    except sqlite3.DatabaseError as fault:
        raise Broken(_("The database is damaged: %(fault)s") % {"fault": fault}) from None
    finally:
        database.close()


def load(reader: Reader, grow: Grow) -> None:
    """Unpack, look whether it is whole, then write it over the database in one step that happens or does not."""
    database = Path(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory(prefix=".tandem-restore-", dir=database.parent) as folder:
        copy = Path(folder) / MEMBER
        with reader.open(MEMBER) as source, copy.open("wb") as target:
            while piece := source.read(CHUNK):
                target.write(piece)
                grow(len(piece))
        if _checked(copy) != reader.manifest.rows:
            raise Broken(_("This backup is not whole: %(name)s.") % {"name": MEMBER})
        connection.close()
        source_db, target_db = sqlite3.connect(copy), sqlite3.connect(database, timeout=20)
        try:
            target_db.execute("PRAGMA journal_mode=WAL")
            source_db.backup(target_db)
        finally:
            target_db.close()
            source_db.close()
