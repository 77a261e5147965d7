"""What is read by office leaves a trace."""

from typing import TYPE_CHECKING

from tandem.activity.commands import record
from tandem.core.commands import command
from tandem.people.actors import Actor
from tandem.rewards.access import may_look

if TYPE_CHECKING:
    from tandem.kpi.models import Round
    from tandem.people.models import Person


@command(may=may_look)
def note_look(actor: Actor, subject: "Person | Round", /) -> None:
    """The people team looked at somebody's points, or at those of a round: the audit log keeps it."""
    if hasattr(subject, "cycle"):
        record(actor, "points.round_looked", subject, name=subject.cycle.name)
    else:
        record(actor, "points.looked", subject, name=subject.name)
