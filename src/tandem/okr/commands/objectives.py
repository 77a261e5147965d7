"""Objectives: draft, publish, edit, drop, archive, restore, hand over. Nothing is destroyed."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command, expect_version, lock_rows
from tandem.core.errors import Invalid
from tandem.core.keys import new_key
from tandem.core.texts import clean_text
from tandem.okr import access
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.fields import choice, refuse_closed, set_objective_fields
from tandem.okr.commands.findable import index_objective, index_whole
from tandem.okr.commands.follows import follow_by_oneself
from tandem.okr.commands.history import recount_all
from tandem.okr.commands.numbers import home_of, make_branch, refresh
from tandem.okr.commands.order import placed
from tandem.okr.commands.words import follow_words
from tandem.okr.models import Alignment, CoOwner, GoalSet, KeyResult, Objective, ObjectiveState, Promotion, Visibility
from tandem.people.actors import Actor
from tandem.people.queries import is_person

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person, Unit

    Owner: TypeAlias = Person | Unit


@command(may=access.may_write_for)
def create_objective(
    actor: Actor, owner: "Owner", /, *, cycle: "Cycle", key: str | None = None, **fields: Any
) -> Objective:
    """A new draft in the owner's goal set of the cycle."""
    refuse_closed(cycle)
    refuse_gone(owner)
    goals = goal_set(owner, cycle)
    visibility = choice(fields.pop("visibility", Visibility.COMPANY), Visibility, "visibility")
    objective = Objective(key=key or new_key(), goal_set=goals, visibility=visibility, position=last_place(goals))
    set_objective_fields(objective, {"title": "", **fields})
    objective.save()
    index_objective(objective)
    refresh(goals)
    tell(actor, "objective.drafted", objective)
    if goals.owner_unit_id is not None:
        follow_coverage(actor, objective.pk)
    return objective


def refuse_gone(owner: "Owner") -> None:
    """A leaver and an archived unit keep their goals and take no new ones; raises Invalid."""
    if is_person(owner) and not owner.is_active:
        raise Invalid(_("This person has left."), field="owner")
    if not is_person(owner) and owner.archived_on is not None:
        raise Invalid(_("An archived unit takes no new goals."), field="owner")


def goal_set(owner: "Owner", cycle: "Cycle") -> GoalSet:
    """The owner's set in this cycle, locked; made when it is the first goal."""
    who = {"owner_person": owner} if is_person(owner) else {"owner_unit": owner}
    goals, new = GoalSet.objects.get_or_create(**who, cycle=cycle, defaults={"unit_id": home_of(owner)})
    if new:
        make_branch(cycle.pk, goals.unit.path_ids if goals.unit is not None else [])
    lock_rows(GoalSet.objects.filter(pk=goals.pk))
    goals = GoalSet.objects.select_related(*GoalSet.read_with).get(pk=goals.pk)
    refuse_closed(goals.cycle)  # it may have been closed while this waited
    return goals


def last_place(goals: GoalSet) -> int:
    last: int | None = Objective.objects.filter(goal_set=goals).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@command(may=access.may_write)
def edit_objective(actor: Actor, objective: Objective, /, *, version: int | None = None, **fields: Any) -> Objective:
    """Change words, ambition, category or weight. A stale `version` is refused with both versions (409)."""
    writable(objective)
    expect_version(objective, version)
    before = objective.as_version()
    set_objective_fields(objective, fields)
    changed = [name for name, value in objective.as_version().items() if before[name] != value]
    if not changed:
        return objective
    _save(objective)
    if "title" in changed or "description" in changed:
        index_objective(objective)
    refresh(objective.goal_set)
    was = {name: before[name] for name in changed}
    follow_words(objective, was)
    tell(actor, "objective.edited", objective, changed=changed, was=was)
    return objective


