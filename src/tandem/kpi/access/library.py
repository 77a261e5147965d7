"""The library is kept by the people team: definitions are the company's, whoever measures or carries them."""

from typing import TYPE_CHECKING

from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.kpi.models import Indicator


def may_keep_library(actor: Actor, _subject: object = None) -> bool:
    return actor.is_people_team or actor.is_administrator


def may_keep_indicator(actor: Actor, _indicator: "Indicator") -> bool:
    return may_keep_library(actor)
