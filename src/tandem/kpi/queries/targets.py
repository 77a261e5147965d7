"""Reading targets: one carrier's sheet, a team's sheets, where each stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.core.numbers import ZERO
from tandem.kpi.access import is_carrier_of, is_leader_of
from tandem.kpi.models import Dimension, Scheme, State, Target, TargetStep
from tandem.kpi.queries.actuals import Actual, actuals
from tandem.people.actors import Actor
from tandem.people.queries import is_person

if TYPE_CHECKING:
    from datetime import date

    from tandem.cycles.models import Cycle
    from tandem.kpi.models import Indicator
    from tandem.people.models import Person, Unit


@dataclass(frozen=True)
class Sheet:
    """A carrier's targets of a cycle as the reader meets them."""

    scheme: Scheme
    targets: list[Target]
    may_lead: bool
    may_answer: bool
    weight: Decimal = ZERO
    actuals: dict[int, Actual] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)

    @property
    def dimensions(self) -> list[tuple[str, Decimal]]:
        """The dimensions with their weights, where there are two levels."""
        shares = {one.dimension: one.dimension_weight for one in self.targets if one.dimension_weight is not None}
        return [(str(Dimension(name).label), share) for name, share in shares.items() if name in Dimension.values]

    @property
    def waits_for_carrier(self) -> bool:
        return bool(self.states.get(State.ISSUED) or self.states.get(State.FINAL))

    @property
    def is_agreed(self) -> bool:
        return bool(self.targets) and self.states.keys() == {State.ACCEPTED}


def get_scheme(actor: Actor, pk: int) -> Scheme:
    """Raises Missing (404)."""
    found = Scheme.objects.visible_to(actor).filter(pk=pk).select_related(*Scheme.read_with).first()
    if found is None:
        raise Missing(_("There are no such targets."))
    return found


def get_target(actor: Actor, pk: int) -> Target:
    """Raises Missing (404)."""
    found = Target.objects.visible_to(actor).filter(pk=pk).select_related(*Target.read_with).first()
    if found is None:
        raise Missing(_("There is no such target."))
    return found


def scheme_of(actor: Actor, carrier: "Person | Unit", cycle: "Cycle") -> Scheme | None:
    """The carrier's scheme in the cycle; None where there is none, or none the actor may see."""
    name = "carrier_person" if is_person(carrier) else "carrier_unit"
    rows = Scheme.objects.visible_to(actor).filter(**{name: carrier, "cycle": cycle})
    return rows.select_related(*Scheme.read_with).first()


def sheet_of(actor: Actor, scheme: Scheme) -> Sheet:
    """The sheet with every target and its steps, in its order; what was dropped is not on it."""
    steps = Prefetch("steps", TargetStep.objects.select_related("author"))
    rows = list(
        Target.objects.standing()
        .filter(scheme=scheme)
        .select_related("indicator__supplier", "definition", "issued_by", "accepted_by")
        .prefetch_related(steps)
    )
    for row in rows:
        row.scheme = scheme
    states: dict[str, int] = {}
    for row in rows:
        states[row.state] = states.get(row.state, 0) + 1
    total = sum((one.weight for one in rows), ZERO)
    lead, answers = is_leader_of(actor, scheme), is_carrier_of(actor, scheme)
    return Sheet(scheme, rows, lead, answers, total, actuals(actor, rows), states)


@dataclass(frozen=True)
class Standing:
    """One line of a team: a member, and where their targets stand."""

    person: Any
    scheme: int | None
    targets: int = 0
    waiting: int = 0
    negotiating: int = 0
    accepted: int = 0


def team_standing(actor: Actor, people: "Iterable[Person]", cycle: "Cycle") -> list[Standing]:
    """Where each of these people's targets stand; for those the actor may not see there is nothing. One query."""
    rows = (
        Scheme.objects.visible_to(actor)
        .filter(carrier_person__in=[one.pk for one in people], cycle=cycle)
        .annotate(
            standing=Count("targets", filter=~Q(targets__state=State.DROPPED)),
            waiting=Count("targets", filter=Q(targets__state__in=(State.ISSUED, State.FINAL))),
            negotiating=Count("targets", filter=Q(targets__state=State.NEGOTIATING)),
            accepted=Count("targets", filter=Q(targets__state=State.ACCEPTED)),
        )
    )
    known: dict[int | None, Any] = {one.carrier_person_id: one for one in rows}
    return [_standing(person, known.get(person.pk)) for person in people]


def _standing(person: "Person", row: Any) -> Standing:
    if row is None or not row.standing:
        return Standing(person, None)
    return Standing(person, row.pk, row.standing, row.waiting, row.negotiating, row.accepted)


def target_on(actor: Actor, indicator: "Indicator", carrier: "Person | Unit", on: "date") -> Target | None:
    """The carrier's standing target of the indicator that holds on a day: of several cycles around it that of the one
    that began last. None where there is none, or none the actor may see."""
    name = "scheme__carrier_person" if is_person(carrier) else "scheme__carrier_unit"
    inside = Q(scheme__cycle__start__lte=on, scheme__cycle__end__gte=on)
    rows = Target.objects.standing().visible_to(actor).filter(inside, indicator=indicator, **{name: carrier})
    return rows.select_related(*Target.read_with).order_by("-scheme__cycle__start", "pk").first()


def targets_of(actor: Actor, scheme: Scheme) -> QuerySet[Target]:
    """The standing targets of a scheme the actor has at hand."""
    return Target.objects.standing().visible_to(actor).filter(scheme=scheme).select_related("indicator", "definition")
