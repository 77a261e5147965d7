"""Targets: issued, read, accepted, negotiated, changed."""

from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from tandem.core.errors import Missing
from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Flag, Id, IdText, Named, Number, Shown, Text, Versioned
from tandem.core.http.versions import expected
from tandem.cycles.queries import get_cycle
from tandem.kpi import commands
from tandem.kpi.models import Scheme, Target
from tandem.kpi.queries import get_scheme, get_target, scheme_of, sheet_of
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import known
from tandem.people.queries import get_person, get_unit

if TYPE_CHECKING:
    from tandem.people.models import Person, Unit

router = Router(tags=["targets"])
KindName = Literal["scored", "plus_minus", "veto", "watch"]
StateName = Literal["issued", "negotiating", "final", "accepted", "dropped"]


class AskedScheme(Body):
    cycle: IdText


class Item(Body):
    """A target to issue; what is left out is the indicator's own."""

    indicator: Text
    """Its code."""
    kind: Text = OMITTED
    floor: Number | None = None
    target: Number | None = None
    challenge: Number | None = None
    weight: Number = OMITTED
    dimension_weight: Number | None = None
    """With two levels: the weight of its dimension; `weight` is then the one inside of it."""
    method: Text = OMITTED
    parameters: dict[str, Any] = OMITTED


class Issuing(Body):
    cycle: Id
    items: list[Item]
    difficulty: Number | None = None
    """A factor for the sum, 0.5 to 2; none when left out."""


class TeamIssuing(Issuing):
    dry_run: Flag = False
    """Say what would be issued, and issue nothing."""


class Terms(Body):
    target_id: Id
    kind: Text = OMITTED
    floor: Number | None = None
    target: Number | None = None
    challenge: Number | None = None
    weight: Number = OMITTED
    dimension_weight: Number | None = None
    """With two levels: the weight of its dimension; `weight` is then the one inside of it."""
    method: Text = OMITTED
    parameters: dict[str, Any] = OMITTED


class TargetsChange(Versioned):
    changes: list[Terms]
    reason: Text


class Accepting(Versioned):
    pass


class Reasoned(Body):
    reason: Text


class Negotiation(Reasoned):
    wish: Number | None = None
    """The target the carrier proposes instead."""


class SignatureOut(Shown):
    name: str
    at: str


class TargetStepOut(Shown):
    what: str
    author: Named | None
    at: str
    reason: str
    wish: float | None
    number: int
    terms: dict[str, Any]


class TargetOut(Shown):
    id: int
    indicator: str
    name: str
    definition: int
    """The version of the indicator that it was given on."""
    kind: KindName
    floor: float | None
    target: float | None
    challenge: float | None
    weight: float
    dimension_weight: float | None
    method: str
    parameters: dict[str, Any]
    state: StateName
    number: int
    issued: SignatureOut | None
    accepted: SignatureOut | None
    steps: list[TargetStepOut]


class SchemeOut(Shown):
    id: int
    cycle: int
    person: Named | None
    unit: Named | None
    team: Named | None
    difficulty: float | None
    targets: list[TargetOut]
    version: int


class IssuedOut(Shown):
    carriers: list[Named]
    dry_run: bool


@router.get("/people/{id:person_id}/targets", response=SchemeOut)
def read_of_person(request: HttpRequest, person_id: int, asked: Query[AskedScheme]) -> HttpResponse:
    """A person's targets of a cycle: for themself, who stands above them, and the people team."""
    actor = actor_of(request)
    return _of(actor, get_person(actor, person_id), asked.cycle)


@router.get("/units/{id:unit_id}/targets", response=SchemeOut)
def read_of_unit(request: HttpRequest, unit_id: int, asked: Query[AskedScheme]) -> HttpResponse:
    """A unit's own targets of a cycle."""
    actor = actor_of(request)
    return _of(actor, get_unit(actor, unit_id), asked.cycle)


@router.post("/units/{id:unit_id}/targets", response={201: SchemeOut})
def issue_to_unit(request: HttpRequest, unit_id: int, body: Issuing) -> HttpResponse:
    """Issue a unit's targets of a cycle, all at once: their weights add to 100."""
    actor = actor_of(request)
    cycle = known(get_cycle, actor, body.cycle, "cycle")
    made = commands.issue_to_unit(
        actor,
        get_unit(actor, unit_id),
        cycle=cycle,
        items=[one.said() for one in body.items],
        difficulty=body.difficulty,
    )
    return _shown(actor, made.pk, status=201)


