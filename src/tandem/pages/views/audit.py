"""The audit log: who did what and when, filtered, page by page, and as a table to take along."""

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_GET

from tandem.activity.audit import Asked, all_told, audit, group_choices, group_of, told
from tandem.activity.commands import note_export
from tandem.core.cells import plain_cell
from tandem.core.clock import today
from tandem.pages.views.asking import address_with, whole
from tandem.people.actors import actor_of
from tandem.people.forms import ActorForm, PickField

if TYPE_CHECKING:
    from tandem.activity.queries import FeedItem

PAGE = 50
MOST = 100_000
"""Rows of one export; more is asked for by narrower days."""


class AuditForm(ActorForm):
    person = PickField("people", label=__("Person"), required=False, empty_label=__("Everybody"))
    group = forms.ChoiceField(label=__("Kind of event"), required=False)
    since = forms.DateField(label=__("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=__("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    about = forms.RegexField(r"^[a-z_]{1,24}:\d{1,12}$", required=False, widget=forms.HiddenInput)

    def asked(self) -> Asked:
        """What was asked for, as far as it makes sense."""
        said: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        person = said.get("person")
        return Asked(
            person.pk if person else None, said.get("group") or None, said.get("about") or None,
            said.get("since"), said.get("until"),
        )  # fmt: skip


def _form(request: HttpRequest) -> AuditForm:
    actor = actor_of(request)
    form = AuditForm(actor, request.GET)
    field = form.fields["group"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("All")), *group_choices(actor)]
    return form


@require_GET
def audit_log(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = _form(request)
    if "csv" in request.GET:  # the table's file has more columns and rows than the page, and is an event itself
        return HttpResponseRedirect(f"{reverse('audit_table')}?{request.GET.urlencode()}")
    rows = audit(actor, form.asked()).order_by("-pk")
    before = whole(request.GET.get("before"))
    found = list((rows if before is None else rows.filter(pk__lt=before))[: PAGE + 1])
    shown = told(actor, found[:PAGE])
    page = {
        "form": form,
        "items": shown,
        "older": address_with(request, "before", shown[-1].id) if len(found) > PAGE else "",
        "query": request.GET.urlencode(),
    }
    return render(request, "administration/audit.html", page, status=200 if form.is_valid() else 422)


@require_GET
def audit_table(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV, at most 100 000 rows. That it was taken along is an event itself."""
    actor = actor_of(request)
    asked = _form(request).asked()
    many = min(MOST, audit(actor, asked).order_by().count())
    note_export(actor, "audit", rows=many)
    head = [_("When"), _("Who"), _("Kind of event"), _("What"), _("About")]
    answer = StreamingHttpResponse(_lines(head, all_told(actor, asked, most=many)), content_type="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{today().isoformat()}.csv"'
    return answer


class _Echo:
    def write(self, text: str) -> str:
        return text


def _lines(head: list[str], items: "Iterator[FeedItem]") -> Iterator[bytes]:
    write = csv.writer(_Echo()).writerow
    yield b"\xef\xbb\xbf" + str(write(head)).encode()
    for one in items:
        row = [one.at.isoformat(timespec="seconds"), one.actor_name or "Tandem", group_of(one.verb), one.sentence]
        yield str(write([plain_cell(cell) for cell in (*row, one.about)])).encode()
