"""Scorecards made of accepted targets, with the actuals that readings give: nobody types what is known."""

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tandem.core.bulk import insert_rows, update_rows
from tandem.core.clock import today
from tandem.core.numbers import rounded
from tandem.kpi.commands.scoring import rescore_many
from tandem.kpi.models import BEFORE_CALIBRATION, Round, Scorecard, ScorecardItem, State, Target
from tandem.kpi.queries import Actual, actuals
from tandem.kpi.rules.actuals import over_time
from tandem.kpi.rules.remedies import PLACES, left_out
from tandem.people.access import acting_leads, acting_manager, lead_above
from tandem.people.actors import SYSTEM
from tandem.people.queries import get_person

if TYPE_CHECKING:
    from django.db.models import QuerySet

Carrier = tuple[int | None, int | None]
_TAKEN = ("name_en", "name_zh", "measure", "position", "kind", "weight", "dimension", "share", "method", "terms",
          "read", "source", "supplier", "read_at", "actual")  # fmt: skip


def fill(one: Round) -> int:
    """Give every carrier of accepted targets a scorecard, and take targets and readings into those not handed in yet.

    Returns how many scorecards are new.
    """
    targets = list(_accepted(one))
    by_carrier: dict[Carrier, list[Target]] = defaultdict(list)
    for target in targets:
        by_carrier[target.scheme.carrier_person_id, target.scheme.carrier_unit_id].append(target)
    cards = {(card.person_id, card.unit_id): card for card in one.cards.select_related(*Scorecard.read_with)}
    new = [Scorecard.new(round_id=one.pk, person_id=person, unit_id=unit)
           for person, unit in by_carrier if (person, unit) not in cards]  # fmt: skip
    insert_rows(new)
    cards = {(card.person_id, card.unit_id): card for card in one.cards.select_related(*Scorecard.read_with)}
    _name_reviewers(one, [cards[card.person_id, card.unit_id] for card in new])
    open_cards = [card for card in cards.values() if card.stage in BEFORE_CALIBRATION]
    for card in open_cards:
        given = by_carrier.get((card.person_id, card.unit_id))
        card.difficulty = given[0].scheme.difficulty if given else None
    update_rows(open_cards, ["difficulty"])
    _take_in(open_cards, by_carrier, actuals(SYSTEM, targets))
    rescore_many(one, open_cards)
    return len(new)


def _accepted(one: Round) -> "QuerySet[Target]":
    rows = Target.objects.filter(scheme__cycle=one.cycle_id, state=State.ACCEPTED)
    return rows.select_related("scheme__cycle", "definition", "indicator__supplier").order_by("position", "pk")


def _take_in(cards: list[Scorecard], targets: dict[Carrier, list[Target]], known: dict[int, Actual]) -> None:
    stored: dict[int, dict[str, ScorecardItem]] = defaultdict(dict)
    for item in ScorecardItem.objects.filter(scorecard__in=[card.pk for card in cards]):
        stored[item.scorecard_id][item.code] = item
    new: list[ScorecardItem] = []
    changed: list[ScorecardItem] = []
    gone: list[int] = []
    for card in cards:
        wanted = {target.indicator.code: target for target in targets.get((card.person_id, card.unit_id), [])}
        gone += [item.pk for code, item in stored[card.pk].items() if code not in wanted]
        for code, target in wanted.items():
            item = stored[card.pk].get(code) or ScorecardItem.new(scorecard_id=card.pk, code=code)
            _set(item, target, known.get(target.pk))
            (changed if item.pk else new).append(item)
    ScorecardItem.objects.filter(pk__in=gone).delete()
    insert_rows(new)
    update_rows(changed, _TAKEN)


def _set(item: ScorecardItem, target: Target, found: Actual | None) -> None:
    words: dict[str, Any] = target.definition.words
    item.name_en, item.name_zh = words.get("name_en", ""), words.get("name_zh", "")
    item.measure, item.position = words.get("unit", ""), target.position
    item.kind, item.weight, item.method = target.kind, target.weight, target.method
    item.dimension, item.share = target.dimension, target.dimension_weight
    signed = target.terms()
    item.terms = {name: signed[name] for name in ("target", "floor", "challenge", "parameters")} | {
        "lower_better": words.get("direction") in ("lower", "events"),
        "least": words.get("floor"),
        "most": words.get("cap"),
    }
    item.supplier = target.indicator.supplier.name if target.indicator.supplier else ""
    item.source = (found and found.sum) or words.get("source", "")
    item.source = item.source[:200]
    item.read_at = found.at if found else None
    item.read = _read(item, target, found)
    if not item.by_hand and (item.read is not None or item.eased.get("days")):
        item.actual = item.read


def _read(item: ScorecardItem, target: Target, found: Actual | None) -> Decimal | None:
    """What the readings come to; without the days that a granted claim leaves out."""
    spans = item.eased.get("days")
    if found is None or not spans or not found.readings:
        return found.value if found else None
    kept = [(one.on, one.value) for one in found.readings if not left_out(spans, one.on)]
    end = target.scheme.cycle.end
    assert end is not None
    value = over_time(target.definition.words["over_time"], kept, min(end, today()))
    return None if value is None else rounded(value, PLACES)


def read_again(item: ScorecardItem, share: Decimal) -> None:
    """Take the readings in again after days were left out, `share` being the part of the period that remains: what is
    summed up over time is compared with that part of its target."""
    card = item.scorecard
    carrier = {"scheme__carrier_person": card.person_id, "scheme__carrier_unit": card.unit_id}
    target = _accepted(card.round).filter(indicator__code=item.code, **carrier).first()
    if target is None:
        return
    if target.definition.words["over_time"] == "sum":
        item.eased = {**item.eased, "share": f"{rounded(share, PLACES):f}"}
    _set(item, target, actuals(SYSTEM, [target]).get(target.pk))


def _name_reviewers(one: Round, cards: list[Scorecard]) -> None:
    """The manager of a person, whoever leads above a unit; for the second look, theirs."""
    people = [card.person for card in cards if card.person is not None]
    lead_of = acting_leads({person.unit_id for person in people if person.unit_id is not None})
    second_of: dict[int, int | None] = {}
    for card in cards:
        manager = _reviewer_of(card, lead_of)
        card.manager_id = manager
        if one.second_review and manager is not None:
            if manager not in second_of:
                second_of[manager] = _above(manager)
            card.second_id = second_of[manager]
    update_rows(cards, ["manager", "second"])


def _reviewer_of(card: Scorecard, lead_of: dict[int, int]) -> int | None:
    person = card.person
    if person is None:
        assert card.unit is not None
        above = card.unit.parent and lead_above(card.unit.parent, card.unit.lead)
        return above.pk if above else None
    if person.manager is not None and person.manager.is_active:
        return person.manager_id
    lead = lead_of.get(person.unit_id or 0)
    if lead != person.pk:
        return lead
    found = acting_manager(person)
    return found.pk if found else None


def _above(manager: int) -> int | None:
    found = acting_manager(get_person(SYSTEM, manager))
    return found.pk if found else None
