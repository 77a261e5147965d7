"""Files that appear whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A draft beside `path` to write into; it takes the place of `path` when all went well."""
    draft = path.with_name(f".{path.name}.unfinished")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
