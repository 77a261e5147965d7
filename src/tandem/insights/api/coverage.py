"""Coverage in the JSON API: a unit's objectives and who carries them, what goes beyond, gaps by unit."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, IdText, Shown
from tandem.cycles.queries import get_cycle
from tandem.insights.queries import Carrier, Cell, Line, Wanted, coverage_of
from tandem.insights.rules import Key
from tandem.okr.api.shapes import Category, State
from tandem.okr.queries import (
    BEYOND_PAGE,
    BRANCHES_PAGE,
    BeyondGoal,
    BranchCoverage,
    beyond,
    coverage_below,
    coverage_of_branch,
    upward,
)
from tandem.people.actors import actor_of
from tandem.people.queries import PAGE, get_unit, members_page, units_below

router = Router(tags=["coverage"])
How = Literal["carried", "lead", "delegated", "gap"]
Start = Annotated[int, Field(ge=0, le=1_000_000)]


class AskedCoverage(Body):
    state: Literal["carried", "lead", "delegated", "gap", "single"] | None = None
    """`single`: one alone carries it."""
    category: Category | None = None
    person: IdText | None = None
    """Only what this person carries, or is asked to."""
    unit: IdText | None = None
    members: Start = 0
    """Where the page of members without a link begins."""


class From(Body):
    start: Start = 0
    """Where the page begins: the `next` of the page before."""


class AskedBranches(From):
    unit: IdText | None = None
    """Whose branches; the tops of the organisation when left out."""
    gaps: bool = False
    """Only those with gaps."""


class CarrierRef(Shown):
    kind: Literal["person", "unit"]
    id: int
    name: str


class CarryingGoalOut(Shown):
    id: int
    title: str
    state: State


class CarryingActionOut(Shown):
    id: int
    key_result: int | None
    title: str
    state: str


class CarriedByOut(Shown):
    carrier: CarrierRef
    goals: list[CarryingGoalOut]
    actions: list[CarryingActionOut]
    delegation: int | None
    """It is asked to carry it; there until it has a link."""


class KeyResultRef(Shown):
    id: int
    title: str


class CoveredOut(Shown):
    id: int
    title: str
    category: Category
    state: State
    coverage: How
    single: bool
    """One alone carries it."""
    confidential: int
    """Goals that carry it and that you may not read."""
    more: int
    """Goals that carry it beyond the listed."""
    carried_by: list[CarriedByOut]
    key_results: list[KeyResultRef]


class LoadOut(Shown):
    carrier: CarrierRef
    has_left: bool
    objectives: int
    """Of the unit, that it carries by `goals` and `actions`."""
    goals: int
    actions: int
    asked: int


class CoverageCounts(Shown):
    all: int
    carried: int
    lead: int
    delegated: int
    gap: int
    single: int


class UnitCoverageOut(Shown):
    counts: CoverageCounts
    objectives: list[CoveredOut]
    carriers: list[LoadOut]
    next_members: int | None


class ProposedOut(Shown):
    id: int
    state: Literal["open", "adopted", "declined"]
    reason: str


class BeyondGoalOut(Shown):
    id: int
    title: str
    category: Category
    state: State
    owner: CarrierRef
    proposal: ProposedOut | None


class UpwardOut(Shown):
    here: int
    elsewhere: int
    beyond: int


class BeyondOut(Shown):
    counts: UpwardOut
    items: list[BeyondGoalOut]
    next: int | None


class BranchCountsOut(Shown):
    objectives: int
    gaps: int
    delegated: int
    single: int


class BranchCoverageOut(BranchCountsOut):
    """Of the whole branch; `own` of the unit itself."""

    unit: int | None
    name: str | None
    own: BranchCountsOut


class BranchesOut(Shown):
    branch: BranchCoverageOut
    items: list[BranchCoverageOut]
    next: int | None


@router.get("/cycles/{id:cycle_id}/coverage", response=BranchesOut)
def read_branches(request: HttpRequest, cycle_id: int, asked: Query[AskedBranches]) -> HttpResponse:
    """Gaps of a branch (the company) and of the units right below, those with most gaps first, in pages of 25."""
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    unit_id = get_unit(actor, asked.unit).pk if asked.unit is not None else None
    rows = coverage_below(actor, cycle.pk, unit_id, gaps_only=asked.gaps, start=asked.start)
    whole = rows[0].of_all if rows else 0
    branch = coverage_of_branch(actor, cycle.pk, unit_id)
    items = [_branch(one) for one in rows]
    return answer({"branch": _branch(branch), "items": items, "next": _next(asked.start, BRANCHES_PAGE, whole)})


@router.get("/cycles/{id:cycle_id}/coverage/units/{id:unit_id}", response=UnitCoverageOut)
def read_unit(request: HttpRequest, cycle_id: int, unit_id: int, asked: Query[AskedCoverage]) -> HttpResponse:
    """A unit's objectives and who carries each. Members and units below are among the carriers, be it with nothing."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    members = members_page(actor, unit, start=asked.members)
    wanted = Wanted(asked.state or "", asked.category or "", _wanted_carrier(asked))
    below = units_below(actor, unit)
    found = coverage_of(actor, unit, get_cycle(actor, cycle_id), wanted, members=members, below=below)
    names = {one.key: one for one in found.carriers}
    shown = {
        "counts": {name: found.counts[name] for name in CoverageCounts.model_fields},
        "objectives": [_covered(line, names) for line in found.lines],
        "carriers": [_load(one) for one in found.carriers],
        "next_members": _next(asked.members, PAGE, members[0].of_all if members else 0),
    }
    return answer(shown)


