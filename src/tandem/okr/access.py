"""Who may do what with goals. The owner writes; a leader talks, and never writes for somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet

from tandem.core.bulk import chunks
from tandem.core.clock import today
from tandem.core.rows import MOST_KEYS, Rows
from tandem.okr.models import (
    Agreement,
    CheckIn,
    Comment,
    CoOwner,
    Delegation,
    GoalSet,
    HandOver,
    KeyAction,
    KeyResult,
    Objective,
    Promotion,
    Proposal,
    Sides,
    Suggestion,
    Visibility,
)
from tandem.okr.models.agreements import between
from tandem.okr.models.visibility import readable, readable_by, restricted
from tandem.people.access import acting_lead, acting_manager, lead_above, leads, may_run_organization
from tandem.people.actors import Actor
from tandem.people.queries import get_unit, is_person, manager_of

if TYPE_CHECKING:
    from tandem.okr.queries import Goal
    from tandem.people.models import Person, Unit

    Owner: TypeAlias = Person | Unit


def _restricted(actor: int, day: date, keys: list[int]) -> QuerySet[Any, Any]:
    return restricted(actor, day).filter(pk__in=keys).order_by().values_list("pk")


_readable = Rows(int, _restricted)


def may_see(actor: Actor, objective: Objective) -> bool:
    """May the actor read it? No query for an open one, one for any other."""
    if objective.visibility == Visibility.COMPANY:
        return True
    return objective.pk in seen_among(actor, [objective.pk])


def seen_among(actor: Actor, restricted: Iterable[int]) -> set[int]:
    """Of objectives (keys) that are not open to all, those the actor reads. One query, none for no keys.

    For what is read by `Rows`: take `visibility` among the columns, and ask here for the others than open ones.
    """
    keys = list(restricted)
    if actor.is_system or not actor.is_active:
        return set(keys if actor.is_system else ())
    day = today()
    return {pk for chunk in chunks(keys, MOST_KEYS) for pk in _readable(actor=actor.pk, day=day, keys=chunk)}


def may_hear(actor: Actor) -> Q:
    """Of events: those about objectives that the actor may read, and that name no other one."""
    if actor.is_system:
        return Q()
    return _tells_of(Objective.objects.visible_to(actor))


def may_hear_on(person: int, day: date) -> Q:
    """The same inside `core.rows.Rows`, for a person who is here."""
    return _tells_of(visible_on(person, day))


def _tells_of(read: QuerySet[Objective]) -> Q:
    first, second = (
        Q(**{guard: None}) | Q(Exists(read.filter(pk=OuterRef(guard)))) for guard in ("guard", "second_guard")
    )
    return first & second & ~Q(verb__in=BETWEEN_TWO)


_STEPS = ("offered", "withdrawn", "declined", "given", "changed", "asked", "waits", "sides")
BETWEEN_TWO = tuple(f"handshake.{step}" for step in _STEPS)
"""Verbs that both sides of a handshake are told of, and no feed."""


def readable_at(actor: Actor, path: str) -> Q:
    """Of a neighbour's rows: those whose objective at `path` the actor may read."""
    return readable(actor, path)


def visible_on(person: int, day: date) -> QuerySet[Objective]:
    """`visible_to` inside `core.rows.Rows`, for a person who is here."""
    return Objective.objects.filter(readable_by(person, day))


