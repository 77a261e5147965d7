"""A ready team's indicators beside the library of the company."""

from urllib.parse import urlencode

from tandem.guide.examples import Ready, Team
from tandem.kpi.queries import known_codes
from tandem.people.actors import Actor


def missing_indicators(actor: Actor, team: Team) -> list[Ready]:
    """Those that the library has not under their code."""
    known = known_codes(actor, (one.code for one in team.indicators))
    return [one for one in team.indicators if one.code not in known]


def issuing_form(_actor: Actor, team: Team) -> str:
    """What the form that issues targets to a team is opened with: a row for each, to be changed there."""
    rows = [("indicator", one.code) for one in team.indicators]
    rows += [("target", one.target) for one in team.indicators]
    rows += [("weight", one.weight) for one in team.indicators]
    return urlencode(rows)
