"""Search: a page of its own, and the palette over any page. Both show the same list."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from markupsafe import Markup, escape

from tandem.pages.palette import deeds
from tandem.people.actors import actor_of
from tandem.search.kinds import KINDS, Hit
from tandem.search.queries import search
from tandem.search.rules import LONGEST_QUESTION, folded

OF_EACH = 5
OF_ONE = 50
STATES = {
    "left": gettext_lazy("left"),
    "archived": gettext_lazy("archived"),
    "draft": gettext_lazy("draft"),
    "dropped": gettext_lazy("dropped"),
    "closed": gettext_lazy("closed"),
}


@dataclass(frozen=True)
class Line:
    """A hit as the list shows it."""

    href: str
    title: Markup
    place: str
    icon: str


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """`q` words, `kind` one kind alone, `part=list` the list for the palette."""
    text = request.GET.get("q", "")[:LONGEST_QUESTION].replace("\x00", "").strip()
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in KINDS else None
    found = search(actor_of(request), text, kinds, limit=OF_ONE if kinds else OF_EACH)
    groups = [(KINDS[name], [_line(one, found.words) for one in hits]) for name, hits in found.hits.items() if hits]
    page: dict[str, Any] = {
        "text": text,
        "at": "palette" if request.GET.get("at") == "palette" else "search",
        "groups": groups,
        "deeds": [] if kinds else deeds(actor_of(request), text),
        "kind": kind if kinds else "",
        "kinds": list(KINDS.values()),
        "most": OF_EACH,
    }
    return render(request, "search/list.html" if request.GET.get("part") == "list" else "search/page.html", page)


_ICONS = {"person": "person", "unit": "unit", "objective": "goals", "key_result": "check", "comment": "comment"}


def _line(one: Hit, words: list[str]) -> Line:
    parts = (one.owner, one.unit, one.cycle, str(STATES.get(one.state, "")))
    return Line(
        _address(one),
        _marked(one.title, words),
        " · ".join(part for part in parts if part),
        _ICONS.get(one.kind, "goals"),
    )


def _marked(title: str, words: list[str]) -> Markup:
    """The title with the words of the question marked, as far as they stand in it."""
    plain = folded(title)
    if not words or len(plain) != len(title):
        return escape(title)
    marked = [False] * len(title)
    for word in words:
        place = plain.find(word)
        while place >= 0:
            marked[place : place + len(word)] = [True] * len(word)
            place = plain.find(word, place + 1)
    runs = groupby(zip(title, marked, strict=True), key=lambda one: one[1])
    parts = ((escape("".join(letter for letter, _on in run)), on) for on, run in runs)
    return Markup("").join(Markup("<mark>%s</mark>") % text if on else text for text, on in parts)


def _address(one: Hit) -> str:
    if one.kind in ("person", "unit", "objective"):
        return reverse(one.kind, args=[one.id])
    anchor = f"#kr-{one.id}" if one.kind == "key_result" else f"#{one.kind}-{one.id}"
    return reverse("objective", args=[one.under]) + anchor
