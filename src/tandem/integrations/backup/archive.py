"""The file of a backup: a ZIP with the database, the generated secret, uploaded files, and a manifest of checksums."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from tandem.core.errors import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
SECRET = "secret_key"  # noqa: S105 - a file's name
UPLOADS = "uploads"
CHUNK = 1 << 20
Grow = Callable[[int], object]


def _unseen(_size: int) -> None:
    """Nobody watches."""


class Broken(Refusal):
    """The file is no backup, or not whole."""

    code = "backup"


@dataclass
class Manifest:
    """What a backup says of itself. `rows` counts by table; `checksums` are SHA-256 of every other member."""

    format: int
    version: str
    kind: str
    made_at: str
    rows: dict[str, int] = field(default_factory=dict)
    tables: dict[str, list[str]] = field(default_factory=dict)
    """PostgreSQL: the columns of each table, in the order of its file."""
    migrations: list[list[str]] = field(default_factory=list)
    checksums: dict[str, str] = field(default_factory=dict)


class Writer:
    """Puts members into the archive and remembers their checksums."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.archive = archive
        self.manifest = manifest

    @contextmanager
    def member(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """A function that takes the member's bytes, piece by piece."""
        digest = hashlib.sha256()
        with self.archive.open(name, "w", force_zip64=True) as target:

            def take(piece: bytes) -> None:
                digest.update(piece)
                target.write(piece)

            yield take
        self.manifest.checksums[name] = digest.hexdigest()

    def file(self, name: str, path: Path, grow: Grow = _unseen) -> None:
        with path.open("rb") as source, self.member(name) as take:
            while piece := source.read(CHUNK):
                take(piece)
                grow(len(piece))


@contextmanager
def written(target: Path, manifest: Manifest) -> Iterator[Writer]:
    """The archive at `target`, which appears whole or not at all; only its owner may read it."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)  # of a run that was killed
        handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                yield Writer(archive, manifest)
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


class Reader:
    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.archive = archive
        self.manifest = manifest

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(name)

    def uploads(self) -> Iterator[tuple[str, str]]:
        """Members and their paths below the folder of uploads."""
        for name in self.manifest.checksums:
            if name.startswith(f"{UPLOADS}/"):
                yield name, name.removeprefix(f"{UPLOADS}/")

    def size(self) -> int:
        return sum(one.file_size for one in self.archive.infolist())

    def verify(self, grow: Grow = _unseen) -> None:
        """Read everything once. Raises Broken for the first member that is not what the manifest says."""
        names = {one for one in self.archive.namelist() if one != MANIFEST}
        for name in sorted(names ^ self.manifest.checksums.keys()):
            raise Broken(_("This backup is not whole: %(name)s.") % {"name": name})
        for name, wanted in self.manifest.checksums.items():
            digest = hashlib.sha256()
            with self.archive.open(name) as source:
                while piece := source.read(CHUNK):
                    digest.update(piece)
                    grow(len(piece))
            if digest.hexdigest() != wanted:
                raise Broken(_("This backup is not whole: %(name)s.") % {"name": name})


@contextmanager
def read(path: Path) -> Iterator[Reader]:
    """The archive at `path`. Raises Broken when it is none, or of a later Tandem."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Reader(archive, _manifest(archive))
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError):
        raise Broken(_("%(name)s is no backup of Tandem, or it is damaged.") % {"name": path.name}) from None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    said: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if said.get("format") != FORMAT:
        raise Broken(_("This backup was made by another Tandem (%(version)s).") % {"version": said.get("version")})
    known = Manifest.__dataclass_fields__
    return Manifest(**{name: value for name, value in said.items() if name in known})
