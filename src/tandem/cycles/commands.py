"""Writing cycles: create, edit, move through the phases, prepare the next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.bulk import Comparison, Entry, Faults, compare
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.keys import new_key
from tandem.core.texts import clean_line, clean_text
from tandem.cycles import rules
from tandem.cycles.access import may_reopen_cycles, may_run_cycles
from tandem.cycles.models import Cycle, CycleKind, Phase, PhaseDate, Rhythm
from tandem.cycles.queries import as_plan, usual_weekday
from tandem.people.actors import SYSTEM, Actor
from tandem.people.commands import lock_organization
from tandem.people.queries import organization

if TYPE_CHECKING:
    from tandem.people.models import Organization

SCHEDULE = {"start", "end", "rhythm", "weekday"}
AFTER_DATES: list[Callable[[Cycle], None]] = []
"""Called inside the transaction when a cycle's dates, rhythm or check-in day changed: due days follow from them."""
BEFORE_CLOSING: list[Callable[[Cycle], None]] = []
"""Called before a cycle closes: who writes in it just now finishes first, whoever comes later finds it closed."""
AFTER_REOPENING: list[Callable[[], None]] = []
"""Called when a cycle that was frozen runs with the company again."""


@command(may=may_run_cycles)
def create_cycle(
    actor: Actor,
    _subject: None = None,
    *,
    name: str,
    kind: str = CycleKind.QUARTER,
    start: date | None = None,
    end: date | None = None,
    rhythm: str = Rhythm.WEEKLY,
    weekday: int | None = None,
    key: str | None = None,
) -> Cycle:
    """A new cycle in its drafting phase. The backlog has no dates; every other kind has both, in order.

    Without a weekday (0 Monday … 6) the company's holds.
    """
    cycle = Cycle(key=key or new_key(), name=clean_line(name, "name"), kind=_known(kind, CycleKind, "kind"))
    _set_dates(cycle, start, end)
    cycle.rhythm = _known(rhythm, Rhythm, "rhythm")
    cycle.weekday = usual_weekday() if weekday is None else _weekday(weekday)
    cycle.save()
    _plan_phases(cycle)
    record(actor, "cycle.created", cycle, name=cycle.name)
    return cycle


@command(may=may_run_cycles)
def edit_cycle(actor: Actor, cycle: Cycle, /, *, version: int | None = None, **fields: Any) -> Cycle:
    """Change name, dates, rhythm or check-in day. A closed cycle is read-only (422)."""
    expect_version(cycle, version)
    _refuse_closed(cycle)
    if "name" in fields:
        cycle.name = clean_line(fields["name"], "name")
    if "start" in fields or "end" in fields:
        _set_dates(cycle, fields.get("start", cycle.start), fields.get("end", cycle.end))
    if "rhythm" in fields:
        cycle.rhythm = _known(fields["rhythm"], Rhythm, "rhythm")
    if "weekday" in fields:
        cycle.weekday = _weekday(fields["weekday"])
    cycle.version += 1
    cycle.save()
    if fields.keys() & SCHEDULE:
        for follow in AFTER_DATES:
            follow(cycle)
    record(actor, "cycle.edited", cycle, name=cycle.name, changed=sorted(fields))
    return cycle


@command(may=may_run_cycles)
def plan_phase(actor: Actor, cycle: Cycle, *, phase: str, planned_on: date | None) -> Cycle:
    """Say when a phase should begin."""
    _refuse_closed(cycle)
    known = _known(phase, Phase, "phase")
    PhaseDate.objects.update_or_create(cycle=cycle, phase=known, defaults={"planned_on": planned_on})
    record(actor, "cycle.edited", cycle, name=cycle.name, changed=[f"phase.{known}"])
    return cycle


@command(may=may_run_cycles)
def enter_phase(actor: Actor, cycle: Cycle, *, phase: str, version: int | None = None) -> Cycle:
    """Move the cycle on to a later phase, or one step back. The actual date is kept.

    Closing freezes everything in it; for the company's days for late scores, those can still be given. Only
    `reopen_cycle` leads back.
    """
    expect_version(cycle, version)
    _refuse_closed(cycle)
    if cycle.is_backlog:
        raise Invalid(_("The backlog has no phases."), field="phase")
    order = list(Phase.values)
    known = _known(phase, Phase, "phase")
    step = order.index(known) - order.index(cycle.phase)
    if step == 0 or step < -1:
        raise Invalid(_("A cycle moves forward, or one phase back."), field="phase")
    cycle.phase = known
    if cycle.is_closed:
        _close(cycle, today())
    cycle.version += 1
    cycle.save(update_fields=["phase", "closed_on", "late_until", "version"])
    PhaseDate.objects.update_or_create(cycle=cycle, phase=known, defaults={"began_on": today()})
    record(actor, f"cycle.phase.{known}", cycle, name=cycle.name)
    return cycle


