"""Who may read an objective: the owner's side decides, and names further readers."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.okr import access
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.fields import choice
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import tell, writable
from tandem.okr.models import Objective, Reader, Visibility
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person


@command(may=access.may_write)
def set_visibility(actor: Actor, objective: Objective, *, visibility: str) -> Objective:
    """Open it to the company, its branch, the owner's managers and leads, or named people alone."""
    writable(objective)
    wanted = choice(visibility, Visibility, "visibility")
    if wanted != objective.visibility:
        was, objective.visibility = objective.visibility, wanted
        objective.save(update_fields=["visibility", "changed_at"])
        refresh(objective.goal_set)
        tell(actor, "objective.visibility", objective, visibility=wanted, was=was)
        follow_coverage(actor, objective.pk)
    return objective


@command(may=access.may_write)
def add_reader(actor: Actor, objective: Objective, *, person: "Person") -> Objective:
    """Somebody who may read it, however narrow its visibility is. Raises Invalid for one who has left."""
    writable(objective)
    if not person.is_active:
        raise Invalid(_("This person has left."), field="person")
    _link, new = Reader.objects.get_or_create(objective=objective, person=person)
    if new:
        tell(actor, "objective.reader", objective, person=person.name)
    return objective


@command(may=access.may_write)
def remove_reader(actor: Actor, objective: Objective, *, person: "Person") -> Objective:
    writable(objective)
    gone, _rows = Reader.objects.filter(objective=objective, person=person).delete()
    if gone:
        tell(actor, "objective.reader_removed", objective, person=person.name)
    return objective
