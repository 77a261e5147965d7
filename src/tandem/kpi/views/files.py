"""Indicators and values by file: sent, looked through, imported; taken along."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tandem.activity.commands import note_export
from tandem.core.clock import today
from tandem.core.errors import Invalid, Missing, NotAllowed
from tandem.kpi import commands
from tandem.kpi.access import may_hand_in, may_keep_library
from tandem.kpi.forms.file_report import why_of, word_of
from tandem.kpi.forms.indicators import IndicatorForm
from tandem.kpi.forms.library_export import FORMATS, TYPES, library_as
from tandem.kpi.forms.readings_file import COLUMNS, template
from tandem.kpi.models import KpiFile
from tandem.kpi.queries import due_of, find_indicators, get_kpi_file
from tandem.kpi.views.asked import keepers_only
from tandem.people.actors import Actor, actor_of

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@SHOW_AND_SEND
def library_files(request: HttpRequest) -> HttpResponse:
    keepers_only(request)
    fault: dict[str, str] = {}
    if request.method == "POST":
        try:
            kept = _sent(request)
            return HttpResponseRedirect(reverse("kpi_file", args=[kept.pk]))
        except Invalid as refusal:
            fault = {refusal.field or "file": refusal.message}
    return render(request, "kpi/library_files.html", {"fault": fault}, status=422 if fault else 200)


def _sent(request: HttpRequest) -> KpiFile:
    sent, mapping = request.FILES.get("file"), request.FILES.get("mapping")
    if not isinstance(sent, UploadedFile):
        raise Invalid(_("Choose a file."), field="file")
    words = _text(mapping.read()) if isinstance(mapping, UploadedFile) else ""
    name, content = sent.name or "", sent.read()
    return commands.send_library(actor_of(request), None, name=name, content=content, mapping=words)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(_("The mapping is no YAML that Tandem can read."), field="mapping") from None


@SHOW_AND_SEND
def readings_files(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not may_hand_in(actor):
        raise NotAllowed(_("Values are handed in by who supplies them."))
    fault, sent = "", request.FILES.get("file")
    if request.method == "POST":
        try:
            kept = _sent_values(actor, sent)
            return HttpResponseRedirect(reverse("kpi_file", args=[kept.pk]))
        except Invalid as refusal:
            fault = refusal.message
    return render(request, "kpi/readings_files.html", {"fault": fault}, status=422 if fault else 200)


def _sent_values(actor: Actor, sent: object) -> KpiFile:
    if not isinstance(sent, UploadedFile):
        raise Invalid(_("Choose a file."), field="file")
    return commands.send_readings(actor, None, name=sent.name or "", content=sent.read())


@require_GET
def readings_template(request: HttpRequest) -> HttpResponse:
    """What the actor owes today, as a table to fill in."""
    day = today()
    content = template(due_of(actor_of(request), day), day.isoformat())
    answer = HttpResponse(content, content_type=TYPES["xlsx"])
    answer.headers["Content-Disposition"] = f'attachment; filename="values-{day.isoformat()}.xlsx"'
    return answer


@SHOW_AND_SEND
def kpi_file(request: HttpRequest, file_id: int) -> HttpResponse:
    actor = actor_of(request)
    file = get_kpi_file(actor, file_id)
    fault = ""
    if request.method == "POST":
        try:
            done = commands.import_file(actor, file)
        except Invalid as refusal:
            fault = refusal.message
        else:
            if done.state == "applied":
                messages.success(request, _("Imported."))
            return HttpResponseRedirect(request.path)
    labels = {name: field.label for name, field in IndicatorForm.base_fields.items()}
    names = labels if file.kind == "indicators" else COLUMNS
    page = {"file": file, "fault": fault, "names": names, "word_of": word_of, "why_of": why_of}
    return render(request, "kpi/file.html", page, status=422 if fault else 200)


@require_GET
def library_export(request: HttpRequest, form: str) -> HttpResponse:
    """What the library holds, archived ones aside. That it was taken along is kept."""
    actor = actor_of(request)
    if form not in FORMATS:
        raise Missing(_("There is nothing here."))
    rows = list(find_indicators(actor))
    if may_keep_library(actor):
        note_export(actor, "indicators", rows=len(rows))
    answer = HttpResponse(library_as(form, rows), content_type=TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="indicators-{today().isoformat()}.{form}"'
    return answer
