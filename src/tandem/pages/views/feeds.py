"""What happened around a person or in a unit, page by page, newest first."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tandem.activity.queries import FeedItem, feed
from tandem.core.http.fragments import wants_fragment
from tandem.pages.views.asking import whole
from tandem.people.actors import Actor, actor_of
from tandem.people.queries import get_person, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

FEED = 12


@dataclass(frozen=True)
class Lately:
    """One page of a feed; `older` is the address of the next one, "" at the end."""

    items: list[FeedItem]
    older: str


def lately(actor: Actor, about: "Person | Unit", address: str, before: int | None = None) -> Lately:
    """One query. `address` is where the feed's pages are."""
    found = feed(actor, about, before=before, limit=FEED + 1)
    older = f"{address}?before={found[FEED - 1].id}" if len(found) > FEED else ""
    return Lately(found[:FEED], older)


@require_GET
def person_feed(request: HttpRequest, person_id: int) -> HttpResponse:
    return _page(request, "person", get_person(actor_of(request), person_id))


@require_GET
def unit_feed(request: HttpRequest, unit_id: int) -> HttpResponse:
    return _page(request, "unit", get_unit(actor_of(request), unit_id))


def _page(request: HttpRequest, kind: str, about: "Person | Unit") -> HttpResponse:
    """Further lines for the page that shows the first ones; without scripts, a page of its own."""
    before = whole(request.GET.get("before"))
    found = lately(actor_of(request), about, reverse(f"{kind}_feed", args=[about.pk]), before)
    template = "feed/lines.html" if wants_fragment(request) else "feed/page.html"
    page = {"feed": found, "about": about, "place": reverse(kind, args=[about.pk]), "is_first": before is None}
    return render(request, template, page)
