"""Key results of a file: defaults, rules, and what differs from the stored ones."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.bulk import Changed, Entry, Faults, chunks, compare, named
from tandem.core.clock import today
from tandem.core.errors import Invalid
from tandem.core.numbers import parse_number, rounded
from tandem.okr.commands.bulk.objectives import load_objectives
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.commands.fields import check_measure, set_key_result_fields
from tandem.okr.models import KeyResult
from tandem.okr.queries import plan
from tandem.people.actors import SYSTEM


def prepare_key_results(prepared: GoalsImport, entries: list[Entry], closed: set[str], faults: Faults) -> None:
    for chunk in chunks(entries):
        for entry in chunk:
            faults.try_rule(entry, lambda: _normalize(entry.fields))  # noqa: B023 - run at once
        stored = plan.key_results_by_key(SYSTEM, [entry.key for entry in chunk])
        found = compare(_in_their_place(chunk, stored, faults), stored)
        prepared.key_results.unchanged += found.unchanged
        prepared.key_results.created += found.created
        prepared.key_results.changed += found.changed
        load_objectives(prepared, {entry.under for entry in found.entries()})
        for entry in found.created:
            _create(prepared, entry, faults)
        _change_all(prepared, found.changed, faults)
    _refuse_closed(prepared, closed, faults)


def load_key_results(prepared: GoalsImport, keys: set[str]) -> None:
    """Also have the stored key results at hand that get other check-ins."""
    for chunk in chunks(key for key in keys if prepared.key_result(key) is None):
        prepared.known_key_results.update(_rows(chunk))


def _rows(keys: list[str]) -> dict[str, KeyResult]:
    rows = KeyResult.objects.filter(key__in=keys).select_related("objective__goal_set__cycle")
    return {one.key: one for one in rows}


def _in_their_place(chunk: list[Entry], stored: dict[str, Any], faults: Faults) -> list[Entry]:
    kept = []
    for entry in chunk:
        if entry.key in stored and stored[entry.key]["objective"] != entry.under:
            faults.add(f"{entry.path}.id", _("This id belongs to a key result of another objective."))
        else:
            kept.append(entry)
    return kept


def _normalize(fields: dict[str, Any]) -> None:
    """Steps as they are stored; a score with two decimals; what is done as the current value."""
    if fields.get("score") is not None:
        fields["score"] = rounded(fields["score"], 2)
        if not 0 <= fields["score"] <= 1:
            raise Invalid(_("A score is a number from 0 to 1."), field="score")
    steps = fields.get("steps")
    if steps is None:
        return
    done = [step.get("weight", Decimal(1)) for step in steps if step.get("done")]
    if any("done" in step for step in steps):
        fields.setdefault("current", sum(done, Decimal(0)))
    fields["steps"] = [_step(step) for step in steps]


def _step(step: dict[str, Any]) -> dict[str, Any]:
    if "level" in step or "text" in step:
        level = parse_number(step.get("level"), "steps")
        return {"level": f"{level:.1f}", "text": step.get("text")}
    return {"title": step.get("title"), "weight": float(step.get("weight", 1))}


def _create(prepared: GoalsImport, entry: Entry, faults: Faults) -> None:
    objective = prepared.objective(entry.under)
    key_result = KeyResult.new(key=entry.key, added_on=today())
    prepared.new_key_results[entry.key] = key_result
    if objective is not None:
        key_result.objective = objective
        key_result.added_on = objective.published_on or key_result.added_on
    if not faults.try_rule(entry, lambda: _set_new(key_result, entry.fields)):
        prepared.broken.add(entry.key)


def _set_new(key_result: KeyResult, fields: dict[str, Any]) -> None:
    _set(key_result, fields)
    check_measure(key_result)


def _set(key_result: KeyResult, fields: dict[str, Any]) -> None:
    given = {("given" if name == "current" else name): value for name, value in fields.items()}
    with named("given", "current"):
        set_key_result_fields(key_result, given)
    if "score" in fields:
        key_result.score = fields["score"]
    if "score_reason" in fields:
        key_result.score_reason = fields["score_reason"]
    if "late" in fields:
        key_result.scored_late = fields["late"]
    if key_result.score is None and (key_result.score_reason or key_result.scored_late):
        raise Invalid(_("It says why or when it was scored, and has no score."), field="score")
    if "added" in fields:
        key_result.added_on = fields["added"]
    if "archived" in fields:
        key_result.archived_on = fields["archived"]


def _change_all(prepared: GoalsImport, changed: list[Changed], faults: Faults) -> None:
    rows = _rows([one.entry.key for one in changed])
    for one in changed:
        row = prepared.changed_key_results[one.entry.key] = rows[one.entry.key]
        row.objective = prepared.objective(one.entry.under) or row.objective
        row.version += 1
        if "kind" in one.fields and row.check_ins_count:
            message = _("It has check-ins of another kind; archive it and add a new one.")
            faults.add(f"{one.entry.path}.kind", message)
            continue
        faults.try_rule(one.entry, lambda: _set(row, one.wanted))  # noqa: B023 - run at once


def _refuse_closed(prepared: GoalsImport, closed: set[str], faults: Faults) -> None:
    for entry in prepared.key_results.entries():
        objective = prepared.objective(entry.under)
        if objective is not None and objective.goal_set.cycle.key in closed:
            faults.add(entry.path, _("This cycle is closed and can only be read."))
