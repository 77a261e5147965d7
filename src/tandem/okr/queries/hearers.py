"""Who is told of what happens to goals: functions that the verbs name. They look at rows while a command holds them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from tandem.activity.events import Occasion
from tandem.core.clock import today
from tandem.core.commands import Actor
from tandem.okr.access import sides_of
from tandem.okr.models import Agreement, Comment, CoOwner, Follow, Objective
from tandem.people.access import acting_lead, acting_leads

MOST_FOLLOWERS = 2_000
_A_NOD = "comment.reacted"
"""Its writer hears of it; it is no news of a person or a unit."""


def objective_of(occasion: Occasion) -> Objective:
    about = occasion.about
    return about.objective if isinstance(about, Comment) else about  # type: ignore[return-value]


def followers(occasion: Occasion) -> Iterable[int | None]:
    """The owner, co-owners and whoever follows, without those who muted it: at most three queries, and none where
    the owner acts and nobody asked to hear of it."""
    objective = objective_of(occasion)
    goals, actor = objective.goal_set, occasion.actor.pk
    owner = goals.owner_person_id or (goals.owner_unit.lead_id if goals.owner_unit is not None else None)
    if not objective.followers and actor is not None and owner == actor:
        return []
    chosen = dict(Follow.objects.filter(objective=objective).values_list("person_id", "is_muted")[:MOST_FOLLOWERS])
    usual = {*_owners(objective), *CoOwner.objects.filter(objective=objective).values_list("person_id", flat=True)}
    return [person for person in {*usual, *chosen} if not chosen.get(person)]


def _owners(objective: Objective) -> Iterator[int]:
    """The person, or who leads the unit."""
    goals = objective.goal_set
    if goals.owner_person_id is not None:
        yield goals.owner_person_id
    elif goals.owner_unit is not None:
        lead = acting_lead(goals.owner_unit)
        if lead is not None:
            yield lead.pk


def owners(occasion: Occasion) -> Iterable[int | None]:
    """Whose objective it is."""
    return list(_owners(objective_of(occasion)))


def suggester(occasion: Occasion) -> Iterable[int | None]:
    """Who suggested the words."""
    return [occasion.data.get("author")]


def both_sides(occasion: Occasion) -> Iterable[int | None]:
    """The two who stand for the agreement."""
    one = occasion.about
    assert isinstance(one, Agreement)
    return [one.owner_side_id, one.other_side_id]


def sides_of_goals(occasion: Occasion) -> Iterable[int | None]:
    """The two who stand for the goals that the objective belongs to."""
    sides = sides_of(objective_of(occasion).goal_set)
    return [None if one is None else one.pk for one in (sides.owner, sides.other)]


def named_sides(occasion: Occasion) -> Iterable[int | None]:
    """Who was named to stand on a side."""
    found: list[int | None] = occasion.data.get("named", [])
    return found


def asked(occasion: Occasion) -> Iterable[int | None]:
    """Whose hand is missing."""
    found: list[int | None] = occasion.data.get("asked", [])
    return found


def agreements_seen(actor: Actor) -> QuerySet[Agreement]:
    if actor.is_system:
        return Agreement.objects.all()
    return agreements_on(actor.pk, today()) if actor.is_active else Agreement.objects.none()


def agreements_on(person: int, _day: date) -> QuerySet[Any]:
    """The agreements that a person (a key) is told of: those they are a side of."""
    sides = Q(owner_side=person) | Q(other_side=person) | Q(goal_set__owner_person=person)
    return Agreement.objects.filter(sides)


def agreement_pairs(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of pairs (person, agreement), those where the person reads it: one query for each person."""
    seen: set[tuple[int, int]] = set()
    for person in {one for one, _key in pairs}:
        keys = [key for one, key in pairs if one == person]
        found = agreements_on(person, today()).filter(pk__in=keys).order_by().values_list("pk", flat=True)
        seen |= {(person, key) for key in found}
    return seen


def address_of_set(goals: int, _about: str) -> str:
    return reverse("handshake_of_set", args=[goals])


def address_of_agreement(agreement: int, _about: str) -> str:
    return reverse("agreement", args=[agreement])


def mentioned(occasion: Occasion) -> Iterable[int | None]:
    """Whom the comment names; of one that was reworded, whom it names for the first time."""
    comment = occasion.about
    assert isinstance(comment, Comment)
    fresh: list[int] | None = occasion.data.get("mentioned")
    return [one["id"] for one in comment.mentions] if fresh is None else fresh


def in_thread(occasion: Occasion) -> Iterable[int | None]:
    """Who wrote in the thread before and did not mute the objective: one query."""
    comment = occasion.about
    assert isinstance(comment, Comment)
    root = comment.thread_id or comment.pk
    said = Comment.objects.filter(Q(pk=root) | Q(thread=root), withdrawn_at=None)
    muted = Follow.objects.filter(objective=comment.objective_id, is_muted=True).values("person_id")
    return said.exclude(author__in=muted).order_by().values_list("author_id", flat=True).distinct()


def writer(occasion: Occasion) -> Iterable[int | None]:
    """Who wrote the comment."""
    comment = occasion.about
    assert isinstance(comment, Comment)
    return [comment.author_id]


def named(occasion: Occasion) -> Iterable[int | None]:
    """Who was made co-owner."""
    return [occasion.data.get("co_owner")]


def asked_to_carry(occasion: Occasion) -> Iterable[int | None]:
    """Who shall carry it; of a unit, who leads it."""
    unit = occasion.data.get("to_unit")
    return [occasion.data.get("to_person")] if unit is None else acting_leads([unit]).values()


def proposed_to(occasion: Occasion) -> Iterable[int | None]:
    """Who leads the unit that it is proposed to."""
    return acting_leads([occasion.data["unit_id"]]).values()


def oneself(occasion: Occasion) -> Iterable[int | None]:
    """Whom the event is about."""
    return [occasion.about.pk]


def address_of(objective: int, about: str) -> str:
    """Where news of an objective is read: at the comment, if it is of one."""
    what, _colon, key = about.partition(":")
    return reverse("objective", args=[objective]) + (f"#comment-{key}" if what == "comment" else "")


def around_person(person: int) -> list[Q]:
    """What a person's feed holds beside what happened to them and their goals: what is said under these goals, and
    what they did to goals of others."""
    did = Q(actor=person, guard__isnull=False) & ~Q(verb=_A_NOD)
    return [_under(Objective.objects.filter(goal_set__owner_person=person)), did]


def around_unit(unit: int) -> list[Q]:
    """The same of a unit: what is said under its goals."""
    return [_under(Objective.objects.filter(goal_set__owner_unit=unit))]


def _under(objectives: QuerySet[Objective]) -> Q:
    """Events under these objectives, as events name them."""
    names = objectives.order_by().values_list(Concat(Value("objective:"), Cast("pk", CharField())))
    return Q(under__in=names) & ~Q(verb=_A_NOD)


def excerpts(comments: list[int]) -> dict[int, str]:
    """The words of comments that still stand, for letters."""
    rows = Comment.objects.filter(pk__in=comments, withdrawn_at=None)
    return dict(rows.values_list("pk", "text"))