@command(may=access.may_write)
def publish_objective(actor: Actor, objective: Objective, *, version: int | None = None) -> Objective:
    """A draft becomes active: it counts, and its key results owe check-ins. The backlog holds drafts only."""
    writable(objective)
    expect_version(objective, version)
    if objective.state != ObjectiveState.DRAFT:
        raise Invalid(_("Only a draft can be published."), code="state")
    if objective.cycle.is_backlog:
        raise Invalid(_("The backlog holds drafts only; move it to a cycle first."), code="backlog")
    objective.state = ObjectiveState.ACTIVE
    objective.published_on = today()
    _save(objective)
    recount_all(objective)
    refresh(objective.goal_set)
    tell(actor, "objective.published", objective)
    return objective


@command(may=access.may_write)
def unpublish_objective(actor: Actor, objective: Objective) -> Objective:
    """Back to a draft, while nothing was checked in."""
    writable(objective)
    if objective.state != ObjectiveState.ACTIVE:
        raise Invalid(_("Only an active objective can become a draft again."), code="state")
    if KeyResult.objects.filter(objective=objective, check_ins_count__gt=0).exists():
        raise Invalid(_("It has check-ins; drop it instead, with a reason."), code="state")
    objective.state = ObjectiveState.DRAFT
    objective.published_on = None
    _save(objective)
    recount_all(objective)
    refresh(objective.goal_set)
    tell(actor, "objective.unpublished", objective)
    return objective


@command(may=access.may_write)
def drop_objective(actor: Actor, objective: Objective, *, reason: str) -> Objective:
    """Stop pursuing it, and say why; its history stays and it leaves the numbers."""
    writable(objective)
    if objective.state not in (ObjectiveState.ACTIVE, ObjectiveState.DRAFT):
        raise Invalid(_("Only a draft or an active objective can be dropped."), code="state")
    objective.dropped_reason = clean_text(reason, "reason", length=2000)
    if not objective.dropped_reason:
        raise Invalid(_("Say why it is dropped; others will learn from it."), field="reason")
    objective.state = ObjectiveState.DROPPED
    _save(objective)
    recount_all(objective)
    refresh(objective.goal_set)
    tell(actor, "objective.dropped", objective, reason=objective.dropped_reason)
    follow_coverage(actor, objective.pk)
    return objective


@command(may=access.may_write)
def reactivate_objective(actor: Actor, objective: Objective) -> Objective:
    """Take up a dropped objective again, as what it was: active if it was ever published, else a draft."""
    writable(objective)
    if objective.state != ObjectiveState.DROPPED:
        raise Invalid(_("Only a dropped objective can be taken up again."), code="state")
    if Promotion.objects.filter(objective=objective).exists():
        raise Invalid(_("It was promoted to a KPI by both sides, and is no goal any more."), code="promoted")
    published = objective.published_on is not None
    objective.state = ObjectiveState.ACTIVE if published else ObjectiveState.DRAFT
    objective.dropped_reason = ""
    _save(objective)
    recount_all(objective)
    refresh(objective.goal_set)
    tell(actor, "objective.reactivated", objective)
    follow_coverage(actor, objective.pk)
    return objective


@command(may=access.may_write)
def archive_objective(actor: Actor, objective: Objective) -> Objective:
    """Put it away: it leaves lists and numbers and can be restored.

    One that was scored takes its score out of the results with it: it says first what was learned.
    """
    refuse_closed(objective.cycle)
    if objective.archived_on is None:
        if objective.score is not None and not objective.reflection:
            raise Invalid(_("It was scored: say what was learned before it is put away."), field="reflection")
        objective.archived_on = today()
        _save(objective)
        refresh(objective.goal_set)
        index_whole(objective.pk)
        tell(actor, "objective.archived", objective)
        follow_coverage(actor, objective.pk)
    return objective


@command(may=access.may_write)
def restore_objective(actor: Actor, objective: Objective) -> Objective:
    """Bring it back as it was; its status follows from its numbers again."""
    refuse_closed(objective.cycle)
    if objective.archived_on is not None:
        objective.archived_on = None
        _save(objective)
        refresh(objective.goal_set)
        index_whole(objective.pk)
        tell(actor, "objective.restored", objective)
        follow_coverage(actor, objective.pk)
    return objective


