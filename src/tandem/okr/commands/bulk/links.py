"""Alignments, co-owners and lineage of a file's objectives: a list that is given is the whole list."""

from tandem.core.bulk import Entry, chunks, insert_rows, update_rows
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.models import Alignment, CoOwner, Objective
from tandem.people.queries import people_by_key


def write_links(prepared: GoalsImport, entries: list[Entry]) -> None:
    """`entries` are the objectives that are new or changed."""
    parents: dict[str, int] = {}
    for chunk in chunks({key for entry in entries for key in entry.fields.get("aligned_to", ())}):
        parents.update(Objective.objects.filter(key__in=chunk).values_list("key", "pk"))
    people: dict[str, int] = {}
    for chunk in chunks({key for entry in entries for key in entry.fields.get("co_owners", ())}):
        people.update((key, one.pk) for key, one in people_by_key(chunk).items())
    alignments: list[Alignment] = []
    co_owners: list[CoOwner] = []
    for entry in prepared.objectives.created:
        child = prepared.new_objectives[entry.key].pk
        alignments += [Alignment(child_id=child, parent_id=parents[key]) for key in entry.fields.get("aligned_to", ())]
        co_owners += [CoOwner(objective_id=child, person_id=people[key]) for key in entry.fields.get("co_owners", ())]
    realigned, reshared = set(), set()
    for one in prepared.objectives.changed:
        child, fields = prepared.changed_objectives[one.entry.key].pk, one.entry.fields
        if "aligned_to" in one.fields:
            realigned.add(child)
            alignments += [Alignment(child_id=child, parent_id=parents[key]) for key in fields["aligned_to"]]
        if "co_owners" in one.fields:
            reshared.add(child)
            co_owners += [CoOwner(objective_id=child, person_id=people[key]) for key in fields["co_owners"]]
    for chunk in chunks(realigned):
        Alignment.objects.filter(child__in=chunk).delete()
    for chunk in chunks(reshared):
        CoOwner.objects.filter(objective__in=chunk).delete()
    insert_rows(alignments)
    insert_rows(co_owners)


def write_lineage(prepared: GoalsImport, entries: list[Entry]) -> None:
    """Where goals were taken along from; only those that say so."""
    said = {entry.key: entry.fields["cloned_from"] for entry in entries if "cloned_from" in entry.fields}
    origins: dict[str, int] = {}
    for chunk in chunks({key for key in said.values() if key}):
        origins.update(Objective.objects.filter(key__in=chunk).values_list("key", "pk"))
    rows = [row for key in said if (row := prepared.objective(key)) is not None]
    for row in rows:
        row.cloned_from_id = origins.get(said[row.key] or "")
    update_rows(rows, ["cloned_from"])
