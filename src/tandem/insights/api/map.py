"""The alignment map in the JSON API: levels, branches, an objective's place, a search; and what changes touch."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from tandem.core.errors import NotAllowed
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, IdText, Shown, Words
from tandem.cycles.queries import get_cycle
from tandem.insights.queries import (
    Asked,
    Node,
    NodeList,
    branch_of,
    find_on_map,
    map_of,
    one_objective,
    path_of_person,
    path_of_unit,
    touched_by_leaving,
    touched_by_moving,
    touched_by_unit,
)
from tandem.insights.rules import Key
from tandem.okr.api.as_json import key_result_json
from tandem.okr.api.shapes import Ambition, Category, KeyResultOut, OwnerOut
from tandem.okr.queries import Which
from tandem.people.access import may_run_organization
from tandem.people.actors import actor_of
from tandem.people.api.asking import named
from tandem.people.queries import get_person, get_unit

router = Router(tags=["map"])
Status = Literal["on_track", "at_risk", "off_track", "stale", "pending", "draft", "published", "closed", "dropped"]
ListName = Literal["objectives", "units", "people"]
Start = Annotated[int, Field(ge=0, le=1_000_000)]


class Filtered(Body):
    """Which objectives are shown; units and their numbers stay."""

    status: Status | None = None
    """What is true of an objective today; `published` is whatever is no draft."""
    ambition: Ambition | None = None
    category: Category | None = None

    @property
    def which(self) -> Which:
        return Which(self.status or "", self.ambition or "", self.category or "")


class AskedMap(Filtered):
    unit: IdText | None = None
    """Where the map begins; the tops of the organisation when left out."""


class AskedBranch(Filtered):
    list: ListName | None = None
    """The list to go on with; all of them when left out."""
    start: Start = 0
    """Where the page begins: the `next` of the page before."""


class AskedPeople(Filtered):
    start: Start = 0


class Sought(AskedMap):
    search: Words | None = None


class NumbersOut(Shown):
    objectives: int
    drafts: int
    progress: float | None
    """The mean over the owner's own objectives, 0–1."""


class BranchNumbersOut(NumbersOut):
    branch_objectives: int
    branch_drafts: int
    """With every unit below it and their members."""


class AlignedOut(Shown):
    """The objective above; `path` leads to it, so that a line finds the nearest node that is open."""

    id: int
    title: str
    cycle: int
    owner: str
    path: list[str]


class ObjectiveOnMapOut(Shown):
    status: str
    state: str
    ambition: Ambition
    category: Category
    progress: float | None
    expected: float
    confidence: float | None
    key_results: int
    owner: OwnerOut
    aligned_to: list[AlignedOut]
    aligned_by: int
    """How many objectives align to it that you may see."""
    confidential: int
    """And how many that you may not."""


class NodeOut(Shown):
    """`key` names the node: `u4` a unit, `p9` a person, `o7` an objective, `x` the people of no unit."""

    key: str
    kind: Literal["unit", "person", "objective", "unplaced"]
    id: int | None
    name: str
    can_open: bool
    numbers: BranchNumbersOut | NumbersOut | None = None
    objective: ObjectiveOnMapOut | None = None
    lists: list["ListOut"] | None
    """What hangs under it; null while it is folded."""


class ListOut(Shown):
    name: ListName
    nodes: list[NodeOut]
    more: int
    """How many follow; go on from `next`."""
    next: int
    without_goals: int
    """Of a unit's people: how many have no goals to see in a cycle that runs; with no filter, on the first page."""


class MapOut(Shown):
    tops: ListOut


class BranchOut(Shown):
    path: list[str]
    """The nodes to open, from the top down to this one."""
    lists: list[ListOut]


class PlacedObjectiveOut(Shown):
    path: list[str]
    node: NodeOut
    key_results: list[KeyResultOut]


class MapHitOut(Shown):
    key: str
    name: str
    where: str
    path: list[str]


class MapHitsOut(Shown):
    items: list[MapHitOut]


@router.get("/cycles/{id:cycle_id}/map", response=MapOut)
def read_map(request: HttpRequest, cycle_id: int, asked: Query[AskedMap]) -> HttpResponse:
    """The first levels of a cycle's map, never the whole: about 200 nodes at most."""
    actor = actor_of(request)
    found = map_of(actor, get_cycle(actor, cycle_id), Asked(asked.which, asked.unit))
    return answer({"tops": _list(found.tops)})


@router.get("/cycles/{id:cycle_id}/map/units/{id:unit_id}", response=BranchOut)
def read_units_branch(request: HttpRequest, cycle_id: int, unit_id: int, asked: Query[AskedBranch]) -> HttpResponse:
    """What hangs right under a unit: its objectives, the units below, people who have goals."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    path = path_of_unit(actor, unit_id)
    found = branch_of(actor, cycle, Key("unit", unit_id), asked.which, name=asked.list, start=asked.start)
    return answer({"path": _path(path), "lists": [_list(one) for one in found]})


@router.get("/cycles/{id:cycle_id}/map/people/{id:person_id}", response=BranchOut)
def read_persons_branch(request: HttpRequest, cycle_id: int, person_id: int, asked: Query[AskedPeople]) -> HttpResponse:
    """A person's objectives, and where the person hangs."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    path = path_of_person(actor, cycle, person_id)
    found = branch_of(actor, cycle, path[-1], asked.which, start=asked.start)
    return answer({"path": _path(path), "lists": [_list(one) for one in found]})


