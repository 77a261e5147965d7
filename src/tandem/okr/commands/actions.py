"""Key actions: the projects and tasks that make a result move."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.keys import new_key
from tandem.core.texts import clean_line
from tandem.okr import access
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.fields import choice
from tandem.okr.commands.objectives import tell, writable
from tandem.okr.commands.order import placed
from tandem.okr.models import ActionState, KeyAction, KeyResult, Objective
from tandem.people.actors import Actor


@command(may=access.may_write)
def add_action(actor: Actor, objective: Objective, /, *, key: str | None = None, **fields: Any) -> KeyAction:
    """A new action under the objective, or (`key_result`) under one of its key results."""
    writable(objective)
    last = KeyAction.objects.filter(objective=objective).aggregate(last=Max("position"))["last"]
    action = KeyAction(key=key or new_key(), objective=objective, position=0 if last is None else last + 1)
    set_action_fields(action, {"title": "", **fields})
    action.save()
    tell(actor, "action.added", objective, action=action.title, id=action.pk)
    _follow(actor, action)
    return action


@command(may=access.may_write_action)
def edit_action(actor: Actor, action: KeyAction, /, *, version: int | None = None, **fields: Any) -> KeyAction:
    """Change title, owner, due_on, state or key_result. Raises Invalid, Conflict."""
    writable(action.objective)
    expect_version(action, version)
    before, owner = action.state, action.owner_id
    set_action_fields(action, fields)
    action.version += 1
    action.save()
    verb = f"action.{action.state}" if action.state != before else "action.edited"
    tell(actor, verb, action.objective, action=action.title, id=action.pk)
    if (action.state, action.owner_id) != (before, owner):
        _follow(actor, action)
    return action


@command(may=access.may_write)
def reorder_actions(actor: Actor, objective: Objective, *, order: list[int]) -> Objective:
    """Put the actions in this order; those not named follow as they were."""
    writable(objective)
    rows = placed(KeyAction.objects.filter(objective=objective), order)
    KeyAction.objects.bulk_update(rows, ["position"])
    tell(actor, "action.reordered", objective)
    return objective


@command(may=access.may_write_action)
def archive_action(actor: Actor, action: KeyAction) -> KeyAction:
    writable(action.objective)
    action.archived_on = today()
    action.version += 1
    action.save(update_fields=["archived_on", "version"])
    tell(actor, "action.archived", action.objective, action=action.title, id=action.pk)
    _follow(actor, action)
    return action


@command(may=access.may_write_action)
def restore_action(actor: Actor, action: KeyAction) -> KeyAction:
    writable(action.objective)
    action.archived_on = None
    action.version += 1
    action.save(update_fields=["archived_on", "version"])
    tell(actor, "action.restored", action.objective, action=action.title, id=action.pk)
    _follow(actor, action)
    return action


def _follow(actor: Actor, action: KeyAction) -> None:
    """Who has an action of a unit's objective carries it."""
    if action.objective.goal_set.owner_unit_id is not None:
        follow_coverage(actor, action.objective_id)


def set_action_fields(action: KeyAction, fields: dict[str, Any]) -> None:
    if "title" in fields:
        action.title = clean_line(fields["title"], "title", length=500)
    if "state" in fields:
        action.state = choice(fields["state"], ActionState, "state")
    if "due_on" in fields:
        action.due_on = fields["due_on"]
    if "owner" in fields:
        owner = fields["owner"]
        if owner is not None and not owner.is_active:
            raise Invalid(_("This person has left."), field="owner")
        action.owner = owner
    if "key_result" in fields:
        key_result: KeyResult | None = fields["key_result"]
        if key_result is not None and key_result.objective_id != action.objective_id:
            raise Invalid(_("Choose a key result of this objective."), field="key_result")
        action.key_result = key_result
