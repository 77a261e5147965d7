"""The library by file: every row compared with what stands, then all of it written, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tandem.activity.commands import event, record_all
from tandem.core.bulk import Changed, Entry, Faults, chunks, insert_rows
from tandem.core.clock import today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.kpi.access import may_keep_library
from tandem.kpi.commands.indicator_fields import clean_code, clean_sunset, set_indicator_fields
from tandem.kpi.models import WORDS, Indicator, IndicatorVersion
from tandem.kpi.rules import library
from tandem.people.actors import Actor


@dataclass
class LibraryImport:
    """What a file would do: rows ready to be stored, and what it would change, by the file's entries."""

    new: list[tuple[Entry, Indicator]] = field(default_factory=list)
    changed: list[tuple[Changed, Indicator]] = field(default_factory=list)
    unchanged: int = 0


def prepare_indicators(entries: Iterable[Entry], faults: Faults) -> LibraryImport:
    """Compare the entries (their key is the code) with the library; what cannot be goes to `faults`. Two queries and
    more where there are many rows. Nothing is written."""
    rows = list(entries)
    stored: dict[str, Indicator] = {}
    for part in chunks([one.key for one in rows]):
        found = Indicator.objects.filter(code__in=part).select_related(*Indicator.read_with)
        stored |= {one.code: one for one in found}
    beside = dict(Indicator.objects.values_list("code", "expression"))
    beside |= {one.key: str(one.fields.get("expression", beside.get(one.key, ""))) for one in rows}
    result, seen = LibraryImport(), set[str]()
    for one in rows:
        if one.key in seen:
            faults.add(f"{one.path}.code", _("This code is there twice."))
            continue
        seen.add(one.key)
        _compare(result, one, stored.get(one.key), beside, faults)
    return result


def _compare(
    result: LibraryImport, entry: Entry, row: Indicator | None, beside: dict[str, str], faults: Faults
) -> None:
    indicator = row or Indicator(code=entry.key, sunset_on=today() + library.USUAL_LIFE)
    before = _shown(indicator)
    if row is None and not faults.try_rule(entry, lambda: clean_code(entry.key)):
        return
    if not faults.try_rule(entry, lambda: _set(indicator, entry, beside)):
        return
    if row is None:
        result.new.append((entry, indicator))
        return
    after = _shown(indicator)
    differs = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if differs:
        result.changed.append((Changed(entry, differs), indicator))
    else:
        result.unchanged += 1


def _set(indicator: Indicator, entry: Entry, beside: dict[str, str]) -> None:
    same = ("supplier", "used_by")  # who left and what was archived may stay where they stand
    fields = {name: new for name, new in entry.fields.items() if name not in same or new != getattr(indicator, name)}
    day = fields.pop("sunset_on", indicator.sunset_on)
    set_indicator_fields(indicator, fields, beside)
    if day != indicator.sunset_on:
        indicator.sunset_on = clean_sunset(day)


def _shown(one: Indicator) -> dict[str, Any]:
    supplier = one.supplier.name if one.supplier else ""
    used_by = one.used_by.name if one.used_by else ""
    more = {"supplier": supplier, "used_by": used_by, "tags": ", ".join(one.tags)}
    return {**one.words(), **more, "sunset_on": _day(one.sunset_on)}


def _day(day: date) -> str:
    return day.isoformat()


@command(may=may_keep_library)
def import_indicators(actor: Actor, _subject: None = None, /, *, prepared: LibraryImport) -> LibraryImport:
    """Write what was prepared inside the same transaction: all of it. Raises Invalid (422) where somebody added one of
    the codes in between."""
    new = [one for _entry, one in prepared.new]
    try:
        with transaction.atomic():
            insert_rows(new)
    except IntegrityError:
        raise Invalid(_("The library changed meanwhile, and the file no longer fits; send it once more.")) from None
    versions = [_version(actor, one, []) for one in new]
    events = [event(actor, "indicator.added", one, data={"title": one.name}) for one in new]
    for change, one in prepared.changed:
        words = [name for name in change.fields if name in WORDS]
        one.version += 1
        one.number += bool(words)
        one.save()
        versions += [_version(actor, one, words)] if words else []
        events.append(event(actor, "indicator.edited", one, data={"title": one.name, "changed": sorted(change.fields)}))
    insert_rows(versions)
    record_all(events)
    return prepared


def _version(actor: Actor, one: Indicator, changed: list[str]) -> IndicatorVersion:
    return IndicatorVersion(indicator=one, number=one.number, words=one.words(), changed=changed, author_id=actor.pk)
