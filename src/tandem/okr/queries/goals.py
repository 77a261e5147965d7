"""A goal set as one reads it: objectives with key results, actions, alignments. The hottest read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tandem.core.bulk import chunks
from tandem.core.clock import today
from tandem.core.rows import MOST_KEYS, Rows
from tandem.cycles.rules import elapsed
from tandem.okr.models import Alignment, CoOwner, GoalSet, KeyAction, KeyResult, Objective, Reader, Visibility
from tandem.okr.queries.agreements import shown_state
from tandem.okr.queries.lookups import missing
from tandem.okr.queries.rows import (
    ActionRow,
    CoOwnerRow,
    KeyResultRow,
    LinkRow,
    ObjectiveRow,
    SetRow,
)
from tandem.okr.queries.sight import hidden_among, seen_numbers
from tandem.people.actors import Actor

_OWNER = ("owner_person_id", "owner_person__name", "owner_unit_id", "owner_unit__name")
OBJECTIVE_COLUMNS = (
    *("pk", "key", "goal_set_id", "title", "description", "ambition", "category", "weight"),
    *("position", "state", "dropped_reason", "archived_on", "published_on"),
    *("progress", "confidence", "status", "next_due_on", "version", "visibility"),
    *("score", "band", "scored_late", "reflection", "cloned_from_id", "carry_reason"),
    *("goal_set__cycle_id", "goal_set__cycle__name", "goal_set__cycle__phase"),
    *("goal_set__cycle__start", "goal_set__cycle__end"),
    *(f"goal_set__{path}" for path in _OWNER),
)
KEY_RESULT_COLUMNS = (
    *("pk", "key", "objective_id", "title", "description", "kind", "unit_label"),
    *("start", "target", "low", "high", "tolerance", "steps", "given", "weight"),
    *("current", "progress", "confidence", "status", "last_on", "next_due_on"),
    *("check_ins_count", "score", "position", "version", "score_reason", "scored_late"),
    *("indicator_id", "followed_unit_id", "read_on"),
)
_ACTION = (
    *("pk", "key", "objective_id", "key_result_id", "title", "owner_id", "owner__name"),
    *("due_on", "state", "position", "version"),
)
_LINK = (
    *("child_id", "parent_id", "parent__title", "parent__state", "parent__visibility"),
    *(f"parent__goal_set__{path}" for path in _OWNER),
)
_CO_OWNER = ("objective_id", "person_id", "person__name")


def objectives_where(**which: int) -> QuerySet[Any, Any]:
    return Objective.objects.filter(**which).order_by("position", "pk").values_list(*OBJECTIVE_COLUMNS)


def _below(set_path: str, which: dict[str, Any]) -> dict[str, Any]:
    return {f"{set_path}__{path}": value for path, value in which.items()}


class _Reads(NamedTuple):
    """The five questions of one way to choose goals."""

    objectives: Rows[ObjectiveRow]
    key_results: Rows[KeyResultRow]
    actions: Rows[ActionRow]
    links: Rows[LinkRow]
    co_owners: Rows[CoOwnerRow]


def key_results_where(**which: int) -> QuerySet[Any, Any]:
    rows = KeyResult.objects.filter(archived_on=None, **_below("objective", which))
    return rows.order_by("position", "pk").values_list(*KEY_RESULT_COLUMNS)


def _actions(**which: int) -> QuerySet[Any, Any]:
    rows = KeyAction.objects.filter(archived_on=None, **_below("objective", which))
    return rows.order_by("position", "pk").values_list(*_ACTION)


def _links(**which: Any) -> QuerySet[Any, Any]:
    return Alignment.objects.filter(**_below("child", which)).order_by("pk").values_list(*_LINK)


def _co_owners(**which: int) -> QuerySet[Any, Any]:
    rows = CoOwner.objects.filter(**_below("objective", which))
    return rows.order_by("pk").values_list(*_CO_OWNER)


_OF_SET = _Reads(
    Rows(ObjectiveRow, lambda goals: objectives_where(goal_set=goals)),
    Rows(KeyResultRow, lambda goals: key_results_where(goal_set=goals)),
    Rows(ActionRow, lambda goals: _actions(goal_set=goals)),
    Rows(LinkRow, lambda goals: _links(goal_set=goals)),
    Rows(CoOwnerRow, lambda goals: _co_owners(goal_set=goals)),
)
_OF_OBJECTIVE = _Reads(
    Rows(ObjectiveRow, lambda objective: objectives_where(pk=objective)),
    Rows(KeyResultRow, lambda objective: key_results_where(pk=objective)),
    Rows(ActionRow, lambda objective: _actions(pk=objective)),
    Rows(LinkRow, lambda objective: _links(pk=objective)),
    Rows(CoOwnerRow, lambda objective: _co_owners(pk=objective)),
)


def _named(keys: list[int]) -> QuerySet[Any, Any]:
    return (
        Reader.objects.filter(objective__in=keys)
        .order_by("pk")
        .values_list("objective_id", "person_id", "person__name")
    )


_reader_rows = Rows(CoOwnerRow, _named)


def _readers(objectives: list[int]) -> list[CoOwnerRow]:
    return [row for keys in chunks(objectives, MOST_KEYS) for row in _reader_rows(keys=keys)]


_SET = (
    *("pk", "progress", "objectives", "drafts", "key_results", "with_data"),
    *("updated_on", "next_due_on", "restricted"),
    *("score", "reflection", "version", "key_results_scored", "agreement"),
)
_set_of_person = Rows(
    SetRow,
    lambda owner, cycle: GoalSet.objects.filter(owner_person=owner, cycle=cycle).values_list(*_SET),
)
_set_of_unit = Rows(
    SetRow,
    lambda owner, cycle: GoalSet.objects.filter(owner_unit=owner, cycle=cycle).values_list(*_SET),
)


@dataclass(frozen=True)
class Goal:
    """An objective with all that hangs under it."""

    objective: ObjectiveRow
    key_results: list[KeyResultRow] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)
    aligned_to: list[LinkRow] = field(default_factory=list)
    co_owners: list[CoOwnerRow] = field(default_factory=list)
    readers: list[CoOwnerRow] = field(default_factory=list)
    """Named to read it; an open one, which all read, is said to have none."""


@dataclass(frozen=True)
class Goals:
    """One owner's goals of a cycle. `numbers` is None while there is no goal."""

    numbers: SetRow | None
    goals: list[Goal]


