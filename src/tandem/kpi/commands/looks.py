"""What is read by office and not by line leaves a trace."""

from tandem.activity.commands import record
from tandem.core.commands import command
from tandem.kpi.access import may_run_round
from tandem.kpi.models import Scorecard
from tandem.people.actors import Actor


def _may_look(actor: Actor, _subject: None = None) -> bool:
    return may_run_round(actor)


@command(may=_may_look)
def note_look(actor: Actor, _subject: None = None, /, *, card: Scorecard) -> None:
    """The people team looked at somebody's scorecard: the audit log keeps it. A look takes no lock on the card."""
    record(actor, "scorecard.looked", card, name=card.name)
