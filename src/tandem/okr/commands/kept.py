"""What follows from a change for the handshake on it: `refresh` ends here, so no command can forget.

A version holds what both sides sign: every goal of the set that is pursued, drafts too, and of each the words and
numbers. Secret goals (read by named people alone) are outside of it, and are agreed on by nobody.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.core.commands import acting
from tandem.core.numbers import plain
from tandem.okr import versions
from tandem.okr.commands.moved_targets import follow_targets
from tandem.okr.models import Agreement, AgreementState, Alignment, GoalSet, KeyResult, Objective, ObjectiveState
from tandem.okr.models.visibility import Visibility
from tandem.people.actors import SYSTEM

FOLLOWED = (AgreementState.OFFERED, AgreementState.SIGNED, AgreementState.VOIDED)
NUMBERS = ("start", "target", "low", "high", "tolerance", "weight")
_OBJECTIVE = ("pk", "key", "title", "description", "ambition", "category", "weight", "goal_set_id")
_KEY_RESULT = ("objective_id", "key", "title", "description", "kind", "unit_label", "steps", "indicator_id",
               "followed_unit_id", *NUMBERS)  # fmt: skip


def pursued() -> Any:
    """The objectives that a version holds."""
    gone = Objective.objects.filter(archived_on=None).exclude(state=ObjectiveState.DROPPED)
    return gone.exclude(visibility=Visibility.PEOPLE)


def version_of(goals: GoalSet) -> str:
    """The canonical text of the set as it stands: three queries."""
    return versions_of([goals])[goals.pk]


def versions_of(sets: Iterable[GoalSet]) -> dict[int, str]:
    """The same of many sets (their owners and cycles at hand), by key: three queries."""
    whole = {one.pk: _whole(one) for one in sets}
    objectives = contents(pursued().filter(goal_set__in=list(whole)))
    for goal_set, one in objectives:
        whole[goal_set]["objectives"].append(one)
    return {key: versions.canonical(one) for key, one in whole.items()}


def contents(rows: Any) -> list[tuple[int, versions.Version]]:
    """Objectives as a version tells them, each with the key of its set: three queries."""
    found: dict[int, tuple[int, versions.Version]] = {}
    for pk, key, title, description, ambition, category, weight, goal_set in rows.order_by().values_list(*_OBJECTIVE):
        found[pk] = goal_set, {
            "id": key, "title": title, "description": description, "ambition": ambition, "category": category,
            "weight": plain(weight), "aligned_to": [], "key_results": [],
        }  # fmt: skip
    results = KeyResult.objects.filter(objective__in=rows.values("pk").order_by(), archived_on=None)
    for (
        objective,
        key,
        title,
        description,
        kind,
        unit,
        steps,
        indicator,
        carrier,
        *numbers,
    ) in results.order_by().values_list(*_KEY_RESULT):
        one = {"id": key, "title": title, "description": description, "kind": kind, "unit": unit, "steps": steps}
        if indicator is not None:  # said only where there is one: what was signed before keeps its hash
            one |= {"indicator": indicator, "carrier": carrier and f"unit:{carrier}"}
        one |= {name: None if value is None else plain(value) for name, value in zip(NUMBERS, numbers, strict=True)}
        found[objective][1]["key_results"].append(one)
    links = Alignment.objects.filter(child__in=rows.values("pk").order_by()).order_by("parent__key")
    for child, parent in links.values_list("child_id", "parent__key"):
        found[child][1]["aligned_to"].append(parent)
    return list(found.values())


def _whole(goals: GoalSet) -> versions.Version:
    cycle = goals.cycle
    owner = f"person:{goals.owner_person.key}" if goals.owner_person else f"unit:{goals.owner_unit.key}"  # type: ignore[union-attr]
    days = {
        name: None if day is None else day.isoformat() for name, day in (("start", cycle.start), ("end", cycle.end))
    }
    return {"cycle": cycle.key, "owner": owner, "objectives": [], **days}


def newest(goals: GoalSet) -> Agreement | None:
    rows = Agreement.objects.filter(goal_set=goals).select_related("owner_side", "other_side")
    return rows.order_by("-pk").first()


def follow_agreement(goals: GoalSet) -> None:
    """A set was written: is what its two sides signed still what it says? No query where nothing was ever offered."""
    if not goals.agreement:
        return
    text = version_of(goals)
    follow_targets(goals, text)
    one = newest(goals) if goals.agreement in FOLLOWED else None
    if one is None:
        return
    one.goal_set = goals
    same = versions.hash_of(text) == one.hash
    if one.state == AgreementState.OFFERED and not same:
        _take_hands_back(one)
    elif one.state == AgreementState.SIGNED and not same:
        _void(one, text)
    elif one.state == AgreementState.VOIDED and same:
        _stand_again(one)


def recount_targets() -> None:
    """Every mark of a moved target anew, for a version that did not keep them yet."""
    with transaction.atomic():
        for goals in GoalSet.objects.exclude(agreement="").select_related(*GoalSet.read_with).order_by("pk"):
            follow_targets(goals, version_of(goals))


def _take_hands_back(one: Agreement) -> None:
    """Who has given a hand on the version before is asked again."""
    if one.owner_signed_at or one.other_signed_at:
        one.owner_signed_at = one.other_signed_at = None
        one.save(update_fields=["owner_signed_at", "other_signed_at"])
        tell(acting() or SYSTEM, "handshake.changed", one)


def _void(one: Agreement, text: str) -> None:
    actor = acting() or SYSTEM
    one.changed_to = text
    one.ended_at = now()
    one.ended_by_id = actor.pk
    put_state(one, AgreementState.VOIDED, "changed_to", "ended_at", "ended_by")
    tell(actor, "handshake.voided", one)


def _stand_again(one: Agreement) -> None:
    """The goals say again, letter by letter, what both signed."""
    one.changed_to, one.ended_at, one.ended_by = "", None, None
    put_state(one, AgreementState.SIGNED, "changed_to", "ended_at", "ended_by")
    tell(acting() or SYSTEM, "handshake.restored", one)


def put_state(one: Agreement, state: str, *names: str) -> None:
    """Write these fields and the state, on the agreement and on its set."""
    one.state = state
    one.save(update_fields=["state", *names])
    set_state(one.goal_set, state)


def set_state(goals: GoalSet, state: str) -> None:
    goals.agreement = state
    GoalSet.objects.filter(pk=goals.pk).update(agreement=state)


def tell(actor: Any, verb: str, one: Agreement, **data: Any) -> None:
    goals = one.goal_set
    owner = goals.owner_person or goals.owner_unit
    record(actor, verb, one, owner, owner=goals.owner_name, cycle=goals.cycle.name, **data)