@router.post("/units/{id:unit_id}/team-targets", response={201: IssuedOut})
def issue_to_team(request: HttpRequest, unit_id: int, body: TeamIssuing) -> HttpResponse:
    """Issue the same targets to every member of the team that has none yet."""
    actor = actor_of(request)
    cycle = known(get_cycle, actor, body.cycle, "cycle")
    items = [one.said() for one in body.items]
    with transaction.atomic():
        unit = get_unit(actor, unit_id)
        made = commands.issue_to_team(actor, unit, cycle=cycle, items=items, difficulty=body.difficulty)
        transaction.set_rollback(body.dry_run)
    names = [{"id": one.carrier.pk, "name": one.carrier.name} for one in made]
    return answer({"carriers": names, "dry_run": body.dry_run}, status=201)


@router.get("/schemes/{id:scheme_id}", response=SchemeOut)
def read_scheme(request: HttpRequest, scheme_id: int) -> HttpResponse:
    return _shown(actor_of(request), scheme_id)


@router.patch("/schemes/{id:scheme_id}", response=SchemeOut)
def change_scheme(request: HttpRequest, scheme_id: int, body: TargetsChange) -> HttpResponse:
    """Other terms for some targets. What changed waits for the carrier's signature anew."""
    actor = actor_of(request)
    changes = {one.target_id: {k: v for k, v in one.said().items() if k != "target_id"} for one in body.changes}
    found = get_scheme(actor, scheme_id)
    version = expected(request, body.version)
    commands.change_targets(actor, found, changes=changes, reason=body.reason, version=version)
    return _shown(actor, scheme_id)


@router.post("/schemes/{id:scheme_id}/accept", response=SchemeOut)
def accept_scheme(request: HttpRequest, scheme_id: int, body: Accepting) -> HttpResponse:
    """The carrier's signature under all that waits for it."""
    actor = actor_of(request)
    commands.accept_targets(actor, get_scheme(actor, scheme_id), version=expected(request, body.version))
    return _shown(actor, scheme_id)


@router.post("/schemes/{id:scheme_id}/drop", response=SchemeOut)
def drop_scheme(request: HttpRequest, scheme_id: int, body: Reasoned) -> HttpResponse:
    """Drop all targets of this carrier; others can be issued afterwards."""
    actor = actor_of(request)
    commands.drop_targets(actor, get_scheme(actor, scheme_id), reason=body.reason)
    return _shown(actor, scheme_id)


@router.post("/targets/{id:target_id}/negotiate", response=SchemeOut)
def negotiate(request: HttpRequest, target_id: int, body: Negotiation) -> HttpResponse:
    """The carrier does not agree, and says why."""
    actor = actor_of(request)
    target = get_target(actor, target_id)
    commands.negotiate_target(actor, target, reason=body.reason, wish=body.wish)
    return _shown(actor, target.scheme_id)


@router.post("/targets/{id:target_id}/final-word", response=SchemeOut)
def final_word(request: HttpRequest, target_id: int, body: Reasoned) -> HttpResponse:
    """The leader stays with the terms after hearing the carrier."""
    actor = actor_of(request)
    target = get_target(actor, target_id)
    commands.speak_final_word(actor, target, reason=body.reason)
    return _shown(actor, target.scheme_id)


def _of(actor: Actor, carrier: "Person | Unit", cycle: int) -> HttpResponse:
    found = scheme_of(actor, carrier, known(get_cycle, actor, cycle, "cycle"))
    if found is None:
        raise Missing(_("There are no such targets."))
    return _shown(actor, found.pk)


def _shown(actor: Actor, pk: int, status: int = 200) -> HttpResponse:
    scheme = get_scheme(actor, pk)
    return answer(_scheme(actor, scheme), status=status, version=scheme.version)


def _scheme(actor: Actor, scheme: Scheme) -> dict[str, Any]:
    return {
        "id": scheme.pk,
        "cycle": scheme.cycle_id,
        "person": _named(scheme.carrier_person),
        "unit": _named(scheme.carrier_unit),
        "team": _named(scheme.team),
        "difficulty": scheme.difficulty,
        "targets": [_target(one) for one in sheet_of(actor, scheme).targets],
        "version": scheme.version,
    }


def _target(one: Target) -> dict[str, Any]:
    plain = (
        "kind", "floor", "target", "challenge", "weight", "dimension_weight", "method", "parameters", "state", "number",
    )  # fmt: skip
    return {
        "id": one.pk,
        "indicator": one.indicator.code,
        "name": one.indicator.name,
        "definition": one.definition.number,
        **{name: getattr(one, name) for name in plain},
        "issued": _signed(one.issued_by, one.issued_at),
        "accepted": _signed(one.accepted_by, one.accepted_at),
        "steps": [
            {
                "what": step.what,
                "author": _named(step.author),
                "at": step.at.isoformat(),
                "reason": step.reason,
                "wish": step.wish,
                "number": step.number,
                "terms": step.terms,
            }
            for step in one.steps.all()
        ],
    }


def _signed(person: Any, at: Any) -> dict[str, Any] | None:
    return None if person is None or at is None else {"name": person.name, "at": at.isoformat()}


def _named(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "name": row.name}
