"""From plain values to entries by kind: every item is checked by itself, every fault keeps its path."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tandem.core.bulk import Entry, Faults
from tandem.integrations.plan import shape
from tandem.integrations.plan.trees import Tree

VERSION = 1
_PLAN = TypeAdapter(shape.PlanItem)
_ORGANIZATION = TypeAdapter(shape.OrganizationItem)
_CYCLE, _UNIT, _PERSON = TypeAdapter(shape.CycleItem), TypeAdapter(shape.UnitItem), TypeAdapter(shape.PersonItem)
_OBJECTIVE, _KEY_RESULT = TypeAdapter(shape.ObjectiveItem), TypeAdapter(shape.KeyResultItem)
_ACTION, _CHECK_IN = TypeAdapter(shape.ActionItem), TypeAdapter(shape.CheckInItem)
_AGREEMENT = TypeAdapter(shape.AgreementItem)
KINDS = ("cycles", "units", "people", "objectives", "key_results", "actions", "agreements")


@dataclass
class Document:
    """A plan file, taken apart. `check_ins` are by key result, in the order of the file.

    `known` holds the ids of each kind with the path of the first item that has it, faulty items too.
    """

    organization: Entry | None = None
    cycles: list[Entry] = field(default_factory=list)
    units: list[Entry] = field(default_factory=list)
    people: list[Entry] = field(default_factory=list)
    objectives: list[Entry] = field(default_factory=list)
    key_results: list[Entry] = field(default_factory=list)
    actions: list[Entry] = field(default_factory=list)
    agreements: list[Entry] = field(default_factory=list)
    check_ins: dict[str, list[Entry]] = field(default_factory=dict)
    known: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    objective_of: dict[str, str] = field(default_factory=dict)
    """Which objective a key result of the file hangs under."""


def take_apart(tree: Tree, faults: Faults) -> Document:
    """All entries that can be understood; the rest is in `faults`."""
    document = Document()
    plan = _checked(_PLAN, tree, "", faults)
    if plan is None:
        if not isinstance(tree, dict):
            return document
        plan = {name: one for name, one in tree.items() if name == "organization" or isinstance(one, list)}
    elif plan["tandem"] != VERSION:
        faults.add("tandem", _("This version of the plan file is not known; 1 is."))
    if plan.get("organization") is not None:
        found = _checked(_ORGANIZATION, plan["organization"], "organization", faults)
        document.organization = Entry("", "organization", found) if found is not None else None
    for kind, adapter, entries in (
        ("cycles", _CYCLE, document.cycles),
        ("units", _UNIT, document.units),
        ("people", _PERSON, document.people),
    ):
        for place, raw in enumerate(plan.get(kind) or ()):
            _entry(document, kind, adapter, raw, f"{kind}[{place}]", entries, faults)
    for place, raw in enumerate(plan.get("objectives") or ()):
        _objective(document, raw, f"objectives[{place}]", faults)
    for place, raw in enumerate(plan.get("agreements") or ()):
        _entry(document, "agreements", _AGREEMENT, raw, f"agreements[{place}]", document.agreements, faults)
    return document


def _objective(document: Document, raw: Any, path: str, faults: Faults) -> None:
    entry = _entry(document, "objectives", _OBJECTIVE, raw, path, document.objectives, faults)
    if entry is not None:
        results, actions = entry.fields.pop("key_results", ()), entry.fields.pop("actions", ())
    else:
        results, actions = _list(raw, "key_results"), _list(raw, "actions")
    key = entry.key if entry is not None else _raw_id(raw)
    for place, one in enumerate(results):
        _key_result(document, one, f"{path}.key_results[{place}]", key, faults)
    for place, one in enumerate(actions):
        _entry(document, "actions", _ACTION, one, f"{path}.actions[{place}]", document.actions, faults, key)


def _key_result(document: Document, raw: Any, path: str, under: str, faults: Faults) -> None:
    entry = _entry(document, "key_results", _KEY_RESULT, raw, path, document.key_results, faults, under)
    key = entry.key if entry is not None else _raw_id(raw)
    if key:
        document.objective_of.setdefault(key, under)
    checks = entry.fields.pop("check_ins", ()) if entry is not None else _list(raw, "check_ins")
    rows: list[Entry] = []
    for place, one in enumerate(checks):
        where = f"{path}.check_ins[{place}]"
        found = _checked(_CHECK_IN, one, where, faults)
        if found is not None:
            rows.append(Entry(key, where, found, under))
    if rows and entry is not None:
        document.check_ins[key] = rows


def _entry(
    document: Document, kind: str, adapter: TypeAdapter[Any], raw: Any, path: str, entries: list[Entry],
    faults: Faults, under: str = "",
) -> Entry | None:  # fmt: skip
    fields = _checked(adapter, raw, path, faults)
    key = fields.pop("id") if fields is not None else _raw_id(raw)
    if key:
        first = document.known[kind].setdefault(key, path)
        if first != path:
            faults.add(f"{path}.id", _("This id is taken by %(path)s.") % {"path": first})
            return None
    if fields is None:
        return None
    entry = Entry(key, path, fields, under)
    entries.append(entry)
    return entry


def _raw_id(raw: Any) -> str:
    key = raw.get("id") if isinstance(raw, dict) else None
    return key if isinstance(key, str) else ""


def _list(raw: Any, name: str) -> list[Any]:
    found = raw.get(name) if isinstance(raw, dict) else None
    return found if isinstance(found, list) else []


def _checked(adapter: TypeAdapter[Any], raw: Any, path: str, faults: Faults) -> dict[str, Any] | None:
    """The item's fields; with faults, those that are sound, as long as what must be there is."""
    try:
        return dict(adapter.validate_python(raw))
    except ValidationError as wrong:
        details = wrong.errors(include_url=False, include_input=False)
    for one in details:
        faults.add(_path(path, one["loc"]), _message(one))
    bad = {one["loc"][0] for one in details if one["loc"]}
    if not isinstance(raw, dict) or not bad:
        return None
    try:
        return dict(adapter.validate_python({name: value for name, value in raw.items() if name not in bad}))
    except ValidationError:
        return None


def _path(path: str, places: tuple[int | str, ...]) -> str:
    for place in places:
        path += f"[{place}]" if isinstance(place, int) else f".{place}"
    return path.lstrip(".")


def _message(one: ErrorDetails) -> str:
    """Pydantic's finding in Tandem's words."""
    if one["type"] == "tandem":
        return str(one["ctx"]["message"])
    messages = {
        "missing": _("This must be given."),
        "extra_forbidden": _("Tandem does not know this key."),
        "dict_type": _("This must be an object with keys."),
        "list_type": _("This must be a list."),
        "string_type": _("This must be text."),
    }
    return messages.get(one["type"]) or _("This is not what belongs here.")
