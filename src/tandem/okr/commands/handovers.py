"""Handing over: goals, actions, co-ownerships go to a successor, or are dropped with a reason; and back."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import now
from tandem.core.commands import command, lock_rows
from tandem.core.errors import Invalid
from tandem.core.texts import clean_text
from tandem.okr import access
from tandem.okr.commands.coverage import follow_coverage
from tandem.okr.commands.findable import index_whole
from tandem.okr.commands.history import recount_all
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import goal_set, last_place, refuse_gone, tell, writable
from tandem.okr.models import CoOwner, GoalSet, HandOver, KeyAction, Objective, ObjectiveState
from tandem.okr.queries.entrusted import Entrusted, hidden_from, open_actions, open_objectives, shared_objectives
from tandem.people.access import may_run_organization
from tandem.people.actors import Actor
from tandem.people.commands import give_back_lead, lock_organization, name_lead
from tandem.people.queries import is_person, units_led_by

if TYPE_CHECKING:
    from tandem.okr.commands.objectives import Owner


@command(may=access.may_hand_over, first=lock_organization)
def hand_over(
    actor: Actor,
    owner: "Owner",
    *,
    to: "Owner",
    objectives: Collection[int] = (),
    actions: Collection[int] = (),
    co_owned: Collection[int] = (),
    led: Collection[int] = (),
    hidden: bool = False,
) -> HandOver:
    """Give open objectives (same cycle, whole history), open actions, co-ownerships and led units to a successor.

    `hidden` gives what the actor may not read along, unseen, where they may clear away. Raises Invalid for a
    successor who is gone or the same, and when anything named is not the owner's to give; NotAllowed for units
    that the actor may not name a lead of.
    """
    if owner == to:
        raise Invalid(_("Choose somebody else."), field="to")
    refuse_gone(to)
    unseen = hidden_from(actor, owner) if hidden else Entrusted((), (), ())
    if not is_person(to) and (actions or co_owned or led or unseen.actions or unseen.co_owned):
        raise Invalid(_("Actions, co-ownerships and leads belong to people."), field="to")
    goals = [*_chosen(open_objectives(actor, owner), objectives, "objectives"), *unseen.objectives]
    tasks = [*_chosen(open_actions(actor, owner), actions, "actions"), *unseen.actions]
    shared = [*_chosen(shared_objectives(actor, owner), co_owned, "co_owned"), *unseen.co_owned]
    units = _chosen(units_led_by(actor, owner), led, "led") if is_person(owner) else []
    if not (goals or tasks or shared or units):
        raise Invalid(_("Choose what is to be handed over."), field="objectives")
    left = [one.goal_set_id for one in goals]
    _transfer(actor, goals, owner, to, "objective.handed_over")
    for task in tasks:
        _give_action(actor, task, owner, to)
    for objective in shared:
        _change_co_owner(actor, objective, owner, to)
    _follow(actor, goals, tasks, left)
    for unit in units:
        assert is_person(to)
        name_lead(actor, unit, lead=to)
    return _kept(actor, owner, to, objectives=goals, actions=tasks, co_owned=shared, led=units)


@command(may=access.may_clear_away, first=lock_organization)
def lay_down(actor: Actor, owner: "Owner", *, objectives: Collection[int], reason: str) -> HandOver:
    """Drop open objectives of somebody who left (or of an archived unit), for a reason. Raises Invalid."""
    goals = _chosen(open_objectives(actor, owner), objectives, "objectives")
    if not goals:
        raise Invalid(_("Choose what is to be dropped."), field="objectives")
    text = clean_text(reason, "reason", length=2000)
    if not text:
        raise Invalid(_("Say why it is dropped; others will learn from it."), field="reason")
    _lock_sets(goals)
    for objective in goals:
        _set_state(objective, ObjectiveState.DROPPED, text)
        tell(actor, "objective.dropped", objective, reason=text)
    _follow(actor, goals)
    return _kept(actor, owner, None, reason=text, objectives=goals)


@command(may=access.may_undo_hand_over, first=lock_organization)
def undo_hand_over(actor: Actor, done: HandOver) -> HandOver:
    """Everything back to whom it came from, as far as it is still where it went. Once (422 afterwards)."""
    if done.undone_at is not None:
        raise Invalid(_("This was taken back already."), code="state")
    owner, taker = done.from_person or done.from_unit, done.to_person or done.to_unit
    assert owner is not None
    goals = list(_living().filter(pk__in=done.moved.get("objectives", ())))
    tasks = list(KeyAction.objects.filter(pk__in=done.moved.get("actions", ()), owner=done.to_person_id))
    left = [one.goal_set_id for one in goals]
    if taker is None:
        _take_up(actor, [one for one in goals if one.state == ObjectiveState.DROPPED])
    else:
        _transfer(actor, [one for one in goals if _owner_of(one) == taker], taker, owner, "objective.handed_back")
        for task in tasks:
            _give_action(actor, task, taker, owner)
        for objective in _living().filter(pk__in=done.moved.get("co_owned", ())):
            _change_co_owner(actor, objective, taker, owner)
        _give_back_leads(actor, done)
    _follow(actor, goals, tasks, left)
    done.undone_at = now()
    done.save(update_fields=["undone_at"])
    return done


def _follow(actor: Actor, goals: list[Objective], tasks: Iterable[KeyAction] = (), left: Iterable[int] = ()) -> None:
    """Other people carry what these serve now; `left` are the goal sets they come from."""
    follow_coverage(actor, *(one.pk for one in goals), *(one.objective_id for one in tasks), sets=left)


def _give_back_leads(actor: Actor, done: HandOver) -> None:
    """Where the successor still leads; it is for those who keep the organisation."""
    owner, taker = done.from_person, done.to_person
    if owner is None or taker is None or not may_run_organization(actor):
        return
    for unit in units_led_by(actor, taker).filter(pk__in=done.moved.get("led", ())):
        give_back_lead(actor, unit, lead=owner)


def _living() -> QuerySet[Objective]:
    found = Objective.objects.filter(archived_on=None).exclude(goal_set__cycle__phase="closed")
    return found.select_related(*Objective.read_with).order_by("pk")


def _owner_of(objective: Objective) -> "Owner | None":
    return objective.goal_set.owner_person or objective.goal_set.owner_unit


def _chosen(rows: QuerySet[Any], keys: Collection[int], field: str) -> list[Any]:
    """The rows named; all of them must be there."""
    found = list(rows.filter(pk__in=keys)) if keys else []
    if len(found) != len(set(keys)):
        raise Invalid(_("Not all of these can be handed over (any more)."), field=field)
    return found


def _lock_sets(goals: Iterable[Objective], *others: GoalSet) -> None:
    keys = {one.goal_set_id for one in goals} | {one.pk for one in others}
    lock_rows(GoalSet.objects.filter(pk__in=keys))


def _transfer(actor: Actor, goals: list[Objective], owner: "Owner", to: "Owner", verb: str) -> None:
    """Move objectives, each with all that hangs under it, into the successor's set of the same cycle."""
    targets = {one.goal_set.cycle_id: goal_set(to, one.cycle) for one in goals}
    _lock_sets(goals, *targets.values())
    for objective in goals:
        writable(objective)
        old, new = objective.goal_set, targets[objective.goal_set.cycle_id]
        objective.goal_set = new
        objective.position = last_place(new)
        objective.version += 1
        objective.save()
        if is_person(to):
            CoOwner.objects.filter(objective=objective, person=to).delete()
        for goals_of in (old, new):
            refresh(GoalSet.objects.select_related(*GoalSet.read_with).get(pk=goals_of.pk))
        index_whole(objective.pk)
        tell(actor, verb, objective, giver=owner.name, taker=to.name)


