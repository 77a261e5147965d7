"""Check-ins: publish, draft, correct, withdraw, restore. The history is kept whole."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.clock import now, today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.numbers import parse_number, plain
from tandem.core.one_row import insert_row, write_row
from tandem.core.texts import clean_text
from tandem.cycles.rules import next_due
from tandem.okr import access, rules
from tandem.okr.commands.fields import check_value, confidence
from tandem.okr.commands.history import FOLLOWS, capped, recount
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import tell, writable
from tandem.okr.commands.words import follow_correction
from tandem.okr.models import CheckIn, KeyResult, ObjectiveState
from tandem.people.actors import Actor

FIELDS = ("on", "value", "done_steps", "confirmed", "confidence", "status", "note")


@command(may=access.may_write_key_result)
def check_in(actor: Actor, key_result: KeyResult, /, *, draft: bool = False, **fields: Any) -> CheckIn:
    """Say what is true of a key result on a day (`on`, today by default).

    Fields: value (by kind, see `rules.Measure`), done_steps (places of done milestones, from 0),
    confirmed (baseline), confidence 0–10, status (proposed by pace), note. A fall of confidence by
    3 or more needs a note. A draft changes nothing until it is published.
    """
    refuse_check_in(key_result)
    row = CheckIn(key_result=key_result, on=today(), author_id=actor.pk, is_draft=draft)
    set_check_in_fields(row, fields)
    if not draft:
        _accept(row)
    insert_row(row)
    if not draft:
        _apply(actor, row, "check_in.published")
    return row


@command(may=access.may_write_check_in)
def publish_check_in(actor: Actor, row: CheckIn, /, **fields: Any) -> CheckIn:
    """Publish a draft, with last changes."""
    refuse_check_in(row.key_result)
    if not row.is_draft or row.withdrawn_at is not None:
        raise Invalid(_("Only a draft can be published."), code="state")
    set_check_in_fields(row, fields)
    _accept(row)
    row.is_draft = False
    row.written_at = now()
    row.save()
    _apply(actor, row, "check_in.published")
    return row


@command(may=access.may_write_check_in)
def correct_check_in(actor: Actor, row: CheckIn, /, **fields: Any) -> CheckIn:
    """Replace a check-in by a corrected one; the old one stays in the history. A draft is just changed."""
    refuse_check_in(row.key_result)
    if row.withdrawn_at is not None:
        raise Invalid(_("It was withdrawn or corrected already."), code="state")
    if row.is_draft:
        set_check_in_fields(row, fields)
        row.save()
        return row
    new = CheckIn(key_result=row.key_result, author_id=actor.pk, replaces=row, written_at=row.written_at)
    for name in FIELDS:
        setattr(new, name, getattr(row, name))
    set_check_in_fields(new, fields)
    if new.value != row.value and "status" not in fields and row.status == _paced(row):
        new.status = ""  # it was proposed from the old value
    row.withdrawn_at = now()
    row.save(update_fields=["withdrawn_at"])
    _accept(new)
    new.save(force_insert=True)
    follow_correction(row, new)
    _recount(row.key_result)
    _tell(actor, "check_in.corrected", new)
    return new


@command(may=access.may_write_check_in)
def withdraw_check_in(actor: Actor, row: CheckIn) -> CheckIn:
    """Take a check-in back: the value falls back to the one before, then to the start."""
    refuse_check_in(row.key_result)
    if row.withdrawn_at is None:
        row.withdrawn_at = now()
        row.save(update_fields=["withdrawn_at"])
        if not row.is_draft:
            _recount(row.key_result)
            _tell(actor, "check_in.withdrawn", row)
    return row


@command(may=access.may_write_check_in)
def restore_check_in(actor: Actor, row: CheckIn) -> CheckIn:
    """Undo a withdrawal. One that was corrected comes back only when its correction is withdrawn."""
    refuse_check_in(row.key_result)
    if CheckIn.objects.filter(replaces=row, withdrawn_at=None).exists():
        raise Invalid(_("It was corrected; withdraw the correction first."), code="state")
    if row.replaces is not None and row.replaces.withdrawn_at is None:
        raise Invalid(_("What it corrected stands again; correct that."), code="state")
    if row.value is not None:
        check_value(row.key_result, row.value)
    if row.withdrawn_at is not None:
        row.withdrawn_at = None
        row.save(update_fields=["withdrawn_at"])
        if not row.is_draft:
            _recount(row.key_result)
            _tell(actor, "check_in.restored", row)
    return row


def refuse_check_in(key_result: KeyResult) -> None:
    """Only a living key result of an active objective is checked in; raises Invalid."""
    writable(key_result.objective)
    if key_result.archived_on is not None:
        raise Invalid(_("It is archived; restore it first."), code="archived")
    if key_result.objective.state != ObjectiveState.ACTIVE:
        raise Invalid(_("Publish the objective first."), code="state")


def set_check_in_fields(row: CheckIn, fields: dict[str, Any]) -> None:
    if "on" in fields:
        row.on = _day(fields["on"], row.key_result)
    if "value" in fields:
        row.value = _value(row.key_result, fields["value"])
        row.done_steps = []
    if "done_steps" in fields and row.key_result.kind == rules.MILESTONES:
        _set_steps(row, fields["done_steps"])
    if "confirmed" in fields:
        row.confirmed = bool(fields["confirmed"])
    if "confidence" in fields:
        row.confidence = confidence(fields["confidence"])
    if "status" in fields:
        if fields["status"] not in ("", None, *rules.REPORTED):
            raise Invalid(_("Choose one of the offered values."), field="status")
        row.status = fields["status"] or ""
    if "note" in fields:
        row.note = clean_text(fields["note"] or "", "note", length=5000)
    if row.value is not None:
        check_value(row.key_result, row.value)


def _value(key_result: KeyResult, raw: Any) -> Decimal | None:
    if raw in (None, ""):
        return None
    if key_result.kind == rules.KPI:
        raise Invalid(_("Where it stands comes from the readings of the indicator."), field="value")
    return parse_number(raw, "value")


def _day(raw: Any, key_result: KeyResult) -> date:
    day: date = raw or today()
    if day > today():
        raise Invalid(_("A check-in cannot lie in the future."), field="on")
    start = key_result.objective.cycle.start
    if start is not None and day < start - timedelta(days=31):
        raise Invalid(_("This day lies long before the cycle."), field="on")
    return day


def _set_steps(row: CheckIn, raw: Any) -> None:
    weights = row.key_result.measure.weights
    if not isinstance(raw, list) or any(not isinstance(place, int) or not 0 <= place < len(weights) for place in raw):
        raise Invalid(_("Name steps of this key result."), field="done_steps")
    row.done_steps = sorted(set(raw))
    row.value = sum((weights[place] for place in row.done_steps), Decimal(0))


def refuse_empty(row: CheckIn) -> None:
    """A check-in says something; raises Invalid."""
    if row.value is None and row.confidence is None and not row.note:
        raise Invalid(_("Give a value, a confidence or a note."), field="value")


def _accept(row: CheckIn) -> None:
    """What must be true before a check-in counts."""
    refuse_empty(row)
    if not row.note and rules.reason_needed(_felt_before(row), row.confidence):
        raise Invalid(_("Confidence fell by 3 or more: say in a word what happened."), field="note", code="note")
    row.status = row.status or _paced(row)


def _felt_before(row: CheckIn) -> int | None:
    """The confidence that stood before this check-in's day; the common case, the newest, needs no look back."""
    key_result = row.key_result
    if row.replaces_id is None and (key_result.last_on is None or row.on >= key_result.last_on):
        return key_result.confidence
    earlier = CheckIn.objects.filter(key_result=key_result, is_draft=False, withdrawn_at=None, on__lte=row.on)
    felt = earlier.exclude(confidence=None).exclude(on=row.on, written_at__gt=row.written_at).first()
    return felt.confidence if felt is not None else key_result.given_confidence


