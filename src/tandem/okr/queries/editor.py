"""A goal set as its page shows it: the goals, the cycles to switch to, and what the reader may write."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, TypeVar

from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.core.rows import Rows
from tandem.cycles.queries import cycles
from tandem.okr.access import may_write_set
from tandem.okr.models import KeyAction, KeyResult, Objective
from tandem.okr.queries.goals import Goal, goals_of_person, goals_of_unit, one_goal
from tandem.okr.queries.rows import SetRow
from tandem.people.access import leads
from tandem.people.actors import SYSTEM, Actor, System
from tandem.people.queries import get_unit, people, units_led_by

Made = TypeVar("Made", Objective, KeyResult, KeyAction)
LIVING = ("draft", "active")


class CycleRow(NamedTuple):
    id: int
    name: str
    kind: str
    phase: str
    start: date | None
    end: date | None
    closed_on: date | None = None
    late_until: date | None = None

    @property
    def takes_late_scores(self) -> bool:
        return self.is_closed and self.late_until is not None and today() <= self.late_until

    @property
    def is_backlog(self) -> bool:
        return self.kind == "backlog"

    @property
    def is_closed(self) -> bool:
        return self.phase == "closed"


class OwnerName(NamedTuple):
    kind: str
    """person or unit"""
    id: int
    name: str


class Cycles(NamedTuple):
    """All cycles, newest first and the backlog last, and the one in question."""

    all: list[CycleRow]
    here: CycleRow


@dataclass(frozen=True)
class Sheet:
    """One owner's goals in one cycle, as one reader sees them."""

    owner: OwnerName
    reader_id: int | None
    cycle: CycleRow
    cycles: list[CycleRow]
    writes: bool
    """May the reader write the whole set?"""
    led: list[OwnerName] = field(default_factory=list)
    """Units whose goals the reader may switch to."""
    goals: list[Goal] = field(default_factory=list)
    archived: list[Goal] = field(default_factory=list)
    numbers: SetRow | None = None

    @property
    def is_own(self) -> bool:
        return self.owner.kind == "person" and self.owner.id == self.reader_id

    @property
    def may_add(self) -> bool:
        return self.writes and not self.cycle.is_closed

    @property
    def writes_any(self) -> bool:
        return self.may_add or any(self.writes_goal(goal) for goal in self.goals)

    @property
    def takes_scores(self) -> bool:
        """Is it the time to score: while the cycle runs or is in review, or late?"""
        return self.cycle.phase in ("run", "review") or self.cycle.takes_late_scores

    def scores_goal(self, goal: Goal) -> bool:
        """May the reader score this objective's key results now?"""
        if not self.takes_scores or goal.objective.state not in ("active", "closed"):
            return False
        return self.writes or any(one.id == self.reader_id for one in goal.co_owners)

    @property
    def scored_goals(self) -> list[Goal]:
        """What is scored: published and not given up."""
        return [goal for goal in self.goals if goal.objective.state in ("active", "closed")]

    @property
    def drafts(self) -> int:
        return sum(1 for goal in self.goals if goal.objective.state == "draft")

    def writes_goal(self, goal: Goal) -> bool:
        """May the reader write this objective, as it stands? Co-owners may; what is closed or dropped is only read."""
        if self.cycle.is_closed or goal.objective.state not in LIVING or goal.objective.archived_on is not None:
            return False
        return self.writes or any(one.id == self.reader_id for one in goal.co_owners)


_CYCLE = ("pk", "name", "kind", "phase", "start", "end", "closed_on", "late_until")
_cycles = Rows(CycleRow, lambda: cycles(SYSTEM).values_list(*_CYCLE))
_names = Rows(str, lambda person: people(SYSTEM, left=True).filter(pk=person).order_by().values_list("name"))


def _name_of_person(person_id: int) -> str:
    for name in _names(person=person_id):
        return name
    raise Missing(_("There is no such person."))


def _cycles_with(cycle_id: int) -> Cycles:
    known = sorted(_cycles(), key=lambda one: one.is_backlog)
    here = next((one for one in known if one.id == cycle_id), None)
    if here is None:
        raise Missing(_("There is no such cycle."))
    return Cycles(known, here)


def sheet_of_person(actor: Actor, person_id: int, cycle_id: int) -> Sheet:
    """A person's goals of a cycle: nine queries at most. Raises Missing (404)."""
    own = person_id == actor.pk
    name = actor.name if own else _name_of_person(person_id)
    known = _cycles_with(cycle_id)
    found = goals_of_person(actor, person_id, known.here.id)
    sheet = _sheet(actor, OwnerName("person", person_id, name), known, found.goals, writes=own or actor.is_system)
    return replace(sheet, numbers=found.numbers)


def sheet_of_unit(actor: Actor, unit_id: int, cycle_id: int) -> Sheet:
    """A unit's own goals of a cycle: ten queries at most. Raises Missing (404)."""
    unit = get_unit(actor, unit_id)
    known = _cycles_with(cycle_id)
    found = goals_of_unit(actor, unit_id, known.here.id)
    sheet = _sheet(actor, OwnerName("unit", unit_id, unit.name), known, found.goals, writes=leads(actor, unit))
    return replace(sheet, numbers=found.numbers)


class SheetOfGoal(NamedTuple):
    """One objective with the sheet it stands on."""

    sheet: Sheet
    goal: Goal


def sheet_of_goal(actor: Actor, objective: Objective) -> SheetOfGoal:
    """One objective as its page shows it: eight queries at most. Raises Missing (404)."""
    goals = objective.goal_set
    kind = "person" if goals.owner_person_id else "unit"
    owner = OwnerName(kind, goals.owner_person_id or goals.owner_unit_id or 0, goals.owner_name)
    goal = one_goal(actor, objective.pk)
    known = _cycles_with(goal.objective.cycle_id)
    return SheetOfGoal(_sheet(actor, owner, known, [goal], writes=may_write_set(actor, goals)), goal)


def _sheet(actor: Actor, owner: OwnerName, known: Cycles, goals: list[Goal], *, writes: bool) -> Sheet:
    return Sheet(
        owner,
        actor.pk,
        known.here,
        known.all,
        writes,
        led=_led_by(actor) if writes else [],
        goals=[goal for goal in goals if goal.objective.archived_on is None],
        archived=[goal for goal in goals if goal.objective.archived_on is not None],
    )


def _led_by(actor: Actor) -> list[OwnerName]:
    if isinstance(actor, System):
        return []
    return [OwnerName("unit", *one) for one in units_led_by(actor, actor).values_list("pk", "name")]


def order_of_goals(_actor: Actor, objective: Objective) -> list[int]:
    """The keys of the objectives in the same set, in their order, archived ones left out."""
    rows = Objective.objects.filter(goal_set=objective.goal_set_id, archived_on=None)
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))


def order_of_key_results(_actor: Actor, objective_id: int) -> list[int]:
    rows = KeyResult.objects.filter(objective=objective_id, archived_on=None)
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))


def order_of_actions(_actor: Actor, objective_id: int) -> list[int]:
    rows = KeyAction.objects.filter(objective=objective_id, archived_on=None)
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))


def made_with_key(_actor: Actor, model: type[Made], key: str | None) -> Made | None:
    """What a form that is sent again has made the first time; forms carry a key for what they make."""
    return model._default_manager.select_related(*model.read_with).filter(key=key).first() if key else None
