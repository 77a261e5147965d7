"""Where an objective hangs: two levels above, one below with the count of what follows. Never the whole tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from tandem.core.clock import today
from tandem.core.rows import Rows
from tandem.cycles.rules import elapsed
from tandem.okr.models import Alignment
from tandem.okr.queries.goals import OBJECTIVE_COLUMNS, Goal
from tandem.okr.queries.rows import ObjectiveRow
from tandem.okr.queries.sight import hidden_among
from tandem.people.actors import Actor

MOST_BELOW, MOST_LINKS = 20, 200


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
    """The tree around one objective, from the top, and how many there are that align to it.

    Of what the reader may not see, `confidential` says how many align to it, and nothing else; what stands above and
    is hidden is passed over in silence.
    """

    roots: list[Node]
    parents: int
    children: int
    confidential: int = 0


def _links(end: str, **which: int) -> QuerySet[Any, Any]:
    living = Alignment.objects.filter(**which, **{f"{end}__archived_on": None}).order_by("pk")
    columns = [f"{end}__{name}" for name in OBJECTIVE_COLUMNS]
    return living.annotate(below=Count(f"{end}__aligned_by")).values_list("child_id", "below", *columns)[:MOST_LINKS]


def _edge(child: int, below: int, *columns: Any) -> _Edge:
    on = today()
    objective = ObjectiveRow(*columns)
    expected = elapsed(objective.cycle_start, objective.cycle_end, on)
    return _Edge(child, objective._replace(on=on, expected=expected), below)


_parents = Rows(_edge, lambda objective: _links("parent", child=objective))
_grandparents = Rows(_edge, lambda objective: _links("parent", child__aligned_by__child=objective))
_children = Rows(_edge, lambda objective: _links("child", parent=objective))


def surroundings_of(actor: Actor, goal: Goal) -> Surroundings:
    """The objectives above (two levels) and right below an objective: three queries, four where not all is open."""
    here = goal.objective
    parents = _parents(objective=here.id)
    grand = _grandparents(objective=here.id) if parents else []
    below = _children(objective=here.id)
    hidden = hidden_among(actor, [edge.other for edge in (*parents, *grand, *below)])
    confidential = sum(edge.other.id in hidden for edge in below)
    parents, grand, below = ([one for one in edges if one.other.id not in hidden] for edges in (parents, grand, below))
    current = Node(here.id, here, is_current=True, more=max(0, len(below) - MOST_BELOW))
    current.children = [_child(one) for one in below[:MOST_BELOW]]
    return Surroundings(_hung(current, parents, grand), len(parents), len(below), confidential)


class Contributions(NamedTuple):
    """How many objectives align to one: those the reader may see, and those that stay a number."""

    readable: int
    confidential: int


class _Child(NamedTuple):
    id: int
    visibility: str
    person_id: int | None


def _all_below(objective: int) -> QuerySet[Any, Any]:
    rows = Alignment.objects.filter(parent=objective, child__archived_on=None).order_by()
    return rows.values_list("child_id", "child__visibility", "child__goal_set__owner_person_id")


_children_kept = Rows(_Child, _all_below)


def contributions_to(actor: Actor, objective_id: int) -> Contributions:
    """One query, two where not all is open."""
    below = _children_kept(objective=objective_id)
    hidden = len(hidden_among(actor, below))
    return Contributions(len(below) - hidden, hidden)


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