def _give_action(actor: Actor, task: KeyAction, owner: "Owner", to: "Owner") -> None:
    assert is_person(to)
    task.owner = to
    task.version += 1
    task.save(update_fields=["owner", "version"])
    tell(actor, "action.handed_over", task.objective, action=task.title, id=task.pk, giver=owner.name, taker=to.name)


def _change_co_owner(actor: Actor, objective: Objective, owner: "Owner", to: "Owner") -> None:
    """A co-owner's place goes to somebody else, unless they own it already."""
    assert is_person(owner)
    assert is_person(to)
    gone, _rows = CoOwner.objects.filter(objective=objective, person=owner).delete()
    if gone and objective.goal_set.owner_person_id != to.pk:
        CoOwner.objects.get_or_create(objective=objective, person=to)
        tell(actor, "objective.co_owner", objective, person=to.name)


def _take_up(actor: Actor, goals: list[Objective]) -> None:
    _lock_sets(goals)
    for objective in goals:
        published = objective.published_on is not None
        _set_state(objective, ObjectiveState.ACTIVE if published else ObjectiveState.DRAFT, "")
        tell(actor, "objective.reactivated", objective)


def _set_state(objective: Objective, state: str, reason: str) -> None:
    writable(objective)
    objective.state = state
    objective.dropped_reason = reason
    objective.version += 1
    objective.save()
    recount_all(objective)
    refresh(GoalSet.objects.select_related(*GoalSet.read_with).get(pk=objective.goal_set_id))


def _kept(actor: Actor, owner: "Owner", to: "Owner | None", *, reason: str = "", **moved: list[Any]) -> HandOver:
    """The row that remembers what went where."""
    ends: dict[str, Any] = {"from_person" if is_person(owner) else "from_unit": owner}
    if to is not None:
        ends["to_person" if is_person(to) else "to_unit"] = to
    keys = {kind: [one.pk for one in rows] for kind, rows in moved.items() if rows}
    return HandOver.objects.create(**ends, by_id=actor.pk, reason=reason, moved=keys)
