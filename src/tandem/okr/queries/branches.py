"""Goals as the map shows them: objectives of many owners and people of many units, a page of each at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tandem.core.clock import today
from tandem.core.ranked import Slice, ranked
from tandem.core.rows import Rows
from tandem.okr.models import Alignment, GoalSet, KeyResult, Objective, UnitNumbers
from tandem.okr.models.visibility import readable, readable_by
from tandem.okr.queries.goals import KEY_RESULT_COLUMNS, OBJECTIVE_COLUMNS
from tandem.okr.queries.rows import KeyResultRow, ObjectiveRow
from tandem.okr.queries.which import Which, living
from tandem.people.actors import SYSTEM, Actor
from tandem.people.queries import people, still_here

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle


class BranchObjective(NamedTuple):
    """An objective in its owner's list. `aligned_by`: how many align to it that the reader may see; `confidential`:
    how many more."""

    row: ObjectiveRow
    key_results: int
    aligned_by: int
    confidential: int
    unit_path: str | None
    rank: int
    of_all: int

    @property
    def set_id(self) -> int:
        return self.row.goal_set_id


class BranchPerson(NamedTuple):
    """A person who has goals, in the list of the unit where they count."""

    set_id: int
    id: int
    name: str
    unit_id: int | None
    objectives: int
    drafts: int
    progress: Decimal | None
    rank: int = 1
    of_all: int = 1


class OwnNumbers(NamedTuple):
    """A unit's own goals, and how many its whole branch has."""

    set_id: int | None = None
    objectives: int = 0
    drafts: int = 0
    progress: Decimal | None = None
    branch_objectives: int = 0
    branch_drafts: int = 0
    has_goals: bool = False


class ParentLink(NamedTuple):
    """One line of the map: from an objective to one it aligns to, and where that one hangs."""

    child_id: int
    id: int
    title: str
    cycle_id: int
    cycle_name: str
    person_id: int | None
    person_name: str | None
    unit_name: str | None
    unit_path: str | None


_HANGING = ("key_results_count", "aligned_by_seen", "aligned_by_all", "goal_set__unit__path")

Seen = Callable[[str], Q]
"""May the reader see the objective at this path?"""


def objectives_in_branches(
    actor: Actor, cycle: "Cycle", sets: list[int], which: Which, page: Slice
) -> list[BranchObjective]:
    """A page of the objectives of each of these goal sets: one query."""
    if not sets:
        return []
    if _asks_plainly(actor, which):
        found: Iterable[Any] = _objective_rows.of_any_length(**_reader(actor), sets=sets, **page.values)
    else:
        found = _objectives(living(actor, cycle, which), partial(readable, actor), sets, **page.values)
    return [_placed(cycle, one) for one in found]


def _asks_plainly(actor: Actor, which: Which | None = None) -> bool:
    """As people do nearly always: queries for that are kept compiled."""
    return not which and actor.is_active and not actor.is_system


def _reader(actor: Actor) -> dict[str, Any]:
    return {"person": actor.pk, "day": today()}


def _living_for(person: int, day: date) -> QuerySet[Objective]:
    return Objective.objects.filter(readable_by(person, day), archived_on=None)


def _objectives(
    rows: QuerySet[Objective], seen: Seen, sets: list[int], *, start: int, end: int, always: list[int]
) -> QuerySet[Any, Any]:
    counted = _with_contributions(seen, rows.filter(goal_set__in=sets))
    found = ranked(counted, "goal_set_id", ("position", "pk"), start=start, end=end, always=always)
    return found.values_list(*OBJECTIVE_COLUMNS, *_HANGING, "rank", "of_all")


def _plain_objectives(
    person: int, day: date, sets: list[int], start: int, end: int, always: list[int]
) -> QuerySet[Any, Any]:
    seen = partial(readable_by, person, day)
    return _objectives(_living_for(person, day), seen, sets, start=start, end=end, always=always)


_objective_rows = Rows(lambda *row: row, _plain_objectives)


def one_in_branch(actor: Actor, cycle: "Cycle", objective_id: int) -> BranchObjective | None:
    """One objective of the cycle, wherever it hangs; None where the actor sees none: one query."""
    here = living(actor, cycle, Which()).filter(pk=objective_id, goal_set__cycle=cycle)
    rows = _with_contributions(partial(readable, actor), here)
    found = rows.values_list(*OBJECTIVE_COLUMNS, *_HANGING).first()
    return None if found is None else _placed(cycle, (*found, 1, 1))


