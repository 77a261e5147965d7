"""The alignment map: one page in two views, and the pieces it fetches when a branch is opened."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tandem.core.errors import Missing
from tandem.cycles.queries import current_of, every_cycle, get_cycle
from tandem.insights.queries import branch_of, find_on_map, map_of, one_objective
from tandem.insights.queries.nodes import LISTS
from tandem.insights.rules import key
from tandem.insights.views.address import Address, address_of, whole
from tandem.people.actors import actor_of
from tandem.people.queries import Placed, branch_above, get_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tandem.cycles.models import Cycle

MOST_START = 1_000_000


@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """A cycle's map. With words to look for and no script, what was found stands in the map's place."""
    actor = actor_of(request)
    known = every_cycle(actor)
    cycle = _chosen(request, known)
    if cycle is None:
        return render(request, "insights/map/no_cycle.html")
    address = address_of(request.GET, cycle)
    top: Placed | None
    page: dict[str, Any] = {
        "cycle": cycle,
        "cycles": [
            {"label": one.name, "href": address.href(cycle=one.pk, opened=None, at=None), "current": one == cycle}
            for one in known
        ],
        "address": address,
    }
    if address.q:
        top = here = get_unit(actor, address.unit) if address.unit is not None else None
        hits = find_on_map(actor, cycle, address.q, address.which, branch=here.path if here else "")
        page |= {"hits": hits, "map": None}
    else:
        found = map_of(actor, cycle, address.asked)
        top = found.top
        page |= {"hits": None, "map": found, "opened": found.opened}
    page["above"] = branch_above(actor, top) if top is not None else []
    return render(request, "insights/map/page.html", page)


def _chosen(request: HttpRequest, known: "Sequence[Cycle]") -> "Cycle | None":
    asked = request.GET.get("cycle")
    if not asked:
        return current_of(one for one in known if not one.is_backlog) or (known[0] if known else None)
    for cycle in known:
        if cycle.pk == whole(asked):
            return cycle
    raise Missing(_("There is no such cycle."))


@require_GET
def map_branch(request: HttpRequest) -> HttpResponse:
    """What hangs under a node: its lists, or the next page of one."""
    actor = actor_of(request)
    address, cycle = _address(request)
    node = key(request.GET.get("node", ""))
    if node is None:
        raise Missing(_("There is nothing here."))
    page: dict[str, Any] = {"address": address, "node": node, "opened": [], "cycle": cycle}
    if node.kind == "objective":
        page["objective"], _path = one_objective(actor, cycle, node.id)
        return render(request, "insights/map/key_results.html", page)
    name = request.GET.get("list")
    start = min(whole(request.GET.get("start")) or 0, MOST_START)
    lists = branch_of(actor, cycle, node, address.which, name=name if name in LISTS else None, start=start)
    return render(request, "insights/map/branch.html", page | {"lists": lists, "start": start})


@require_GET
def map_find(request: HttpRequest) -> HttpResponse:
    """What a search found, each as a link to the map opened down to it."""
    actor = actor_of(request)
    address, cycle = _address(request)
    branch = get_unit(actor, address.unit).path if address.unit is not None else ""
    hits = find_on_map(actor, cycle, address.q, address.which, branch=branch)
    return render(request, "insights/map/found.html", {"address": address, "hits": hits})


def _address(request: HttpRequest) -> "tuple[Address, Cycle]":
    cycle = get_cycle(actor_of(request), whole(request.GET.get("cycle")) or 0)
    return address_of(request.GET, cycle), cycle
