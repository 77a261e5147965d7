"""`tandem backup` and `tandem restore`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.utils.translation import gettext as _
from tqdm import tqdm

from tandem.integrations.backup.archive import Grow
from tandem.integrations.backup.whole import restore as restore_all
from tandem.integrations.backup.whole import save


@contextmanager
def bar(words: str, total: int) -> Iterator[Grow]:
    """Progress in bytes on a terminal; in a pipe, silence."""
    quiet = not sys.stderr.isatty()
    with tqdm(total=total, desc=words, disable=quiet, leave=False, unit="B", unit_scale=True) as shown:
        yield shown.update


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Put everything Tandem keeps into FILE, while it serves. The file appears whole or not at all."""
    manifest = save(file.absolute(), bar)
    if sys.stdout.isatty():
        size = f"{file.stat().st_size / 1_000_000:.1f} MB"
        click.echo(_("%(file)s: %(rows)s rows, %(size)s") % {
            "file": file, "rows": sum(manifest.rows.values()), "size": size,
        })  # fmt: skip


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Even if there are people here already: they and all else are replaced.")
def restore(file: Path, replace: bool) -> None:
    """Bring back what `tandem backup` put into FILE: all of it or, if anything is wrong, nothing."""
    manifest = restore_all(file, bar, replace=replace)
    click.echo(_("Restored the backup of %(when)s: %(rows)s rows.") % {
        "when": manifest.made_at, "rows": sum(manifest.rows.values()),
    })  # fmt: skip


COMMANDS = (backup, restore)
