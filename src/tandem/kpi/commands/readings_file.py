"""Many values at once, from a file: each looked at as if it came by form, then all of them written, or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tandem.activity.commands import event, record_all
from tandem.core.bulk import Faults, chunks, insert_rows, update_rows
from tandem.core.clock import now
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.texts import clean_optional_line
from tandem.kpi.access import may_hand_in, may_supply
from tandem.kpi.commands.readings import clean_since, clean_value, correction_of, refuse_calculated, refuse_future
from tandem.kpi.models import Correction, Indicator, Reading, Source, Target
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

Place = tuple[int, int | None, int | None]
"""An indicator, and a person or a unit."""
_WRITTEN = ("value", "since", "note", "source", "author", "at", "version", "withdrawn_at")


@dataclass(slots=True)
class Row:
    """A value as a file gives it; `number` is its row there. Without a carrier, who alone carries it is meant."""

    number: int
    code: str
    person: "Person | None"
    unit: "Unit | None"
    on: date
    value: Any
    since: date | None = None
    note: str = ""


@dataclass
class ReadingsImport:
    """What a file would do; `shown` are (row, code, carrier, day, old value, new value) of what is new or changes."""

    new: list[Reading] = field(default_factory=list)
    changed: list[Reading] = field(default_factory=list)
    kept: list[Correction] = field(default_factory=list)
    unchanged: int = 0
    shown: list[tuple[int, str, str, str, str, str]] = field(default_factory=list)


@dataclass
class _Known:
    """What the rows are looked at with, read once for all of them."""

    actor: Actor
    indicators: dict[str, Indicator]
    windows: dict[Place, list[tuple[date, date, bool]]]
    carriers: dict[int, set[tuple[int | None, int | None]]]
    stored: dict[tuple[Place, date], Reading]
    names: dict[tuple[int | None, int | None], str]
    allowed: dict[int, bool] = field(default_factory=dict)
    seen: dict[tuple[Place, date], int] = field(default_factory=dict)


def prepare_readings(actor: Actor, rows: Sequence[Row], faults: Faults) -> ReadingsImport:
    """Look at every row; what cannot be goes to `faults` (`5.value`). A fixed number of queries for 900 indicators.
    Nothing is written."""
    known = _known(actor, rows)
    found = ReadingsImport()
    for row in rows:
        try:
            _look(found, row, known)
        except Invalid as refusal:
            faults.add(f"{row.number}.{refusal.field or 'value'}", refusal.message)
    return found


def _known(actor: Actor, rows: Sequence[Row]) -> _Known:
    indicators: dict[str, Indicator] = {}
    for part in chunks({one.code for one in rows}):
        indicators |= {one.code: one for one in Indicator.objects.visible_to(actor).filter(code__in=part)}
    known = _Known(actor, indicators, defaultdict(list), defaultdict(set), {}, {})
    days = [one.on for one in rows]
    for keys in chunks([one.pk for one in indicators.values()]):
        _add_targets(known, keys)
        inside = Reading.ever.filter(indicator__in=keys, on__gte=min(days), on__lte=max(days))
        for one in inside.iterator(chunk_size=2000):
            known.stored[(one.indicator_id, one.carrier_person_id, one.carrier_unit_id), one.on] = one
    return known


def _add_targets(known: _Known, keys: list[int]) -> None:
    cycle, scheme = "scheme__cycle", "scheme__carrier"
    names = ("indicator_id", f"{scheme}_person_id", f"{scheme}_unit_id", f"{cycle}__start", f"{cycle}__end",
             f"{cycle}__phase", f"{scheme}_person__name", f"{scheme}_unit__name")  # fmt: skip
    rows = Target.objects.standing().filter(indicator__in=keys, scheme__cycle__start__isnull=False)
    for indicator, person, unit, start, end, phase, name, unit_name in rows.order_by().values_list(*names):
        known.windows[indicator, person, unit].append((start, end, phase == "closed"))
        known.carriers[indicator].add((person, unit))
        known.names[person, unit] = name or unit_name


def _look(found: ReadingsImport, row: Row, known: _Known) -> None:
    indicator = known.indicators.get(row.code)
    if indicator is None:
        raise Invalid(_("There is no such indicator."), field="indicator")
    if indicator.pk not in known.allowed:
        known.allowed[indicator.pk] = may_supply(known.actor, indicator)
    if not known.allowed[indicator.pk]:
        raise Invalid(_("Its values are handed in by somebody else."), field="indicator")
    refuse_calculated(indicator, "indicator")
    number = clean_value(indicator, row.value)
    refuse_future(row.on, "date")
    since = clean_since(row.since, row.on)
    words = clean_optional_line(row.note, "note", length=200)
    place = _place(row, indicator, known)
    if (before := known.seen.setdefault((place, row.on), row.number)) != row.number:
        raise Invalid(_("Row %(row)s gives a value for the same day.") % {"row": before}, field="date")
    stored = known.stored.get((place, row.on))
    said = (number, words, since, None)
    if stored is not None and (stored.value, stored.note, stored.since, stored.withdrawn_at) == said:
        found.unchanged += 1
        return
    old = "" if stored is None or stored.withdrawn_at else f"{stored.value.normalize():f}"
    carrier = known.names.get(place[1:], "")
    found.shown.append((row.number, row.code, carrier, row.on.isoformat(), old, f"{number.normalize():f}"))
    _put(found, stored, place, row.on, (number, words, since), known.actor)


def _put(
    found: ReadingsImport, stored: Reading | None, place: Place, on: date, said: tuple[Any, str, Any], actor: Actor
) -> None:
    if stored is None:
        stored = Reading.new(indicator_id=place[0], carrier_person_id=place[1], carrier_unit_id=place[2], on=on)
        found.new.append(stored)
    else:
        found.kept.append(correction_of(stored))
        stored.version += 1
        found.changed.append(stored)
    stored.value, stored.note, stored.since = said
    stored.withdrawn_at, stored.source, stored.author_id, stored.at = None, Source.FILE, actor.pk, now()


def _place(row: Row, indicator: Indicator, known: _Known) -> Place:
    """Whose value it is: somebody with a target of the indicator in an open cycle of that day. Raises Invalid."""
    who = (row.person.pk if row.person else None, row.unit.pk if row.unit else None)
    if who == (None, None):
        inside = [one for one in known.carriers[indicator.pk] if _phases(known, (indicator.pk, *one), row.on)]
        if len(inside) != 1:
            said = _("Several carry this indicator: name the person or the unit.")
            raise Invalid(
                said if inside else _("Nobody carries a target of this indicator on this day."), field="person"
            )
        who = inside[0]
    field_name = "person" if who[0] is not None else "unit"
    phases = _phases(known, (indicator.pk, *who), row.on)
    if True in phases:
        raise Invalid(_("The cycle of this day is closed: nothing in it changes any more."), field="date")
    if not phases:
        name = row.person.name if row.person else row.unit.name if row.unit else ""
        said = _("%(name)s carries no target of this indicator on this day.")
        raise Invalid(said % {"name": name}, field=field_name)
    if who[0] is not None and who[0] == known.actor.pk:
        raise Invalid(_("Who carries a number does not hand it in."), field="person")
    return indicator.pk, who[0], who[1]


def _phases(known: _Known, place: Place, on: date) -> list[bool]:
    """Of the cycles of that day in which the carrier has a target: is it closed?"""
    return [closed for start, end, closed in known.windows.get(place, ()) if start <= on <= end]


@command(may=may_hand_in)
def import_readings(actor: Actor, _subject: None = None, /, *, prepared: ReadingsImport) -> ReadingsImport:
    """Write what was prepared inside the same transaction: all of it. Raises Invalid (422) where somebody handed in one
    of the values in between."""
    try:
        with transaction.atomic():
            insert_rows(prepared.new)
    except IntegrityError:
        raise Invalid(_("Values changed meanwhile, and the file no longer fits; send it once more.")) from None
    insert_rows(prepared.kept)
    update_rows(prepared.changed, _WRITTEN)
    record_all(_events(actor, [*prepared.new, *prepared.changed]))
    return prepared


def _events(actor: Actor, rows: Iterable[Reading]) -> list[Any]:
    """One for each indicator: which values these were stands with each value."""
    many: dict[int, int] = defaultdict(int)
    for one in rows:
        many[one.indicator_id] += 1
    known = [one for keys in chunks(many) for one in Indicator.objects.filter(pk__in=keys)]
    return [event(actor, "reading.imported", one, data={"title": one.name, "many": many[one.pk]}) for one in known]