def _paced(row: CheckIn) -> str:
    return proposed_status(row.key_result, row.value, row.confirmed, row.on) or ""


def proposed_status(
    key_result: KeyResult, value: Decimal | None, confirmed: bool = True, on: date | None = None
) -> str | None:
    """What pace says of a value on a day (today); None while it is too early."""
    current = key_result.current if value is None else value
    share = key_result.measure.progress(current, confirmed=confirmed)
    return rules.pace(share, key_result.objective.cycle.elapsed(on))


def _apply(actor: Actor, row: CheckIn, verb: str) -> None:
    """Count a new check-in. The common case, one newer than all before, needs no look at the history."""
    key_result = row.key_result
    if key_result.last_on is not None and row.on < key_result.last_on:
        _recount(key_result)
    else:
        _advance(key_result, row)
        refresh(key_result.objective.goal_set, only_progress=True)
    _tell(actor, verb, row)


def _advance(key_result: KeyResult, row: CheckIn) -> None:
    if row.value is not None:
        key_result.current = row.value
        share = key_result.measure.progress(row.value, confirmed=row.confirmed)
        key_result.progress = rules.stored(share)
    if row.confidence is not None:
        key_result.confidence = row.confidence
    cycle = key_result.objective.cycle
    if key_result.next_due_on is not None and row.on != key_result.last_on:
        due = next_due(key_result.next_due_on, row.on, cycle.rhythm)
        key_result.next_due_on = capped(cycle, due)
    key_result.status = row.status
    key_result.last_on = row.on
    key_result.check_ins_count += 1
    write_row(KeyResult, key_result.pk, {name: getattr(key_result, name) for name in FOLLOWS})


def _recount(key_result: KeyResult) -> None:
    recount(key_result)
    write_row(KeyResult, key_result.pk, {name: getattr(key_result, name) for name in FOLLOWS})
    refresh(key_result.objective.goal_set, only_progress=True)


def _tell(actor: Actor, verb: str, row: CheckIn) -> None:
    key_result = row.key_result
    tell(
        actor,
        verb,
        key_result.objective,
        key_result=key_result.title,
        id=key_result.pk,
        check_in=row.pk,
        on=row.on.isoformat(),
        value=None if row.value is None else plain(row.value),
        confidence=row.confidence,
    )
