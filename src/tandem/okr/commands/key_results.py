"""Key results: add, edit, weigh, archive and restore."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.keys import new_key
from tandem.core.numbers import parse_number, plain
from tandem.okr import access, rules
from tandem.okr.commands.fields import check_measure, set_key_result_fields
from tandem.okr.commands.findable import index_key_result
from tandem.okr.commands.following import refuse_unseen, take_readings
from tandem.okr.commands.history import recount
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import tell, writable
from tandem.okr.commands.order import placed
from tandem.okr.commands.words import follow_words
from tandem.okr.models import KeyResult, Objective
from tandem.people.actors import Actor


@command(may=access.may_write)
def add_key_result(actor: Actor, objective: Objective, /, *, key: str | None = None, **fields: Any) -> KeyResult:
    """A new key result at the end of the list. Fields as in `edit_key_result`."""
    writable(objective)
    last = KeyResult.objects.filter(objective=objective).aggregate(last=Max("position"))["last"]
    key_result = KeyResult(key=key or new_key(), objective=objective, position=0 if last is None else last + 1)
    set_key_result_fields(key_result, {"title": "", **fields})
    check_measure(key_result)
    refuse_unseen(actor, key_result)
    take_readings([key_result])
    recount(key_result)
    key_result.save()
    refresh(objective.goal_set)
    index_key_result(key_result)
    tell(actor, "key_result.added", objective, key_result=key_result.title, id=key_result.pk)
    return key_result


@command(may=access.may_write_key_result)
def edit_key_result(actor: Actor, key_result: KeyResult, /, *, version: int | None = None, **fields: Any) -> KeyResult:
    """Change title, description, unit, weight, kind, start, target, low, high, tolerance, steps, given
    (a first value), confidence (a first one), or, of one that follows an indicator, indicator (its code) and carrier
    (`unit:KEY`; "" for the owner).

    A change of what is measured recounts progress from the same history. Raises Invalid, Conflict.
    """
    writable(key_result.objective)
    expect_version(key_result, version)
    before = _as_written(key_result)
    set_key_result_fields(key_result, fields)
    changed = [name for name, value in _as_written(key_result).items() if before[name] != value]
    if not changed:
        return key_result
    if "kind" in changed and key_result.check_ins_count:
        raise Invalid(_("It has check-ins of another kind; archive it and add a new one."), field="kind")
    if {"kind", "indicator", "carrier"} & set(changed):
        refuse_unseen(actor, key_result)
    take_readings([key_result])
    key_result.version += 1
    recount(key_result)
    key_result.save()
    if "title" in changed or "description" in changed:
        index_key_result(key_result)
    refresh(key_result.objective.goal_set)
    follow_words(key_result, {name: before[name] for name in changed if name in ("title", "description")})
    tell(
        actor,
        "key_result.edited",
        key_result.objective,
        key_result=key_result.title,
        id=key_result.pk,
        changed=changed,
        was={name: before[name] for name in changed},
    )
    return key_result


def _as_written(key_result: KeyResult) -> dict[str, Any]:
    """What its version shows, and the value and confidence it came with."""
    given = None if key_result.given is None else plain(key_result.given)
    return {**key_result.as_version(), "given": given, "confidence": key_result.given_confidence}


@command(may=access.may_write)
def reweigh_key_results(actor: Actor, objective: Objective, *, shares: dict[int, object]) -> Objective:
    """Give some key results a share (0–1) each; the others share what is left as they did before."""
    writable(objective)
    rows = {one.pk: one for one in KeyResult.objects.filter(objective=objective, archived_on=None)}
    if not shares.keys() <= rows.keys():
        raise Invalid(_("Name key results of this objective."), field="shares")
    named = {str(key): parse_number(raw, "shares") for key, raw in shares.items()}
    if any(not 0 <= share <= 1 for share in named.values()) or sum(named.values()) > 1:
        raise Invalid(_("Shares lie between 0 and 1 and add up to 1 at most."), field="shares")
    old = {str(key): one.weight for key, one in rows.items()}
    for key, share in rules.reweigh(old, named).items():
        row = rows[int(key)]
        row.weight = rules.stored(share) or Decimal(0)
        row.version += 1
    KeyResult.objects.bulk_update(rows.values(), ["weight", "version"])
    refresh(objective.goal_set)
    tell(actor, "key_result.reweighed", objective)
    return objective


@command(may=access.may_write)
def reorder_key_results(actor: Actor, objective: Objective, *, order: list[int]) -> Objective:
    """Put the key results in this order; those not named follow as they were."""
    writable(objective)
    rows = placed(KeyResult.objects.filter(objective=objective), order)
    KeyResult.objects.bulk_update(rows, ["position"])
    tell(actor, "key_result.reordered", objective)
    return objective


@command(may=access.may_write_key_result)
def archive_key_result(actor: Actor, key_result: KeyResult) -> KeyResult:
    """Put it away: it leaves the numbers; its history stays."""
    writable(key_result.objective)
    return _put(actor, key_result, today(), "key_result.archived")


@command(may=access.may_write_key_result)
def restore_key_result(actor: Actor, key_result: KeyResult) -> KeyResult:
    writable(key_result.objective)
    return _put(actor, key_result, None, "key_result.restored")


def _put(actor: Actor, key_result: KeyResult, archived_on: date | None, verb: str) -> KeyResult:
    key_result.archived_on = archived_on
    key_result.version += 1
    key_result.save(update_fields=["archived_on", "version"])
    refresh(key_result.objective.goal_set)
    index_key_result(key_result)
    tell(actor, verb, key_result.objective, key_result=key_result.title, id=key_result.pk)
    return key_result
