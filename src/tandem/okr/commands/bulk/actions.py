"""Key actions of a file: rules, and what differs from the stored ones."""

from typing import Any

from django.utils.translation import gettext as _

from tandem.core.bulk import Entry, Faults, chunks, compare
from tandem.okr.commands.actions import set_action_fields
from tandem.okr.commands.bulk.objectives import load_objectives
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.models import KeyAction
from tandem.okr.queries import plan
from tandem.people.actors import SYSTEM


def prepare_actions(
    prepared: GoalsImport, entries: list[Entry], objective_of: dict[str, str], closed: set[str], faults: Faults
) -> None:
    """`objective_of` says which objective the file's key results hang under."""
    for chunk in chunks(entries):
        stored = plan.actions_by_key(SYSTEM, [entry.key for entry in chunk])
        for entry in chunk:
            if entry.key in stored and stored[entry.key]["objective"] != entry.under:
                faults.add(f"{entry.path}.id", _("This id belongs to an action of another objective."))
        found = compare([entry for entry in chunk if _at_home(entry, stored)], stored)
        prepared.actions.unchanged += found.unchanged
        prepared.actions.created += found.created
        prepared.actions.changed += found.changed
        touched = found.entries()
        load_objectives(prepared, {entry.under for entry in touched})
        _check_places(prepared, touched, objective_of, closed, faults)
        for entry in found.created:
            action = prepared.new_actions[entry.key] = KeyAction(key=entry.key)
            faults.try_rule(entry, lambda: _set(action, entry.fields))  # noqa: B023 - run at once
        rows = {one.key: one for one in KeyAction.objects.filter(key__in=[one.entry.key for one in found.changed])}
        for one in found.changed:
            row = prepared.changed_actions[one.entry.key] = rows[one.entry.key]
            row.version += 1
            faults.try_rule(one.entry, lambda: _set(row, one.wanted))  # noqa: B023


def _at_home(entry: Entry, stored: dict[str, Any]) -> bool:
    return entry.key not in stored or stored[entry.key]["objective"] == entry.under


def _check_places(
    prepared: GoalsImport, entries: list[Entry], objective_of: dict[str, str], closed: set[str], faults: Faults
) -> None:
    unknown = {entry.fields.get("key_result") for entry in entries} - {None} - objective_of.keys()
    homes = {**plan.objectives_of_key_results(SYSTEM, [key for key in unknown if key]), **objective_of}
    for entry in entries:
        key = entry.fields.get("key_result")
        if key is not None and homes.get(key) != entry.under:
            faults.add(f"{entry.path}.key_result", _("Choose a key result of this objective."))
        objective = prepared.objective(entry.under)
        if objective is not None and objective.goal_set.cycle.key in closed:
            faults.add(entry.path, _("This cycle is closed and can only be read."))


def _set(action: KeyAction, fields: dict[str, Any]) -> None:
    words = {"due": "due_on"}
    set_action_fields(
        action, {words.get(name, name): fields[name] for name in ("title", "state", "due") if name in fields}
    )
    if "archived" in fields:
        action.archived_on = fields["archived"]
