"""People and units by file, for programs: send, look, import; take along."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Shown
from tandem.integrations.people_file.commands import import_file, send_file
from tandem.integrations.people_file.models import PeopleFile
from tandem.integrations.people_file.queries import get_file
from tandem.people.actors import actor_of

router = Router(tags=["people files"])


class FaultOut(Shown):
    sheet: str
    row: int | None
    """As the spreadsheet counts, from 1."""
    column: str
    message: str


class RowOut(Shown):
    sheet: str
    row: int | None
    name: str
    what: Literal["created", "changed"]
    fields: list[list[str]]
    """Of a changed one: field, what stands, what the file says."""


class CountsOut(Shown):
    created: int
    changed: int
    unchanged: int


class PeopleFileOut(Shown):
    id: int
    name: str
    at: datetime
    state: Literal["waiting", "checked", "faulty", "applying", "applied"]
    done: int
    """Percent."""
    counts: dict[str, CountsOut]
    rows: list[RowOut]
    more_rows: int
    faults: list[FaultOut]
    more_faults: int


@router.post("/people-files", response={201: PeopleFileOut})
def send(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """Send an XLSX or CSV file (multipart, `file`): it is looked through, and changes nothing yet."""
    content = file.read()
    return _shown(send_file(actor_of(request), None, name=file.name or "", content=content), 201)


@router.get("/people-files/{id:file_id}", response=PeopleFileOut)
def read_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """What the dry run found, or how far it is. Files are kept for a day."""
    return _shown(get_file(actor_of(request), file_id))


@router.post("/people-files/{id:file_id}/import", response=PeopleFileOut)
def apply(request: HttpRequest, file_id: int) -> HttpResponse:
    """Write all of it, or nothing; large files by the worker."""
    actor = actor_of(request)
    return _shown(import_file(actor, get_file(actor, file_id)))


def _shown(file: PeopleFile, status: int = 200) -> HttpResponse:
    blank: dict[str, Any] = {"counts": {}, "rows": [], "more_rows": 0, "faults": [], "more_faults": 0}
    said = {"id": file.pk, "name": file.name, "at": file.at, "state": file.state, "done": file.done}
    return answer({**said, **(blank | file.report)}, status=status)
