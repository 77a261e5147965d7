"""Where something hangs on the map: the nodes to open until one sees it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.insights.rules import Key, path_of
from tandem.okr.queries import Found, Which, find_objectives, people_with_goals, person_in_branch
from tandem.people.actors import Actor
from tandem.people.queries import get_unit, units
from tandem.search.queries import search

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Unit
    from tandem.search.kinds import Hit as Answer

MOST_HITS, MOST_OWNERS, MOST_ASKED = 20, 5, 60
NAMES, GOALS = ("unit", "person"), ("objective", "key_result")


@dataclass(frozen=True)
class Hit:
    """What was found, whose it is or where it belongs, and the nodes to open from the top."""

    key: Key
    name: str
    where: str
    path: list[Key]


def find_on_map(actor: Actor, cycle: "Cycle", words: str, which: Which, *, branch: str = "") -> list[Hit]:
    """Units, people, objectives and key results of the cycle's map by their words, as the search of Tandem finds
    them; without words, the objectives that are as asked for.

    At most 30 (`branch` is the path of the unit to stay below): the search's queries and three, none for no question.
    """
    if not words:
        found = find_objectives(actor, cycle, which, branch=branch, most=MOST_HITS) if which else []
        return [_hit(one) for one in found]
    kinds = GOALS if which else (*NAMES, *GOALS)
    answers = search(actor, words, kinds, limit=MOST_ASKED, within=f"c{cycle.pk}").hits
    hits = _named(actor, cycle, answers, branch) if not which else []
    said = [one for name in GOALS for one in answers[name] if one.under is not None]
    keys = {one.under for one in said if one.under is not None}
    known = {one.id: one for one in find_objectives(actor, cycle, which, among=keys, branch=branch, most=len(keys))}
    return hits + [_of_goal(one, known[one.under]) for one in said if one.under in known][:MOST_HITS]


def _named(actor: Actor, cycle: "Cycle", answers: "dict[str, list[Answer]]", branch: str) -> list[Hit]:
    """Living units, and people who have goals in the cycle."""
    keys = {name: [one.id for one in answers[name]] for name in NAMES}
    rows = units(actor).filter(pk__in=keys["unit"], path__startswith=branch).select_related("parent")
    found = {one.pk: _unit(one) for one in rows}
    owners = people_with_goals(actor, cycle, keys["person"], branch=branch, most=MOST_ASKED)
    people = {one.person_id: _hit(one) for one in owners}
    hits = ([known[key] for key in keys[name] if key in known] for name, known in (("unit", found), ("person", people)))
    return [hit for some in hits for hit in some[:MOST_OWNERS]]


def _unit(unit: "Unit") -> Hit:
    *above, key = [Key("unit", pk) for pk in unit.path_ids]
    return Hit(key, unit.name, unit.parent.name if unit.parent else "", above)


def _hit(found: Found) -> Hit:
    path = path_of(found.unit_path, found.person_id)
    if found.id is None:
        return Hit(path[-1], found.title, found.unit_name or "", path[:-1])
    return Hit(Key("objective", found.id), found.title, found.person_name or found.unit_name or "", path)


def _of_goal(answer: "Answer", found: Found) -> Hit:
    """An objective, or a key result of it: there the way leads on into the objective."""
    hit = _hit(found)
    return hit if answer.kind == "objective" else Hit(hit.key, answer.title, found.title, [*hit.path, hit.key])


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
