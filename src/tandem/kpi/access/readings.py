"""Numbers are handed in by their supplier, never by who carries them."""

from typing import TYPE_CHECKING

from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.kpi.models import Indicator


def may_supply(actor: Actor, indicator: "Indicator") -> bool:
    """The supplier; and the people team, where there is none or something is to be put right."""
    return actor.is_people_team or (actor.pk is not None and actor.pk == indicator.supplier_id)
