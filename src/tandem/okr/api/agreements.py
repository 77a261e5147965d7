"""Handshakes: offer a goal set, give a hand on one exact version of it, decline, take back; what was kept."""

from typing import TYPE_CHECKING, Annotated, Any, Union

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Flag, Id, IdText, Text, Versioned
from tandem.core.http.versions import expected
from tandem.cycles.queries import get_cycle
from tandem.okr.api.agreements_json import agreement_json, handshake_json, team_json
from tandem.okr.api.scores import set_of
from tandem.okr.api.shapes import RemindedOut
from tandem.okr.api.shapes_of_agreements import AgreeingOut, AgreementOut, HandshakeOut, TeamOut
from tandem.okr.commands import (
    ask_for_hand,
    decline,
    expect_of_role,
    forecast_output,
    name_sides,
    offer,
    shake,
    withdraw_offer,
)
from tandem.okr.models import Agreement, GoalSet
from tandem.okr.queries import (
    Tally,
    branch_numbers,
    get_agreement,
    handshake_of,
    handshakes_by_state,
    handshakes_of_unit,
    kept_version,
    leaders_first,
)
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import named
from tandem.people.queries import get_person, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

router = Router(tags=["handshakes"])


class Offer(Body):
    cycle: Id
    seen: Text | None = None
    """The hash of the version that the owner read; the offer is refused (409) when another stands."""
    forecast: Text = OMITTED
    trivial: Flag = False
    """Only the wording of what was signed is corrected: the owner's tick, which the other side's hand completes."""


class Hand(Versioned):
    seen: Text
    """The hash of the version that was read. When another stands, the answer is 409 with what changed."""


class Why(Body):
    reason: Text = ""


class Said(Versioned):
    text: Text
    """Markdown."""


class SidesNamed(Body):
    cycle: Id
    owner_side: Id | None = None
    """For a unit's goals alone; null: whoever leads it."""
    other_side: Id | None = None
    """Null: whom the chart names."""


@router.get("/people/{id:person_id}/handshake", response=HandshakeOut)
def read_of_person(request: HttpRequest, person_id: int, cycle: IdText) -> HttpResponse:
    """The handshake on a person's goals of a cycle, for both sides and the line above."""
    actor = actor_of(request)
    return _shown(actor, set_of(actor, get_person(actor, person_id), cycle))


@router.get("/units/{id:unit_id}/handshake", response=HandshakeOut)
def read_of_unit(request: HttpRequest, unit_id: int, cycle: IdText) -> HttpResponse:
    """The same of a unit's own goals."""
    actor = actor_of(request)
    return _shown(actor, set_of(actor, get_unit(actor, unit_id), cycle))


@router.get("/units/{id:unit_id}/handshakes", response=TeamOut)
def list_of_unit(
    request: HttpRequest, unit_id: int, cycle: IdText, start: Annotated[int, Query(ge=0, le=1_000_000)] = 0
) -> HttpResponse:
    """How the handshakes of a unit stand: its own, those of the units right below, and a page of its people (`next`
    says where the following one starts). For whoever leads it or stands above."""
    actor = actor_of(request)
    found = handshakes_of_unit(actor, get_unit(actor, unit_id), get_cycle(actor, cycle), start=start)
    return answer(team_json(found, start))


@router.post("/people/{id:person_id}/handshake", response={201: HandshakeOut})
def offer_of_person(request: HttpRequest, person_id: int, body: Offer) -> HttpResponse:
    """Offer one's goals to the other side."""
    return _offer(actor_of(request), get_person(actor_of(request), person_id), body)


@router.post("/units/{id:unit_id}/handshake", response={201: HandshakeOut})
def offer_of_unit(request: HttpRequest, unit_id: int, body: Offer) -> HttpResponse:
    """Offer a unit's goals to the lead above."""
    return _offer(actor_of(request), get_unit(actor_of(request), unit_id), body)


@router.put("/people/{id:person_id}/handshake/sides", response=HandshakeOut)
def name_for_person(request: HttpRequest, person_id: int, body: SidesNamed) -> HttpResponse:
    """Who shakes hands instead of the manager."""
    return _name(actor_of(request), get_person(actor_of(request), person_id), body)


