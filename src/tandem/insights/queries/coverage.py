"""The coverage of a unit: its objectives on one side, who carries them on the other."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tandem.core.clock import today
from tandem.insights.rules import Key
from tandem.okr.queries import (
    CarryingAction,
    CarryingGoal,
    Covered,
    Delegated,
    KeyResultOf,
    actions_carrying,
    covered_objectives,
    delegations_of,
    goals_carrying,
    key_results_of,
)
from tandem.people.actors import Actor
from tandem.people.queries import MemberLine, UnitLine

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Unit

LINES = 50
"""How many objectives a page shows."""
COLUMNS = 24
"""How many carriers the matrix shows; the list has all."""


@dataclass(frozen=True)
class Wanted:
    """Which objectives are shown; "" and None leave a question open."""

    coverage: str = ""
    category: str = ""
    carrier: Key | None = None

    def __bool__(self) -> bool:
        return bool(self.coverage or self.category or self.carrier)

    def takes(self, line: "Line") -> bool:
        one = line.objective
        risky = self.coverage == "single" and one.is_single
        fits = not self.coverage or one.coverage == self.coverage or risky
        return fits and self.category in ("", one.category) and (self.carrier is None or self.carrier in line.cells)


@dataclass
class Cell:
    """How one carrier carries one objective. `asked`: asked to, and has no link yet."""

    goals: list[CarryingGoal] = field(default_factory=list)
    actions: list[CarryingAction] = field(default_factory=list)
    asked: Delegated | None = None

    @property
    def is_link(self) -> bool:
        return bool(self.goals or self.actions)

    @property
    def is_tentative(self) -> bool:
        """Nothing but drafts."""
        return not self.actions and all(one.state == "draft" for one in self.goals)


@dataclass
class Line:
    """An objective with who carries it; so many `confidential` goals do too, whose owners stay unnamed."""

    objective: Covered
    confidential: int = 0
    cells: dict[Key, Cell] = field(default_factory=dict)
    key_results: list[KeyResultOf] = field(default_factory=list)
    more: int = 0
    """Goals beyond those listed."""

    def cell(self, carrier: Key) -> Cell:
        return self.cells.setdefault(carrier, Cell())

    def of_key_result(self, key_result: int) -> list[CarryingAction]:
        return [one for cell in self.cells.values() for one in cell.actions if one.key_result_id == key_result]


@dataclass
class Carrier:
    """Somebody and their load: how many of the unit's objectives they carry, by how many goals and actions."""

    key: Key
    name: str
    has_left: bool = False
    objectives: int = 0
    goals: int = 0
    actions: int = 0
    asked: int = 0


@dataclass(frozen=True)
class Coverage:
    """`lines` are those wanted; `counts` are over all of the unit's objectives: by state, `single`, and `all`."""

    lines: list[Line]
    carriers: list[Carrier]
    """With their load over all objectives, whatever is wanted."""
    counts: Counter[str]

    @property
    def columns(self) -> list[Carrier]:
        return self.carriers[:COLUMNS]


def coverage_of(
    actor: Actor,
    unit: "Unit",
    cycle: "Cycle",
    wanted: Wanted,
    *,
    members: Sequence[MemberLine] = (),
    below: Sequence[UnitLine] = (),
) -> Coverage:
    """Five queries, one where the unit has no objective.

    `members` and `below` are those who could carry something: they are among the carriers, be it with nothing.
    """
    every = covered_objectives(actor, unit, cycle)
    lines = {one.id: Line(one, one.confidential, more=one.contributed - one.confidential) for one in every}
    if lines:
        _hang(actor, unit.pk, cycle.pk, lines)
    carriers = _carriers(lines.values(), members, below)
    return Coverage([line for line in lines.values() if wanted.takes(line)], carriers, _counts(every))


def _hang(actor: Actor, unit_id: int, cycle_id: int, lines: dict[int, Line]) -> None:
    for goal in goals_carrying(actor, unit_id, cycle_id):
        if line := lines.get(goal.objective_id):
            line.cell(carrier_of(goal.person_id, goal.unit_id)).goals.append(goal)
            line.more -= 1
    for action in actions_carrying(actor, unit_id, cycle_id):
        if line := lines.get(action.objective_id):
            line.cell(Key("person", action.person_id)).actions.append(action)
    for one in delegations_of(actor, unit_id, cycle_id):
        if line := lines.get(one.objective_id):
            line.cell(carrier_of(one.person_id, one.unit_id)).asked = one
    for key_result in key_results_of(actor, unit_id, cycle_id):
        if line := lines.get(key_result.objective_id):
            line.key_results.append(key_result)


def carrier_of(person: int | None, unit: int | None) -> Key:
    return Key("unit", unit or 0) if person is None else Key("person", person)


def _counts(every: Iterable[Covered]) -> Counter[str]:
    found = Counter(one.coverage for one in every)
    found["single"] = sum(one.is_single for one in every)
    found["all"] = sum(found[state] for state in ("carried", "lead", "delegated", "gap"))
    return found


def _carriers(lines: Iterable[Line], members: Sequence[MemberLine], below: Sequence[UnitLine]) -> list[Carrier]:
    """Those who carry most first, then who is asked to, then the others as they are listed."""
    known = {Key("unit", one.id): Carrier(Key("unit", one.id), one.name) for one in below}
    known |= {Key("person", one.id): Carrier(Key("person", one.id), one.name) for one in members}
    for line in lines:
        for key, cell in line.cells.items():
            one = known.setdefault(key, Carrier(key, ""))
            one.objectives += cell.is_link
            one.goals += len(cell.goals)
            one.actions += len(cell.actions)
            one.asked += cell.asked is not None
            _name(one, cell)
    return sorted(known.values(), key=lambda one: (-one.objectives, -one.goals - one.actions, -one.asked))


def _name(one: Carrier, cell: Cell) -> None:
    """By whatever tells the name; and have they left?"""
    for goal in cell.goals:
        one.name = goal.person_name or goal.unit_name or one.name
        one.has_left = goal.person_left_on is not None and goal.person_left_on <= today()
    for action in cell.actions:
        one.name = action.person_name
        one.has_left = action.person_left_on is not None and action.person_left_on <= today()
    if cell.asked is not None:
        one.name = one.name or cell.asked.person_name or cell.asked.unit_name or ""
