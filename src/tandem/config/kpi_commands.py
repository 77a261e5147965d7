"""`tandem indicators` and `tandem readings`: the library and values by file, from the command line."""

import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from tandem.config.database_upgrade import upgrade_database

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def indicators() -> None:
    """The library of indicators by file."""


@indicators.command("import")
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, help="Which column of a file of another shape is which field (YAML).")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
def import_library(file: Path, mapping: Path | None, *, dry_run: bool) -> None:
    """Bring the library to what FILE says (XLSX, CSV, JSONL): all of it or, if anything is wrong, nothing."""
    from tandem.config.kpi_door import bring_library

    upgrade_database()
    words = mapping.read_text(encoding="utf-8-sig") if mapping else ""
    _said(*bring_library(file.read_bytes(), words, writing=not dry_run), dry_run=dry_run)


@indicators.command("export")
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "jsonl"]), default="csv", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output.")
def export_library(form: str, output: Path | None) -> None:
    """Write the library as a file; importing it again changes nothing."""
    from tandem.config.kpi_door import library_file
    from tandem.core.files import whole

    upgrade_database()
    content = library_file(form)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    with whole(output) as draft:
        draft.write_bytes(content)


@click.group()
def readings() -> None:
    """Values of indicators by file."""


@readings.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
def import_values(file: Path, *, dry_run: bool) -> None:
    """Hand in the values of FILE (XLSX, CSV): all of them or, if anything is wrong, none."""
    from tandem.config.kpi_door import bring_values

    upgrade_database()
    _said(*bring_values(file.read_bytes(), writing=not dry_run), dry_run=dry_run)


def _said(lines: list[str], faults: list[str], *, dry_run: bool) -> None:
    for line in faults:
        click.echo(line, err=True)
    for line in lines:
        click.echo(line)
    if faults:
        sys.exit(1)
    if dry_run:
        click.echo(_("Nothing was changed."))
