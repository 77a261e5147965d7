"""A ready team's indicators, for the library."""

from tandem.core.commands import command
from tandem.guide.examples import Team
from tandem.guide.queries import missing_indicators
from tandem.kpi.access import may_keep_library
from tandem.kpi.commands import add_indicator
from tandem.people.actors import Actor


@command(may=may_keep_library)
def add_team_indicators(actor: Actor, _subject: None = None, /, *, team: Team) -> list[str]:
    """Put those that the library does not have yet into it, all or none; gives their codes. What stands there under
    one of these codes stays as it is. Targets are not issued by this: the leader does that, and changes what is put in.
    """
    missing = missing_indicators(actor, team)
    for one in missing:
        add_indicator(actor, None, code=one.code, **one.fields)
    return [one.code for one in missing]
