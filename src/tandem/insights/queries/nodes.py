"""The map's nodes, hung into each other from rows that were read before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tandem.insights.rules import Key, path_of
from tandem.okr.queries import BranchObjective, BranchPerson, OwnNumbers, ParentLink
from tandem.okr.queries.rows import KeyResultRow
from tandem.people.queries import ListedUnit

OBJECTIVES, UNITS, PEOPLE = LISTS = ("objectives", "units", "people")
T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """An alignment: the objective above and, for the case that its branch is folded, the nodes it hangs under."""

    link: ParentLink
    path: list[Key]

    @property
    def owner_name(self) -> str:
        return self.link.person_name or self.link.unit_name or ""


@dataclass
class NodeList:
    """One of the lists under a node: a page of it, how many follow, and where the next page begins.

    `without` counts, at the end of a unit's people, those who have no goals.
    """

    name: str
    nodes: list["Node"]
    more: int = 0
    next: int = 0
    without: int = 0


@dataclass
class Node:
    """A unit, a person, an objective, or those who belong to no unit; `lists` are there once it is open."""

    key: Key
    name: str
    can_open: bool = False
    is_open: bool = False
    unit: ListedUnit | None = None
    numbers: OwnNumbers = field(default_factory=OwnNumbers)
    person: BranchPerson | None = None
    objective: BranchObjective | None = None
    lines: list[Line] = field(default_factory=list)
    is_loose: bool = False
    """An objective below the top that aligns to nothing the reader may see."""
    key_results: list[KeyResultRow] = field(default_factory=list)
    lists: list[NodeList] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.key.kind


@dataclass
class Rows:
    """What was read for the open branches: rows by what they hang under."""

    cycle_id: int
    opened: set[Key]
    start: int = 0
    size: int = 0
    units: dict[int | None, list[ListedUnit]] = field(default_factory=dict)
    numbers: dict[int, OwnNumbers] = field(default_factory=dict)
    people: dict[int | None, list[BranchPerson]] = field(default_factory=dict)
    without: dict[int, int] = field(default_factory=dict)
    objectives: dict[int | None, list[BranchObjective]] = field(default_factory=dict)
    lines: dict[int, list[ParentLink]] = field(default_factory=dict)
    key_results: dict[int, list[KeyResultRow]] = field(default_factory=dict)


def by(attribute: str, rows: Iterable[T]) -> dict[Any, list[T]]:
    found: dict[Any, list[T]] = defaultdict(list)
    for one in rows:
        found[getattr(one, attribute)].append(one)
    return found


def unit_node(rows: Rows, unit: ListedUnit) -> Node:
    key, numbers = Key("unit", unit.id), rows.numbers.get(unit.id, OwnNumbers())
    node = Node(key, unit.name, unit.has_below or numbers.has_goals, key in rows.opened, unit=unit, numbers=numbers)
    if node.is_open:
        node.lists = lists_of_unit(rows, unit.id, is_top=unit.parent_id is None)
    return node


def lists_of_unit(rows: Rows, unit_id: int | None, *, is_top: bool) -> list[NodeList]:
    """What hangs right under a unit; of None, the people of no unit."""
    numbers = rows.numbers.get(unit_id, OwnNumbers()) if unit_id is not None else OwnNumbers()
    own = rows.objectives.get(numbers.set_id, []) if numbers.set_id is not None else []
    below = rows.units.get(unit_id, []) if unit_id is not None else []
    people = list_of(rows, PEOPLE, (here := rows.people.get(unit_id, [])), [person_node(rows, one) for one in here])
    people.without = rows.without.get(unit_id, 0) if unit_id is not None else 0
    return [
        list_of(rows, OBJECTIVES, own, [objective_node(rows, one, is_top=is_top) for one in own]),
        list_of(rows, UNITS, below, [unit_node(rows, one) for one in below]),
        people,
    ]


def list_of(rows: Rows, name: str, found: Sequence[Any], nodes: list[Node]) -> NodeList:
    """The page as a list; rows asked for from beyond it stand at its end and count as shown."""
    whole = found[0].of_all if found else 0
    beyond = sum(one.rank > rows.start + rows.size for one in found)
    follow = whole - rows.start - rows.size - beyond
    return NodeList(name, nodes, max(0, follow), rows.start + rows.size)


def person_node(rows: Rows, person: BranchPerson) -> Node:
    key = Key("person", person.id)
    node = Node(key, person.name, can_open=True, is_open=key in rows.opened, person=person)
    if node.is_open:
        node.lists = [list_of_person(rows, person)]
    return node


def list_of_person(rows: Rows, person: BranchPerson) -> NodeList:
    own = rows.objectives.get(person.set_id, [])
    return list_of(rows, OBJECTIVES, own, [objective_node(rows, one) for one in own])


def objective_node(rows: Rows, one: BranchObjective, *, is_top: bool = False) -> Node:
    key = Key("objective", one.row.id)
    links = rows.lines.get(one.row.id, [])
    return Node(
        key,
        one.row.title,
        can_open=one.key_results > 0,
        is_open=key in rows.opened and one.key_results > 0,
        objective=one,
        lines=[Line(link, path_of(link.unit_path, link.person_id)) for link in links],
        is_loose=not (links or is_top or one.row.state == "dropped"),
        key_results=rows.key_results.get(one.row.id, []),
    )


def unplaced_node(rows: Rows, name: str) -> Node | None:
    """Those who belong to no unit, if there are any with goals."""
    here = rows.people.get(None, [])
    if not here:
        return None
    key = Key("unplaced", 0)
    node = Node(key, name, can_open=True, is_open=key in rows.opened)
    if node.is_open:
        node.lists = [list_of(rows, PEOPLE, here, [person_node(rows, one) for one in here])]
    return node
