"""Who would be missing from what: the sentences that stand above a change of the organisation before it is made."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandem.cycles.queries import current_of, every_cycle
from tandem.okr.queries import branch_numbers, entrusted_to
from tandem.okr.queries.entrusted import overdue_of
from tandem.people.access import acting_lead
from tandem.people.queries import children_of, manager_of, members_of, reports_of, units_led_by

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit


def touched_by_leaver(actor: "Person", person: "Person") -> list[str]:
    """What a person leads, whom they manage, and what is open in their hands."""
    held, led = entrusted_to(actor, person), list(units_led_by(actor, person))
    reports, late = reports_of(actor, person).count(), overdue_of(actor, person)
    said = [_("%(unit)s loses its lead; the lead above stands in.") % {"unit": one.name} for one in led]
    counted = [
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
    ]  # fmt: skip
    return said + [text % {"num": count} for count, text in counted if count]


def touched_by_move(actor: "Person", person: "Person") -> list[str]:
    """Whose line the person leaves, and which goals count elsewhere from now on."""
    held, manager = entrusted_to(actor, person), manager_of(person)
    said = []
    if person.manager_id is None and manager is not None:
        said.append(_("Manager until now: %(name)s. Then: the lead of the new unit.") % {"name": manager.name})
    running = len(held.objectives)
    if running:
        text = ngettext(
            "%(num)s open objective counts in the new unit from now on.",
            "%(num)s open objectives count in the new unit from now on.", running,
        )  # fmt: skip
        said.append(text % {"num": running})
    leads = [one for one in units_led_by(actor, person) if one.pk == person.unit_id]
    return said + [_("%(unit)s keeps being led from outside.") % {"unit": one.name} for one in leads]


def touched_by_unit(actor: "Person", unit: "Unit", change: str) -> list[str]:
    """What hangs on the unit, and what becomes of it by a `move`, `merge` or `archive`."""
    members, below = members_of(actor, unit).count(), children_of(actor, unit).count()
    counted = [
        (members, ngettext("%(num)s person belongs to it.", "%(num)s people belong to it.", members)),
        (below, ngettext("%(num)s unit lies right below it.", "%(num)s units lie right below it.", below)),
    ]
    said = [text % {"num": count} for count, text in counted if count]
    said += _goals(actor, unit, change)
    lead = acting_lead(unit)
    if change == "move" and unit.lead_id is None and lead is not None:
        said.append(_("%(name)s stands in as lead; then the new lead above does.") % {"name": lead.name})
    elif change != "move" and unit.lead is not None:
        said.append(_("%(name)s leads it until now.") % {"name": unit.lead.name})
    return said


def _goals(actor: "Person", unit: "Unit", change: str) -> list[str]:
    if change != "move":
        own = len(entrusted_to(actor, unit).objectives)
        text = ngettext("%(num)s open objective is its own.", "%(num)s open objectives are its own.", own)
        return [text % {"num": own}] if own else []
    cycle = current_of(every_cycle(actor))
    tally = branch_numbers(actor, cycle.pk, [unit.pk]).get(unit.pk) if cycle else None
    counted = tally["objectives"] if tally else 0
    text = ngettext(
        "%(num)s objective of this cycle counts in another branch from now on.",
        "%(num)s objectives of this cycle count in another branch from now on.", counted,
    )  # fmt: skip
    return [text % {"num": counted}] if counted else []