def goals_of_person(actor: Actor, person_id: int, cycle_id: int) -> Goals:
    """A person's goals of a cycle: six queries, whatever the size of the company; one more where not all are open."""
    return _goals(actor, _set_of_person(owner=person_id, cycle=cycle_id))


def goals_of_unit(actor: Actor, unit_id: int, cycle_id: int) -> Goals:
    """A unit's own goals of a cycle: six queries, one more where not all are open."""
    return _goals(actor, _set_of_unit(owner=unit_id, cycle=cycle_id))


def _goals(actor: Actor, sets: list[SetRow]) -> Goals:
    if not sets:
        return Goals(None, [])
    goals = _assemble(actor, _OF_SET, goals=sets[0].id)
    if not sets[0].restricted:
        return Goals(sets[0], goals)
    numbers = seen_numbers(actor, [sets[0].id]).get(sets[0].id) if goals else None
    if numbers is None:
        return Goals(None, goals)
    state = shown_state(actor, sets[0].id, sets[0].agreement)
    return Goals(sets[0].saying({**numbers, "agreement": state}), goals)


def one_goal(actor: Actor, objective_id: int) -> Goal:
    """One objective with all that hangs under it: five queries, six where not all is open. Raises Missing (404)."""
    found = _assemble(actor, _OF_OBJECTIVE, objective=objective_id)
    if not found:
        raise missing()
    return found[0]


def _assemble(actor: Actor, reads: _Reads, **which: int) -> list[Goal]:
    on = today()
    goals: dict[int, Goal] = {}
    for row in reads.objectives(**which):
        expected = elapsed(row.cycle_start, row.cycle_end, on)
        goals[row.id] = Goal(row._replace(on=on, expected=expected))
    if goals:
        for key_result in reads.key_results(**which):
            above = goals[key_result.objective_id]
            closed = above.objective.cycle_phase == "closed"
            above.key_results.append(key_result._replace(on=on, expected=above.objective.expected, closed=closed))
        for action in reads.actions(**which):
            goals[action.objective_id].actions.append(action)
        links = reads.links(**which)
        for co_owner in reads.co_owners(**which):
            goals[co_owner.objective_id].co_owners.append(co_owner)
        kept = [key for key, goal in goals.items() if goal.objective.visibility != Visibility.COMPANY]
        for reader in _readers(kept):
            goals[reader.objective_id].readers.append(reader)
        hidden = hidden_among(actor, [*(goal.objective for goal in goals.values()), *links])
        for link in links:
            if link.id not in hidden:
                goals[link.child_id].aligned_to.append(link)
        return [goal for key, goal in goals.items() if key not in hidden]
    return []


def key_results_of(objectives: list[int]) -> Iterator[KeyResultRow]:
    """Of these objectives (keys): one query. Who may read them is asked by the caller."""
    rows = KeyResult.objects.filter(archived_on=None, objective__in=objectives).order_by("position", "pk")
    return starmap(KeyResultRow, rows.values_list(*KEY_RESULT_COLUMNS))


def actions_of(objectives: list[int]) -> Iterator[ActionRow]:
    """The same of their key actions."""
    rows = KeyAction.objects.filter(archived_on=None, objective__in=objectives).order_by("position", "pk")
    return starmap(ActionRow, rows.values_list(*_ACTION))


def links_of(actor: Actor, objectives: list[int]) -> list[LinkRow]:
    """What they align to, as far as the actor reads it: two queries at most."""
    links = list(starmap(LinkRow, _links(pk__in=objectives)))
    hidden = hidden_among(actor, links)
    return [one for one in links if one.id not in hidden]
