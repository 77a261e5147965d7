"""The company's own settings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tandem.pages.views.form_page import Words, form_page
from tandem.pages.views.keeping import administrator
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people import commands
from tandem.people.forms import OrganizationForm
from tandem.people.queries import organization


@SHOW_AND_SEND
def company(request: HttpRequest) -> HttpResponse:
    actor = administrator(request)
    form = OrganizationForm.of(actor, organization(), request.POST or None)

    def act(fields: dict[str, Any]) -> str:
        commands.edit_organization(actor, organization(), **fields)
        return reverse("organization")

    words = Words(_("Settings of the company"), _("Save"), _("Saved."), reverse("organization"))
    return form_page(request, form, act, words)
