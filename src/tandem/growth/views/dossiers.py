"""The growth dossier as a page, where growth begins, and where news of it leads."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tandem.core.errors import Missing
from tandem.growth import access, queries
from tandem.growth.views.asking import whole
from tandem.people.actors import actor_of
from tandem.people.queries import get_person

FIRST, LAST = 1900, 2999


@require_GET
def growth(request: HttpRequest) -> HttpResponse:
    """One's own dossier, those of others one may read, the reviews one is concerned with."""
    actor = actor_of(request)
    page = {
        "shared": list(queries.shared_to(actor)[: queries.PAGE]),
        "reviews": list(queries.own_reviews(actor)[: queries.PAGE]),
        "keeps": actor.is_people_team,
    }
    return render(request, "growth/page.html", page)


@require_GET
def dossier(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = queries.get_owner(actor, person_id)
    year = whole(request.GET.get("year"))
    page = max(1, whole(request.GET.get("page")) or 1)
    told = queries.dossier(actor, person, year if year and FIRST <= year <= LAST else None, page)
    here = reverse("dossier", args=[person_id])
    return render(
        request,
        "growth/dossier.html",
        {
            "dossier": told,
            "person": person,
            "is_own": access.is_own(actor, person),
            "may_note": told.notes is not None,
            "review": queries.open_review(actor, person),
            "years": [
                {"label": str(one), "href": f"{here}?year={one}", "current": one == told.year} for one in told.years
            ],
        },
    )


@require_GET
def entry(request: HttpRequest, what: str, entry_id: int) -> HttpResponse:
    """Where news of growth leads: to the dossier at the place, to what one said, or to the review."""
    actor = actor_of(request)
    if what == "recognition":
        given = queries.get_recognition(actor, entry_id)
        page = "recognize" if access.is_giver(actor, given) else "dossier"
        return HttpResponseRedirect(f"{reverse(page, args=[given.person_id])}#recognition-{given.pk}")
    if what == "note":
        note = queries.get_note(actor, entry_id)
        return HttpResponseRedirect(f"{reverse('dossier', args=[note.person_id])}?year={note.on.year}#note-{note.pk}")
    if what == "share":
        share = queries.get_share(actor, entry_id)
        return HttpResponseRedirect(reverse("dossier", args=[get_person(actor, share.person_id).pk]))
    if what == "review":
        return HttpResponseRedirect(reverse("growth_review", args=[entry_id]))
    raise Missing(_("There is nothing here."))
