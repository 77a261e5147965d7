"""Who is told of a scorecard, and of whose scorecard somebody may hear."""

from collections.abc import Iterable

from tandem.activity.events import Occasion
from tandem.kpi.models import Scorecard
from tandem.people.access import acting_lead


def carrier(occasion: Occasion) -> Iterable[int | None]:
    card = occasion.about
    assert isinstance(card, Scorecard)
    if card.unit is None:
        return (card.person_id,)
    lead = acting_lead(card.unit)
    return (lead.pk if lead else None,)


def reviewer(occasion: Occasion) -> Iterable[int | None]:
    card = occasion.about
    assert isinstance(card, Scorecard)
    return (card.manager_id, card.second_id)


def both(occasion: Occasion) -> Iterable[int | None]:
    """Who carries it and who reviews it."""
    return (*carrier(occasion), *reviewer(occasion))


def knowing(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of pairs (person, scorecard) those where it is the person's own matter. A query for each person."""
    found = set()
    for person in {person for person, _card in pairs}:
        cards = [card for one, card in pairs if one == person]
        known = Scorecard.objects.known_to(person).filter(pk__in=cards).values_list("pk", flat=True)
        found |= {(person, card) for card in known}
    return found