def _close(cycle: Cycle, day: date) -> None:
    for finish in BEFORE_CLOSING:
        finish(cycle)
    cycle.closed_on = day
    cycle.late_until = day + timedelta(days=organization().late_score_days)


@command(may=may_reopen_cycles, first=lock_organization)
def reopen_cycle(actor: Actor, cycle: Cycle, *, reason: str, version: int | None = None) -> Cycle:
    """Take a closed cycle back to its review; the reason stays in the history. Raises Invalid, Conflict."""
    expect_version(cycle, version)
    if not cycle.is_closed:
        raise Invalid(_("It is not closed."), code="state")
    why = clean_text(reason, "reason", length=2000)
    if not why:
        raise Invalid(_("Say why it is opened again; everybody can read it."), field="reason")
    cycle.phase = Phase.REVIEW
    cycle.closed_on = cycle.late_until = None
    cycle.version += 1
    cycle.save(update_fields=["phase", "closed_on", "late_until", "version"])
    PhaseDate.objects.filter(cycle=cycle, phase=Phase.CLOSED).update(began_on=None)
    for follow in AFTER_REOPENING:
        follow()
    record(actor, "cycle.reopened", cycle, name=cycle.name, reason=why)
    return cycle


@command(may=may_run_cycles)
def prepare_next_cycles(actor: Actor, _subject: None = None, *, on: date | None = None) -> list[Cycle]:
    """In the first month of a running cycle, make the one that follows it, once. Run daily."""
    lock_organization()  # two nodes may run this at the same minute
    day = on or today()
    company = organization()
    made = []
    for cycle in Cycle.objects.filter(start__lte=day, end__gte=day, kind__in=rules.MONTHS):
        assert cycle.start is not None
        assert cycle.end is not None
        taken = Cycle.objects.filter(kind=cycle.kind, start__gt=cycle.start)
        if rules.prepares_next(cycle.kind, cycle.start, day) and not taken.exists():
            made.append(_prepare(actor, cycle, company))
    return made


def _prepare(actor: Actor, cycle: Cycle, company: "Organization") -> Cycle:
    assert cycle.end is not None
    after = rules.following(cycle.kind, cycle.end, company.fiscal_year_start, company.quarter_name)
    following = Cycle(
        name=after.name,
        kind=cycle.kind,
        start=after.start,
        end=after.end,
        rhythm=cycle.rhythm,
        weekday=usual_weekday(cycle),
    )
    following.save()
    _plan_phases(following)
    record(actor, "cycle.prepared", following, name=following.name)
    return following


def _set_dates(cycle: Cycle, start: date | None, end: date | None) -> None:
    if cycle.is_backlog:
        if start is not None or end is not None:
            raise Invalid(_("The backlog has no dates."), field="start")
    elif start is None or end is None:
        raise Invalid(_("A cycle needs a first and a last day."), field="start" if start is None else "end")
    elif end < start:
        raise Invalid(_("The last day lies before the first."), field="end")
    elif (end - start).days > 3660:
        raise Invalid(_("A cycle lasts ten years at most."), field="end")
    cycle.start, cycle.end = start, end


def _plan_phases(cycle: Cycle) -> None:
    if cycle.start is None or cycle.end is None:
        return
    PhaseDate.objects.bulk_create(
        PhaseDate(cycle=cycle, phase=phase, planned_on=day)
        for phase, day in rules.planned_phases(cycle.start, cycle.end).items()
    )


def _known(value: str, choices: Any, field: str) -> str:
    if value not in choices.values:
        raise Invalid(_("Choose one of the offered values."), field=field)
    return str(value)


def _weekday(weekday: int) -> int:
    if weekday not in range(7):
        raise Invalid(_("A day of the week is a number from 0 (Monday) to 6."), field="weekday")
    return weekday


def _refuse_closed(cycle: Cycle) -> None:
    if cycle.is_closed:
        raise Invalid(_("This cycle is closed and can only be read."))


@dataclass
class CyclesImport:
    """Cycles of a file, checked and ready to be written."""

    comparison: Comparison
    closed: set[str]
    """Keys of the cycles that were closed before: nothing in them may change."""
    cycles: dict[str, Cycle]
    """All cycles after the import, by key."""
    new: list[tuple[Entry, Cycle]] = field(default_factory=list)
    changed: list[tuple[Entry, Cycle, dict[str, Any]]] = field(default_factory=list)