def _with_contributions(seen: Seen, rows: QuerySet[Objective]) -> QuerySet[Objective]:
    """What the actor may not read stays an edge without a name: it is counted, never shown."""
    below = Alignment.objects.filter(parent=OuterRef("pk"), child__archived_on=None).order_by().values("parent")
    return rows.annotate(aligned_by_seen=_count(below.filter(seen("child"))), aligned_by_all=_count(below))


def _count(grouped: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(grouped.annotate(count=Count("pk")).values("count")), 0, output_field=IntegerField())


def _placed(cycle: "Cycle", columns: Sequence[Any]) -> BranchObjective:
    *own, key_results, seen, every, path, rank, of_all = columns
    row = ObjectiveRow(*own)._replace(on=today(), expected=cycle.elapsed())
    return BranchObjective(row, key_results, seen, every - seen, path, rank, of_all)


_PERSON = ("pk", "owner_person_id", "owner_person__name", "unit_id", "objectives", "drafts", "progress")


def people_in_branches(
    actor: Actor, cycle: "Cycle", units: list[int], which: Which, page: Slice, *, homeless: bool = False
) -> list[BranchPerson]:
    """A page of each of these units' people who have goals, and (`homeless`) of those of no unit: one query."""
    if not units and not homeless:
        return []
    if _asks_plainly(actor, which):
        rows = _with_homeless if homeless else _at_home
        return rows.of_any_length(**_reader(actor), cycle=cycle.pk, units=units, **page.values)
    here = Q(unit__in=units) | Q(unit=None) if homeless else Q(unit__in=units)
    found = _people(_owners(living(actor, cycle, which), cycle.pk), here, **page.values)
    return [BranchPerson(*one) for one in found]


def _people(owners: QuerySet[GoalSet], here: Q, *, start: int, end: int, always: list[int]) -> QuerySet[Any, Any]:
    order = ("owner_person__name", "owner_person_id")
    found = ranked(owners.filter(here), "unit_id", order, start=start, end=end, always=always, key="owner_person")
    return found.values_list(*_PERSON, "rank", "of_all")


def _plain_people(
    person: int, day: date, cycle: int, units: list[int], start: int, end: int, always: list[int]
) -> QuerySet[Any, Any]:
    owners = _owners(_living_for(person, day), cycle)
    return _people(owners, Q(unit__in=units), start=start, end=end, always=always)


def _plain_people_and_homeless(
    person: int, day: date, cycle: int, units: list[int], start: int, end: int, always: list[int]
) -> QuerySet[Any, Any]:
    owners = _owners(_living_for(person, day), cycle)
    return _people(owners, Q(unit__in=units) | Q(unit=None), start=start, end=end, always=always)


_at_home, _with_homeless = Rows(BranchPerson, _plain_people), Rows(BranchPerson, _plain_people_and_homeless)


def people_without_goals(actor: Actor, cycle: "Cycle", units: list[int]) -> dict[int, int]:
    """How many people of each of these units have no goals that the actor may see: one query.

    None while nobody can have any: before there are units, and in cycles that are over or have no dates.
    """
    if not units or cycle.is_closed or cycle.is_backlog:
        return {}
    if _asks_plainly(actor):
        return dict(_without_rows.of_any_length(**_reader(actor), cycle=cycle.pk, units=units))
    return dict(_without(_owners(living(actor, cycle, Which()), cycle.pk), today(), units))


def _without(owners: QuerySet[GoalSet], day: date, units: list[int]) -> QuerySet[Any, Any]:
    have_some = Exists(owners.filter(owner_person=OuterRef("pk")))
    rows = people(SYSTEM, left=True).filter(still_here(day=day)).filter(~have_some, unit__in=units).order_by()
    return rows.values_list("unit").annotate(Count("pk"))


def _plain_without(person: int, day: date, cycle: int, units: list[int]) -> QuerySet[Any, Any]:
    return _without(_owners(_living_for(person, day), cycle), day, units)


_without_rows = Rows(lambda unit, count: (unit, count), _plain_without)


