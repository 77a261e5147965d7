"""Check-ins of a file, known by key result, date and order within the date.

Equal ones are left alone, further ones are added, differing ones are corrected: a published row is never
rewritten. What follows a corrected one on the same day is written anew too, so that the order of the day stays.
"""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.bulk import Changed, Entry, Faults, chunks, named
from tandem.okr import rules
from tandem.okr.commands.bulk.key_results import load_key_results
from tandem.okr.commands.bulk.prepared import Correction, GoalsImport
from tandem.okr.commands.check_ins import refuse_empty, set_check_in_fields
from tandem.okr.models import CheckIn, KeyResult, ObjectiveState
from tandem.okr.queries import plan
from tandem.people.actors import SYSTEM

Stored = list[dict[str, Any]]


def prepare_check_ins(
    prepared: GoalsImport, check_ins: dict[str, list[Entry]], closed: set[str], faults: Faults
) -> None:
    old = [key for key in check_ins if key not in prepared.new_key_results]
    for key in check_ins.keys() & prepared.new_key_results.keys():
        _compare(prepared, key, check_ins[key], [], faults)
    for chunk in chunks(old):
        stored = plan.key_results_by_key(SYSTEM, chunk)
        pks = {one["pk"]: key for key, one in stored.items()}
        rows = plan.check_ins_of(SYSTEM, pks)
        for pk, key in pks.items():
            _compare(prepared, key, check_ins[key], rows.get(pk, []), faults)
    _build(prepared, closed, faults)


def _compare(prepared: GoalsImport, key: str, entries: list[Entry], stored: Stored, faults: Faults) -> None:
    """Only finds out; the rows are made when the key results they belong to are at hand."""
    for entry in entries:
        if "done_steps" in entry.fields:
            entry.fields["done_steps"] = sorted(set(entry.fields["done_steps"]))
    by_day = {day: list(rows) for day, rows in groupby(stored, lambda one: one["date"])}
    entries = sorted(entries, key=lambda one: one.fields["date"])
    for day, group in groupby(entries, lambda one: one.fields["date"]):
        _compare_day(prepared, list(group), by_day.get(day, []))


def _compare_day(prepared: GoalsImport, entries: list[Entry], stored: Stored) -> None:
    again = False
    for place, entry in enumerate(entries):
        row = stored[place] if place < len(stored) else None
        if row is None:
            prepared.check_ins.created.append(entry)
            continue
        other = {name: (row[name], value) for name, value in entry.fields.items() if row[name] != value}
        if other:
            prepared.check_ins.changed.append(Changed(entry, {**other, "pk": (row["pk"], None)}))
            again = again or not row["draft"]
        else:
            prepared.check_ins.unchanged += 1
            if again and not row["draft"]:
                prepared.again.append(row["pk"])
    if again:
        prepared.again += [row["pk"] for row in stored[len(entries) :] if not row["draft"]]


def _build(prepared: GoalsImport, closed: set[str], faults: Faults) -> None:
    found = prepared.check_ins
    load_key_results(prepared, {entry.key for entry in found.entries()})
    for entry in found.created:
        key_result = _open_key_result(prepared, entry, closed, faults)
        if key_result is not None:
            row = CheckIn.new(on=entry.fields["date"])
            row.key_result = key_result
            measured = entry.key not in prepared.broken
            if faults.try_rule(entry, lambda: set_row(row, entry.fields, measured=measured)):  # noqa: B023 - run at once
                prepared.added.setdefault(entry.key, []).append(row)
                _note_author(prepared, row, entry.fields)
    for chunk in chunks(found.changed):
        rows = {one.pk: one for one in CheckIn.objects.filter(pk__in=[one.fields["pk"][0] for one in chunk])}
        for one in chunk:
            key_result = _open_key_result(prepared, one.entry, closed, faults)
            if key_result is not None:
                _correct(prepared, rows[one.fields.pop("pk")[0]], key_result, one, faults)


def _open_key_result(prepared: GoalsImport, entry: Entry, closed: set[str], faults: Faults) -> KeyResult | None:
    key_result = prepared.key_result(entry.key)
    if key_result is None or not hasattr(key_result, "objective"):
        return None
    objective = key_result.objective
    if objective.goal_set.cycle.key in closed:
        faults.add(entry.path, _("This cycle is closed and can only be read."))
    elif objective.state == ObjectiveState.DRAFT and not entry.fields.get("draft"):
        faults.add(entry.path, _("Publish the objective first."))
    else:
        return key_result
    return None


def _correct(prepared: GoalsImport, old: CheckIn, key_result: KeyResult, one: Changed, faults: Faults) -> None:
    old.key_result = key_result
    row = old if old.is_draft else copied(old)
    if not faults.try_rule(one.entry, lambda: set_row(row, one.entry.fields, measured=True)):
        return
    _note_author(prepared, row, one.entry.fields)
    if old.is_draft:
        old.is_draft = one.entry.fields.get("draft", True)
        prepared.drafts.append(old)
    else:
        prepared.corrected.setdefault(one.entry.key, []).append(Correction(old.pk, row))


def copied(old: CheckIn) -> CheckIn:
    """The same said again, in the place of the old one."""
    names = ("key_result_id", "on", "value", "done_steps", "confirmed", "confidence", "status", "note", "author_id")
    row = CheckIn(**{name: getattr(old, name) for name in names}, replaces_id=old.pk)
    row.key_result = old.key_result
    return row


def set_row(row: CheckIn, fields: dict[str, Any], *, measured: bool) -> None:
    """The file's fields by the rules of any check-in; the proposed status is that of its own day.

    Not `measured`: the key result itself is at fault, so nothing can be proposed.
    """
    with named("on", "date"):
        set_check_in_fields(row, {("on" if name == "date" else name): value for name, value in fields.items()})
    if fields.get("value") is not None and fields.get("done_steps"):
        row.value = fields["value"]
    row.is_draft = fields.get("draft", row.is_draft)
    if not row.is_draft:
        refuse_empty(row)
    if measured and "status" not in fields and row._state.adding and row.replaces_id is None:
        row.status = default_status(row)


def default_status(row: CheckIn) -> str:
    """What pace said of the value on its day; "" without a value or verdict."""
    if row.value is None or row.is_draft:
        return ""
    share = row.key_result.measure.progress(row.value, confirmed=row.confirmed)
    return rules.pace(share, row.key_result.objective.goal_set.cycle.elapsed(row.on)) or ""


def _note_author(prepared: GoalsImport, row: CheckIn, fields: dict[str, Any]) -> None:
    if "author" in fields:
        prepared.authors.append((row, fields["author"] or ""))