@router.get("/cycles/{id:cycle_id}/coverage/units/{id:unit_id}/beyond", response=BeyondOut)
def read_beyond(request: HttpRequest, cycle_id: int, unit_id: int, asked: Query[From]) -> HttpResponse:
    """The other way: how the goals of members and of the units below align, and those that align to nothing."""
    actor = actor_of(request)
    unit, cycle = get_unit(actor, unit_id), get_cycle(actor, cycle_id)
    found = beyond(actor, unit.pk, cycle.pk, start=asked.start)
    whole = found[0].of_all if found else 0
    shown = {
        "counts": upward(actor, unit.pk, cycle.pk)._asdict(),
        "items": [_beyond(one) for one in found],
        "next": _next(asked.start, BEYOND_PAGE, whole),
    }
    return answer(shown)


def _wanted_carrier(asked: AskedCoverage) -> Key | None:
    if asked.person is not None:
        return Key("person", asked.person)
    return Key("unit", asked.unit) if asked.unit is not None else None


def _next(start: int, size: int, whole: int) -> int | None:
    return start + size if start + size < whole else None


def _ref(key: Key, name: str) -> dict[str, Any]:
    return {"kind": key.kind, "id": key.id, "name": name}


def _covered(line: Line, names: dict[Key, Carrier]) -> dict[str, Any]:
    one = line.objective
    return {
        **{name: getattr(one, name) for name in ("id", "title", "category", "state", "coverage")},
        "single": one.is_single,
        "confidential": line.confidential,
        "more": line.more,
        "carried_by": [_cell(key, names[key].name, cell) for key, cell in line.cells.items()],
        "key_results": [{"id": result.id, "title": result.title} for result in line.key_results],
    }


def _cell(key: Key, name: str, cell: Cell) -> dict[str, Any]:
    return {
        "carrier": _ref(key, name),
        "goals": [{"id": one.id, "title": one.title, "state": one.state} for one in cell.goals],
        "actions": [
            {"id": one.id, "key_result": one.key_result_id, "title": one.title, "state": one.state}
            for one in cell.actions
        ],
        "delegation": cell.asked.id if cell.asked is not None else None,
    }


def _load(one: Carrier) -> dict[str, Any]:
    plain = ("has_left", "objectives", "goals", "actions", "asked")
    return {"carrier": _ref(one.key, one.name), **{name: getattr(one, name) for name in plain}}


def _beyond(one: BeyondGoal) -> dict[str, Any]:
    kind, owner = ("unit", one.unit_id) if one.person_id is None else ("person", one.person_id)
    proposal = {"id": one.proposal_id, "state": one.proposal_state, "reason": one.proposal_reason}
    return {
        **{name: getattr(one, name) for name in ("id", "title", "category", "state")},
        "owner": {"kind": kind, "id": owner, "name": one.person_name or one.unit_name or ""},
        "proposal": proposal if one.proposal_id is not None else None,
    }


def _branch(one: BranchCoverage) -> dict[str, Any]:
    names = ("objectives", "gaps", "delegated", "single")
    own = {name: getattr(one, f"own_{name}") for name in names}
    return {"unit": one.unit_id, "name": one.unit_name, **{name: getattr(one, name) for name in names}, "own": own}
