"""Goals taken along into another cycle: as new drafts, with their numbers reset and their lineage kept."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.numbers import ONE
from tandem.core.texts import clean_text
from tandem.okr import access, rules
from tandem.okr.commands.alignment import refuse_parent
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.fields import refuse_closed
from tandem.okr.commands.findable import index_whole
from tandem.okr.commands.following import take_readings
from tandem.okr.commands.history import recount
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import goal_set, last_place, refuse_gone, tell
from tandem.okr.models import (
    ActionState,
    Alignment,
    CoOwner,
    GoalSet,
    KeyAction,
    KeyResult,
    Objective,
    ObjectiveState,
    Reader,
)
from tandem.people.actors import Actor
from tandem.people.commands import lock_organization

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.okr.models.goals import Objectives

KEPT = ("title", "description", "position", "weight", "kind", "unit_label", "start", "target", "low", "high",
        "tolerance", "steps", "indicator_id", "followed_unit_id")  # fmt: skip


@command(may=access.may_clone, first=lock_organization)
def clone_objective(
    actor: Actor,
    objective: Objective,
    *,
    cycle: "Cycle",
    from_last: bool = False,
    actions: bool = False,
    carry_over: str | None = None,
) -> Objective:
    """A new draft of the same words in another cycle. Asked again, it is the one made before.

    Values, check-ins, scores, confidence and days begin anew; with `from_last` a number starts where it stood,
    with `actions` the open ones come along. `carry_over` is why an unfinished one goes on. Raises Invalid.
    """
    _refuse_cycle(objective.goal_set, cycle)
    heir = _clone(actor, objective, cycle, carry_over, from_last=from_last, actions=actions)
    refresh(heir.goal_set)
    follow_coverage(actor, heir.pk)
    return heir


@command(may=access.may_write_set, first=lock_organization)
def clone_goals(
    actor: Actor,
    goals: GoalSet,
    *,
    cycle: "Cycle",
    which: dict[int, str | None] | None = None,
    from_last: bool = False,
    actions: bool = False,
) -> list[Objective]:
    """The same for a whole set, or for the objectives named, each with why it is carried over (or None)."""
    _refuse_cycle(goals, cycle)
    rows = Objective.objects.filter(goal_set=goals, archived_on=None).exclude(state=ObjectiveState.DROPPED)
    found = {one.pk: one for one in rows.select_related(*Objective.read_with).order_by("position", "pk")}
    if which is None:
        which = dict.fromkeys(found)
    if not which.keys() <= found.keys():
        raise Invalid(_("Name living objectives of this set."), field="objectives")
    if not which:
        raise Invalid(_("Choose what goes along."), field="objectives")
    heirs = [
        _clone(actor, one, cycle, which[key], from_last=from_last, actions=actions)
        for key, one in found.items()
        if key in which
    ]
    refresh(heirs[0].goal_set)
    follow_coverage(actor, *(one.pk for one in heirs))
    return heirs


def _refuse_cycle(goals: GoalSet, cycle: "Cycle") -> None:
    refuse_closed(cycle)
    if cycle.pk == goals.cycle_id:
        raise Invalid(_("Choose another cycle than its own."), field="cycle")
    owner = goals.owner_person or goals.owner_unit
    assert owner is not None
    refuse_gone(owner)


def _clone(
    actor: Actor, one: Objective, cycle: "Cycle", carry_over: str | None, *, from_last: bool, actions: bool
) -> Objective:
    if one.archived_on is not None:
        raise Invalid(_("It is archived; restore it first."), code="archived")
    reason = _reason(one, carry_over)
    made = _living_heirs(cycle).filter(cloned_from=one).select_related(*Objective.read_with).first()
    if made is not None:
        return made
    owner = one.goal_set.owner_person or one.goal_set.owner_unit
    assert owner is not None
    goals = goal_set(owner, cycle)
    heir = Objective(goal_set=goals, position=last_place(goals), cloned_from=one, carry_reason=reason)
    for name in ("title", "description", "ambition", "category", "weight", "visibility"):
        setattr(heir, name, getattr(one, name))
    heir.save()
    Reader.objects.bulk_create(Reader(objective=heir, person_id=link.person_id) for link in one.readers.all())
    _copy_key_results(one, heir, from_last=from_last)
    index_whole(heir.pk)
    if actions:
        _copy_actions(one, heir)
    _copy_co_owners(one, heir)
    _align(actor, one, heir)
    told: dict[str, Any] = {"cycle": one.cycle.name, "from": one.pk}
    if reason:
        tell(actor, "objective.carried_over", heir, **told, reason=reason)
    else:
        tell(actor, "objective.cloned", heir, **told)
    return heir


def _reason(one: Objective, carry_over: str | None) -> str:
    """Why it is carried over; "" for a plain copy. Raises Invalid."""
    if carry_over is None:
        return ""
    if one.state in (ObjectiveState.DRAFT, ObjectiveState.DROPPED) or one.score == ONE:
        raise Invalid(_("Only what was begun and not finished is carried over."), field="reason")
    reason = clean_text(carry_over, "reason", length=2000)
    if not reason:
        raise Invalid(_("Say why it goes on: what was unfinished, and why it is still worth a cycle."), field="reason")
    return reason


def _living_heirs(cycle: "Cycle") -> "Objectives":
    rows = Objective.objects.filter(goal_set__cycle=cycle, archived_on=None)
    return rows.exclude(state=ObjectiveState.DROPPED).order_by("pk")


def _copy_key_results(one: Objective, heir: Objective, *, from_last: bool) -> None:
    for old in KeyResult.objects.filter(objective=one, archived_on=None):
        new = KeyResult(objective=heir, **{name: getattr(old, name) for name in KEPT})
        if from_last and old.kind in rules.FROM_TO and old.current not in (None, old.target):
            new.start = old.current
        take_readings([new])
        recount(new)
        new.save()


def _copy_actions(one: Objective, heir: Objective) -> None:
    """Those still open, with their owners; days are set anew."""
    waiting = (ActionState.TODO, ActionState.DOING)
    for old in KeyAction.objects.filter(objective=one, archived_on=None, state__in=waiting).select_related("owner"):
        owner = old.owner if old.owner is not None and old.owner.is_active else None
        KeyAction.objects.create(objective=heir, title=old.title, owner=owner, position=old.position)


def _copy_co_owners(one: Objective, heir: Objective) -> None:
    for link in CoOwner.objects.filter(objective=one).select_related("person"):
        if link.person.is_active:
            CoOwner.objects.create(objective=heir, person=link.person)


def _align(actor: Actor, one: Objective, heir: Objective) -> None:
    """To the same parents where their time overlaps, else to their heirs; and the heirs of its children to it.

    So the links come along in whatever order the goals do. What those who aligned said once stays said; what the
    actor may not see, no link is made to.
    """
    heirs = _living_heirs(heir.cycle)
    parents = Objective.objects.visible_to(actor).filter(aligned_by__child=one).select_related("goal_set__cycle")
    for parent in parents:
        later = heirs.visible_to(actor).filter(cloned_from=parent).select_related("goal_set__cycle").first()
        _link(heir, later or parent)
    for child in heirs.filter(cloned_from__aligned_to__parent=one).select_related("goal_set__cycle"):
        _link(child, heir)


def _link(child: Objective, parent: Objective) -> None:
    try:
        refuse_parent(child, parent)
    except Invalid:
        return
    Alignment.objects.get_or_create(child=child, parent=parent)
