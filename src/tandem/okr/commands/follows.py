"""Who hears of an objective: following, muting, and who follows without asking. Nobody else is told who does."""

from typing import TYPE_CHECKING

from django.db.models import F

from tandem.core.commands import command
from tandem.okr import access
from tandem.okr.models import Follow, Objective
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person


@command(may=access.may_talk)
def follow_objective(actor: Actor, objective: Objective) -> Objective:
    """Hear of check-ins, comments and changes."""
    _set(objective, actor.pk, muted=False)
    return objective


@command(may=access.may_talk)
def mute_objective(actor: Actor, objective: Objective) -> Objective:
    """Hear of it no more, though one owns it or wrote in it; a mention still arrives."""
    _set(objective, actor.pk, muted=True)
    return objective


def follow_by_oneself(person: "Actor | Person", objective: Objective) -> None:
    """Co-owners and whoever writes a comment follow, unless they chose already or own it."""
    if person.pk is not None and objective.goal_set.owner_person_id != person.pk:
        _row, new = Follow.objects.get_or_create(objective=objective, person_id=person.pk)
        if new:
            _count(objective, 1)


def _set(objective: Objective, person: int | None, *, muted: bool) -> None:
    assert person is not None
    row, new = Follow.objects.get_or_create(objective=objective, person_id=person, defaults={"is_muted": muted})
    if not new and row.is_muted == muted:
        return
    if not new:
        row.is_muted = muted
        row.save(update_fields=["is_muted"])
    if not (new and muted):
        _count(objective, -1 if muted else 1)


def _count(objective: Objective, step: int) -> None:
    Objective.objects.filter(pk=objective.pk).update(followers=F("followers") + step)
    objective.followers += step
