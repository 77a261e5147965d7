"""What a calculated indicator rests on, what rests on it, and what it comes to now."""

from dataclasses import dataclass

from django.db.models import Q

from tandem.core.clock import today
from tandem.kpi.models import Indicator, Target
from tandem.kpi.queries.actuals import Actual, actuals
from tandem.kpi.rules import calculated
from tandem.people.actors import Actor

MOST_SHOWN = 50


@dataclass(frozen=True)
class Dependencies:
    """Indicators right below and right above one, those the actor may see; `values` of targets of today's cycles."""

    below: list[Indicator]
    above: list[Indicator]
    values: list[tuple[Target, Actual]]


def dependencies(actor: Actor, indicator: Indicator) -> Dependencies:
    """At most five queries, two of them where nothing is calculated."""
    names = calculated.names_in(indicator.expression)
    rows = Indicator.objects.visible_to(actor).filter(Q(code__in=names) | Q(expression__icontains=indicator.code))
    found = list(rows.order_by("code"))
    below = [one for one in found if one.code in names]
    above = [one for one in found if indicator.code in calculated.names_in(one.expression)]
    return Dependencies(below, above, _values(actor, indicator) if indicator.expression else [])


def _values(actor: Actor, indicator: Indicator) -> list[tuple[Target, Actual]]:
    now = Q(scheme__cycle__start__lte=today(), scheme__cycle__end__gte=today())
    targets = Target.objects.standing().visible_to(actor).filter(now, indicator=indicator)
    rows = list(targets.select_related(*Target.read_with, "definition").order_by("scheme__cycle", "pk")[:MOST_SHOWN])
    known = actuals(actor, rows)
    return [(one, known[one.pk]) for one in rows]
