"""`tandem plan`, `apply`, `export` and `check`: the company as a file, and proof that its numbers are true."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.utils.translation import gettext as _

from tandem.core.bulk import Fault
from tandem.core.files import whole
from tandem.integrations.plan import checking, exporting, progress, writing
from tandem.integrations.plan.comparing import Faulty, apply, prepare
from tandem.integrations.plan.reading import Unreadable, read
from tandem.integrations.plan.report import changes, summary
from tandem.integrations.xlsx.command_line import export_workbook

MOST_FAULTS = 1000
plan_file = click.Path(exists=True, dir_okay=False, allow_dash=True)


@contextmanager
def faults_shown() -> Iterator[None]:
    """What is wrong with a file goes to stderr, one line each, and the answer is 1."""
    try:
        yield
    except (Unreadable, Faulty) as refused:
        for fault in refused.faults[:MOST_FAULTS]:
            click.echo(_line(fault), err=True)
        if len(refused.faults) > MOST_FAULTS:
            more = len(refused.faults) - MOST_FAULTS
            click.echo(_("… and %(count)s more") % {"count": more}, err=True)
        sys.exit(1)


def _line(fault: Fault) -> str:
    return printable(f"{fault.path}: {fault.message}" if fault.path else fault.message)


def printable(line: str) -> str:
    """On one line, and nothing in it that a terminal's encoding cannot say."""
    return " ".join(line.split()).encode("utf-8", "backslashreplace").decode()


@click.command()
@click.argument("file", type=plan_file)
def plan(file: str) -> None:
    """Say what applying FILE would change (- is standard input)."""
    with faults_shown():
        prepared = prepare(read(file))
    for line in changes(prepared):
        click.echo(line)
    click.echo(summary(prepared))


@click.command("apply")
@click.argument("file", type=plan_file)
def apply_file(file: str) -> None:
    """Bring the company to what FILE says: all of it or, if anything is wrong, nothing (- is standard input)."""
    with faults_shown(), progress.steps() as tell:
        tell(_("reading"))
        gc.disable()  # a file's objects stay until the end: looking for rings among them costs a third of the time
        prepared = apply(read(file), tell)
    click.echo(summary(prepared))


@click.command()
@click.option("--cycle", help="Only this cycle (its id), with the goals that its goals align to.")
@click.option("--format", "form", type=click.Choice(["json", "yaml", "xlsx"]), default="json", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output.")
@click.option("--language", type=click.Choice(["en", "zh-hans"]), help="Of a workbook; the company's when left out.")
def export(cycle: str | None, form: str, output: Path | None, language: str | None) -> None:
    """Write the company as a plan file (applying it again changes nothing) or, as xlsx, as a workbook to read."""
    if form == "xlsx":
        export_workbook(cycle, output, language)
        return
    choice = exporting.choose(cycle)
    found = progress.counted(exporting.sections(choice))
    text = writing.as_json(found) if form == "json" else writing.as_yaml(found)
    if output is None:
        for piece in text:
            sys.stdout.buffer.write(piece.encode())
        sys.stdout.buffer.flush()
        return
    with whole(output) as draft, draft.open("w", encoding="utf-8", newline="\n") as target:
        target.writelines(text)


@click.command()
def check() -> None:
    """Compute every stored number anew and try every rule of the data; a line for each fault."""
    faults = 0
    for line in checking.faults():
        click.echo(line)
        faults += 1
    if faults:
        sys.exit(1)
    click.echo(_("All stored numbers are true."))


COMMANDS = (plan, apply_file, export, check)