def seen_pairs(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of pairs (a person who is here, an objective), those where the person reads it.

    One query for all open ones, and one for each person who is asked about others.
    """
    keys = {key for _person, key in pairs}
    is_open = set(Objective.objects.filter(pk__in=keys, visibility=Visibility.COMPANY).values_list("pk", flat=True))
    seen = {pair for pair in pairs if pair[1] in is_open}
    asked: dict[int, set[int]] = {}
    for person, key in pairs - seen:
        asked.setdefault(person, set()).add(key)
    for person, others in asked.items():
        found = restricted(person, today()).filter(pk__in=others).order_by().values_list("pk", flat=True)
        seen |= {(person, key) for key in found}
    return seen


def may_write_for(actor: Actor, owner: "Owner") -> bool:
    """A person writes their own goals; a unit's are written by its lead (or who stands in)."""
    if actor.is_system:
        return True
    if is_person(owner):
        return owner.pk == actor.pk
    return leads(actor, owner)


def may_write_set(actor: Actor, goals: GoalSet) -> bool:
    if actor.is_system or (goals.owner_person_id and goals.owner_person_id == actor.pk):
        return True
    return goals.owner_unit is not None and leads(actor, goals.owner_unit)


def may_write(actor: Actor, objective: Objective) -> bool:
    """The owner, and co-owners."""
    return may_write_set(actor, objective.goal_set) or is_co_owner(actor, objective)


def may_write_goal(actor: Actor, goal: "Goal") -> bool:
    """The same for a goal that was read already: no query but for a unit's."""
    one = goal.objective
    if actor.is_system or actor.pk in (one.person_id, *(co_owner.id for co_owner in goal.co_owners)):
        return True
    return one.unit_id is not None and leads(actor, get_unit(actor, one.unit_id))


def is_co_owner(actor: Actor, objective: Objective) -> bool:
    return CoOwner.objects.filter(objective=objective, person=actor.pk).exists()


def may_write_key_result(actor: Actor, key_result: KeyResult) -> bool:
    return may_write(actor, key_result.objective)


def may_write_check_in(actor: Actor, check_in: CheckIn) -> bool:
    """Check-ins are corrected and withdrawn by who may write the key result."""
    return may_write(actor, check_in.key_result.objective)


def may_write_action(actor: Actor, action: KeyAction) -> bool:
    """The objective's writers, and the action's own owner."""
    return action.owner_id == actor.pk or may_write(actor, action.objective)


def may_talk(actor: Actor, objective: Objective) -> bool:
    """Whoever sees an objective may talk about it: a leader coaches in words."""
    return not actor.is_system and may_see(actor, objective)


def may_reply(actor: Actor, comment: Comment) -> bool:
    return may_talk(actor, comment.objective)


def is_author(actor: Actor, comment: Comment) -> bool:
    """One's words are one's own: nobody edits or withdraws those of somebody else."""
    return actor.pk is not None and comment.author_id == actor.pk


def may_settle(actor: Actor, thread: Comment) -> bool:
    """A thread is resolved by who began it and by who writes the objective."""
    return is_author(actor, thread) or may_write(actor, thread.objective)


def may_clone(actor: Actor, objective: Objective) -> bool:
    """Into another cycle of the same owner: the owner alone, for that is writing a new goal for them."""
    return may_write_set(actor, objective.goal_set)


def may_import(actor: Actor, _subject: object = None) -> bool:
    """Goals of many owners at once are written by the system alone (plan files): nobody writes for somebody else."""
    return actor.is_system


def may_hand_over(actor: Actor, owner: "Owner") -> bool:
    """One's own goals may go to somebody else; those of somebody who left, or of an archived unit, must not lie about.

    There the people team, an administrator, and for a leaver the manager say where they go. They choose a new
    owner; the words stay what they are until that owner changes them.
    """
    if is_person(owner):
        return (owner.is_active and owner.pk == actor.pk) or may_clear_away(actor, owner)
    return leads(actor, owner) or may_clear_away(actor, owner)


def may_clear_away(actor: Actor, owner: "Owner") -> bool:
    """The same without the owner themself: what nobody is left to pursue may also be dropped, with a reason."""
    if actor.is_system:
        return True
    if not is_person(owner):
        return owner.archived_on is not None and may_run_organization(actor)
    if owner.is_active:
        return False
    manager = manager_of(owner)
    return may_run_organization(actor) or (manager is not None and manager.pk == actor.pk)


def may_undo_hand_over(actor: Actor, done: HandOver) -> bool:
    """Who did it, who received it, and whoever may hand over from there."""
    owner, taker = done.from_person or done.from_unit, done.to_person or done.to_unit
    assert owner is not None
    received = taker is not None and may_write_for(actor, taker)
    return actor.pk == done.by_id or received or may_hand_over(actor, owner)


def may_take_back_delegation(actor: Actor, delegation: Delegation) -> bool:
    """Who writes the unit's objective asks others to carry it, and says when they are asked no longer."""
    return may_write(actor, delegation.objective)


def may_withdraw_proposal(actor: Actor, proposal: Proposal) -> bool:
    return may_write(actor, proposal.objective)


def may_decide(actor: Actor, proposal: Proposal) -> bool:
    """Who writes the unit's goals adopts what is proposed to it, or declines."""
    return may_write_for(actor, proposal.unit)


def may_remind(actor: Actor, _subject: object = None) -> bool:
    """The reminder of the day comes from Tandem itself."""
    return actor.is_system


@dataclass(frozen=True)
class BothSides:
    """Who shakes hands on a goal set, and whose place they stand in by the chart."""

    owner: "Person | None"
    other: "Person | None"
    owner_for: "Person | None"
    other_for: "Person | None"


def sides_of(goals: GoalSet) -> BothSides:
    """The owner (for a unit whoever leads it) and the manager (for a unit the lead above), unless others are named.

    Nobody is on both sides; None where nobody is left. At most four queries.
    """
    if goals.owner_person is not None:
        owner: Person | None = goals.owner_person
        other = acting_manager(goals.owner_person)
    else:
        assert goals.owner_unit is not None
        owner = acting_lead(goals.owner_unit)
        other = lead_above(goals.owner_unit, owner)
    named = Sides.objects.select_related("owner_side", "other_side").filter(goal_set=goals).first()
    return _named_sides(named, owner, other) if named is not None else BothSides(owner, other, owner, other)


def _named_sides(named: Sides, owner: "Person | None", other: "Person | None") -> BothSides:
    first = named.owner_side if named.owner_side is not None and named.owner_side.is_active else owner
    second = named.other_side if named.other_side is not None and named.other_side.is_active else other
    return BothSides(first, None if second == first else second, owner, other)


def is_due(agreement: Agreement) -> bool:
    """Does somebody else stand on a side than those who signed? Then a new handshake is due; the old one is kept."""
    sides = sides_of(agreement.goal_set)
    chart = (agreement.owner_for_id, agreement.other_for_id)
    now_there = tuple(None if one is None else one.pk for one in (sides.owner_for, sides.other_for))
    return agreement.state == "signed" and chart != now_there


def is_owner_side(actor: Actor, goals: GoalSet) -> bool:
    """Offers, takes back and forecasts. Tandem itself signs for nobody."""
    owner = sides_of(goals).owner
    return owner is not None and owner.pk == actor.pk


def is_other_side(actor: Actor, goals: GoalSet) -> bool:
    other = sides_of(goals).other
    return other is not None and other.pk == actor.pk


def may_promote(actor: Actor, objective: Objective) -> bool:
    """Both sides of the handshake, and nobody else: neither may do it alone."""
    goals = objective.goal_set
    return may_see(actor, objective) and (is_owner_side(actor, goals) or is_other_side(actor, goals))


def may_sign_promotion(actor: Actor, one: Promotion) -> bool:
    """The side that has not signed yet; whoever signed does not sign for the other side as well."""
    if actor.pk in (one.owner_side_id, one.other_side_id) or not may_see(actor, one.objective):
        return False
    waits_for = is_other_side if one.other_signed_at is None else is_owner_side
    return waits_for(actor, one.objective.goal_set)


def may_withdraw_promotion(actor: Actor, one: Promotion) -> bool:
    return may_promote(actor, one.objective)


def may_withdraw(actor: Actor, agreement: Agreement) -> bool:
    return is_owner_side(actor, agreement.goal_set)


def may_decline(actor: Actor, agreement: Agreement) -> bool:
    return is_other_side(actor, agreement.goal_set)


def may_shake(actor: Actor, agreement: Agreement) -> bool:
    """The two themselves, each for their own side."""
    sides = sides_of(agreement.goal_set)
    return actor.pk is not None and actor.pk in (one.pk for one in (sides.owner, sides.other) if one is not None)


def may_name_sides(actor: Actor, goals: GoalSet) -> bool:
    """Who stands by the chart on the other side names a stand-in; a champion or administrator where that is nobody."""
    return names_sides(actor, sides_of(goals))


def names_sides(actor: Actor, sides: BothSides) -> bool:
    """The same where the sides are known."""
    other = sides.other_for
    return actor.is_administrator or actor.is_champion or (other is not None and other.pk == actor.pk)


def may_suggest(actor: Actor, objective: Objective) -> bool:
    """The other side of the handshake, of what it may read: words to be taken or left, never a change."""
    return is_other_side(actor, objective.goal_set) and may_see(actor, objective)


def may_answer(actor: Actor, suggestion: Suggestion) -> bool:
    return may_write(actor, suggestion.objective)


def is_suggester(actor: Actor, suggestion: Suggestion) -> bool:
    return actor.pk is not None and suggestion.author_id == actor.pk


def may_count_handshakes(actor: Actor) -> bool:
    """How many stand in which state over the whole company: numbers for those who run the method, and no names."""
    return actor.is_champion or actor.is_people_team or actor.is_administrator


def may_read_handshake(actor: Actor, goals: GoalSet) -> bool:
    """Both sides, who writes for the unit, and the line above (see `okr.models.agreements.between`). One query."""
    if actor.pk is None or not actor.is_active:
        return actor.is_system
    return bool(_between(goals=goals.pk, person=actor.pk, day=today()))


def _as_reader(goals: int, person: int, day: date) -> QuerySet[GoalSet, Any]:
    return GoalSet.objects.filter(between(person, day), pk=goals).values_list("pk")


_between = Rows(lambda key: key, _as_reader)
