"""Numbers are handed in by their supplier, never by who carries them."""

from tandem.kpi.models import Indicator, Reading
from tandem.people.actors import Actor


def may_supply(actor: Actor, indicator: Indicator) -> bool:
    """The supplier; and the people team, where there is none or something is to be put right."""
    return actor.is_people_team or (actor.pk is not None and actor.pk == indicator.supplier_id)


def may_withdraw(actor: Actor, reading: Reading) -> bool:
    """Who may hand it in, unless it is their own number."""
    return may_supply(actor, reading.indicator) and (actor.is_system or actor.pk != reading.carrier_person_id)


def may_hand_in(actor: Actor, _subject: object = None) -> bool:
    """Whoever supplies anything at all: which row of a file is theirs is asked row by row."""
    return actor.is_people_team or (actor.pk is not None and Indicator.objects.filter(supplier=actor.pk).exists())
