"""Where something hangs on the map: the nodes to open until one sees it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.insights.rules import Key, path_of
from tandem.okr.queries import Found, Which, find_objectives, people_with_goals, person_in_branch
from tandem.people.actors import Actor
from tandem.people.queries import get_unit, search_people, search_units

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Unit

MOST_HITS, MOST_OWNERS, MOST_NAMED = 20, 5, 30


@dataclass(frozen=True)
class Hit:
    """What was found, whose it is or where it belongs, and the nodes to open from the top."""

    key: Key
    name: str
    where: str
    path: list[Key]


def find_on_map(actor: Actor, cycle: "Cycle", words: str, which: Which, *, branch: str = "") -> list[Hit]:
    """Units, people and objectives of the cycle's map by their words, and objectives by what is asked of them.

    At most 30 (`branch` is the path of the unit to stay below): four queries, none for no question.
    """
    hits: list[Hit] = []
    if words and not which:
        found = search_units(actor, words).filter(path__startswith=branch) if branch else search_units(actor, words)
        hits += [_unit(one) for one in found.select_related("parent")[:MOST_OWNERS]]
        named = list(search_people(actor, words).order_by("name", "pk").values_list("pk", flat=True)[:MOST_NAMED])
        people = people_with_goals(actor, cycle, named, branch=branch, most=MOST_OWNERS)
        hits += [_hit(one) for one in people]
    if words or which:
        hits += [_hit(one) for one in find_objectives(actor, cycle, words, which, branch=branch, most=MOST_HITS)]
    return hits


def _unit(unit: "Unit") -> Hit:
    *above, key = [Key("unit", pk) for pk in unit.path_ids]
    return Hit(key, unit.name, unit.parent.name if unit.parent else "", above)


def _hit(found: Found) -> Hit:
    path = path_of(found.unit_path, found.person_id)
    if found.id is None:
        return Hit(path[-1], found.title, found.unit_name or "", path[:-1])
    return Hit(Key("objective", found.id), found.title, found.person_name or found.unit_name or "", path)


def path_of_unit(actor: Actor, unit_id: int) -> list[Key]:
    """From the top down to the unit itself. Raises Missing (404)."""
    return [Key("unit", pk) for pk in get_unit(actor, unit_id).path_ids]


def path_of_person(actor: Actor, cycle: "Cycle", person_id: int) -> list[Key]:
    """From the top down to a person who has goals in the cycle. Raises Missing (404)."""
    found = person_in_branch(actor, cycle, person_id)
    if found is None:
        raise Missing(_("There is no such person."))
    above = path_of_unit(actor, found.unit_id) if found.unit_id is not None else [Key("unplaced", 0)]
    return [*above, Key("person", person_id)]
