"""Who may do what with rules, ballots and points. Administrators run the system, and see nobody's points."""

from typing import TYPE_CHECKING

from tandem.people.actors import Actor
from tandem.rewards.models import Ballot, Entry, RewardRule

if TYPE_CHECKING:
    from tandem.kpi.models import Round
    from tandem.people.models import Person


def may_keep_rules(actor: Actor, _rule: RewardRule | None = None) -> bool:
    """Announcing, changing and ending: the people team."""
    return actor.is_people_team


def may_answer(actor: Actor, ballot: Ballot) -> bool:
    """Those who belonged to the team when it was asked; each for themself."""
    return not actor.is_system and ballot.voices.filter(person=actor.pk).exists()


def may_write_points(actor: Actor, _round: "Round | None" = None) -> bool:
    """The people team; what is written follows from the rules, whoever writes it."""
    return actor.is_people_team


def may_reverse(actor: Actor, entry: Entry) -> bool:
    """The people team, and nobody their own."""
    return actor.is_people_team and actor.pk != entry.person_id


def may_look(actor: Actor, _subject: "Person | Round") -> bool:
    return actor.is_people_team
