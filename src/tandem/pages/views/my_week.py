"""My week: what waits for me, and what happened around me."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tandem.activity.queries import feed_around
from tandem.core.clock import today
from tandem.cycles.queries import current_of, every_cycle
from tandem.okr.forms import CheckInForm
from tandem.okr.queries import OwnerSet, handshakes_waiting, sets_of, to_score, week_of
from tandem.people.actors import actor_of
from tandem.people.queries import colleagues_of

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person

MOST_MEMBERS, FEED = 40, 12


@dataclass(frozen=True)
class Team:
    """The people of one's own unit and where each stands in the cycle."""

    members: "list[tuple[Person, OwnerSet]]"
    more: bool
    own: OwnerSet


@require_GET
def my_week(request: HttpRequest) -> HttpResponse:
    return render(request, "week/page.html", _week(actor_of(request)))


@require_GET
def week_head(request: HttpRequest) -> HttpResponse:
    """What is left to do, asked again after each check-in."""
    return render(request, "week/head.html", _week(actor_of(request)) | {"is_asked_again": True})


def _week(actor: "Person") -> dict[str, Any]:
    known = every_cycle(actor)
    cycle = current_of(one for one in known if not one.is_backlog)
    team = _team(actor, cycle)
    return {
        "week": week_of(actor),
        "to_score": to_score(actor) if any(one.takes_scores() for one in known) else [],
        "handshakes": handshakes_waiting(actor),
        "me": actor.pk,
        "cycle": cycle,
        "team": team,
        "start": CheckInForm.start,
        "feed": feed_around(actor, _names(actor, team), "objective", limit=FEED),
        "today": today(),
    }


def _team(actor: "Person", cycle: "Cycle | None") -> Team:
    people = list(colleagues_of(actor)[: MOST_MEMBERS + 1]) if actor.unit_id else []
    members = people[:MOST_MEMBERS]
    if cycle is None:
        return Team([(one, OwnerSet()) for one in members], len(people) > MOST_MEMBERS, OwnerSet())
    sets = sets_of(actor, cycle.pk, people=[actor.pk, *[one.pk for one in members]]).of_person
    stands = [(one, sets.get(one.pk, OwnerSet())) for one in members]
    return Team(stands, len(people) > MOST_MEMBERS, sets.get(actor.pk, OwnerSet()))


def _names(actor: "Person", team: Team) -> list[str]:
    """Around a person: the person, their unit, and the people in it, as events name them."""
    names = [f"person:{actor.pk}", *[f"person:{one.pk}" for one, _set in team.members if one.pk != actor.pk]]
    return [*names, f"unit:{actor.unit_id}"] if actor.unit_id else names
