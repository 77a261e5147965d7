"""Files are sent by who may write what they say, and imported by who sent them."""

from typing import TYPE_CHECKING

from tandem.kpi.access.library import may_keep_library
from tandem.kpi.access.readings import may_hand_in
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.kpi.models import KpiFile


def may_send_library(actor: Actor, _subject: object) -> bool:
    return may_keep_library(actor) and not actor.is_system


def may_send_readings(actor: Actor, _subject: object) -> bool:
    return may_hand_in(actor) and not actor.is_system


def may_import_file(actor: Actor, file: "KpiFile") -> bool:
    """Only the file they sent themself; whether they may write what it says is asked again then."""
    return actor.is_system or file.person_id == actor.pk
