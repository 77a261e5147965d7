"""Keeping units: create, name, move, lead, archive, restore."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tandem.pages.views.asking import whole
from tandem.pages.views.form_page import Words, form_page
from tandem.pages.views.keeping import keeper
from tandem.people import commands
from tandem.people.actors import Actor
from tandem.people.forms import LeadForm, NewUnitForm, UnitForm
from tandem.people.queries import children_of, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Unit

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


def _at(unit_id: int) -> str:
    return reverse("unit", args=[unit_id])


def _only_root(actor: Actor) -> "Unit | None":
    """Where one unit stands at the top, new ones belong below it unless somebody says otherwise."""
    roots = children_of(actor, None)[:2]
    return roots[0] if len(roots) == 1 else None


@SHOW_AND_SEND
def unit_new(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    above = whole(request.GET.get("parent"))
    parent = get_unit(actor, above) if above else _only_root(actor)
    form = NewUnitForm(actor, request.POST or None, initial={"parent": parent})

    def act(fields: dict[str, Any]) -> str:
        return _at(commands.create_unit(actor, fields.pop("parent"), **fields).pk)

    back = _at(parent.pk) if parent else reverse("organization")
    return form_page(request, form, act, Words(_("New unit"), _("Create unit"), _("The unit is there."), back))


@SHOW_AND_SEND
def unit_edit(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = keeper(request)
    unit = get_unit(actor, unit_id)
    form = UnitForm(actor, request.POST or None, initial=unit.as_version())

    def act(fields: dict[str, Any]) -> str:
        commands.edit_unit(actor, unit, **fields)
        return _at(unit_id)

    return form_page(request, form, act, Words(unit.name, _("Save"), _("Saved."), _at(unit_id)))


@SHOW_AND_SEND
def unit_lead(request: HttpRequest, unit_id: int) -> HttpResponse:
    actor = keeper(request)
    unit = get_unit(actor, unit_id)
    form = LeadForm(actor, request.POST or None, initial={"lead": unit.lead})

    def act(fields: dict[str, Any]) -> str:
        commands.name_lead(actor, unit, **fields)
        return _at(unit_id)

    words = Words(
        _("Lead of %(unit)s") % {"unit": unit.name}, _("Save"), _("Saved."), _at(unit_id),
        _("The lead writes the unit’s goals. Where nobody leads, the lead of the unit above stands in."),
    )  # fmt: skip
    return form_page(request, form, act, words)
