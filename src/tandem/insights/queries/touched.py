"""Who would be missing from what: what a change of the organisation touches, in sentences, before it is made."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandem.core.formats import listing
from tandem.cycles.queries import current_of, every_cycle
from tandem.okr.queries import branch_numbers, entrusted_to
from tandem.okr.queries.entrusted import overdue_of
from tandem.people.access import acting_lead
from tandem.people.queries import (
    ancestors,
    children_of,
    manager_of,
    members_of,
    memberships_of,
    reports_of,
    units_led_by,
)
from tandem.people.tokens import tokens_of

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit


def touched_by_leaving(actor: "Person", person: "Person") -> list[str]:
    """What a person leads, whom they manage, where they belong, and what is open in their hands."""
    held, led = entrusted_to(actor, person), list(units_led_by(actor, person))
    reports, late = reports_of(actor, person).count(), overdue_of(actor, person)
    beside = [one.unit.name for one in memberships_of(actor, person) if one.until is None]
    programs = len(tokens_of(actor, person))
    said = [_("%(unit)s loses its lead; the lead above stands in.") % {"unit": one.name} for one in led]
    if beside:
        said.append(_("One member less in %(units)s.") % {"units": listing(beside)})
    if roles_of(person):
        said.append(_("Roles that somebody else must have: %(roles)s.") % {"roles": listing(roles_of(person))})
    return said + _counted(
        (reports, ngettext("%(num)s person loses the manager.", "%(num)s people lose the manager.", reports)),
        (len(held.objectives), ngettext(
            "%(num)s open objective has no writer any more.", "%(num)s open objectives have no writer any more.",
            len(held.objectives),
        )),
        (len(held.co_owned), ngettext(
            "%(num)s objective loses a co-owner.", "%(num)s objectives lose a co-owner.", len(held.co_owned)
        )),
        (len(held.actions), ngettext(
            "%(num)s key action is open.", "%(num)s key actions are open.", len(held.actions)
        )),
        (late, ngettext("%(num)s check-in is due.", "%(num)s check-ins are due.", late)),
        (programs, ngettext(
            "%(num)s token stops working.", "%(num)s tokens stop working.", programs
        )),
    )  # fmt: skip


def roles_of(person: "Person") -> list[str]:
    """The names of a person's roles."""
    roles = (
        (person.is_administrator, _("Administrator")),
        (person.is_people_team, _("People team")),
        (person.is_champion, _("OKR champion")),
    )
    return [name for has, name in roles if has]


def touched_by_moving(actor: "Person", person: "Person", to: "Unit | None" = None) -> list[str]:
    """Whose line the person leaves, which goals count elsewhere, and what is read no longer."""
    manager, running = manager_of(person), len(entrusted_to(actor, person).objectives)
    said = []
    if person.manager_id is None and manager is not None:
        said.append(_("Manager until now: %(name)s. Then: the lead of the new unit.") % {"name": manager.name})
    said += _counted((running, ngettext(
        "%(num)s open objective counts in the new unit from now on.",
        "%(num)s open objectives count in the new unit from now on.", running,
    )))  # fmt: skip
    leads = [one for one in units_led_by(actor, person) if one.pk == person.unit_id]
    said += [_("%(unit)s keeps being led from outside.") % {"unit": one.name} for one in leads]
    if to is not None and to.pk != person.unit_id:
        said += _above(_branch(actor, person.unit), _branch(actor, to))
    return said


def touched_by_unit(actor: "Person", unit: "Unit", change: str, to: "Unit | None" = None) -> list[str]:
    """What hangs on the unit, and what becomes of it by a `move` (below `to`), a `merge` (into `to`) or `archive`."""
    members, below = members_of(actor, unit).count(), children_of(actor, unit).count()
    said = _counted(
        (members, ngettext("%(num)s person belongs to it.", "%(num)s people belong to it.", members)),
        (below, ngettext("%(num)s unit lies right below it.", "%(num)s units lie right below it.", below)),
    )
    said += _goals(actor, unit, change)
    lead = acting_lead(unit)
    if change == "move" and unit.lead_id is None and lead is not None:
        said.append(_("%(name)s stands in as lead; then the new lead above does.") % {"name": lead.name})
    elif change != "move" and unit.lead is not None:
        said.append(_("%(name)s leads it until now.") % {"name": unit.lead.name})
    if change == "archive" and members:
        said.append(_("Whoever has it as home unit keeps it until they are moved."))
    if to is not None:
        old = ancestors(actor, unit) if change == "move" else _branch(actor, unit)
        said += _above(old, _branch(actor, to))
    return said


def _counted(*counts: tuple[int, str]) -> list[str]:
    return [text % {"num": count} for count, text in counts if count]


def _branch(actor: "Person", unit: "Unit | None") -> "list[Unit]":
    return [*ancestors(actor, unit), unit] if unit is not None else []


def _above(old: "list[Unit]", new: "list[Unit]") -> list[str]:
    """Who stands above no longer or from now on, and whose internal goals are read no longer."""
    before, after = _leads(old), _leads(new)
    kept = {one.pk for one in new}
    units = [one.name for one in old if one.pk not in kept]
    lost, won = ([name for key, name in one.items() if key not in other] for one, other in
                 ((before, after), (after, before)))  # fmt: skip
    sentences = (
        (lost, _("No longer above, and no longer reading what is confidential below: %(names)s.")),
        (won, _("Above from now on, and reading what is confidential below: %(names)s.")),
        (units, _("Internal goals that are read from here no longer: those of %(names)s.")),
    )
    return [text % {"names": listing(names)} for names, text in sentences if names]


def _leads(units: "Iterable[Unit]") -> dict[int, str]:
    return {one.lead.pk: one.lead.name for one in units if one.lead is not None and one.lead.is_active}


def _goals(actor: "Person", unit: "Unit", change: str) -> list[str]:
    if change != "move":
        own = len(entrusted_to(actor, unit).objectives)
        text = ngettext("%(num)s open objective is its own.", "%(num)s open objectives are its own.", own)
        return _counted((own, text))
    cycle = current_of(every_cycle(actor))
    tally = branch_numbers(actor, cycle.pk, [unit.pk]).get(unit.pk) if cycle else None
    counted = tally["objectives"] if tally else 0
    return _counted((counted, ngettext(
        "%(num)s objective of this cycle counts in another branch from now on.",
        "%(num)s objectives of this cycle count in another branch from now on.", counted,
    )))  # fmt: skip
