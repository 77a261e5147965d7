"""Things people do, at random: each step picks rows and values by numbers it is given, and may well be refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from tandem.core.clock import today
from tandem.core.errors import Refusal
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import CheckIn, Delegation, GoalSet, KeyAction, KeyResult, Objective, Proposal
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person, Unit
from tests.world import World

KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "metric", "start": 10, "target": 0},
    {"kind": "percent"},
    {"kind": "maintain", "low": 2, "high": 6},
    {"kind": "binary", "given": 1},
    {"kind": "milestones", "steps": [{"title": "A", "weight": 1}, {"title": "B", "weight": 2}]},
    {"kind": "baseline"},
)


@dataclass
class Day:
    """One run: the company, and the numbers that decide what happens."""

    world: World
    numbers: list[int]
    done: list[str] = field(default_factory=list)

    def number(self, below: int) -> int:
        return (self.numbers.pop() if self.numbers else 0) % below

    def one(self, rows: Any) -> Any:
        found = list(rows)
        if not found:
            raise Nothing
        return found[self.number(len(found))]

    def maybe(self, value: Any) -> Any:
        return value if self.number(3) else None


class Nothing(Exception):
    """There is no such row yet."""


def create(day: Day) -> None:
    owner = day.one([day.world.ada, day.world.ben, day.world.nia, day.world.web, day.world.cloud])
    cycle = day.one([day.world.quarter, day.world.quarter, day.world.backlog])
    okr.create_objective(SYSTEM, owner, cycle=cycle, title="O", weight=day.number(3))


def add_key_result(day: Day) -> None:
    kind = day.one(KINDS)
    weight = day.number(4)
    okr.add_key_result(SYSTEM, day.one(Objective.objects.all()), title="K", weight=weight, **kind)


def check_in(day: Day) -> None:
    fields: dict[str, Any] = {"value": day.number(7), "note": "because"}
    if day.number(2):
        fields["confidence"] = day.number(11)
    if day.number(3) == 0:
        del fields["value"]
    fields["on"] = today() - timedelta(days=day.number(9))
    okr.check_in(SYSTEM, day.one(KeyResult.objects.all()), draft=day.number(4) == 0, **fields)


def rewrite_check_in(day: Day) -> None:
    row = day.one(CheckIn.objects.all())
    what = day.number(4)
    if what == 0:
        okr.publish_check_in(SYSTEM, row, note="now")
    elif what == 1:
        okr.correct_check_in(SYSTEM, row, value=day.number(7), note="was wrong")
    elif what == 2:
        okr.withdraw_check_in(SYSTEM, row)
    else:
        okr.restore_check_in(SYSTEM, row)


def edit(day: Day) -> None:
    if day.number(2):
        okr.edit_objective(SYSTEM, day.one(Objective.objects.all()), weight=day.number(4))
    else:
        key_result = day.one(KeyResult.objects.all())
        okr.edit_key_result(SYSTEM, key_result, weight=day.number(4), target=day.number(9), given=day.number(3))


def reweigh(day: Day) -> None:
    key_result = day.one(KeyResult.objects.filter(archived_on=None))
    okr.reweigh_key_results(SYSTEM, key_result.objective, shares={key_result.pk: day.number(11) / 10})


def change_state(day: Day) -> None:
    act: Callable[..., Any] = day.one([
        okr.publish_objective, okr.publish_objective, okr.publish_objective, okr.unpublish_objective,
        okr.reactivate_objective, okr.archive_objective, okr.restore_objective,
    ])  # fmt: skip
    act(SYSTEM, day.one(Objective.objects.all()))


def drop(day: Day) -> None:
    okr.drop_objective(SYSTEM, day.one(Objective.objects.all()), reason="no")


def put_away(day: Day) -> None:
    act: Callable[..., Any] = day.one([okr.archive_key_result, okr.restore_key_result])
    act(SYSTEM, day.one(KeyResult.objects.all()))


def move(day: Day) -> None:
    what = day.number(3)
    if what == 0:
        people.move_person(SYSTEM, day.one(Person.objects.order_by("pk")), unit=day.maybe(day.one(Unit.objects.all())))
    elif what == 1:
        people.move_unit(SYSTEM, day.one(Unit.objects.all()), parent=day.maybe(day.one(Unit.objects.all())))
    else:
        cycle = day.one([day.world.quarter, day.world.backlog])
        okr.move_objective(SYSTEM, day.one(Objective.objects.all()), cycle=cycle)


def align(day: Day) -> None:
    child, parent = day.one(Objective.objects.all()), day.one(Objective.objects.all())
    act: Callable[..., Any] = day.one([okr.align, okr.align, okr.unalign])
    act(SYSTEM, child, parent=parent)


def act(day: Day) -> None:
    """Give an action to somebody, change it, or put it away."""
    what = day.number(3)
    if what == 0:
        owner = day.maybe(day.one([day.world.ada, day.world.lin, day.world.wei]))
        okr.add_action(SYSTEM, day.one(Objective.objects.all()), title="A", owner=owner)
    elif what == 1:
        okr.edit_action(SYSTEM, day.one(KeyAction.objects.all()), state=day.one(["dropped", "todo", "done"]))
    else:
        okr.archive_action(SYSTEM, day.one(KeyAction.objects.all()))


def ask(day: Day) -> None:
    """Delegate, or take it back; and hide or open a goal."""
    what = day.number(3)
    if what == 0:
        to = day.one([day.world.ada, day.world.ben, day.world.web, day.world.chen])
        okr.delegate(SYSTEM, day.one(Objective.objects.filter(goal_set__owner_unit__isnull=False)), to=to)
    elif what == 1:
        okr.take_back_delegation(SYSTEM, day.one(Delegation.objects.all()))
    else:
        okr.set_visibility(SYSTEM, day.one(Objective.objects.all()), visibility=day.one(["company", "people"]))


def propose(day: Day) -> None:
    """Propose a goal, and decide about a proposal."""
    what = day.number(4)
    if what < 2:
        made = okr.propose_to_unit(SYSTEM, day.one(Objective.objects.all()))
        if what:
            okr.adopt_proposal(SYSTEM, made)
    elif what == 2:
        okr.reopen_proposal(SYSTEM, day.one(Proposal.objects.all()))
    else:
        okr.adopt_proposal(SYSTEM, day.one(Proposal.objects.all()))


def change_rhythm(day: Day) -> None:
    rhythm = day.one(["weekly", "biweekly", "monthly"])
    cycles.edit_cycle(SYSTEM, day.world.quarter, rhythm=rhythm, weekday=day.number(7))


def reorder(day: Day) -> None:
    goals = day.one(GoalSet.objects.all())
    okr.reorder_objectives(
        SYSTEM, goals, order=list(Objective.objects.filter(goal_set=goals).values_list("pk", flat=True))
    )


STEPS: tuple[Callable[[Day], None], ...] = (
    create, add_key_result, add_key_result, check_in, check_in, check_in, rewrite_check_in, rewrite_check_in, edit,
    reweigh, change_state, change_state, drop, put_away, move, align, align, act, ask, propose,
    change_rhythm, reorder,
)  # fmt: skip


def take(day: Day, step: Callable[[Day], None]) -> None:
    """Do it; what is refused leaves nothing behind. Any other exception is a fault."""
    try:
        with transaction.atomic():
            step(day)
        day.done.append(step.__name__)
    except (Refusal, Nothing):
        day.done.append(f"({step.__name__})")
