"""The organisation: its tree of units, folded below the first levels, and its people by name."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tandem.core.errors import Missing
from tandem.pages.views.asking import listed, whole
from tandem.people.access import may_administer, may_run_organization
from tandem.people.actors import actor_of
from tandem.people.forms import choice_of, found_for
from tandem.people.queries import (
    get_unit,
    member_counts,
    organization,
    people_without_unit,
    search_people,
    units,
    units_with_children,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tandem.people.models import Person, Unit

BRANCH = 100
"""How many units right below one are shown at once."""
OPEN_ROOTS = 3
"""With more roots than this the second level is folded too."""
PEOPLE = 25


@dataclass
class Node:
    """A unit in the tree. Children not loaded yet are fetched when the branch is opened."""

    unit: "Unit"
    members: int = 0
    has_children: bool = False
    children: list["Node"] = field(default_factory=list)
    more: str = ""


@require_GET
def organization_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()[:100]
    archived = request.GET.get("archived") == "1"
    people = search_people(actor, words, left=may_run_organization(actor)) if words else people_without_unit(actor)
    page = {
        "company": organization(),
        "words": words,
        "archived": archived,
        "people": listed(request, "people", people, size=PEOPLE),
        "nodes": [] if words else first_levels(actor, archived=archived),
        "may_run": may_run_organization(actor),
        "may_administer": may_administer(actor),
    }
    return render(request, "organization/page.html", page)


@require_GET
def branch(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The units right below one, as lines of the tree."""
    actor = actor_of(request)
    archived = request.GET.get("archived") == "1"
    start = whole(request.GET.get("start")) or 0
    below = units(actor, archived=archived).filter(parent=get_unit(actor, unit_id))
    found = list(below[start : start + BRANCH + 1])
    page = {
        "nodes": nodes_of(actor, found[:BRANCH]),
        "next": f"{request.path}?start={start + BRANCH}{'&archived=1' if archived else ''}"
        if len(found) > BRANCH
        else "",
        "archived": archived,
        "may_run": may_run_organization(actor),
    }
    return render(request, "organization/branch.html", page)


def first_levels(actor: "Person", *, archived: bool) -> list[Node]:
    """The roots, and what lies right below them where that is not too much: three queries."""
    known = units(actor, archived=archived)
    roots = list(known.filter(parent=None))
    open_roots = roots if len(roots) <= OPEN_ROOTS else []
    second = list(_below(known, open_roots)[: BRANCH + 1])
    if len(second) > BRANCH:
        second = []
    nodes = {node.unit.pk: node for node in nodes_of(actor, [*roots, *second])}
    for one in second:
        assert one.parent_id is not None
        nodes[one.parent_id].children.append(nodes[one.pk])
    return [nodes[one.pk] for one in roots]


def _below(known: "QuerySet[Unit]", roots: "list[Unit]") -> "QuerySet[Unit]":
    return known.filter(parent__in=[one.pk for one in roots])


def nodes_of(actor: "Person", found: "list[Unit]") -> list[Node]:
    """Units as lines of the tree: two queries for their members and whether there is more below."""
    keys = [one.pk for one in found]
    members = member_counts(actor, keys)
    parents = units_with_children(actor, keys)
    return [Node(one, members.get(one.pk, 0), one.pk in parents) for one in found]


@require_GET
def pick(request: HttpRequest, what: str) -> HttpResponse:
    """What a search in a form found, as radios of that form."""
    if what not in ("people", "units"):
        raise Missing(_("There is nothing here."))
    name = request.GET.get("name", "")
    words = request.GET.get(f"{name}_words", "").strip()[:100]
    found: list[Any] = found_for(actor_of(request), what, words) if words else []
    outside = request.GET.get("outside", "")
    if outside:
        found = [one for one in found if not one.path.startswith(outside)]
    choices = [choice_of(one) for one in found]
    return render(request, "organization/picked.html", {"name": name, "choices": choices, "words": words})
