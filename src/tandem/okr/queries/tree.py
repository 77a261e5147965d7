"""Where an objective hangs: two levels above, one below with the count of what follows. Never the whole tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, QuerySet

from tandem.core.clock import today
from tandem.cycles.rules import elapsed
from tandem.okr.models import Alignment
from tandem.okr.queries.goals import OBJECTIVE_COLUMNS, Goal
from tandem.okr.queries.rows import ObjectiveRow
from tandem.people.actors import Actor

MOST_BELOW = 20


@dataclass
class Node:
    """An objective in the tree, for the kit's tree: `children` below it; `more` lie below those shown."""

    id: int
    objective: ObjectiveRow
    is_current: bool = False
    is_tentative: bool = False
    more: int = 0
    children: list["Node"] = field(default_factory=list)


class _Edge(NamedTuple):
    child: int
    other: ObjectiveRow
    below: int


@dataclass(frozen=True)
class Surroundings:
    """The tree around one objective, from the top, and how many there are that align to it."""

    roots: list[Node]
    parents: int
    children: int


def surroundings_of(_actor: Actor, goal: Goal) -> Surroundings:
    """The objectives above (two levels) and right below an objective: at most three queries."""
    here = goal.objective
    parents = _edges(Alignment.objects.filter(child=here.id), "parent") if goal.aligned_to else []
    grand = _edges(Alignment.objects.filter(child__in=[one.other.id for one in parents]), "parent") if parents else []
    below = _edges(Alignment.objects.filter(parent=here.id), "child")
    current = Node(here.id, here, is_current=True, more=max(0, len(below) - MOST_BELOW))
    current.children = [_child(one) for one in below[:MOST_BELOW]]
    return Surroundings(_hung(current, parents, grand), len(parents), len(below))


def _edges(links: QuerySet[Alignment], end: str) -> list[_Edge]:
    living = links.filter(**{f"{end}__archived_on": None}).order_by("pk")
    columns = [f"{end}__{name}" for name in OBJECTIVE_COLUMNS]
    rows = living.annotate(below=Count(f"{end}__aligned_by")).values_list("child_id", "below", *columns)
    on = today()
    found = []
    for child, below, *row in rows[:200]:
        objective = ObjectiveRow(*row)
        expected = elapsed(objective.cycle_start, objective.cycle_end, on)
        found.append(_Edge(child, objective._replace(on=on, expected=expected), below))
    return found


def _child(edge: _Edge) -> Node:
    return Node(edge.other.id, edge.other, is_tentative=edge.other.state == "draft", more=edge.below)


def _hung(current: Node, parents: list[_Edge], grand: list[_Edge]) -> list[Node]:
    """The current objective under its parents, those under theirs; what repeats is shown once in full."""
    roots: dict[int, Node] = {}
    for place, edge in enumerate(parents):
        children = [current] if place == 0 else [Node(current.id, current.objective, is_current=True)]
        parent = Node(edge.other.id, edge.other, is_tentative=edge.other.state == "draft", children=children)
        _hang(roots, parent, [one.other for one in grand if one.child == edge.other.id])
    return list(roots.values()) or [current]


def _hang(roots: dict[int, Node], parent: Node, above: Iterable[ObjectiveRow]) -> None:
    hung = False
    for one in above:
        root = roots.setdefault(one.id, Node(one.id, one))
        root.children.append(Node(parent.id, parent.objective) if hung else parent)
        hung = True
    if not hung:
        roots[parent.id] = parent