def _owners(seen: QuerySet[Objective], cycle: int) -> QuerySet[GoalSet]:
    theirs = Exists(seen.filter(goal_set=OuterRef("pk")))
    return GoalSet.objects.filter(theirs, cycle=cycle, owner_person__isnull=False)


_SET = ("pk", "objectives", "drafts", "progress")


def numbers_in_branches(actor: Actor, cycle: "Cycle", units: list[int]) -> dict[int, OwnNumbers]:
    """The stored numbers of these units and of their branches (open goals), and whether right there is anything that
    the actor may see: two queries."""
    if _asks_plainly(actor):
        counts: Iterable[Any] = _branch_rows.of_any_length(**_reader(actor), cycle=cycle.pk, units=units)
    else:
        counts = _branch_counts(living(actor, cycle, Which()), cycle.pk, units)
    of_branch = {unit: rest for unit, *rest in counts}
    own = {unit: rest for unit, *rest in _own_rows.of_any_length(cycle=cycle.pk, units=units)}
    none, nowhere = (None, 0, 0, None), (0, 0, False)
    return {unit: OwnNumbers(*own.get(unit, none), *of_branch.get(unit, nowhere)) for unit in units}


def _branch_counts(seen: QuerySet[Objective], cycle: int, units: list[int]) -> QuerySet[Any, Any]:
    here = seen.filter(goal_set__unit=OuterRef("unit"), goal_set__cycle=cycle)
    rows = UnitNumbers.objects.filter(cycle=cycle, unit__in=units).annotate(has_goals=Exists(here))
    return rows.values_list("unit_id", "objectives", "drafts", "has_goals")


def _plain_counts(person: int, day: date, cycle: int, units: list[int]) -> QuerySet[Any, Any]:
    return _branch_counts(_living_for(person, day), cycle, units)


def _own(cycle: int, units: list[int]) -> QuerySet[Any, Any]:
    return GoalSet.objects.filter(cycle=cycle, owner_unit__in=units).values_list("owner_unit_id", *_SET)


_branch_rows, _own_rows = Rows(lambda *row: row, _plain_counts), Rows(lambda *row: row, _own)


_LINK = (
    *("child_id", "parent_id", "parent__title", "parent__goal_set__cycle_id", "parent__goal_set__cycle__name"),
    *("parent__goal_set__owner_person_id", "parent__goal_set__owner_person__name"),
    *("parent__goal_set__owner_unit__name", "parent__goal_set__unit__path"),
)


def lines_from(actor: Actor, objectives: list[int]) -> list[ParentLink]:
    """What these objectives align to, as far as the actor may see it: one query, none for none."""
    if not objectives:
        return []
    if _asks_plainly(actor):
        return _line_rows.of_any_length(**_reader(actor), objectives=objectives)
    return [ParentLink(*one) for one in _lines(readable(actor, "parent"), objectives)]


def _lines(seen: Q, objectives: list[int]) -> QuerySet[Any, Any]:
    rows = Alignment.objects.filter(seen, child__in=objectives, parent__archived_on=None)
    return rows.order_by("pk").values_list(*_LINK)


def _plain_lines(person: int, day: date, objectives: list[int]) -> QuerySet[Any, Any]:
    return _lines(readable_by(person, day, "parent"), objectives)


_line_rows = Rows(ParentLink, _plain_lines)


def key_results_under(_actor: Actor, cycle: "Cycle", objectives: Sequence[int], most: int) -> list[KeyResultRow]:
    """The first key results of each of these objectives, for which the actor has been asked already: one query."""
    if not objectives:
        return []
    rows = KeyResult.objects.filter(objective__in=objectives, archived_on=None)
    found = ranked(rows, "objective_id", ("position", "pk"), end=most).values_list(*KEY_RESULT_COLUMNS)
    return [KeyResultRow(*one)._replace(on=today(), expected=cycle.elapsed()) for one in found]


def person_in_branch(actor: Actor, cycle: "Cycle", person_id: int) -> BranchPerson | None:
    """One person's place on the map; None where they have no goals to see: one query."""
    rows: QuerySet[GoalSet, Any] = _owners(living(actor, cycle, Which()), cycle.pk).filter(owner_person=person_id)
    found: Sequence[Any] | None = rows.values_list(*_PERSON).first()
    return None if found is None else BranchPerson(*found)
