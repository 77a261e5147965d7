"""Alignment: objective to objective, never to a key result; no ring, cycles that overlap."""

from django.utils.translation import gettext as _

from tandem.core.commands import command
from tandem.core.errors import Invalid, Missing
from tandem.okr import access
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import tell, writable
from tandem.okr.models import Alignment, Objective, ObjectiveState
from tandem.people.actors import Actor
from tandem.people.commands import lock_organization
from tandem.people.rules import reaches


@command(may=access.may_write, first=lock_organization)
def align(actor: Actor, objective: Objective, *, parent: Objective) -> Alignment:
    """Say that `objective` contributes to `parent`. A link to a draft is tentative until that is published.

    Raises Invalid for itself, a descendant, a closed, dropped or archived parent, cycles apart.
    """
    writable(objective)
    parent = _as_it_stands(parent)
    refuse_parent(objective, parent)
    link, new = Alignment.objects.get_or_create(child=objective, parent=parent)
    if new:
        refresh(objective.goal_set)
        tell(actor, "objective.aligned", objective, parent, parent=parent.title, parent_id=parent.pk)
        follow_coverage(actor, parent.pk)
    return link


def _as_it_stands(parent: Objective) -> Objective:
    """The parent as it stands now: it may have been dropped since somebody picked it. Raises Missing."""
    found = Objective.objects.select_related(*Objective.read_with).filter(pk=parent.pk).first()
    if found is None:
        raise Missing(_("This is no longer here."))
    return found


def refuse_parent(objective: Objective, parent: Objective) -> None:
    """Why this parent cannot be; raises Invalid naming `parent`."""
    if parent.pk == objective.pk:
        raise Invalid(_("An objective cannot align to itself."), field="parent", code="loop")
    if parent.archived_on is not None or parent.state in (
        ObjectiveState.DROPPED,
        ObjectiveState.CLOSED,
    ):
        raise Invalid(_("It is closed or dropped; choose a living objective."), field="parent")
    if not objective.cycle.overlaps(parent.cycle):
        raise Invalid(_("Their cycles do not overlap in time."), field="parent")
    if reaches(parent.pk, objective.pk, parents_of):
        raise Invalid(_("That would make a loop of alignments."), field="parent", code="loop")


def parents_of(keys: set[int]) -> set[int]:
    return set(Alignment.objects.filter(child__in=keys).values_list("parent_id", flat=True))


@command(may=access.may_write)
def unalign(actor: Actor, objective: Objective, *, parent: Objective) -> Objective:
    """Take the link back."""
    writable(objective)
    gone, _rows = Alignment.objects.filter(child=objective, parent=parent).delete()
    if gone:
        refresh(objective.goal_set)
        tell(actor, "objective.unaligned", objective, parent, parent=parent.title, parent_id=parent.pk)
        follow_coverage(actor, parent.pk)
    return objective
