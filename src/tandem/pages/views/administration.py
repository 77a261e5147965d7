"""The administration: one page that leads to all of it, and who has which role."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from tandem.activity.access import may_operate, may_read_audit
from tandem.cycles.access import may_run_cycles
from tandem.pages.views.asking import listed
from tandem.pages.views.keeping import administrator, operator
from tandem.people.access import may_administer, may_run_organization
from tandem.people.queries import people_with_roles

if TYPE_CHECKING:
    from tandem.people.models import Person

PEOPLE = 50


@dataclass(frozen=True)
class Door:
    """One line of the index."""

    name: str
    about: str
    href: str


@require_GET
def administration(request: HttpRequest) -> HttpResponse:
    actor = operator(request)
    return render(request, "administration/page.html", {"sections": _sections(actor)})


def _sections(actor: "Person") -> list[tuple[str, list[Door]]]:
    """What the actor may open, in groups; empty groups are left out."""
    found = [
        (_("Who and where"), _organization(actor) if may_run_organization(actor) else []),
        (_("How we work"), _working(actor)),
        (_("Keeping it well"), _running(actor)),
    ]
    return [(title, doors) for title, doors in found if doors]


def _organization(actor: "Person") -> list[Door]:
    doors = [
        Door(_("Organization"), _("Units, people, who leads whom"), reverse("organization")),
    ]
    about = _("Many at once: a template, an import with a dry run, an export")
    doors.append(Door(_("People and units by file"), about, reverse("people_files")))
    if may_administer(actor):
        doors.append(Door(_("Roles"), _("Who is administrator, of the people team, OKR champion"), reverse("roles")))
        about = _("Programs that sign in for people: whose, when last used, and an end to them")
        doors.append(Door(_("Everybody’s tokens"), about, reverse("every_token")))
    return doors


def _working(actor: "Person") -> list[Door]:
    doors = []
    if may_run_cycles(actor):
        doors.append(Door(_("Cycles"), _("Spans, phases, the day of the check-in"), reverse("cycles")))
    if may_administer(actor):
        about = _("Name, languages, time zone, the year, limits, how long the audit log keeps")
        doors.append(Door(_("Settings of the company"), about, reverse("company")))
        about = _("Your company’s words in place of Tandem’s, in both languages")
        doors.append(Door(_("Our own words"), about, reverse("wording")))
    return doors


def _running(actor: "Person") -> list[Door]:
    doors = []
    if may_read_audit(actor):
        doors.append(Door(_("Audit log"), _("Who did what, and when"), reverse("audit")))
    if may_operate(actor):
        doors.append(
            Door(pgettext("operator", "Health"), _("Queue, mail, database, backup, version"), reverse("health"))
        )
    return doors


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    actor = administrator(request)
    page = {"people": listed(request, "people", people_with_roles(actor), size=PEOPLE)}
    return render(request, "administration/roles.html", page)