@command(may=access.may_write_set)
def reorder_objectives(actor: Actor, goals: GoalSet, *, order: list[int]) -> GoalSet:
    """Put the set's objectives in this order of keys; those not named follow as they were."""
    refuse_closed(goals.cycle)
    rows = placed(Objective.objects.filter(goal_set=goals), order)
    Objective.objects.bulk_update(rows, ["position"])
    record(actor, "goals.reordered", goals)
    return goals


@command(may=access.may_write)
def add_co_owner(actor: Actor, objective: Objective, *, person: "Person") -> Objective:
    """Somebody else who may write the objective and check in on it."""
    writable(objective)
    if not person.is_active:
        raise Invalid(_("This person has left."), field="person")
    if objective.goal_set.owner_person_id == person.pk:
        raise Invalid(_("This person owns it already."), field="person")
    _link, new = CoOwner.objects.get_or_create(objective=objective, person=person)
    if new:
        follow_by_oneself(person, objective)
        tell(actor, "objective.co_owner", objective, person=person.name, co_owner=person.pk)
    return objective


@command(may=access.may_write)
def remove_co_owner(actor: Actor, objective: Objective, *, person: "Person") -> Objective:
    writable(objective)
    gone, _rows = CoOwner.objects.filter(objective=objective, person=person).delete()
    if gone:
        tell(actor, "objective.co_owner_removed", objective, person=person.name)
    return objective


@command(may=access.may_write)
def move_objective(actor: Actor, objective: Objective, *, cycle: "Cycle") -> Objective:
    """Take a draft to another cycle (out of the backlog, say), with all that belongs to it."""
    writable(objective)
    refuse_closed(cycle)
    if objective.state != ObjectiveState.DRAFT:
        raise Invalid(_("Only a draft can move to another cycle."), code="state")
    _refuse_apart(actor, objective, cycle)
    old = objective.goal_set
    owner = old.owner_person or old.owner_unit
    assert owner is not None
    objective.goal_set = goal_set(owner, cycle)
    objective.position = last_place(objective.goal_set)
    _save(objective)
    refresh(old)
    refresh(objective.goal_set)
    index_whole(objective.pk)
    tell(actor, "objective.moved", objective, cycle=cycle.name)
    follow_coverage(actor, objective.pk, sets=[old.pk])
    return objective


def _refuse_apart(actor: Actor, objective: Objective, cycle: "Cycle") -> None:
    """Would an alignment join cycles that share no day? Raises Invalid.

    What the actor may not see above it cannot be taken back by them, nor named: such a link ends without a word.
    """
    linked = Q(aligned_by__child=objective) | Q(aligned_to__parent=objective)
    others = Objective.objects.filter(linked).select_related("goal_set__cycle")
    apart = {one.pk: one.title for one in others if not cycle.overlaps(one.cycle)}
    for title in Objective.objects.visible_to(actor).filter(pk__in=apart).values_list("title", flat=True):
        message = _("It is aligned with “%(title)s”, whose cycle does not overlap; take that back first.")
        raise Invalid(message % {"title": title}, field="cycle")
    if Alignment.objects.filter(parent=objective, child__in=apart).exists():
        raise Invalid(_("A confidential contribution lies in a cycle that does not overlap."), field="cycle")
    Alignment.objects.filter(child=objective, parent__in=apart).delete()


def writable(objective: Objective) -> None:
    """Raises Invalid (422) when the cycle is closed or the objective archived."""
    refuse_closed(objective.cycle)
    if objective.archived_on is not None:
        raise Invalid(_("It is archived; restore it first."), code="archived")


def _save(objective: Objective) -> None:
    objective.version += 1
    objective.save()


def tell(actor: Actor, verb: str, objective: Objective, beside: Objective | None = None, **data: Any) -> None:
    """One event about the objective, under its owner; `beside` is another one that the data name."""
    goals = objective.goal_set
    record(actor, verb, objective, goals.owner_person or goals.owner_unit, beside, title=objective.title, **data)
