"""Objectives of a file: defaults, rules, and what differs from the stored ones."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.core.bulk import Changed, Entry, Faults, chunks, compare
from tandem.core.clock import company_timezone, now, today
from tandem.core.errors import Invalid
from tandem.core.texts import clean_text
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.commands.fields import choice, refuse_closed, set_objective_fields
from tandem.okr.models import GoalSet, Objective, ObjectiveState, Visibility
from tandem.okr.queries import plan
from tandem.people.actors import SYSTEM

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

    Cycles = dict[str, Cycle]

COUNTING = (ObjectiveState.ACTIVE, ObjectiveState.CLOSED)


def prepare_objectives(
    prepared: GoalsImport, entries: list[Entry], cycles: "Cycles", closed: set[str], faults: Faults
) -> None:
    for chunk in chunks(entries):
        for entry in chunk:
            _normalize(entry, faults)
        found = compare(chunk, plan.objectives_by_key(SYSTEM, [entry.key for entry in chunk]))
        prepared.objectives.unchanged += found.unchanged
        for entry in found.created:
            prepared.objectives.created.append(entry)
            _create(prepared, entry, cycles, closed, faults)
        rows = _rows([one.entry.key for one in found.changed])
        for one in found.changed:
            prepared.objectives.changed.append(one)
            prepared.changed_objectives[one.entry.key] = rows[one.entry.key]
            _change(prepared, rows[one.entry.key], one, cycles, closed, faults)


def load_objectives(prepared: GoalsImport, keys: set[str]) -> None:
    """Also have the stored objectives at hand under which something changes."""
    for chunk in chunks(key for key in keys if key and prepared.objective(key) is None):
        prepared.known_objectives.update(_rows(chunk))


def _rows(keys: list[str]) -> dict[str, Objective]:
    rows = Objective.objects.filter(key__in=keys).select_related("goal_set__cycle")
    return {one.key: one for one in rows}


def _normalize(entry: Entry, faults: Faults) -> None:
    fields = entry.fields
    if fields.get("cloned_from") == entry.key:
        faults.add(f"{entry.path}.cloned_from", _("An objective is not its own origin."))
    for name in ("aligned_to", "co_owners", "readers"):
        if name in fields:
            fields[name] = sorted(set(fields[name]))
    if fields.get("published", entry) is None:
        del fields["published"]
    if fields["owner"].removeprefix("person:") in fields.get("co_owners", ()) and fields["owner"].startswith("p"):
        faults.add(f"{entry.path}.co_owners", _("This person owns it already."))


def _create(prepared: GoalsImport, entry: Entry, cycles: "Cycles", closed: set[str], faults: Faults) -> None:
    objective = Objective.new(key=entry.key, created_at=now(), changed_at=now())
    cycle = cycles.get(entry.fields["cycle"])
    if cycle is None:
        return
    prepared.new_objectives[entry.key] = objective
    objective.goal_set = _stand_in(prepared, cycle)
    state = ObjectiveState.DRAFT if cycle.is_backlog else ObjectiveState.ACTIVE
    fields = {"state": state, **entry.fields}
    faults.try_rule(entry, lambda: _set(objective, fields, cycle, stored_closed=entry.fields["cycle"] in closed))
    if objective.published_on is not None:  # it was there by then
        published = datetime.combine(objective.published_on, time.min, company_timezone())
        objective.created_at = min(objective.created_at, published)


def _stand_in(prepared: GoalsImport, cycle: "Cycle") -> GoalSet:
    if cycle.key not in prepared.stand_ins:
        prepared.stand_ins[cycle.key] = GoalSet(cycle=cycle)
    return prepared.stand_ins[cycle.key]


def _change(
    prepared: GoalsImport, objective: Objective, one: Changed, cycles: "Cycles", closed: set[str], faults: Faults
) -> None:
    old = objective.goal_set.cycle
    if "owner" in one.fields:
        faults.add(f"{one.entry.path}.owner", _("An objective keeps its owner; give the new one an id of its own."))
    if "cycle" in one.fields and not (
        objective.state == ObjectiveState.DRAFT == one.entry.fields.get("state", "draft")
    ):
        faults.add(f"{one.entry.path}.cycle", _("Only a draft can move to another cycle."))
    cycle = cycles.get(one.entry.fields["cycle"])
    if cycle is None:
        return
    if cycle.key != old.key:
        prepared.other_sets.add(objective.goal_set_id)
    objective.goal_set.cycle = cycle
    shut = bool({old.key, cycle.key} & closed)
    faults.try_rule(one.entry, lambda: _set(objective, one.wanted, cycle, stored_closed=shut))
    objective.version += 1


def _set(objective: Objective, fields: dict[str, Any], cycle: "Cycle", *, stored_closed: bool) -> None:
    if stored_closed:
        refuse_closed(cycle)
    set_objective_fields(objective, fields)
    if "visibility" in fields:
        objective.visibility = choice(fields["visibility"], Visibility, "visibility")
    if "state" in fields:
        objective.state = choice(fields["state"], ObjectiveState, "state")
    if "published" in fields:
        objective.published_on = fields["published"]
    if "dropped_reason" in fields:
        objective.dropped_reason = clean_text(fields["dropped_reason"], "dropped_reason", length=2000)
    if "archived" in fields:
        objective.archived_on = fields["archived"]
    if "reflection" in fields:
        objective.reflection = fields["reflection"]
    if "carry_reason" in fields:
        objective.carry_reason = fields["carry_reason"]
    _follow_state(objective, cycle, "state" in fields)
    _check_state(objective, cycle, fields)


def _follow_state(objective: Objective, cycle: "Cycle", state_given: bool) -> None:
    if objective.state in COUNTING and objective.published_on is None:
        objective.published_on = default_published(cycle)
    if state_given and objective.state == ObjectiveState.DRAFT:
        objective.published_on = None
    if state_given and objective.state != ObjectiveState.DROPPED:
        objective.dropped_reason = ""


def _check_state(objective: Objective, cycle: "Cycle", fields: dict[str, Any]) -> None:
    """What a state needs and forbids; raises Invalid."""
    state = objective.state
    if cycle.is_backlog and state not in (ObjectiveState.DRAFT, ObjectiveState.DROPPED):
        raise Invalid(_("The backlog holds drafts only; move it to a cycle first."), field="state")
    if state == ObjectiveState.DRAFT and fields.get("published"):
        raise Invalid(_("A draft is not published yet."), field="published")
    if state == ObjectiveState.DROPPED and not objective.dropped_reason:
        raise Invalid(_("Say why it is dropped; others will learn from it."), field="dropped_reason")
    if state != ObjectiveState.DROPPED and fields.get("dropped_reason"):
        raise Invalid(_("A reason goes with a dropped objective only."), field="dropped_reason")
    withdrawn = state == ObjectiveState.DRAFT and "state" in fields and not objective._state.adding
    if withdrawn and objective.key_results.filter(check_ins_count__gt=0).exists():
        raise Invalid(_("It has check-ins; drop it instead, with a reason."), field="state")


def default_published(cycle: "Cycle") -> date | None:
    """Since when an imported objective counts: today, or the last day of a cycle that is over."""
    return today() if cycle.end is None else min(today(), cycle.end)
