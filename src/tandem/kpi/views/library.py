"""The library on screen: looked through, one indicator with its history, written by who keeps it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tandem.core.clock import today
from tandem.core.http.fragments import wants_fragment
from tandem.kpi import commands
from tandem.kpi.access import may_keep_library
from tandem.kpi.forms import EditIndicatorForm, IndicatorForm, RenewForm
from tandem.kpi.forms.indicators import initial_of
from tandem.kpi.models import Dimension
from tandem.kpi.queries import PAGE, dependencies, find_indicators, get_indicator, tags_in_use, versions_of
from tandem.kpi.rules import library as rules
from tandem.kpi.views.asked import keepers_only, part_of
from tandem.kpi.views.form_page import Words, form_page
from tandem.people.actors import actor_of

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])
LIVES = ("running", "ending", "ended", "archived")


def _at(code: str) -> str:
    return reverse("indicator", args=[code])


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "dimension", "tag", "life")}
    known = {"dimension": Dimension.values, "life": LIVES}
    asked |= {name: asked[name] if asked[name] in values else "" for name, values in known.items()}
    rows = find_indicators(actor, asked["q"], dimension=asked["dimension"], tag=asked["tag"], life=asked["life"])
    page: dict[str, Any] = {
        "asked": asked,
        "found": part_of(request, rows, PAGE),
        "dimensions": Dimension.choices,
        "tags": [(tag, tag) for tag in tags_in_use(actor)],
        "lives": [
            ("running", _("running")),
            ("ending", _("ending soon")),
            ("ended", _("ended")),
            ("archived", _("archived")),
        ],
        "may_keep": may_keep_library(actor),
    }
    return render(request, "kpi/library.html", page)


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = get_indicator(actor, code)
    names = {name: field.label for name, field in IndicatorForm.base_fields.items()}
    page = {
        "indicator": found,
        "versions": versions_of(actor, found),
        "names": names,
        "may_keep": may_keep_library(actor),
        "calculation": dependencies(actor, found),
    }
    return render(request, "kpi/indicator.html", page)


@SHOW_AND_SEND
def indicator_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    keepers_only(request)
    form = IndicatorForm(actor, request.POST or None)

    def act() -> str:
        return _at(commands.add_indicator(actor, None, **form.said()).code)

    back = reverse("indicators")
    return form_page(request, form, act, Words(_("New indicator"), _("Put into the library"), _("Added."), back))


@SHOW_AND_SEND
def indicator_edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = get_indicator(actor, code)
    keepers_only(request)
    form = EditIndicatorForm(actor, request.POST or None, initial=initial_of(found))

    def act() -> str:
        commands.edit_indicator(actor, found, version=form.cleaned_data["version"], **form.said())
        return _at(code)

    lead = _("Targets that were given keep the version they were given on.")
    return form_page(request, form, act, Words(found.name, _("Save"), _("Saved."), _at(code), lead))


@SHOW_AND_SEND
def indicator_renew(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = get_indicator(actor, code)
    keepers_only(request)
    form = RenewForm(actor, request.POST or None, initial={"until": today() + rules.USUAL_LIFE})

    def act() -> str:
        commands.renew_indicator(actor, found, until=form.cleaned_data["until"])
        return _at(code)

    lead = _("Does it still say what matters? Then it lasts on; else let it end.")
    return form_page(request, form, act, Words(found.name, _("Renew"), _("Renewed."), _at(code), lead))


@require_POST
def indicator_archive(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = commands.archive_indicator(actor, get_indicator(actor, code))
    undo = reverse("indicator_restore", args=[code])
    messages.success(request, _("“%(title)s” is archived.") % {"title": found.name}, extra_tags=f"undo:{undo}")
    return HttpResponseRedirect(reverse("indicators"))


@require_POST
def indicator_restore(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    commands.restore_indicator(actor, get_indicator(actor, code))
    return HttpResponse() if wants_fragment(request) else HttpResponseRedirect(_at(code))
