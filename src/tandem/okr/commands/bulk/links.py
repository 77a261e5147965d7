"""Alignments, co-owners, readers and lineage of a file's objectives: a list that is given is the whole list."""

from collections.abc import Mapping

from django.db.models import Model

from tandem.core.bulk import Entry, chunks, insert_rows, update_rows
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.models import Alignment, CoOwner, Objective, Reader
from tandem.people.queries import people_by_key

PEOPLE = {"co_owners": CoOwner, "readers": Reader}


def write_links(prepared: GoalsImport, entries: list[Entry]) -> None:
    """`entries` are the objectives that are new or changed."""
    parents: dict[str, int] = {}
    for chunk in chunks({key for entry in entries for key in entry.fields.get("aligned_to", ())}):
        parents.update(Objective.objects.filter(key__in=chunk).values_list("key", "pk"))
    people: dict[str, int] = {}
    for chunk in chunks({key for entry in entries for name in PEOPLE for key in entry.fields.get(name, ())}):
        people.update((key, one.pk) for key, one in people_by_key(chunk).items())
    _write(prepared, "aligned_to", Alignment, ("child_id", "parent_id"), parents)
    for name, model in PEOPLE.items():
        _write(prepared, name, model, ("objective_id", "person_id"), people)


def _write(
    prepared: GoalsImport, name: str, model: type[Model], columns: tuple[str, str], keys: Mapping[str, int]
) -> None:
    own, other = columns
    rows: list[Model] = []
    for entry in prepared.objectives.created:
        pk = prepared.new_objectives[entry.key].pk
        rows += [model(**{own: pk, other: keys[key]}) for key in entry.fields.get(name, ())]
    anew = {
        prepared.changed_objectives[one.entry.key].pk: one.entry.fields[name]
        for one in prepared.objectives.changed
        if name in one.fields
    }
    for pk, wanted in anew.items():
        rows += [model(**{own: pk, other: keys[key]}) for key in wanted]
    for chunk in chunks(anew):
        model._default_manager.filter(**{f"{own}__in": chunk}).delete()
    insert_rows(rows)


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