def prepare_cycles(entries: list[Entry], faults: Faults) -> CyclesImport:
    """Compare a file's cycles with the stored ones; what a rule refuses goes to `faults`. Writes nothing."""
    stored = as_plan(SYSTEM)
    for entry in entries:
        _complete_phases(entry, stored.get(entry.key, {}).get("phases", {}), faults)
    rows = {one.key: one for one in Cycle.objects.all()}
    closed = {key for key, one in rows.items() if one.is_closed}
    prepared = CyclesImport(compare(entries, stored), closed, rows)
    for entry in prepared.comparison.created:
        cycle = rows[entry.key] = Cycle(key=entry.key)
        if faults.try_rule(entry, lambda: _set_all(cycle, _with_defaults(entry.fields))):  # noqa: B023 - run at once
            prepared.new.append((entry, cycle))
    for one in prepared.comparison.changed:
        row, wanted = rows[one.entry.key], one.wanted
        if faults.try_rule(one.entry, lambda: _change(row, wanted)):  # noqa: B023
            prepared.changed.append((one.entry, row, wanted))
    return prepared


def _complete_phases(entry: Entry, stored: dict[str, Any], faults: Faults) -> None:
    """A file may name some phases, and of a phase one date: the others stay as they are."""
    given = entry.fields.get("phases")
    if given is None:
        return
    for phase in given.keys() - set(Phase.values):
        faults.add(f"{entry.path}.phases.{phase}", _("Choose one of the offered values."))
    start, end = entry.fields.get("start"), entry.fields.get("end")
    planned = rules.planned_phases(start, end) if start and end and not stored else {}
    for phase, one in given.items():
        given[phase] = {**stored.get(phase, {"planned": planned.get(phase), "began": None}), **one}
    entry.fields["phases"] = {**stored, **given}


def _with_defaults(fields: dict[str, Any]) -> dict[str, Any]:
    start, end = fields.get("start"), fields.get("end")
    if start is None or end is None or end < start:
        return {"kind": CycleKind.QUARTER, "start": start, "end": end, **fields}
    return {"kind": rules.kind_of(start, end), "phase": rules.phase_on(start, end, today()), **fields}


def _change(cycle: Cycle, fields: dict[str, Any]) -> None:
    _refuse_closed(cycle)
    _set_all(cycle, fields)
    cycle.version += 1


def _set_all(cycle: Cycle, fields: dict[str, Any]) -> None:
    for name, choices in (("kind", CycleKind), ("phase", Phase), ("rhythm", Rhythm)):
        if name in fields:
            setattr(cycle, name, _known(fields[name], choices, name))
    if "name" in fields:
        cycle.name = clean_line(fields["name"], "name")
    if fields.keys() & {"kind", "start", "end"}:
        _set_dates(cycle, fields.get("start", cycle.start), fields.get("end", cycle.end))
    if "weekday" in fields:
        cycle.weekday = _weekday(fields["weekday"])
    if cycle.is_backlog and cycle.phase != Phase.PLAN:
        raise Invalid(_("The backlog has no phases."), field="phase")


@command(may=may_run_cycles)
def import_cycles(actor: Actor, _subject: None = None, *, prepared: CyclesImport) -> None:
    """Write what `prepare_cycles` found new or changed."""
    for entry, cycle in prepared.new:
        cycle.save()
        _plan_phases(cycle)
        _write_phases(cycle, entry.fields.get("phases", {}))
        _follow_phase(cycle)
        record(actor, "cycle.created", cycle, name=cycle.name)
    for _entry, cycle, fields in prepared.changed:
        cycle.save()
        _write_phases(cycle, fields.get("phases", {}))
        _follow_phase(cycle)
        if fields.keys() & SCHEDULE:
            for follow in AFTER_DATES:
                follow(cycle)
        record(actor, "cycle.edited", cycle, name=cycle.name, changed=sorted(fields))


def _follow_phase(cycle: Cycle) -> None:
    """A cycle that a file closes is closed since the day the file says, else since its last day."""
    if cycle.is_closed and cycle.closed_on is None:
        began = PhaseDate.objects.filter(cycle=cycle, phase=Phase.CLOSED).values_list("began_on", flat=True).first()
        _close(cycle, began or cycle.end or today())
        cycle.save(update_fields=["closed_on", "late_until"])


def _write_phases(cycle: Cycle, phases: dict[str, dict[str, date | None]]) -> None:
    for phase, one in phases.items():
        dates = {"planned_on": one["planned"], "began_on": one["began"]}
        PhaseDate.objects.update_or_create(cycle=cycle, phase=phase, defaults=dates)
