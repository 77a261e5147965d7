"""Sending a file of indicators or values, and importing it after the dry run."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from tandem.core.bulk import Faults
from tandem.core.clock import now
from tandem.core.commands import command
from tandem.core.errors import Invalid, Refusal
from tandem.core.spreadsheets import MOST_BYTES
from tandem.core.texts import clean_line, clean_text
from tandem.kpi.access import may_import_file, may_send_library, may_send_readings
from tandem.kpi.commands.library_file import LibraryImport, import_indicators, prepare_indicators
from tandem.kpi.commands.readings_file import ReadingsImport, import_readings, prepare_readings
from tandem.kpi.forms.file_report import refused, report_of_library, report_of_readings
from tandem.kpi.forms.library_file import MOST_MAPPING, read_library
from tandem.kpi.forms.readings_file import read_readings
from tandem.kpi.models import KEPT, FileKind, FileState, Indicator, KpiFile
from tandem.people.actors import SYSTEM, Actor
from tandem.people.queries import get_person

AT_ONCE = 1_000_000
"""Bytes of a file that is read while its sender waits; larger ones are the worker's."""


@command(may=may_send_library)
def send_library(actor: Actor, _subject: None, /, *, name: str, content: bytes, mapping: str = "") -> KpiFile:
    """Keep the file for a day and see what it would change. Raises Invalid (422) naming `file` or `mapping`."""
    return _keep(actor, FileKind.INDICATORS, name, content, clean_text(mapping, "mapping", length=MOST_MAPPING))


@command(may=may_send_readings)
def send_readings(actor: Actor, _subject: None, /, *, name: str, content: bytes) -> KpiFile:
    """The same for a file of values. Raises Invalid (422) naming `file`."""
    return _keep(actor, FileKind.READINGS, name, content)


def _keep(actor: Actor, kind: str, name: str, content: bytes, mapping: str = "") -> KpiFile:
    if not content:
        raise Invalid(_("The file is empty."), field="file")
    if len(content) > MOST_BYTES:
        raise Invalid(_("The file is larger than 20 MB."), field="file")
    kept = KpiFile.objects.create(
        person_id=actor.pk or 0,
        kind=kind,
        name=clean_line(name[-200:] or "-", "file"),
        content=content,
        mapping=mapping,
        language=translation.get_language() or "en",
    )
    if len(content) <= AT_ONCE:
        look_through(actor, kept)
    else:
        look_through_later.enqueue(kept.pk)
    return kept


@command(may=may_import_file)
def import_file(actor: Actor, file: KpiFile) -> KpiFile:
    """Write all of it, or nothing. Raises Invalid (422) unless the dry run found no fault."""
    if file.state != FileState.CHECKED:
        raise Invalid(_("Only a file without faults can be imported, and only once."), code="state")
    if len(file.content) <= AT_ONCE:
        _write(actor, file)
    else:
        file.state = FileState.APPLYING
        file.save(update_fields=["state"])
        write_later.enqueue(file.pk)
    return file


def look_through(actor: Actor, file: KpiFile) -> None:
    """The dry run: what would be created, changed, left alone, what was guessed, and what is wrong, row by row."""
    faults = Faults()
    try:
        _prepared, file.report = _PREPARE[file.kind](actor, file, faults)
    except Invalid as refusal:
        faults.add("", refusal.message)
        file.report = refused(refusal.message, refusal.field or "")
    file.state = FileState.FAULTY if faults else FileState.CHECKED
    file.save(update_fields=["state", "report"])


def prepare_library(actor: Actor, content: bytes, mapping: str, faults: Faults) -> tuple[LibraryImport, dict[str, Any]]:
    """What the file would do, and the report of it. Raises Invalid naming `file` or `mapping`."""
    known = set(Indicator.objects.values_list("code", flat=True))
    found = read_library(actor, content, mapping, known, faults)
    prepared = prepare_indicators(found.entries, faults)
    return prepared, report_of_library(prepared, found, faults)


def _library(actor: Actor, file: KpiFile, faults: Faults) -> tuple[Any, dict[str, Any]]:
    return prepare_library(actor, bytes(file.content), file.mapping, faults)


def prepare_values(actor: Actor, content: bytes, faults: Faults) -> tuple[ReadingsImport, dict[str, Any]]:
    """The same of a file of values. Raises Invalid naming `file`."""
    rows = read_readings(actor, content, faults)
    prepared = prepare_readings(actor, rows, faults)
    return prepared, report_of_readings(prepared, faults)


def _values(actor: Actor, file: KpiFile, faults: Faults) -> tuple[Any, dict[str, Any]]:
    return prepare_values(actor, bytes(file.content), faults)


_PREPARE = {FileKind.INDICATORS.value: _library, FileKind.READINGS.value: _values}
_IMPORT: dict[str, Callable[[Actor, Any], object]] = {
    FileKind.INDICATORS.value: lambda actor, prepared: import_indicators(actor, None, prepared=prepared),
    FileKind.READINGS.value: lambda actor, prepared: import_readings(actor, None, prepared=prepared),
}


def _write(actor: Actor, file: KpiFile) -> None:
    """Read anew inside the transaction: what stands may have changed since the dry run. Raises Refusal."""
    with transaction.atomic():
        faults = Faults()
        prepared, _report = _PREPARE[file.kind](actor, file, faults)
        if faults:
            raise Invalid(_("Tandem changed meanwhile, and the file no longer fits; send it once more."))
        _IMPORT[file.kind](actor, prepared)
        file.state, file.content = FileState.APPLIED, b""
        file.save(update_fields=["state", "content"])


@task()
def look_through_later(key: int) -> None:
    file = KpiFile.objects.filter(pk=key, state=FileState.WAITING).first()
    if file is not None:
        with translation.override(file.language):
            look_through(get_person(SYSTEM, file.person_id), file)


@task()
def write_later(key: int) -> None:
    file = KpiFile.objects.filter(pk=key, state=FileState.APPLYING).first()
    if file is None:
        return
    with translation.override(file.language):
        try:
            _write(get_person(SYSTEM, file.person_id), file)
        except Refusal as refusal:
            file.state, file.report = FileState.FAULTY, refused(refusal.message)
            file.save(update_fields=["state", "report"])


def forget_old_files() -> None:
    """Files are kept for a day. A periodic job."""
    KpiFile.objects.filter(at__lt=now() - KEPT).delete()
