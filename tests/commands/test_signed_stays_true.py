"""No command, and no sequence of them, leaves a signed agreement whose version is not the one that stands."""

from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tandem.core.errors import Refusal
from tandem.okr import commands as okr
from tandem.okr import versions
from tandem.okr.commands.kept import version_of
from tandem.okr.models import Agreement, GoalSet, Objective, Suggestion
from tandem.okr.queries.agreed import faults_of_agreements
from tandem.people.actors import SYSTEM, Actor
from tandem.people.queries import forget_organization
from tests.commands.steps import STEPS, Day, add_key_result, create, take
from tests.permissions import TRIES, Scene, scene
from tests.permissions_page import read_table
from tests.world import World, fresh

MAY = read_table()


def faults() -> list[str]:
    return list(faults_of_agreements(list(GoalSet.objects.values_list("pk", flat=True))))


def shake_hands(world: World) -> None:
    """On every set that can be offered, by whoever stands on its sides."""
    for goals in GoalSet.objects.select_related(*GoalSet.read_with):
        for owner in (world.ada, world.lin, world.wei):
            try:
                with transaction.atomic():
                    one = okr.offer(owner, goals)
            except Refusal:
                continue
            for side in (one.owner_side, one.other_side):
                assert side is not None
                okr.shake(side, fresh(one), seen=versions.hash_of(version_of(goals)))


def actor_of(s: Scene, row: str) -> Actor:
    """Somebody who may: the system if it may, else the first of the cast."""
    who = MAY[row]
    return SYSTEM if "system" in who else getattr(s.world, who[0])


VOIDING = {
    "okr.edit_objective", "okr.drop_objective", "okr.archive_objective", "okr.align", "okr.unalign", "okr.hand_over",
    "okr.add_key_result", "okr.edit_key_result", "okr.archive_key_result", "okr.take_suggestion", "okr.lay_down",
    "okr.create_objective",
}  # fmt: skip
"""Of what the matrix tries, what writes a signed field: these must be seen to void."""


@pytest.mark.parametrize("command", [name for name in TRIES if name.startswith(("okr.", "cycles."))])
def test_no_command_can_forget(world: World, command: str) -> None:
    s = scene(world)
    voided = False
    for about, attempt in TRIES[command].items():
        row = f"{command} {about}".strip()
        with transaction.atomic():
            shake_hands(world)
            signed = set(Agreement.objects.filter(state="signed").values_list("pk", flat=True))
            assert len(signed) >= 3
            s.mine, s.webs, s.datas = (Objective.objects.select_related(*Objective.read_with).get(pk=one.pk)
                                       for one in (s.mine, s.webs, s.datas))  # fmt: skip
            try:
                with transaction.atomic():
                    attempt(s, actor_of(s, row))
            except Refusal:
                pass
            assert not faults(), row
            voided |= Agreement.objects.filter(pk__in=signed, state="voided").exists()
            transaction.set_rollback(True)
        forget_organization()
    assert voided or command not in VOIDING


# --- sequences


def offer(day: Day) -> None:
    goals = day.one(GoalSet.objects.select_related(*GoalSet.read_with).order_by("pk"))
    okr.offer(_person(day), goals, trivial=day.number(3) == 0)


def give_hand(day: Day) -> None:
    one = day.one(Agreement.objects.order_by("-pk"))
    okr.shake(_person(day), one, seen=versions.hash_of(version_of(fresh(one).goal_set)))


def end(day: Day) -> None:
    one, person = day.one(Agreement.objects.order_by("-pk")), _person(day)
    if day.number(2):
        okr.decline(person, one, reason="no")
    else:
        okr.withdraw_offer(person, one)


def reword(day: Day) -> None:
    okr.edit_objective(SYSTEM, day.one(Objective.objects.all()), title=day.one(["O", "P", "O 30"]))


def suggest(day: Day) -> None:
    if day.number(2):
        okr.suggest_wording(_person(day), day.one(Objective.objects.all()), text=day.one(["P", "Q"]))
    else:
        okr.take_suggestion(SYSTEM, day.one(Suggestion.objects.all()))


def hide(day: Day) -> None:
    okr.set_visibility(SYSTEM, day.one(Objective.objects.all()), visibility=day.one(["company", "line", "people"]))


def _person(day: Day) -> Any:
    return day.one([day.world.ada, day.world.lin, day.world.wei, day.world.ben])


HANDS = (offer, offer, give_hand, give_hand, give_hand, end, reword, suggest, hide)
plans = st.lists(st.tuples(st.sampled_from((*HANDS, *HANDS, *STEPS)), st.lists(st.integers(0, 9999), max_size=6)),
                 min_size=6, max_size=18)  # fmt: skip


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(plan=plans)
def test_what_is_shown_as_signed_is_what_stands(
    world: World, clock: time_machine.Traveller, plan: list[tuple[Any, list[int]]]
) -> None:
    day = Day(world, [])
    with transaction.atomic():
        take(day, create)
        take(day, add_key_result)
        shake_hands(world)
        assert Agreement.objects.filter(state="signed").exists()
        for step, numbers in plan:
            clock.shift(600)
            day.numbers = list(numbers)
            take(day, step)
            assert not faults(), day.done
        event(f"{Agreement.objects.filter(state='voided').count()} voided")
        transaction.set_rollback(True)
    forget_organization()
