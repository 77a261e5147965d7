"""A person: where they belong, their objectives in a cycle, their cycles so far, what they did lately."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tandem.cycles.queries import every_cycle
from tandem.okr.access import may_hand_over
from tandem.okr.queries import OwnerSet, entrusted_to, history_of_person, outline_of_person
from tandem.pages.views.asking import chosen_cycle, cycle_choices, in_cycle, same_cycle
from tandem.pages.views.feeds import lately
from tandem.people.access import may_administer, may_keep_person, may_run_organization
from tandem.people.actors import actor_of
from tandem.people.queries import get_person, manager_of, memberships_of, reports_of, units_led_by

if TYPE_CHECKING:
    from tandem.people.models import Person

REPORTS = 30


@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    who = get_person(actor, person_id)
    known = every_cycle(actor)
    cycle = chosen_cycle(request, known)
    history = history_of_person(actor, person_id)
    page = {
        "person": who,
        "cycle": cycle,
        "in_cycle": same_cycle(request),
        "cycles": cycle_choices(known, cycle, in_cycle("person", person_id)),
        "goals": outline_of_person(actor, person_id, cycle.pk) if cycle else [],
        "own": next((one.numbers for one in history if cycle and one.cycle_id == cycle.pk), OwnerSet()),
        "history": history,
        "feed": lately(actor, who, reverse("person_feed", args=[person_id])),
        "may_run": may_run_organization(actor),
        "may_keep": may_keep_person(actor, who),
        "may_administer": may_administer(actor),
        "waits": not who.is_active and may_hand_over(actor, who) and bool(entrusted_to(actor, who)),
    }
    return render(request, "person/page.html", page | _places(actor, who))


def _places(actor: "Person", who: "Person") -> dict[str, Any]:
    memberships = list(memberships_of(actor, who))
    return {
        "units": [one for one in memberships if one.until is None],
        "former_units": [one for one in memberships if one.until is not None],
        "leads": list(units_led_by(actor, who)),
        "manager": manager_of(who),
        "reports": list(reports_of(actor, who)[:REPORTS]),
    }
