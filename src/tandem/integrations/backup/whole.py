"""Saving and restoring everything: the database, the generated secret, the uploaded files."""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from tandem import __version__
from tandem.core.clock import now
from tandem.core.errors import Refusal
from tandem.integrations.backup import postgresql, sqlite
from tandem.integrations.backup.archive import (
    CHUNK,
    FORMAT,
    SECRET,
    UPLOADS,
    Broken,
    Grow,
    Manifest,
    Reader,
    read,
    written,
)
from tandem.people.actors import SYSTEM
from tandem.people.commands import note_backup
from tandem.people.queries import people

Bar = Callable[[str, int], AbstractContextManager[Grow]]


class NotEmpty(Refusal):
    code = "not_empty"


def save(target: Path, bar: Bar) -> Manifest:
    """Everything, as of one moment, into the file `target`; others go on reading and writing meanwhile."""
    manifest = Manifest(FORMAT, __version__, connection.vendor, now().isoformat(timespec="seconds"))
    files = list(_uploads())
    total = _database_size() + sum(path.stat().st_size for path in files)
    with written(target, manifest) as writer, bar(_("backing up"), total) as grow:
        if connection.vendor == "sqlite":
            sqlite.save(writer, target, grow)
        else:
            postgresql.save(writer, grow)
        secret = settings.DATA_DIR / SECRET
        if secret.is_file():
            writer.file(SECRET, secret)
        for path in files:
            writer.file(f"{UPLOADS}/{path.relative_to(_folder()).as_posix()}", path, grow)
    note_backup(SYSTEM, None, rows=sum(manifest.rows.values()), size=target.stat().st_size)
    return manifest


def restore(source: Path, bar: Bar, *, replace: bool) -> Manifest:
    """What the file `source` holds, in place of what is here: all of it or nothing.

    Raises Broken for a file that is damaged or of another kind, NotEmpty when people are here, without `replace`.
    """
    with read(source) as reader:
        manifest = reader.manifest
        if manifest.kind != connection.vendor:
            raise Broken(_(
                "This backup is of %(theirs)s, this Tandem keeps its data in %(ours)s: a backup goes back to its own "
                "kind. To change the kind, use tandem export and tandem apply."
            ) % {"theirs": _name(manifest.kind), "ours": _name(connection.vendor)})  # fmt: skip
        if not replace and people(SYSTEM, left=True).exists():
            raise NotEmpty(_("There are people here already. --replace puts the backup in place of everything here."))
        with bar(_("verifying"), reader.size()) as grow:
            reader.verify(grow)
        with bar(_("restoring"), reader.size()) as grow:
            (sqlite if manifest.kind == "sqlite" else postgresql).load(reader, grow)
            _put_files(reader)
    return manifest


def _name(kind: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(kind, kind)


def _database_size() -> int:
    return sqlite.size() if connection.vendor == "sqlite" else postgresql.size()


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def _uploads() -> list[Path]:
    return sorted(path for path in _folder().rglob("*") if path.is_file()) if _folder().is_dir() else []


def _put_files(reader: Reader) -> None:
    """The secret (so that sessions and links stay good) and the uploads, each file whole or not at all."""
    if SECRET in reader.manifest.checksums:
        _put(reader, SECRET, settings.DATA_DIR / SECRET)
    for member, path in reader.uploads():
        target = (_folder() / path).resolve()
        if not target.is_relative_to(_folder().resolve()):
            raise Broken(_("This backup is not whole: %(name)s.") % {"name": member})
        _put(reader, member, target)


def _put(reader: Reader, member: str, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file, reader.open(member) as source:
            shutil.copyfileobj(source, file, CHUNK)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
