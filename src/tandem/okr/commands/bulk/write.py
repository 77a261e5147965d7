"""Writing prepared goals: a fixed number of statements per chunk of rows, all in one transaction."""

from django.db.models import Max

from tandem.activity.commands import event, record, record_all
from tandem.core.bulk import Entry, chunks, give_keys, insert_rows, update_rows
from tandem.core.clock import now
from tandem.core.commands import command
from tandem.okr import access
from tandem.okr.commands.bulk.check_ins import copied
from tandem.okr.commands.bulk.links import write_lineage, write_links
from tandem.okr.commands.bulk.numbers import recount_key_results, refresh_sets, set_new_numbers
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.commands.bulk.sets import Owners, Sets, find_owners, find_sets
from tandem.okr.commands.coverage import recount_coverage
from tandem.okr.commands.findable import index_new, index_whole
from tandem.okr.commands.following import take_readings
from tandem.okr.commands.history import set_from_history
from tandem.okr.models import CheckIn, KeyAction, KeyResult, Objective
from tandem.okr.queries.plan import ACTION, OBJECTIVE
from tandem.people.actors import Actor
from tandem.people.commands import lock_organization
from tandem.people.queries import organization, people_by_key

KEY_RESULT_COLUMNS = (
    "title", "description", "kind", "unit_label", "weight", "start", "target", "low", "high", "tolerance", "steps",
    "given", "given_confidence", "indicator", "followed_unit", "read_on",
    "score", "score_reason", "scored_late", "added_on", "archived_on", "version",
)  # fmt: skip


@command(may=access.may_import, first=lock_organization)
def import_goals(actor: Actor, _subject: None = None, *, prepared: GoalsImport) -> None:
    """Write what `prepare_goals` found new or changed, with history, numbers, branches and events."""
    if not _any(prepared):
        return
    entries = prepared.objectives.entries()
    owners = find_owners(entries)
    sets = find_sets(prepared, entries, owners)
    _place_objectives(prepared, sets)
    _place_key_results(prepared)
    set_new_numbers(prepared)
    insert_rows(prepared.new_sets)
    _write_objectives(prepared)
    _write_key_results(prepared)
    _index(prepared)
    _write_actions(prepared)
    write_links(prepared, entries)
    write_lineage(prepared, entries)
    _write_check_ins(prepared)
    recount_key_results(_to_recount(prepared))
    refresh_sets(_touched_sets(prepared))
    recount_coverage()
    _tell(actor, prepared, entries, owners)


def _any(prepared: GoalsImport) -> bool:
    kinds = (prepared.objectives, prepared.key_results, prepared.actions, prepared.check_ins)
    return any(one.created or one.changed for one in kinds)


def _place_objectives(prepared: GoalsImport, sets: Sets) -> None:
    """New ones come last in their sets, in the order of the file; a draft in another cycle too."""
    last: dict[int, int] = {}
    for chunk in chunks({goals.pk for goals in sets.values()} - {goals.pk for goals in prepared.new_sets}):
        rows = Objective.objects.filter(goal_set__in=chunk).values_list("goal_set").annotate(last=Max("position"))
        last.update(rows.order_by())
    moved = [one.entry for one in prepared.objectives.changed if "cycle" in one.fields]
    for entry in (*prepared.objectives.created, *moved):
        objective = prepared.objective(entry.key)
        assert objective is not None
        goals = objective.goal_set = sets[entry.fields["owner"], entry.fields["cycle"]]
        objective.position = last[goals.pk] = last.get(goals.pk, -1) + 1
    prepared.other_sets |= {row.goal_set_id for entry in moved if (row := prepared.objective(entry.key)) is not None}
    give_keys(list(prepared.new_objectives.values()))


def _write_objectives(prepared: GoalsImport) -> None:
    insert_rows(list(prepared.new_objectives.values()))
    for objective in prepared.changed_objectives.values():
        objective.changed_at = now()
    names = [name for name in OBJECTIVE.values() if "__" not in name]
    names += ["goal_set", "position", "changed_at", "version"]
    update_rows(list(prepared.changed_objectives.values()), names)


def _place_key_results(prepared: GoalsImport) -> None:
    """New ones carry what follows from their check-ins at once; changed ones are recounted with the others."""
    places = _places(KeyResult, prepared, prepared.key_results.created)
    for entry in prepared.key_results.created:
        row, objective = prepared.new_key_results[entry.key], prepared.objective(entry.under)
        assert objective is not None
        row.objective = objective
        row.position = places[objective.pk] = places.get(objective.pk, -1) + 1
    take_readings([*prepared.new_key_results.values(), *prepared.changed_key_results.values()])
    for entry in prepared.key_results.created:
        row = prepared.new_key_results[entry.key]
        published = [one for one in prepared.added.get(entry.key, ()) if not one.is_draft]
        set_from_history(row, published[::-1])
    give_keys(list(prepared.new_key_results.values()))


