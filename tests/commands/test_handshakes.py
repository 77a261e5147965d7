"""Handshakes: offered, given hand by hand on one exact version, voided by any change of it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tandem.activity.models import Notification
from tandem.core.errors import Conflict
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr import versions
from tandem.okr.commands.kept import version_of
from tandem.okr.models import Agreement, GoalSet, Objective
from tandem.okr.queries import agreed_targets, get_agreement, goals_of_person, handshake_of
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.proof import refused
from tests.world import World, fresh


def set_of(objective: Objective) -> GoalSet:
    return GoalSet.objects.select_related(*GoalSet.read_with).get(pk=objective.goal_set_id)


def hash_now(one: Agreement) -> str:
    return versions.hash_of(version_of(fresh(one).goal_set))


def give(person: Person, one: Agreement) -> Agreement:
    return okr.shake(person, fresh(one), seen=hash_now(one))


def signed(world: World, objective: Objective) -> Agreement:
    one = okr.offer(world.ada, set_of(objective), forecast="Two releases")
    okr.expect_of_role(world.lin, one, text="Own onboarding end to end")
    give(world.ada, one)
    return give(world.lin, one)


def told(person: Person) -> list[str]:
    rows = Notification.objects.filter(person=person, kind="handshake").order_by("pk")
    return [verb.partition(".")[2] for verb in rows.values_list("event__verb", flat=True)]


@pytest.fixture
def objective(world: World) -> Objective:
    mine = world.objective(published=False)
    world.key_result(mine, title="First-week activation", start=30, target=45)
    return mine


def test_both_shake_hands_on_one_version(world: World, objective: Objective) -> None:
    one = signed(world, objective)
    assert (one.state, fresh(objective).goal_set.agreement) == ("signed", "signed")
    assert (one.owner_side, one.other_side) == (world.ada, world.lin)
    assert versions.hash_of(one.kept) == one.hash
    assert read_title(one) == objective.title
    assert (one.expectation, one.forecast) == ("Own onboarding end to end", "Two releases")
    assert told(world.lin) == ["offered", "given"]
    assert told(world.ada) == ["expected", "signed"]


def read_title(one: Agreement) -> str:
    return str(versions.read(one.kept)["objectives"][0]["title"])


def test_hands_are_given_on_what_was_read(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    seen = hash_now(one)
    okr.edit_objective(world.ada, objective, title="New customers stay")
    with transaction.atomic(), pytest.raises(Conflict) as told_so, transaction.atomic():
        okr.shake(world.lin, fresh(one), seen=seen)
    (change,) = told_so.value.current["changes"]
    assert [piece["text"] for piece in change["fields"][0]["pieces"] if piece["kind"] == "new"] == ["stay"]
    assert told_so.value.current["hash"] == hash_now(one)
    assert fresh(one).other_signed_at is None


def test_a_hand_on_an_older_version_does_not_count(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    give(world.lin, one)
    okr.edit_objective(world.ada, objective, title="New customers stay")
    assert fresh(one).other_signed_at is None
    assert told(world.lin)[-1] == "changed"
    assert give(world.ada, one).state == "offered"
    assert give(world.lin, one).state == "signed"


def test_what_is_written_beside_the_goals_asks_for_the_other_hand_again(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    give(world.ada, one)
    before = fresh(one).version
    okr.expect_of_role(world.lin, fresh(one), text="More than that")
    assert fresh(one).owner_signed_at is None
    with refused(409):
        okr.shake(world.ada, fresh(one), seen=hash_now(one), version=before)
    give(world.lin, one)
    okr.forecast_output(world.ada, fresh(one), text="Less than that")
    assert fresh(one).other_signed_at is None


def test_once_is_enough(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    give(world.ada, one)
    with refused(422):
        give(world.ada, one)
    give(world.lin, one)
    with refused(422):
        give(world.lin, one)
    with refused(422):
        okr.offer(world.ada, set_of(objective))


@pytest.mark.parametrize("who", ["ben", "wei", "grace", "hana", "omar", "chen"])
def test_nobody_gives_a_hand_for_somebody_else(world: World, objective: Objective, who: str) -> None:
    one = okr.offer(world.ada, set_of(objective))
    with refused(403):
        give(getattr(world, who), one)


CHANGES: dict[str, Any] = {
    "title": lambda w, o, _k: okr.edit_objective(w.ada, o, title="Other"),
    "description": lambda w, o, _k: okr.edit_objective(w.ada, o, description="Other"),
    "ambition": lambda w, o, _k: okr.edit_objective(w.ada, o, ambition="committed"),
    "category": lambda w, o, _k: okr.edit_objective(w.ada, o, category="growth"),
    "weight": lambda w, o, _k: okr.edit_objective(w.ada, o, weight=3),
    "the title of a key result": lambda w, _o, k: okr.edit_key_result(w.ada, k, title="Other"),
    "target": lambda w, _o, k: okr.edit_key_result(w.ada, k, target=40),
    "start": lambda w, _o, k: okr.edit_key_result(w.ada, k, start=29),
    "kind": lambda w, _o, k: okr.edit_key_result(w.ada, k, kind="binary"),
    "a new key result": lambda w, o, _k: okr.add_key_result(w.ada, o, title="More"),
    "a key result put away": lambda w, _o, k: okr.archive_key_result(w.ada, k),
    "alignment": lambda w, o, _k: okr.align(w.ada, o, parent=w.objective(w.web)),
    "a new objective": lambda w, _o, _k: w.objective(published=False, title="Another"),
    "dropped": lambda w, o, _k: okr.drop_objective(w.ada, o, reason="x"),
    "archived": lambda w, o, _k: okr.archive_objective(w.ada, o),
    "taken to the backlog": lambda w, o, _k: okr.move_objective(w.ada, o, cycle=w.backlog),
    "kept secret": lambda w, o, _k: okr.set_visibility(w.ada, o, visibility="people"),
    "another owner": lambda w, o, _k: okr.hand_over(w.ada, w.ada, to=w.ben, objectives=[o.pk]),
    "the cycle's dates": lambda w, _o, _k: cycles.edit_cycle(SYSTEM, w.quarter, end=date(2027, 1, 15)),
}
KEEP: dict[str, Any] = {
    "published": lambda w, o, _k: okr.publish_objective(w.ada, o),
    "an action": lambda w, o, _k: okr.add_action(w.ada, o, title="Page"),
    "a comment": lambda w, o, _k: okr.add_comment(w.lin, o, text="Why?"),
    "a reader": lambda w, o, _k: okr.add_reader(w.ada, o, person=w.ben),
    "confidential": lambda w, o, _k: okr.set_visibility(w.ada, o, visibility="line"),
    "a secret goal beside it": lambda w, _o, _k: w.objective(published=False, title="Secret", visibility="people"),
    "a co-owner": lambda w, o, _k: okr.add_co_owner(w.ada, o, person=w.ben),
    "checked in": lambda w, o, k: (okr.publish_objective(w.ada, o), okr.check_in(w.ada, fresh(k), value=40)),
    "a first value": lambda w, _o, k: okr.edit_key_result(w.ada, k, given=31),
    "the same order": lambda w, o, _k: okr.reorder_objectives(w.ada, o.goal_set, order=[o.pk]),
    "learned": lambda w, o, _k: okr.reflect_on_objective(w.ada, o, reflection="x"),
    "followed": lambda w, o, _k: okr.follow_objective(w.ben, o),
}


@pytest.mark.parametrize("what", [*CHANGES, *KEEP])
def test_what_voids_a_handshake(world: World, objective: Objective, what: str) -> None:
    one = signed(world, objective)
    key_result = objective.key_results.get()
    {**CHANGES, **KEEP}[what](world, fresh(objective), key_result)
    one = fresh(one)
    assert one.state == ("voided" if what in CHANGES else "signed")
    if what in CHANGES:
        assert fresh(objective.goal_set).agreement == "voided" or what in ("taken to the backlog", "another owner")
        assert read_title(one) == "New customers love the first week"
        assert told(world.lin)[-1] == "voided"
        assert one.changed_to != one.kept


def test_put_back_letter_by_letter_it_holds_again(world: World, objective: Objective) -> None:
    one = signed(world, objective)
    key_result = objective.key_results.get()
    okr.edit_key_result(world.ada, key_result, target=40)
    assert fresh(one).state == "voided"
    okr.edit_key_result(world.ada, key_result, target=45)
    assert (fresh(one).state, fresh(one).changed_to) == ("signed", "")
    assert told(world.lin)[-2:] == ["voided", "restored"]


def test_both_tick_a_trivial_change(world: World, objective: Objective) -> None:
    one = signed(world, objective)
    okr.edit_objective(world.ada, objective, title="New customers love their first week")
    assert fresh(one).state == "voided"
    tick = okr.offer(world.ada, set_of(objective), trivial=True)
    assert tick.owner_signed_at is not None
    assert (tick.expectation, tick.forecast) == (one.expectation, one.forecast)
    again = give(world.lin, tick)
    assert (again.state, again.is_trivial) == ("signed", True)
    assert read_title(fresh(one)) == "New customers love the first week"


def test_a_number_is_nothing_trivial(world: World, objective: Objective) -> None:
    signed(world, objective)
    okr.edit_key_result(world.ada, objective.key_results.get(), target=40)
    with refused(422, field="trivial"):
        okr.offer(world.ada, set_of(objective), trivial=True)


def test_a_tick_does_not_cover_what_was_changed_behind_it(world: World, objective: Objective) -> None:
    signed(world, objective)
    okr.edit_objective(world.ada, objective, title="New customers love their first week")
    tick = okr.offer(world.ada, set_of(objective), trivial=True)
    okr.edit_key_result(world.ada, objective.key_results.get(), target=40)
    left = give(world.lin, tick)
    assert (left.state, left.is_trivial, left.owner_signed_at) == ("offered", False, None)


def test_declined_with_a_reason_and_offered_again(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    with refused(422, field="reason"):
        okr.decline(world.lin, one, reason=" ")
    assert okr.decline(world.lin, one, reason="No growth goal yet").state == "declined"
    assert told(world.ada) == ["declined"]
    again = okr.offer(world.ada, set_of(objective))
    assert okr.withdraw_offer(world.ada, again).state == "withdrawn"
    with refused(422):
        okr.withdraw_offer(world.ada, fresh(again))


def test_nothing_is_offered_without_goals_or_of_the_backlog(world: World, objective: Objective) -> None:
    idea = world.objective(published=False, cycle=world.backlog)
    with refused(422):
        okr.offer(world.ada, set_of(idea))
    okr.drop_objective(world.ada, objective, reason="x")
    with refused(422, code="empty"):
        okr.offer(world.ada, set_of(objective))


def test_two_hundred_objectives_are_one_version(world: World, objective: Objective) -> None:
    for place in range(200):
        okr.create_objective(world.ada, world.ada, cycle=world.quarter, title=f"目标 {place} \u202eשלום")
    one = signed(world, objective)
    assert len(versions.read(one.kept)["objectives"]) == 201


def test_a_closed_cycle_takes_no_hands(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    for phase in ("agree", "run", "review", "closed"):
        cycles.enter_phase(SYSTEM, fresh(world.quarter), phase=phase)
    for act in (lambda: give(world.ada, one), lambda: okr.decline(world.lin, fresh(one), reason="x")):
        with refused(422):
            act()


def test_the_other_side_reads_all_that_it_signs(world: World, objective: Objective) -> None:
    okr.set_visibility(world.ada, objective, visibility="line")
    okr.name_sides(world.chen, set_of(objective), other_side=world.ben)
    with refused(422, field="other_side"):
        okr.offer(world.ada, set_of(objective))
    okr.add_reader(world.ada, objective, person=world.ben)
    okr.offer(world.ada, set_of(objective))


def test_the_kept_version_hides_what_its_reader_may_not_see(world: World, objective: Objective) -> None:
    one = signed(world, objective)
    for stranger in (world.ben, world.chen, world.omar, world.hana):
        with refused(404):
            get_agreement(stranger, one.pk)
    okr.set_visibility(world.ada, objective, visibility="people")
    found = handshake_of(world.lin, set_of(objective))
    assert found.version["objectives"] == []
    assert found.changes == []
    assert goals_of_person(world.ben, world.ada.pk, world.quarter.pk).numbers is None


def test_nobody_else_hears_how_a_set_with_a_confidential_goal_stands(world: World, objective: Objective) -> None:
    world.objective(title="Quiet", visibility="line")
    signed(world, objective)
    seen = {who: goals_of_person(getattr(world, who), world.ada.pk, world.quarter.pk).numbers for who in ("lin", "ben")}
    assert {who: one.agreement if one else None for who, one in seen.items()} == {"lin": "signed", "ben": ""}


def test_one_is_asked_for_a_missing_hand_once_a_day(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    assert okr.ask_for_hand(world.ada, one) is True
    assert okr.ask_for_hand(world.ada, fresh(one)) is False
    assert told(world.lin) == ["offered", "asked"]
    give(world.lin, one)
    with refused(422):
        okr.ask_for_hand(world.ada, fresh(one))


def test_a_missing_hand_is_asked_for_after_three_days_and_then_every_week(
    world: World, objective: Objective, clock: time_machine.Traveller
) -> None:
    one = okr.offer(world.ada, set_of(objective))
    give(world.ada, one)
    for day in range(1, 12):
        clock.shift(timedelta(days=1))
        assert okr.remind_of_handshakes(SYSTEM, None) == one.pk
        assert okr.remind_of_handshakes(SYSTEM, None, after=one.pk) is None
        assert told(world.lin).count("waits") == (day >= 3) + (day >= 10)
    assert "waits" not in told(world.ada)


def test_a_lowered_target_is_visible_for_ever(world: World, objective: Objective) -> None:
    one = signed(world, objective)
    key_result = objective.key_results.get()
    okr.edit_key_result(world.ada, key_result, target=40)
    rows = goals_of_person(world.ada, world.ada.pk, world.quarter.pk).goals[0].key_results
    (first,) = agreed_targets(world.ada, one.goal_set_id, rows)[key_result.pk]
    assert (first.target, first.moved, first.holds) == (45, "lowered", True)
    again = okr.offer(world.ada, set_of(objective))
    give(world.ada, again)
    give(world.lin, again)
    found = agreed_targets(world.ada, one.goal_set_id, rows)[key_result.pk]
    told = [(one.target, one.moved, one.holds) for one in found]
    rows = goals_of_person(world.ada, world.ada.pk, world.quarter.pk).goals[0].key_results
    assert told == [(45, "lowered", False), (40, "", True)]


def test_the_goal_above_changed_since(world: World, objective: Objective) -> None:
    above = world.objective(world.web, title="Web wins")
    okr.align(world.ada, objective, parent=above)
    signed(world, objective)
    assert handshake_of(world.lin, set_of(objective)).above_changed == []
    okr.edit_objective(world.lin, above, title="Web wins twice")
    assert handshake_of(world.lin, set_of(objective)).above_changed == [(above.pk, "Web wins twice")]
    assert fresh(objective).goal_set.agreement == "signed"
