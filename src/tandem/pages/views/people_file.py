"""People and units by file: the template, the dry run with what it found, the import, the export."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tandem.activity.commands import note_export
from tandem.core.clock import today
from tandem.core.errors import Invalid, Missing
from tandem.integrations.people_file.columns import PEOPLE, SHEETS, UNITS
from tandem.integrations.people_file.commands import import_file, send_file
from tandem.integrations.people_file.queries import get_file
from tandem.integrations.people_file.writing import people_rows, template, text_table, units_rows, workbook
from tandem.pages.views.keeping import keeper
from tandem.pages.views.unit_forms import SHOW_AND_SEND

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@SHOW_AND_SEND
def people_files(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    sent = request.FILES.get("file")
    fault = _("Choose a file.") if request.method == "POST" else ""
    if isinstance(sent, UploadedFile):
        try:
            kept = send_file(actor, None, name=sent.name or "", content=sent.read())
            return HttpResponseRedirect(reverse("people_file", args=[kept.pk]))
        except Invalid as refusal:
            fault = refusal.message
    return render(request, "administration/people_files.html", {"fault": fault}, status=422 if fault else 200)


@SHOW_AND_SEND
def people_file(request: HttpRequest, file_id: int) -> HttpResponse:
    actor = keeper(request)
    file = get_file(actor, file_id)
    fault = ""
    if request.method == "POST":
        try:
            done = import_file(actor, file)
        except Invalid as refusal:
            fault = refusal.message
        else:
            if done.state == "applied":
                messages.success(request, _("Imported."))
            return HttpResponseRedirect(request.path)
    page = {
        "file": file,
        "fault": fault,
        "sheets": {one.name: one.title for one in SHEETS},
        "columns": {one.name: {column.field: column.title for column in one.columns} for one in SHEETS},
    }
    return render(request, "administration/people_file.html", page, status=422 if fault else 200)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
def people_template(request: HttpRequest) -> HttpResponse:
    keeper(request)
    return _download(template(), "template.xlsx", WORKBOOK)


@require_GET
def people_export(request: HttpRequest, what: str = "") -> HttpResponse:
    """All units and people as a workbook, or one of the tables as CSV. That it was taken along is kept."""
    actor = keeper(request)
    day = today().isoformat()
    if not what:
        rows = sum(1 for _row in people_rows(actor))
        note_export(actor, "people", rows=rows)
        return _download(workbook(actor), f"organization-{day}.xlsx", WORKBOOK)
    if what not in ("people", "units"):
        raise Missing(_("There is nothing here."))
    found = list((people_rows if what == "people" else units_rows)(actor))
    note_export(actor, what, rows=len(found))
    return _download(text_table(found, PEOPLE if what == "people" else UNITS), f"{what}-{day}.csv", "text/csv")
