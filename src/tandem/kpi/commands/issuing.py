"""Targets given: to a unit, or to all members of a team at once."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext as _

from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.formats import listing
from tandem.core.numbers import parse_number, rounded
from tandem.kpi.access import may_issue_to_team, may_issue_to_unit
from tandem.kpi.commands.steps import keep_step, sign_for_leader, tell
from tandem.kpi.commands.terms import MOST_ITEMS, refuse_weights, set_terms
from tandem.kpi.models import TERMS, Indicator, IndicatorVersion, Scheme, State, Target
from tandem.people.access import acting_lead
from tandem.people.actors import Actor
from tandem.people.queries import members_of

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person, Unit

HALF = Decimal("0.5")
Items = Sequence[Mapping[str, Any]]
"""Each names an `indicator` (its code) and terms (see `models.TERMS`)."""


@command(may=may_issue_to_unit)
def issue_to_unit(actor: Actor, unit: "Unit", /, *, cycle: "Cycle", items: Items, difficulty: object = None) -> Scheme:
    """A unit's targets of a cycle, all at once: their weights add to 100. Raises Invalid naming the field."""
    refuse_cycle(cycle)
    scheme = Scheme.objects.filter(carrier_unit=unit, cycle=cycle).first() or Scheme(carrier_unit=unit, cycle=cycle)
    _refuse_standing(scheme)
    scheme.difficulty = _difficulty(difficulty)
    return _issue(actor, scheme, _drafts(actor, items))


@command(may=may_issue_to_team)
def issue_to_team(
    actor: Actor, unit: "Unit", /, *, cycle: "Cycle", items: Items, difficulty: object = None
) -> list[Scheme]:
    """The same targets for everybody of the team who has none yet: who leads it has those of the unit.

    A scheme is for the whole team: who comes later gets the indicators, and the difficulty, the others have. Raises
    Invalid naming the field.
    """
    refuse_cycle(cycle)
    drafts, factor = _drafts(actor, items), _difficulty(difficulty)
    _refuse_other_indicators(unit, cycle, drafts)
    factor = factor or Scheme.objects.filter(team=unit, cycle=cycle).aggregate(Max("difficulty"))["difficulty__max"]
    people = waiting_members(actor, unit, cycle)
    if not people:
        raise Invalid(_("Everybody of this team has targets in this cycle already."), field="unit")
    known = {one.carrier_person_id: one for one in Scheme.objects.filter(carrier_person__in=people, cycle=cycle)}
    made = []
    for person in people:
        scheme = known.get(person.pk) or Scheme(carrier_person=person, cycle=cycle)
        scheme.team, scheme.difficulty = unit, factor
        made.append(_issue(actor, scheme, drafts))
    return made


def waiting_members(actor: Actor, unit: "Unit", cycle: "Cycle") -> "list[Person]":
    """Who would be given targets: the members without any in this cycle, but not who leads the team, nor the actor."""
    lead = acting_lead(unit)
    has = Target.objects.standing().filter(scheme__cycle=cycle, scheme__carrier_person__isnull=False)
    carried = set(has.values_list("scheme__carrier_person_id", flat=True))
    return [one for one in members_of(actor, unit) if one != lead and one.pk != actor.pk and one.pk not in carried]


def refuse_cycle(cycle: "Cycle") -> None:
    """Targets live in a dated cycle that is not closed. Raises Invalid."""
    if cycle.is_backlog:
        raise Invalid(_("The backlog has no dates; targets belong to a cycle."), field="cycle")
    if cycle.is_closed:
        raise Invalid(_("This cycle is closed: nothing in it changes any more."), field="cycle")


def _drafts(actor: Actor, items: Items) -> list[Target]:
    """Rows without a scheme yet. Raises Invalid for what cannot be given."""
    if not 1 <= len(items) <= MOST_ITEMS:
        raise Invalid(_("Between 1 and %(most)s indicators.") % {"most": MOST_ITEMS}, field="indicator")
    codes = [str(one.get("indicator", "")).strip().lower() for one in items]
    known = {one.code: one for one in Indicator.objects.visible_to(actor).filter(code__in=codes)}
    versions = {
        (one.indicator_id, one.number): one for one in IndicatorVersion.objects.filter(indicator__code__in=codes)
    }
    drafts = []
    for place, (code, item) in enumerate(zip(codes, items, strict=True)):
        indicator = known.get(code)
        if indicator is None:
            raise Invalid(_("There is no such indicator: %(code)s.") % {"code": code or "–"}, field="indicator")
        if not indicator.is_usable:
            raise Invalid(_("“%(title)s” has ended; renew it first.") % {"title": indicator.name}, field="indicator")
        if codes.index(code) != place:
            raise Invalid(_("“%(title)s” stands here twice.") % {"title": indicator.name}, field="indicator")
        row = Target(indicator=indicator, method=indicator.method, parameters=indicator.parameters, position=place)
        row.definition = versions[indicator.pk, indicator.number]
        set_terms(row, {name: value for name, value in item.items() if name != "indicator"})
        drafts.append(row)
    refuse_weights(drafts)
    return drafts


def _difficulty(raw: object) -> Decimal | None:
    """A factor for the sum of what is scored, agreed with the targets; None for none."""
    if raw is None or raw == "":
        return None
    value = parse_number(raw, "difficulty")
    if not HALF <= value <= 2 or value != rounded(value, 2):
        raise Invalid(_("A difficulty lies between 0.5 and 2, with at most 2 decimals."), field="difficulty")
    return value


def _refuse_standing(scheme: Scheme) -> None:
    if scheme.pk and Target.objects.standing().filter(scheme=scheme).exists():
        raise Invalid(_("There are targets for this cycle already; change those, or drop them first."), field="cycle")


def _refuse_other_indicators(unit: "Unit", cycle: "Cycle", drafts: list[Target]) -> None:
    given = Target.objects.standing().filter(scheme__team=unit, scheme__cycle=cycle)
    codes = set(given.values_list("indicator__code", flat=True))
    if codes and codes != {one.indicator.code for one in drafts}:
        said = _("A scheme is for the whole team: its others have %(codes)s, so nobody is given anything else.")
        raise Invalid(said % {"codes": listing(sorted(codes))}, field="indicator")


def _issue(actor: Actor, scheme: Scheme, drafts: list[Target]) -> Scheme:
    for draft in drafts:
        if scheme.carrier_person_id and draft.indicator.supplier_id == scheme.carrier_person_id:
            said = _("%(name)s supplies “%(title)s”: who carries a number does not hand it in.")
            raise Invalid(said % {"name": scheme.carrier.name, "title": draft.indicator.name}, field="indicator")
    scheme.save()
    for draft in drafts:
        row = Target(
            scheme=scheme, indicator=draft.indicator, definition=draft.definition, position=draft.position,
            **{name: getattr(draft, name) for name in _GIVEN},
        )  # fmt: skip
        sign_for_leader(actor, row, State.ISSUED)
        row.save()
        keep_step(actor, row, "issued")
    tell(actor, "targets.issued", scheme)
    return scheme


_GIVEN = TERMS
