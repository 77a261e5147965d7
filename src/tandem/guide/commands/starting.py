"""Drafts from written examples: the ordinary commands, all in one go or none."""

from collections.abc import Collection
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _

from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.guide.examples import Example, Team
from tandem.okr.access import may_write_for, may_write_set
from tandem.okr.commands import add_key_result, archive_objective, create_objective
from tandem.okr.queries import drafts_in, objective_made_with
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.okr.models import GoalSet, Objective
    from tandem.people.models import Person, Unit

    Owner: TypeAlias = Person | Unit


@command(may=may_write_for)
def start_from_example(
    actor: Actor, owner: "Owner", /, *, cycle: "Cycle", example: Example, language: str, key: str | None = None
) -> "Objective":
    """A draft with the example's words and key results in this language. Asked again with the same `key`, it is the
    one made before. Raises Invalid where the owner or the cycle takes no goal."""
    return _start(actor, owner, cycle, example, language, key)


@command(may=may_write_for)
def start_from_team(
    actor: Actor,
    owner: "Owner",
    /,
    *,
    cycle: "Cycle",
    team: Team,
    language: str,
    objectives: Collection[str] | None = None,
    key: str | None = None,
) -> "list[Objective]":
    """Drafts of a ready team's objectives, or of those whose ids are named. Raises Invalid, naming `objectives`."""
    known = {one.id: one for one in team.objectives}
    chosen = known.keys() if objectives is None else set(objectives)
    if not chosen <= known.keys():
        raise Invalid(_("Choose among the objectives of this template."), field="objectives")
    if not chosen:
        raise Invalid(_("Choose at least one objective."), field="objectives")
    return [
        _start(actor, owner, cycle, one, language, f"{key}-{place}" if key else None)
        for place, one in enumerate(known.values())
        if one.id in chosen
    ]


@command(may=may_write_set)
def take_back_drafts(actor: Actor, goals: "GoalSet", /, *, objectives: Collection[int]) -> int:
    """Archive those of these objectives (keys) that still are drafts of this set; gives how many. For the undo."""
    rows = drafts_in(actor, goals, objectives)
    for one in rows:
        archive_objective(actor, one)
    return len(rows)


def _start(
    actor: Actor, owner: "Owner", cycle: "Cycle", example: Example, language: str, key: str | None
) -> "Objective":
    made = objective_made_with(actor, key)
    if made is not None:
        if (made.goal_set.owner_person or made.goal_set.owner_unit, made.goal_set.cycle) == (owner, cycle):
            return made
        key = None
    words = example.words(language)
    fields = {"title": words.title, "ambition": example.ambition, "category": example.category}
    objective = create_objective(actor, owner, cycle=cycle, key=key, **fields)
    for one in words.key_results:
        add_key_result(actor, objective, title=one.title, **one.measure)
    return objective
