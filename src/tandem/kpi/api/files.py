"""Indicators and values by file, for programs: send, look, import; take along."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from tandem.activity.commands import note_export
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Shown
from tandem.kpi import commands
from tandem.kpi.access import may_keep_library
from tandem.kpi.forms.library_export import library_as
from tandem.kpi.models import KpiFile
from tandem.kpi.queries import find_indicators, get_kpi_file
from tandem.people.actors import actor_of

router = Router(tags=["indicator files"])


class FileFaultOut(Shown):
    row: int | None
    """As the file counts, from 1."""
    column: str
    message: str


class FileRowOut(Shown):
    row: int
    code: str
    name: str
    what: Literal["created", "changed"]
    fields: list[list[str]]
    """Of a changed one: field, what stands, what the file says."""


class GuessOut(Shown):
    row: int
    code: str
    field: str
    value: str
    why: Literal["target", "unit", "formula", "name", "direction", "method", "over_time", "usual"]


class GuessesOut(Shown):
    field: str
    value: str
    count: int


class FileCountsOut(Shown):
    created: int
    changed: int
    unchanged: int


class KpiFileOut(Shown):
    id: int
    kind: Literal["indicators", "readings"]
    name: str
    at: datetime
    state: Literal["waiting", "checked", "faulty", "applying", "applied"]
    counts: FileCountsOut | None
    rows: list[FileRowOut]
    more_rows: int
    guesses: list[GuessesOut]
    """How often each value of each field was guessed."""
    guessed: list[GuessOut]
    more_guessed: int
    unused: list[str]
    """Columns that the mapping leaves out."""
    faults: list[FileFaultOut]
    more_faults: int


class LibraryOut(Shown):
    name: str
    content: str


@router.post("/indicator-files", response={201: KpiFileOut})
def send(request: HttpRequest, file: File[UploadedFile], mapping: Form[str] = "") -> HttpResponse:
    """Send an XLSX, CSV or JSONL file (multipart, `file`; `mapping` as text): it is looked through, and changes
    nothing yet."""
    actor = actor_of(request)
    kept = commands.send_library(actor, None, name=file.name or "", content=file.read(), mapping=mapping)
    return _shown(kept, 201)


@router.get("/indicator-files/{id:kpi_file_id}", response=KpiFileOut)
def read_kpi_file(request: HttpRequest, kpi_file_id: int) -> HttpResponse:
    """What the dry run found. Files are kept for a day."""
    return _shown(get_kpi_file(actor_of(request), kpi_file_id))


@router.post("/indicator-files/{id:kpi_file_id}/import", response=KpiFileOut)
def import_kpi_file(request: HttpRequest, kpi_file_id: int) -> HttpResponse:
    """Write all of it, or nothing; large files by the worker."""
    actor = actor_of(request)
    return _shown(commands.import_file(actor, get_kpi_file(actor, kpi_file_id)))


@router.post("/reading-files", response={201: KpiFileOut})
def send_values(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """The same for a file of values (XLSX, CSV). It is read and imported at `/indicator-files/{id}`."""
    return _shown(commands.send_readings(actor_of(request), None, name=file.name or "", content=file.read()), 201)


@router.get("/indicators-export", response=LibraryOut)
def export_library(request: HttpRequest, form: Literal["csv", "jsonl"] = "jsonl") -> HttpResponse:
    """The indicators you may use as the text of a file, in the shape that is imported without a mapping."""
    actor = actor_of(request)
    rows = list(find_indicators(actor))
    if may_keep_library(actor):
        note_export(actor, "indicators", rows=len(rows))
    return answer({"name": f"indicators.{form}", "content": library_as(form, rows).decode("utf-8-sig")})


def _shown(file: KpiFile, status: int = 200) -> HttpResponse:
    lists = ("rows", "guessed", "faults")
    blank: dict[str, Any] = {"counts": None, "guesses": [], "unused": []}
    blank |= {name: [] for name in lists} | {f"more_{name}": 0 for name in lists}
    said = {"id": file.pk, "kind": file.kind, "name": file.name, "at": file.at, "state": file.state}
    report = {name: value or blank[name] for name, value in file.report.items()}
    return answer({**said, **blank, **report}, status=status)
