"""A team answers whether it can work by a rule."""

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.texts import clean_text
from tandem.people.actors import Actor
from tandem.rewards.access import may_answer
from tandem.rewards.models import Ballot, Choice
from tandem.rewards.queries import standing_of
from tandem.rewards.rules.ballots import OPEN


@command(may=may_answer)
def answer_ballot(actor: Actor, ballot: Ballot, /, *, choice: str, reason: str = "") -> Ballot:
    """agree, live or object (which needs a reason); another answer takes the place of the one before.

    Raises Invalid (422): after the last day, or once all agreed.
    """
    if choice not in Choice.values:
        raise Invalid(_("Choose one of the offered values."), field="choice")
    said = clean_text(reason, "reason", length=2000)
    if choice == Choice.OBJECT and not said:
        raise Invalid(_("Say what you cannot live with, so that the rule can become better."), field="reason")
    if standing_of(actor, ballot).outcome != OPEN:
        raise Invalid(_("This ballot is over."), code="state")
    ballot.voices.filter(person=actor.pk).update(choice=choice, reason=said, at=now())
    record(actor, "ballot.answered", ballot, title=ballot.announced.rule.name)
    return ballot
