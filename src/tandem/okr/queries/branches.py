"""Goals as the map shows them: objectives of many owners and people of many units, a page of each at once."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tandem.core.clock import today
from tandem.core.ranked import Slice, ranked
from tandem.okr.models import Alignment, GoalSet, KeyResult, Objective, UnitNumbers
from tandem.okr.models.visibility import readable
from tandem.okr.queries.goals import KEY_RESULT_COLUMNS, OBJECTIVE_COLUMNS
from tandem.okr.queries.rows import KeyResultRow, ObjectiveRow
from tandem.okr.queries.which import Which, living
from tandem.people.actors import Actor
from tandem.people.queries import people

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


def objectives_in_branches(
    actor: Actor, cycle: "Cycle", sets: Sequence[int], which: Which, page: Slice
) -> list[BranchObjective]:
    """A page of the objectives of each of these goal sets: one query."""
    if not sets:
        return []
    rows = living(actor, cycle, which).filter(goal_set__in=sets)
    found = ranked(_with_contributions(actor, rows), "goal_set_id", ("position", "pk"), page)
    return [_placed(cycle, one) for one in found.values_list(*OBJECTIVE_COLUMNS, *_HANGING, "rank", "of_all")]


def one_in_branch(actor: Actor, cycle: "Cycle", objective_id: int) -> BranchObjective | None:
    """One objective of the cycle, wherever it hangs; None where the actor sees none: one query."""
    rows = _with_contributions(actor, living(actor, cycle, Which()).filter(pk=objective_id, goal_set__cycle=cycle))
    found = rows.values_list(*OBJECTIVE_COLUMNS, *_HANGING).first()
    return None if found is None else _placed(cycle, (*found, 1, 1))


def _with_contributions(actor: Actor, rows: QuerySet[Objective]) -> QuerySet[Objective]:
    """What the actor may not read stays an edge without a name: it is counted, never shown."""
    below = Alignment.objects.filter(parent=OuterRef("pk"), child__archived_on=None).order_by().values("parent")
    seen = below.filter(readable(actor, "child"))
    return rows.annotate(aligned_by_seen=_count(seen), aligned_by_all=_count(below))


def _count(grouped: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(grouped.annotate(count=Count("pk")).values("count")), 0, output_field=IntegerField())


def _placed(cycle: "Cycle", columns: Sequence[Any]) -> BranchObjective:
    *own, key_results, seen, every, path, rank, of_all = columns
    row = ObjectiveRow(*own)._replace(on=today(), expected=cycle.elapsed())
    return BranchObjective(row, key_results, seen, every - seen, path, rank, of_all)


_PERSON = ("pk", "owner_person_id", "owner_person__name", "unit_id", "objectives", "drafts", "progress")


def people_in_branches(
    actor: Actor, cycle: "Cycle", units: Sequence[int], which: Which, page: Slice, *, homeless: bool = False
) -> list[BranchPerson]:
    """A page of each of these units' people who have goals, and (`homeless`) of those of no unit: one query."""
    if not units and not homeless:
        return []
    here = Q(unit__in=units) | Q(unit=None) if homeless else Q(unit__in=units)
    rows = _owners(actor, cycle, which).filter(here)
    found = ranked(rows, "unit_id", ("owner_person__name", "owner_person_id"), page, key="owner_person")
    return [BranchPerson(*one) for one in found.values_list(*_PERSON, "rank", "of_all")]


def people_without_goals(actor: Actor, cycle: "Cycle", units: Sequence[int]) -> dict[int, int]:
    """How many people of each of these units have no goals that the actor may see: one query.

    None while nobody can have any: before there are units, and in cycles that are over or have no dates.
    """
    if not units or cycle.is_closed or cycle.is_backlog:
        return {}
    have_some = Exists(_owners(actor, cycle, Which()).filter(owner_person=OuterRef("pk")))
    rows = people(actor).filter(~have_some, unit__in=units).order_by()
    return dict(rows.values_list("unit").annotate(Count("pk")))


def _owners(actor: Actor, cycle: "Cycle", which: Which) -> QuerySet[GoalSet]:
    theirs = Exists(living(actor, cycle, which).filter(goal_set=OuterRef("pk")))
    return GoalSet.objects.filter(theirs, cycle=cycle, owner_person__isnull=False)


_SET = ("pk", "objectives", "drafts", "progress")


def numbers_in_branches(actor: Actor, cycle: "Cycle", units: Sequence[int]) -> dict[int, OwnNumbers]:
    """The stored numbers of these units and of their branches (open goals), and whether right there is anything that
    the actor may see: two queries."""
    here = living(actor, cycle, Which()).filter(goal_set__unit=OuterRef("unit"), goal_set__cycle=cycle)
    rows = UnitNumbers.objects.filter(cycle=cycle, unit__in=units).annotate(has_goals=Exists(here))
    of_branch: dict[int, Sequence[Any]] = {
        unit: counts for unit, *counts in rows.values_list("unit_id", "objectives", "drafts", "has_goals")
    }
    sets = GoalSet.objects.filter(cycle=cycle, owner_unit__in=units)
    own: dict[int, Sequence[Any]] = {unit: counts for unit, *counts in sets.values_list("owner_unit_id", *_SET)}
    none, nowhere = (None, 0, 0, None), (0, 0, False)
    return {unit: OwnNumbers(*own.get(unit, none), *of_branch.get(unit, nowhere)) for unit in units}


_LINK = (
    *("child_id", "parent_id", "parent__title", "parent__goal_set__cycle_id", "parent__goal_set__cycle__name"),
    *("parent__goal_set__owner_person_id", "parent__goal_set__owner_person__name"),
    *("parent__goal_set__owner_unit__name", "parent__goal_set__unit__path"),
)


def lines_from(actor: Actor, objectives: Iterable[int]) -> list[ParentLink]:
    """What these objectives align to, as far as the actor may see it: one query."""
    rows = Alignment.objects.filter(readable(actor, "parent"), child__in=list(objectives), parent__archived_on=None)
    return [ParentLink(*one) for one in rows.order_by("pk").values_list(*_LINK)]


def key_results_under(_actor: Actor, cycle: "Cycle", objectives: Sequence[int], most: int) -> list[KeyResultRow]:
    """The first key results of each of these objectives, for which the actor has been asked already: one query."""
    if not objectives:
        return []
    rows = KeyResult.objects.filter(objective__in=objectives, archived_on=None)
    found = ranked(rows, "objective_id", ("position", "pk"), Slice(most)).values_list(*KEY_RESULT_COLUMNS)
    return [KeyResultRow(*one)._replace(on=today(), expected=cycle.elapsed()) for one in found]


def person_in_branch(actor: Actor, cycle: "Cycle", person_id: int) -> BranchPerson | None:
    """One person's place on the map; None where they have no goals to see: one query."""
    rows: QuerySet[GoalSet, Any] = _owners(actor, cycle, Which()).filter(owner_person=person_id)
    found: Sequence[Any] | None = rows.values_list(*_PERSON).first()
    return None if found is None else BranchPerson(*found)
