"""The alignment map of a cycle: the first levels, or the open branches of an address, never the whole tree.

However many branches are open, each kind of row is asked for once, and an answer holds a page of every list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.core.ranked import Slice
from tandem.insights import rules
from tandem.insights.queries.nodes import (
    LISTS,
    OBJECTIVES,
    PEOPLE,
    UNITS,
    Node,
    NodeList,
    Rows,
    by,
    list_of_person,
    lists_of_unit,
    objective_node,
    unit_node,
    unplaced_node,
)
from tandem.insights.rules import Key
from tandem.okr.queries import (
    BranchPerson,
    Which,
    key_results_under,
    lines_from,
    numbers_in_branches,
    objectives_in_branches,
    one_in_branch,
    people_in_branches,
    people_without_goals,
    person_in_branch,
)
from tandem.people.actors import Actor
from tandem.people.queries import ListedUnit, listed_alone, listed_below, listed_roots

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

OPEN_ROOTS = 3
"""With more roots than this, the first level is the roots alone."""
MOST_KEY_RESULTS = 20


@dataclass(frozen=True)
class Asked:
    """What to show. `opened` None means the first levels; `unit` is where the map begins; `at` is shown whatever page
    of its list it stands on."""

    which: Which = field(default_factory=Which)
    unit: int | None = None
    opened: Sequence[Key] | None = None
    at: Key | None = None


@dataclass(frozen=True)
class Map:
    """The tops of the map with what is open below them. `top` is the unit where it begins, if one was named."""

    tops: NodeList
    opened: list[Key]
    top: ListedUnit | None = None

    @property
    def is_empty(self) -> bool:
        return not self.tops.nodes


def map_of(actor: Actor, cycle: "Cycle", asked: Asked) -> Map:
    """At most ten queries and about 200 nodes. Raises Missing (404) for a unit that is not there."""
    wanted = [*(asked.opened or ()), *([asked.at] if asked.at else [])]
    page = Slice(rules.LONGEST, always=_ids("unit", wanted))
    tops = listed_roots(actor, page) if asked.unit is None else listed_alone(actor, asked.unit)
    if asked.unit is not None and not tops:
        raise Missing(_("There is no such unit."))
    opened = list(asked.opened if asked.opened is not None else _first_levels(tops))
    rows = _read(actor, cycle, asked.which, opened, wanted, tops=tops, homeless=asked.unit is None)
    whole = tops[0].of_all if tops else 0
    top_list = NodeList(UNITS, [unit_node(rows, one) for one in tops], max(0, whole - len(tops)), rules.LONGEST)
    unplaced = unplaced_node(rows, _("In no unit")) if asked.unit is None else None
    top_list.nodes += [unplaced] if unplaced else []
    return Map(top_list, opened, tops[0] if asked.unit is not None else None)


def _first_levels(tops: Sequence[ListedUnit]) -> list[Key]:
    return [Key("unit", one.id) for one in tops] if len(tops) <= OPEN_ROOTS else []


def branch_of(
    actor: Actor, cycle: "Cycle", key: Key, which: Which, *, name: str | None = None, start: int = 0
) -> list[NodeList]:
    """What hangs right under a unit, a person or those of no unit; of one list (`name`) the page from `start` on.

    At most eight queries and 60 nodes. Raises Missing (404) for a node that is not on the map.
    """
    if key.kind == "person":
        person = person_in_branch(actor, cycle, key.id)
        if person is None:
            raise Missing(_("There is no such person."))
        rows = _read(actor, cycle, which, [key], (), start=start, known=[person], lists=(OBJECTIVES,))
        return [list_of_person(rows, person)]
    lists = (name,) if name else LISTS
    if key.kind == "unplaced":
        rows = _read(actor, cycle, which, [key], (), start=start, lists=(PEOPLE,), homeless=True)
        return lists_of_unit(rows, None, is_top=True)[2:]
    here = listed_alone(actor, key.id)
    if not here:
        raise Missing(_("There is no such unit."))
    rows = _read(actor, cycle, which, [key], (), tops=here, start=start, lists=lists)
    found = lists_of_unit(rows, key.id, is_top=here[0].parent_id is None)
    return [one for one in found if one.name in lists]


def one_objective(actor: Actor, cycle: "Cycle", objective_id: int) -> tuple[Node, list[Key]]:
    """An objective with its first key results, and the nodes above it from the top. Raises Missing (404)."""
    found = one_in_branch(actor, cycle, objective_id)
    if found is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    rows = Rows(cycle.pk, {Key("objective", objective_id)})
    rows.lines = by("child_id", lines_from(actor, [objective_id]))
    rows.key_results = by("objective_id", key_results_under(actor, cycle, [objective_id], MOST_KEY_RESULTS))
    path = rules.path_of(found.unit_path, found.row.person_id)
    is_top = found.row.person_id is None and len(path) == 1
    return objective_node(rows, found, is_top=is_top), path


def _read(
    actor: Actor,
    cycle: "Cycle",
    which: Which,
    opened: Sequence[Key],
    wanted: Iterable[Key],
    *,
    tops: Sequence[ListedUnit] = (),
    known: Sequence[BranchPerson] = (),
    lists: Sequence[str] = LISTS,
    start: int = 0,
    homeless: bool = False,
) -> Rows:
    """The rows under all open branches at once: of every list a page, and what is wanted beyond it."""
    open_units = sorted(_ids("unit", opened))
    size = rules.page_size(len(open_units) + len(_ids("person", opened)))
    rows = Rows(cycle.pk, set(opened), start, size)

    def page(kind: str) -> Slice:
        return Slice(size, start, _ids(kind, wanted))

    below = listed_below(actor, open_units, page("unit")) if UNITS in lists else []
    rows.units = by("parent_id", below)
    rows.numbers = numbers_in_branches(actor, cycle, [one.id for one in (*tops, *below)])
    if PEOPLE in lists:
        here = people_in_branches(actor, cycle, open_units, which, page("person"), homeless=homeless)
        rows.people, known = by("unit_id", here), here
        rows.without = people_without_goals(actor, cycle, open_units) if not which and not start else {}
    sets = [rows.numbers[one].set_id for one in open_units if one in rows.numbers]
    sets += [one.set_id for one in known if Key("person", one.id) in rows.opened]
    own = [one for one in sets if one is not None] if OBJECTIVES in lists else []
    objectives = objectives_in_branches(actor, cycle, own, which, page("objective"))
    rows.objectives = by("set_id", objectives)
    rows.lines = by("child_id", lines_from(actor, [one.row.id for one in objectives]))
    shown = [one.row.id for one in objectives if Key("objective", one.row.id) in rows.opened]
    rows.key_results = by("objective_id", key_results_under(actor, cycle, shown, MOST_KEY_RESULTS))
    return rows


def _ids(kind: str, keys: Iterable[Key]) -> frozenset[int]:
    return frozenset(one.id for one in keys if one.kind == kind)
