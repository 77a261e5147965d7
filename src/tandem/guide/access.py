"""Who may do what with answers. Examples are for everybody; a draft of one is a goal, written by who writes the set.

Answers are somebody's: Tandem itself has no opinion.
"""

from typing import TYPE_CHECKING, TypeAlias

from tandem.guide.models import Answers
from tandem.okr.access import may_write, may_write_for
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.okr.models import Objective
    from tandem.people.models import Person, Unit

    Owner: TypeAlias = Person | Unit


def may_answer_for(actor: Actor, owner: "Owner") -> bool:
    """About what may become one's own goal, or one of a unit whose goals one writes."""
    return not actor.is_system and may_write_for(actor, owner)


def may_answer_about(actor: Actor, objective: "Objective") -> bool:
    return not actor.is_system and may_write(actor, objective)


def may_change(actor: Actor, answers: Answers) -> bool:
    """Answers about an objective belong to who writes it; others to whoever gave them."""
    if answers.objective is not None:
        return may_answer_about(actor, answers.objective)
    return actor.pk == answers.author_id
