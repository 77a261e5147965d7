"""Owners and goal sets of a file's objectives, found or made."""

from typing import TYPE_CHECKING

from tandem.core.bulk import Entry, chunks, give_keys
from tandem.core.commands import lock_rows
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.commands.numbers import home_of
from tandem.okr.models import GoalSet
from tandem.people.queries import is_person, people_by_key, units_by_key

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

Owners = dict[str, "Person | Unit"]
"""By the file's word: `unit:eng`, `person:ada`."""
Sets = dict[tuple[str, str], GoalSet]
"""By owner and cycle."""


def find_owners(entries: list[Entry]) -> Owners:
    names = {entry.fields["owner"] for entry in entries}
    found: Owners = {}
    for chunk in chunks(name.removeprefix("person:") for name in names if name.startswith("person:")):
        found.update((f"person:{key}", one) for key, one in people_by_key(chunk).items())
    for chunk in chunks(name.removeprefix("unit:") for name in names if name.startswith("unit:")):
        found.update((f"unit:{key}", one) for key, one in units_by_key(chunk).items())
    return found


def find_sets(prepared: GoalsImport, entries: list[Entry], owners: Owners) -> Sets:
    """The goal sets of these objectives, locked; missing ones get keys in the order of the file, and wait."""
    cycles = {}
    for entry in entries:
        objective = prepared.objective(entry.key)
        if objective is not None:
            cycles[entry.fields["cycle"]] = objective.goal_set.cycle
    wanted = dict.fromkeys((entry.fields["owner"], entry.fields["cycle"]) for entry in entries)
    names: dict[tuple[bool, int | None], str] = {(is_person(one), one.pk): name for name, one in owners.items()}
    keys = {cycle.pk: key for key, cycle in cycles.items()}
    found: Sets = {}
    for column, people in (("owner_person", True), ("owner_unit", False)):
        pks = [pk for person, pk in names if person is people]
        for chunk in chunks(pks):
            rows = GoalSet.objects.filter(cycle__in=keys, **{f"{column}__in": chunk})
            lock_rows(rows)
            for row in rows:
                name = names[people, row.owner_person_id or row.owner_unit_id]
                row.cycle = cycles[keys[row.cycle_id]]
                found[name, keys[row.cycle_id]] = row
    new: Sets = {}
    for name, key in wanted:
        if (name, key) not in found:
            owner = owners[name]
            who = {"owner_person": owner} if is_person(owner) else {"owner_unit": owner}
            new[name, key] = GoalSet(cycle=cycles[key], unit_id=home_of(owner), **who)
    prepared.new_sets = list(new.values())
    give_keys(prepared.new_sets)
    return found | new