@router.get("/cycles/{id:cycle_id}/map/unplaced", response=BranchOut)
def read_unplaced_branch(request: HttpRequest, cycle_id: int, asked: Query[AskedPeople]) -> HttpResponse:
    """People with goals who belong to no unit."""
    actor = actor_of(request)
    key = Key("unplaced", 0)
    found = branch_of(actor, get_cycle(actor, cycle_id), key, asked.which, start=asked.start)
    return answer({"path": [str(key)], "lists": [_list(one) for one in found]})


@router.get("/cycles/{id:cycle_id}/map/objectives/{id:objective_id}", response=PlacedObjectiveOut)
def read_objective_on_map(request: HttpRequest, cycle_id: int, objective_id: int) -> HttpResponse:
    """An objective with its first twenty key results, and the path that leads to it."""
    actor = actor_of(request)
    node, path = one_objective(actor, get_cycle(actor, cycle_id), objective_id)
    key_results = [key_result_json(one) for one in node.key_results]
    return answer({"path": _path(path), "node": _node(node), "key_results": key_results})


@router.get("/cycles/{id:cycle_id}/map/find", response=MapHitsOut)
def find(request: HttpRequest, cycle_id: int, asked: Query[Sought]) -> HttpResponse:
    """Units, people and objectives by their words; with a filter, objectives that are so. At most thirty."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    branch = get_unit(actor, asked.unit).path if asked.unit is not None else ""
    hits = find_on_map(actor, cycle, (asked.search or "").strip(), asked.which, branch=branch)
    items = [{"key": str(one.key), "name": one.name, "where": one.where, "path": _path(one.path)} for one in hits]
    return answer({"items": items})


def _path(keys: list[Key]) -> list[str]:
    return [str(one) for one in keys]


def _list(found: NodeList) -> dict[str, Any]:
    nodes = [_node(one) for one in found.nodes]
    return {"name": found.name, "nodes": nodes, "more": found.more, "next": found.next, "without_goals": found.without}


def _node(node: Node) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "key": str(node.key),
        "kind": node.kind,
        "id": node.key.id or None,
        "name": node.name,
        "can_open": node.can_open,
        "lists": [_list(one) for one in node.lists] if node.lists else None,
    }
    if node.kind == "unit":
        shown["numbers"] = {name: getattr(node.numbers, name) for name in BranchNumbersOut.model_fields}
    elif node.person is not None:
        shown["numbers"] = {name: getattr(node.person, name) for name in NumbersOut.model_fields}
    elif node.objective is not None:
        shown["objective"] = _objective(node)
    return shown


def _objective(node: Node) -> dict[str, Any]:
    assert node.objective is not None
    row = node.objective.row
    kind, owner = ("unit", row.unit_id) if row.person_id is None else ("person", row.person_id)
    plain = ("status", "state", "ambition", "category", "progress", "expected", "confidence")
    return {
        **{name: getattr(row, name) for name in plain},
        "key_results": node.objective.key_results,
        "owner": {"kind": kind, "id": owner, "name": row.owner_name},
        "aligned_to": [
            {
                "id": line.link.id,
                "title": line.link.title,
                "cycle": line.link.cycle_id,
                "owner": line.owner_name,
                "path": _path(line.path),
            }
            for line in node.lines
        ],
        "aligned_by": node.objective.aligned_by,
        "confidential": node.objective.confidential,
    }


class UnitTouched(Body):
    change: Literal["move", "merge", "archive"]
    to: IdText | None = None
    """The unit below which, or into which, it would go."""


class PersonTouched(Body):
    change: Literal["move", "leave"]
    to: IdText | None = None
    """The new home unit of a move."""


class TouchedOut(Shown):
    items: list[str]
    """A sentence each, in the reader's language."""


@router.get("/units/{id:unit_id}/touched", response=TouchedOut, tags=["units"])
def touched_by_change_of_unit(request: HttpRequest, unit_id: int, asked: Query[UnitTouched]) -> HttpResponse:
    """Who would be missing from what if the unit were moved, merged or archived; for who keeps the organization."""
    actor = actor_of(request)
    unit, to = get_unit(actor, unit_id), named(get_unit, actor, asked.to, "to")
    if not may_run_organization(actor):
        raise NotAllowed(_("You may look at this, but not change it."))
    return answer({"items": touched_by_unit(actor, unit, asked.change, to)})


@router.get("/people/{id:person_id}/touched", response=TouchedOut, tags=["people"])
def touched_by_change_of_person(request: HttpRequest, person_id: int, asked: Query[PersonTouched]) -> HttpResponse:
    """The same if the person moved to another unit or left the company."""
    actor = actor_of(request)
    person, to = get_person(actor, person_id), named(get_unit, actor, asked.to, "to")
    if not may_run_organization(actor):
        raise NotAllowed(_("You may look at this, but not change it."))
    said = touched_by_leaving(actor, person) if asked.change == "leave" else touched_by_moving(actor, person, to)
    return answer({"items": said})
