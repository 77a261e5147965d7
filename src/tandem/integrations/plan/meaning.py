"""What a file means as a whole: everything named is there, nothing goes in circles, leads are single."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.utils.translation import gettext as _

from tandem.core.bulk import Entry, Faults, chunks
from tandem.cycles import queries as cycles
from tandem.integrations.plan.document import Document
from tandem.kpi.queries import names_of
from tandem.okr.queries import plan as goals
from tandem.people import queries as people
from tandem.people.actors import SYSTEM
from tandem.people.rules import first_ring

Known = Callable[[Iterable[str]], Iterable[str]]


def check_meaning(document: Document, faults: Faults) -> None:
    """Also turns an alignment to a key result into one to its objective."""
    _check_units(document, faults)
    _check_people(document, faults)
    _check_goals(document, faults)
    for word, entries, field, standing in (
        (_("units"), document.units, "parent", _unit_parents()),
        (_("managers"), document.people, "manager", _managers(document)),
        (_("alignments"), document.objectives, "aligned_to", _alignments(document)),
    ):
        _refuse_ring(word, entries, field, standing, faults)


class References:
    """Names of one kind of thing, gathered with their places and looked up all at once."""

    def __init__(self, inside: Mapping[str, str], stored: Known, message: str) -> None:
        self.inside = inside
        self.stored = stored
        self.message = message
        self.asked: list[tuple[str, str]] = []

    def ask(self, path: str, key: str | None) -> None:
        if key and key not in self.inside:
            self.asked.append((path, key))

    def report(self, faults: Faults) -> None:
        known: set[str] = set()
        for chunk in chunks({key for _path, key in self.asked}):
            known.update(self.stored(chunk))
        for path, key in self.asked:
            if key not in known:
                faults.add(path, self.message % {"id": key})


def _units_named(document: Document) -> References:
    return References(document.known["units"], people.units_by_key, _("There is no unit %(id)s."))


def _people_named(document: Document) -> References:
    return References(document.known["people"], people.people_by_key, _("There is no person %(id)s."))


def _check_units(document: Document, faults: Faults) -> None:
    units = _units_named(document)
    for entry in document.units:
        units.ask(f"{entry.path}.parent", entry.fields.get("parent"))
    units.report(faults)


def _check_people(document: Document, faults: Faults) -> None:
    units, managers = _units_named(document), _people_named(document)
    leads: dict[str, str] = {}
    for entry in document.people:
        units.ask(f"{entry.path}.unit", entry.fields.get("unit"))
        managers.ask(f"{entry.path}.manager", entry.fields.get("manager"))
        led = [("lead", entry.fields.get("unit"))] if entry.fields.get("lead") else []
        for name in ("units", "leads"):
            for place, key in enumerate(entry.fields.get(name, ())):
                units.ask(f"{entry.path}.{name}[{place}]", key)
        led += [("leads", key) for key in entry.fields.get("leads", ())]
        for name, key in led:
            first = leads.setdefault(key, entry.path) if key else entry.path
            if first != entry.path:
                faults.add(f"{entry.path}.{name}", _("%(path)s leads this unit already.") % {"path": first})
    units.report(faults)
    managers.report(faults)


def _check_goals(document: Document, faults: Faults) -> None:
    owners = {"unit": _units_named(document), "person": _people_named(document)}
    cycles_named = References(document.known["cycles"], cycles.cycles_by_key, _("There is no cycle %(id)s."))
    stored = partial(goals.cycles_of_objectives, SYSTEM)
    origins = References(document.known["objectives"], stored, _("There is no objective %(id)s."))
    for entry in document.objectives:
        cycles_named.ask(f"{entry.path}.cycle", entry.fields["cycle"])
        kind, _colon, key = entry.fields["owner"].partition(":")
        owners[kind].ask(f"{entry.path}.owner", key)
        origins.ask(f"{entry.path}.cloned_from", entry.fields.get("cloned_from"))
        for name in ("co_owners", "readers"):
            for place, key in enumerate(entry.fields.get(name, ())):
                owners["person"].ask(f"{entry.path}.{name}[{place}]", key)
    _ask_of_followed(document, owners["unit"], faults)
    for entry in document.actions:
        owner = entry.fields.get("owner")
        if owner and owner.startswith("unit:"):
            faults.add(f"{entry.path}.owner", _("An action is owned by a person: person:ID."))
        elif owner:
            owners["person"].ask(f"{entry.path}.owner", owner.removeprefix("person:"))
    _ask_of_agreements(document, cycles_named, owners)
    for rows in document.check_ins.values():
        for entry in rows:
            owners["person"].ask(f"{entry.path}.author", entry.fields.get("author"))
    for one in (cycles_named, origins, *owners.values()):
        one.report(faults)
    _resolve_alignments(document, faults)
    _check_overlap(document, faults)


def _ask_of_followed(document: Document, units: References, faults: Faults) -> None:
    indicators = References({}, partial(names_of, SYSTEM), _("There is no such indicator: %(id)s."))
    for entry in document.key_results:
        indicators.ask(f"{entry.path}.indicator", (entry.fields.get("indicator") or "").lower())
        kind, _colon, key = (entry.fields.get("carrier") or "").partition(":")
        if kind == "person":
            message = _("A person’s readings are followed by their own objectives alone: leave the carrier out.")
            faults.add(f"{entry.path}.carrier", message)
        units.ask(f"{entry.path}.carrier", key if kind == "unit" else None)
    indicators.report(faults)


def _ask_of_agreements(document: Document, cycles_named: References, owners: dict[str, References]) -> None:
    for entry in document.agreements:
        cycles_named.ask(f"{entry.path}.cycle", entry.fields["cycle"])
        kind, _colon, key = entry.fields["owner"].partition(":")
        owners[kind].ask(f"{entry.path}.owner", key)
        for name in ("owner_side", "other_side", "owner_for", "other_for", "ended_by"):
            owners["person"].ask(f"{entry.path}.{name}", entry.fields.get(name))


def _resolve_alignments(document: Document, faults: Faults) -> None:
    """A link to a key result is a link to its objective; a link to nothing is a fault."""
    known, homes = document.known["objectives"], document.objective_of
    outside = {
        key for entry in document.objectives for key in entry.fields.get("aligned_to", ()) if key not in known
    } - homes.keys()
    stored: dict[str, str] = {}
    for chunk in chunks(outside):
        stored.update(goals.objectives_of_key_results(SYSTEM, chunk))
        stored.update((key, key) for key in goals.cycles_of_objectives(SYSTEM, chunk))
    for entry in document.objectives:
        found = []
        for place, key in enumerate(entry.fields.get("aligned_to", ())):
            target = key if key in known else homes.get(key) or stored.get(key)
            if target is None:
                faults.add(f"{entry.path}.aligned_to[{place}]", _("There is no objective %(id)s.") % {"id": key})
            elif target == entry.key:
                faults.add(f"{entry.path}.aligned_to[{place}]", _("An objective cannot align to itself."))
            else:
                found.append(target)
        if "aligned_to" in entry.fields:
            entry.fields["aligned_to"] = found


def _check_overlap(document: Document, faults: Faults) -> None:
    """Objectives that align share a day; the backlog has no days and fits everywhere."""
    spans = {key: (one["start"], one["end"]) for key, one in cycles.as_plan(SYSTEM).items()}
    for entry in document.cycles:
        start, end = spans.get(entry.key, (None, None))
        spans[entry.key] = (entry.fields.get("start", start), entry.fields.get("end", end))
    cycle_of = {entry.key: entry.fields["cycle"] for entry in document.objectives}
    outside = {key for entry in document.objectives for key in entry.fields.get("aligned_to", ())} - cycle_of.keys()
    for chunk in chunks(outside):
        cycle_of.update(goals.cycles_of_objectives(SYSTEM, chunk))
    for entry in document.objectives:
        start, end = spans.get(entry.fields["cycle"], (None, None))
        for place, key in enumerate(entry.fields.get("aligned_to", ())):
            other_start, other_end = spans.get(cycle_of.get(key, ""), (None, None))
            if None in (start, end, other_start, other_end) or (start <= other_end and other_start <= end):
                continue
            faults.add(f"{entry.path}.aligned_to[{place}]", _("Their cycles do not overlap in time."))


def _unit_parents() -> dict[str, list[str]]:
    return {key: [one["parent"]] for key, one in people.units_as_plan(SYSTEM).items() if one["parent"]}


def _managers(document: Document) -> dict[str, list[str]]:
    if not any(entry.fields.get("manager") for entry in document.people):
        return {}
    return {child: [manager] for child, manager in people.manager_keys(SYSTEM)}


def _alignments(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if any(entry.fields.get("aligned_to") for entry in document.objectives):
        for child, parent in goals.alignment_keys(SYSTEM):
            found.setdefault(child, []).append(parent)
    return found


def _refuse_ring(word: str, entries: list[Entry], field: str, above: dict[str, list[str]], faults: Faults) -> None:
    """The file's links over the stored ones must not close a ring; names it once, where the file touches it."""
    places = {}
    for entry in entries:
        if field in entry.fields:
            value = entry.fields[field]
            above[entry.key] = value if isinstance(value, list) else [value] if value else []
            places[entry.key] = f"{entry.path}.{field}"
    while ring := first_ring(above):
        named = next((key for key in ring if key in places), ring[0])
        way = " → ".join([*ring[ring.index(named) :], *ring[: ring.index(named)], named])
        message = _("A loop of %(what)s: %(way)s") % {"what": word, "way": way}
        faults.add(places.get(named, field), message)
        above[named] = []