@router.put("/units/{id:unit_id}/handshake/sides", response=HandshakeOut)
def name_for_unit(request: HttpRequest, unit_id: int, body: SidesNamed) -> HttpResponse:
    """Who shakes hands on a unit's goals instead of the two leads."""
    return _name(actor_of(request), get_unit(actor_of(request), unit_id), body)


@router.get("/agreements/{id:agreement_id}", response=AgreementOut)
def read_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """One agreement with the version that was kept, old ones too."""
    actor = actor_of(request)
    one = get_agreement(actor, agreement_id)
    return answer({**agreement_json(one), "kept": kept_version(actor, one)}, version=one.version)


@router.post("/agreements/{id:agreement_id}/hand", response=HandshakeOut)
def give_hand(request: HttpRequest, agreement_id: int, body: Hand) -> HttpResponse:
    """Give one's hand on exactly the version that one read. Each gives their own; with both it is signed."""
    actor = actor_of(request)
    one = get_agreement(actor, agreement_id)
    return _after(actor, shake(actor, one, seen=body.seen, version=expected(request, body.version)))


@router.post("/agreements/{id:agreement_id}/decline", response=HandshakeOut)
def say_no(request: HttpRequest, agreement_id: int, body: Why) -> HttpResponse:
    """The other side says no for now, with a reason."""
    actor = actor_of(request)
    return _after(actor, decline(actor, get_agreement(actor, agreement_id), reason=body.reason))


@router.post("/agreements/{id:agreement_id}/withdraw", response=HandshakeOut)
def take_back(request: HttpRequest, agreement_id: int, body: Why) -> HttpResponse:
    """The owner takes the offer back."""
    actor = actor_of(request)
    return _after(actor, withdraw_offer(actor, get_agreement(actor, agreement_id), reason=body.reason))


@router.put("/agreements/{id:agreement_id}/expectation", response=HandshakeOut)
def expect(request: HttpRequest, agreement_id: int, body: Said) -> HttpResponse:
    """What the other side expects of the role."""
    actor = actor_of(request)
    version = expected(request, body.version)
    return _after(actor, expect_of_role(actor, get_agreement(actor, agreement_id), text=body.text, version=version))


@router.put("/agreements/{id:agreement_id}/forecast", response=HandshakeOut)
def forecast(request: HttpRequest, agreement_id: int, body: Said) -> HttpResponse:
    """What the owner forecasts to bring."""
    actor = actor_of(request)
    version = expected(request, body.version)
    return _after(actor, forecast_output(actor, get_agreement(actor, agreement_id), text=body.text, version=version))


@router.post("/agreements/{id:agreement_id}/reminders", response=RemindedOut)
def remind(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Ask for the hand that is missing, at most once a day."""
    actor = actor_of(request)
    return answer({"reminded": int(ask_for_hand(actor, get_agreement(actor, agreement_id)))})


@router.get("/cycles/{id:cycle_id}/handshakes", response=AgreeingOut)
def read_agreeing(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """How far the company is: in how many units the lead went first, and handshakes by state.

    The second is for champions, the people team and administrators.
    """
    actor = actor_of(request)
    cycle = get_cycle(actor, cycle_id)
    leaders = leaders_first(actor, cycle)
    by_state = handshakes_by_state(actor, branch_numbers(actor, cycle.pk).get(None, Tally()))
    return answer({"leaders": None if leaders is None else leaders._asdict(), "by_state": by_state})


def _offer(actor: Actor, owner: Union["Person", "Unit"], body: Offer) -> HttpResponse:
    goals = set_of(actor, owner, body.cycle)
    said: dict[str, Any] = {name: value for name, value in body.said().items() if name != "cycle"}
    offer(actor, goals, **said)
    return _shown(actor, goals, status=201)


def _name(actor: Actor, owner: Union["Person", "Unit"], body: SidesNamed) -> HttpResponse:
    goals = set_of(actor, owner, body.cycle)
    sides = {name: named(get_person, actor, getattr(body, name), name) for name in ("owner_side", "other_side")}
    name_sides(actor, goals, **sides)
    return _shown(actor, goals)


def _after(actor: Actor, one: Agreement) -> HttpResponse:
    return _shown(actor, one.goal_set)


def _shown(actor: Actor, goals: GoalSet, *, status: int = 200) -> HttpResponse:
    found = handshake_of(actor, goals)
    version = found.agreement.version if found.agreement is not None else None
    return answer(handshake_json(found), status=status, version=version)
