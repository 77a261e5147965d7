"""Units: create, edit, move, archive."""

from collections.abc import Callable
from typing import Protocol

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.keys import new_key
from tandem.core.texts import clean_line
from tandem.people.access import may_run_organization
from tandem.people.actors import Actor
from tandem.people.commands.company import lock_organization
from tandem.people.models import Person, Unit, UnitKind
from tandem.people.rules import branch_path, loops
from tandem.search.commands import index


class Follow(Protocol):
    """What a feature above does when people (or `units`: whole units) have moved."""

    def __call__(self, *, units: bool) -> None: ...


AFTER_MOVE: list[Follow] = []
"""Called inside the mover's transaction, so that features above can recount."""

AFTER_LINES: list[Callable[[], None]] = []
"""Called where somebody else may stand above somebody than before: managers, leads, moves, who left and came back."""


@command(may=may_run_organization, first=lock_organization)
def create_unit(
    actor: Actor,
    parent: Unit | None,
    *,
    name: str,
    kind: str = UnitKind.TEAM,
    lead: Person | None = None,
    key: str | None = None,
) -> Unit:
    """A new unit below `parent` (None: a root)."""
    if parent is not None and parent.archived_on is not None:
        raise Invalid(_("An archived unit takes no new units."), field="parent")
    unit = Unit(
        key=key or new_key(),
        name=clean_line(name, "name"),
        kind=unit_kind(kind),
        parent=parent,
        lead=lead,
        position=Unit.objects.filter(parent=parent).count(),
    )
    unit.save()
    unit.path = branch_path(parent.path if parent else "", unit.pk)
    unit.save(update_fields=["path"])
    index("unit", unit.pk)
    record(actor, "unit.created", unit, parent, name=unit.name)
    return unit


@command(may=may_run_organization)
def edit_unit(
    actor: Actor,
    unit: Unit,
    *,
    name: str | None = None,
    kind: str | None = None,
    version: int | None = None,
) -> Unit:
    expect_version(unit, version)
    if name is not None:
        unit.name = clean_line(name, "name")
    if kind is not None:
        unit.kind = unit_kind(kind)
    unit.version += 1
    unit.save()
    index("unit", unit.pk)
    record(actor, "unit.edited", unit, name=unit.name)
    return unit


@command(may=may_run_organization, first=lock_organization)
def move_unit(actor: Actor, unit: Unit, *, parent: Unit | None) -> Unit:
    """Hang the unit, with all below it, under another. A ring is refused (422)."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    if loops(unit.pk, parent.pk if parent else None, parents):
        raise Invalid(_("A unit cannot lie below itself."), field="parent")
    if parent is not None and parent.archived_on is not None:
        raise Invalid(_("An archived unit takes no new units."), field="parent")
    hang_below(unit, parent)
    record(actor, "unit.moved", unit, parent, name=unit.name)
    tell_moved(units=True)
    return unit


def tell_moved(*, units: bool) -> None:
    for follow in AFTER_MOVE:
        follow(units=units)
    tell_lines()


def tell_lines() -> None:
    for follow in AFTER_LINES:
        follow()


@command(may=may_run_organization)
def name_lead(actor: Actor, unit: Unit, *, lead: Person | None) -> Unit:
    """Name the unit's lead, or leave the place vacant (None)."""
    if lead is not None and not lead.is_active:
        raise Invalid(_("Somebody who left cannot lead a unit."), field="lead")
    unit.lead = lead
    unit.version += 1
    unit.save(update_fields=["lead", "version"])
    record(actor, "unit.lead", unit, name=unit.name, person=lead.name if lead else "–")
    tell_lines()
    return unit


@command(may=may_run_organization)
def give_back_lead(actor: Actor, unit: Unit, *, lead: Person) -> Unit:
    """Take the naming of another lead back: whoever led it before does again, even if they left."""
    unit.lead = lead
    unit.version += 1
    unit.save(update_fields=["lead", "version"])
    record(actor, "unit.lead", unit, name=unit.name, person=lead.name)
    tell_lines()
    return unit


@command(may=may_run_organization, first=lock_organization)
def archive_unit(actor: Actor, unit: Unit) -> Unit:
    """Take the unit out of the living organisation; its past stays readable. Units below must go first."""
    if Unit.objects.filter(parent=unit, archived_on=None).exists():
        raise Invalid(_("Archive or move the units below it first."))
    unit.archived_on = today()
    unit.version += 1
    unit.save(update_fields=["archived_on", "version"])
    record(actor, "unit.archived", unit, name=unit.name)
    return unit


@command(may=may_run_organization, first=lock_organization)
def reorder_unit(actor: Actor, unit: Unit, *, step: int) -> Unit:
    """Move the unit so many places down (or up, below 0) among its living siblings."""
    rows = list(Unit.objects.filter(parent=unit.parent_id, archived_on=None).order_by("position", "pk"))
    here = next((place for place, one in enumerate(rows) if one.pk == unit.pk), None)
    if here is None:
        raise Invalid(_("An archived unit has no place in the tree."))
    rows.insert(max(0, min(len(rows) - 1, here + step)), rows.pop(here))
    for place, one in enumerate(rows):
        one.position = place
    Unit.objects.bulk_update(rows, ["position"])
    record(actor, "unit.reordered", unit, unit.parent, name=unit.name)
    return unit


def hang_below(unit: Unit, parent: Unit | None) -> None:
    """Give a unit, with all below it, another place in the tree."""
    old, new = unit.path, branch_path(parent.path if parent else "", unit.pk)
    unit.parent = parent
    unit.version += 1
    unit.save(update_fields=["parent", "version"])
    Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    unit.path = new


@command(may=may_run_organization, first=lock_organization)
def restore_unit(actor: Actor, unit: Unit) -> Unit:
    if unit.parent is not None and unit.parent.archived_on is not None:
        raise Invalid(_("Restore the unit above it first."))
    unit.archived_on = None
    unit.version += 1
    unit.save(update_fields=["archived_on", "version"])
    record(actor, "unit.restored", unit, name=unit.name)
    return unit


def unit_kind(kind: str) -> str:
    if kind not in UnitKind.values:
        raise Invalid(_("There is no such kind of unit."), field="kind")
    return kind