def _write_key_results(prepared: GoalsImport) -> None:
    insert_rows(list(prepared.new_key_results.values()))
    update_rows(list(prepared.changed_key_results.values()), KEY_RESULT_COLUMNS)


def _index(prepared: GoalsImport) -> None:
    index_new(prepared.new_objectives.values(), prepared.new_key_results.values())
    changed = {one.pk for one in prepared.changed_objectives.values()}
    changed |= {one.objective_id for one in prepared.changed_key_results.values()}
    for chunk in chunks(sorted(changed)):
        index_whole(*chunk)


def _places(model: type[KeyResult] | type[KeyAction], prepared: GoalsImport, entries: list[Entry]) -> dict[int, int]:
    """The last place taken under each objective that was there before."""
    found: dict[int, int] = {}
    old = {entry.under for entry in entries} - prepared.new_objectives.keys()
    for chunk in chunks(one.pk for key in old if (one := prepared.objective(key)) is not None):
        rows = model.objects.filter(objective__in=chunk).values_list("objective").annotate(last=Max("position"))
        found.update(rows.order_by())
    return found


def _write_actions(prepared: GoalsImport) -> None:
    places = _places(KeyAction, prepared, prepared.actions.created)
    entries = prepared.actions.entries()
    people = _people({(entry.fields.get("owner") or "").removeprefix("person:") for entry in entries})
    results: dict[str, int] = {}
    for chunk in chunks({entry.fields.get("key_result") or "" for entry in entries}):
        results.update(KeyResult.objects.filter(key__in=chunk).values_list("key", "pk"))
    for entry in entries:
        action = prepared.new_actions.get(entry.key) or prepared.changed_actions[entry.key]
        if "owner" in entry.fields:
            owner = entry.fields["owner"]
            action.owner_id = people[owner.removeprefix("person:")] if owner else None
        if "key_result" in entry.fields:
            key = entry.fields["key_result"]
            action.key_result_id = results[key] if key else None
    for entry in prepared.actions.created:
        objective = prepared.objective(entry.under)
        assert objective is not None
        action = prepared.new_actions[entry.key]
        action.objective = objective
        action.position = places[objective.pk] = places.get(objective.pk, -1) + 1
    insert_rows(list(prepared.new_actions.values()))
    columns = [*ACTION.values(), "owner", "key_result", "version"]
    update_rows(list(prepared.changed_actions.values()), columns)


def _people(keys: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(keys):
        found.update((key, one.pk) for key, one in people_by_key(chunk).items())
    return found


def _write_check_ins(prepared: GoalsImport) -> None:
    """New rows in the order of the file within a day; what follows a corrected row is said again behind it."""
    people = _people({author for _row, author in prepared.authors})
    for row, author in prepared.authors:
        row.author_id = people[author] if author else None
    order = {one.old: one.new for rows in prepared.corrected.values() for one in rows}
    for again in chunks(prepared.again):
        order.update((old.pk, copied(old)) for old in CheckIn.objects.filter(pk__in=again))
    for gone in chunks(order):
        CheckIn.objects.filter(pk__in=gone).update(withdrawn_at=now())
    insert_rows([order[old] for old in sorted(order)])
    for key, rows in prepared.added.items():
        key_result = prepared.key_result(key)
        assert key_result is not None
        for row in rows:
            row.key_result = key_result
    insert_rows([row for rows in prepared.added.values() for row in rows])
    names = ("on", "value", "done_steps", "confirmed", "confidence", "status", "note", "is_draft", "author")
    update_rows(prepared.drafts, names)


def _to_recount(prepared: GoalsImport) -> set[int]:
    """Stored key results whose history, measure or objective changed (primary keys)."""
    found = {row.pk for row in prepared.changed_key_results.values()}
    touched = {*prepared.added, *prepared.corrected} - prepared.new_key_results.keys()
    found |= {row.pk for key in touched if (row := prepared.key_result(key)) is not None}
    found |= {row.key_result_id for row in prepared.drafts}
    for chunk in chunks(row.pk for row in prepared.changed_objectives.values()):
        found |= set(KeyResult.objects.filter(objective__in=chunk).values_list("pk", flat=True))
    return found


def _touched_sets(prepared: GoalsImport) -> set[int]:
    known = (prepared.new_objectives, prepared.changed_objectives, prepared.known_objectives)
    found = {row.goal_set_id for rows in known for row in rows.values()}
    found |= {row.objective.goal_set_id for row in prepared.known_key_results.values()}
    return (found - {goals.pk for goals in prepared.new_sets}) | prepared.other_sets


def _tell(actor: Actor, prepared: GoalsImport, entries: list[Entry], owners: Owners) -> None:
    record(actor, "goals.imported", organization(), objectives=len(entries))
    record_all(
        event(actor, "objective.imported", row, owners.get(entry.fields["owner"]), {"title": row.title})
        for entry in entries
        if (row := prepared.objective(entry.key)) is not None
    )
