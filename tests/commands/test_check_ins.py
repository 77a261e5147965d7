"""Check-ins: what was true on which day; corrected, withdrawn, restored, and never rewritten."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from tandem.activity.models import Event
from tandem.activity.queries import feed
from tandem.okr import commands as okr
from tandem.okr.models import CheckIn, GoalSet, KeyResult, UnitNumbers
from tests.proof import records, refused
from tests.world import World, fresh

MONDAY, TUESDAY, WEDNESDAY = date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 14)


@pytest.fixture
def key_result(world: World) -> KeyResult:
    """Ada's only one: from 0 to 100, published on the Wednesday, so due on Friday the 16th."""
    return world.key_result(world.objective())


def test_a_check_in_moves_every_number_above_it(world: World, key_result: KeyResult) -> None:
    with records("check_in.published"):
        okr.check_in(world.ada, key_result, value=45, confidence=7, note="Guide page live")
    row = fresh(key_result)
    assert (row.current, row.progress, row.confidence, row.last_on) == (45, Decimal("0.45"), 7, WEDNESDAY)
    assert row.status == "on_track"
    objective = row.objective
    assert (objective.progress, objective.with_data, objective.confidence) == (Decimal("0.45"), 1, 7)
    goals = GoalSet.objects.get(owner_person=world.ada)
    assert (goals.progress, goals.updated_on) == (Decimal("0.45"), WEDNESDAY)
    for unit in (world.web, world.cloud, world.acme, None):
        numbers = UnitNumbers.objects.get(cycle=world.quarter, unit=unit)
        assert (numbers.with_data, numbers.confidence_7, numbers.progress_4, numbers.people_checked_in) == (1, 1, 1, 1)
    assert not UnitNumbers.objects.filter(unit=world.office).exists()


def test_the_feed_tells_it(world: World, key_result: KeyResult) -> None:
    okr.check_in(world.ada, key_result, value=45)
    assert feed(world.ben, key_result.objective)[0].sentence == "Ada Byron checked in on “First-week activation”: 45"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "value"),
        ({"value": "half"}, "value"),
        ({"value": float("inf")}, "value"),
        ({"value": 1, "confidence": 11}, "confidence"),
        ({"value": 1, "confidence": 4.5}, "confidence"),
        ({"value": 1, "status": "great"}, "status"),
        ({"value": 1, "on": date(2026, 10, 15)}, "on"),
        ({"value": 1, "on": date(2026, 8, 1)}, "on"),
        ({"value": 1, "note": "x" * 5001}, "note"),
        ({"value": 1, "confidence": 2}, "note"),
    ],
)
def test_what_is_wrong_is_named(world: World, key_result: KeyResult, fields: dict[str, object], field: str) -> None:
    with refused(422, field=field):
        okr.check_in(world.ada, key_result, **fields)
    assert not CheckIn.objects.exists()


def test_values_that_a_kind_cannot_have(world: World) -> None:
    mine = world.objective()
    kinds = {
        "binary": ({}, 0.5),
        "rubric": ({}, "0.5"),
        "milestones": ({"steps": [{"title": "A"}, {"title": "B"}]}, 3),
    }
    for kind, (fields, value) in kinds.items():
        with refused(422, field="value"):
            okr.check_in(world.ada, world.key_result(mine, kind=kind, **fields), value=value)


def test_only_published_living_things_are_checked_in(world: World) -> None:
    draft = world.key_result(world.objective(published=False))
    with refused(422, code="state"):
        okr.check_in(world.ada, draft, value=1)
    dropped = world.key_result(world.objective())
    okr.drop_objective(world.ada, dropped.objective, reason="no")
    with refused(422, code="state"):
        okr.check_in(world.ada, dropped, value=1)


def test_others_do_not_check_in(world: World, key_result: KeyResult) -> None:
    row = okr.check_in(world.ada, key_result, value=1)
    for stranger in (world.lin, world.ben, world.omar):
        with refused(403):
            okr.check_in(stranger, key_result, value=99)
        with refused(403):
            okr.withdraw_check_in(stranger, row)


# --- days


def test_a_late_entry_belongs_to_its_date(world: World, key_result: KeyResult) -> None:
    okr.check_in(world.ada, key_result, value=40, confidence=6, status="at_risk")
    okr.check_in(world.ada, key_result, value=10, confidence=7, on=MONDAY)
    row = fresh(key_result)
    assert (row.current, row.confidence, row.status, row.last_on, row.check_ins_count) == (
        40,
        6,
        "at_risk",
        WEDNESDAY,
        2,
    )


def test_of_several_a_day_the_last_word_counts(
    world: World, key_result: KeyResult, clock: time_machine.Traveller
) -> None:
    for value in (10, 30, 20):
        okr.check_in(world.ada, key_result, value=value)
        clock.shift(60)
    assert (fresh(key_result).current, fresh(key_result).check_ins_count) == (20, 3)


def test_several_a_day_count_once_for_the_rhythm(
    world: World, key_result: KeyResult, clock: time_machine.Traveller
) -> None:
    """Six days late on a Thursday, twice: due the Friday right after, not the one after that."""
    clock.move_to("2026-10-22T09:00+00:00")
    okr.check_in(world.ada, key_result, value=10)
    clock.shift(3600)
    okr.check_in(world.ada, key_result, value=11)
    assert fresh(key_result).next_due_on == date(2026, 10, 23)


def test_the_rhythm(world: World, key_result: KeyResult, clock: time_machine.Traveller) -> None:
    assert fresh(key_result).next_due_on == date(2026, 10, 16)
    okr.check_in(world.ada, key_result, value=1)
    assert fresh(key_result).next_due_on == date(2026, 10, 16), "two days early is no Friday's check-in"
    clock.shift(timedelta(days=1))
    okr.check_in(world.ada, key_result, value=1)
    assert fresh(key_result).next_due_on == date(2026, 10, 23)
    clock.move_to("2026-12-31T09:00+00:00")
    okr.check_in(world.ada, key_result, value=1)
    assert fresh(key_result).next_due_on is None, "nothing is owed after the cycle's last day"


# --- drafts


def test_a_draft_changes_nothing_until_it_is_published(
    world: World, key_result: KeyResult, clock: time_machine.Traveller
) -> None:
    with records():
        draft = okr.check_in(world.ada, key_result, draft=True, value=30, confidence=9)
        okr.correct_check_in(world.ada, draft, value=35)
    assert fresh(key_result).check_ins_count == 0
    clock.shift(60)
    with records("check_in.published"):
        okr.publish_check_in(world.ada, draft, note="now")
    assert (fresh(key_result).current, fresh(draft).note) == (35, "now")
    with refused(422, code="state"):
        okr.publish_check_in(world.ada, draft)


def test_a_draft_published_in_the_evening_is_the_days_last_word(
    world: World, key_result: KeyResult, clock: time_machine.Traveller
) -> None:
    draft = okr.check_in(world.ada, key_result, draft=True, value=30)
    clock.shift(3600)
    okr.check_in(world.ada, key_result, value=10)
    clock.shift(3600)
    okr.publish_check_in(world.ada, draft)
    assert fresh(key_result).current == 30


def test_a_withdrawn_draft_comes_back_as_a_draft(world: World, key_result: KeyResult) -> None:
    draft = okr.check_in(world.ada, key_result, draft=True, value=30)
    with records():
        okr.withdraw_check_in(world.ada, draft)
        with refused(422, code="state"):
            okr.publish_check_in(world.ada, draft)
        okr.restore_check_in(world.ada, draft)
    assert fresh(key_result).check_ins_count == 0
    okr.publish_check_in(world.ada, draft)
    assert fresh(key_result).current == 30


def test_an_unfinished_draft_is_checked_when_published(world: World, key_result: KeyResult) -> None:
    draft = okr.check_in(world.ada, key_result, draft=True)
    with refused(422, field="value"):
        okr.publish_check_in(world.ada, draft)


# --- undo


def test_a_correction_replaces_and_keeps_what_it_replaced(
    world: World, key_result: KeyResult, clock: time_machine.Traveller
) -> None:
    old = okr.check_in(world.ada, key_result, value=54, confidence=6)
    clock.shift(60)
    with records("check_in.corrected"):
        new = okr.correct_check_in(world.ada, old, value=45)
    assert (new.value, new.confidence, new.on, new.replaces_id) == (45, 6, WEDNESDAY, old.pk)
    assert fresh(old).withdrawn_at is not None
    assert (fresh(key_result).current, fresh(key_result).check_ins_count) == (45, 1)
    with refused(422, code="state"):
        okr.correct_check_in(world.ada, old, value=1)


def test_a_corrected_morning_does_not_overtake_noon(
    world: World, key_result: KeyResult, clock: time_machine.Traveller
) -> None:
    morning = okr.check_in(world.ada, key_result, value=10)
    clock.shift(3600)
    okr.check_in(world.ada, key_result, value=20)
    clock.shift(3600)
    okr.correct_check_in(world.ada, morning, value=11)
    assert fresh(key_result).current == 20


def test_a_correction_may_move_the_day(world: World, key_result: KeyResult) -> None:
    row = okr.check_in(world.ada, key_result, value=10)
    okr.check_in(world.ada, key_result, value=5, on=MONDAY)
    okr.correct_check_in(world.ada, row, on=date(2026, 10, 11))
    assert (fresh(key_result).current, fresh(key_result).last_on) == (5, MONDAY)


def test_a_proposed_status_follows_the_corrected_value(world: World, key_result: KeyResult) -> None:
    row = okr.check_in(world.ada, key_result, value=1)
    assert row.status == "off_track"
    assert okr.correct_check_in(world.ada, row, value=45).status == "on_track"


def test_a_reported_status_survives_a_correction(world: World, key_result: KeyResult) -> None:
    row = okr.check_in(world.ada, key_result, value=45, status="off_track")
    assert okr.correct_check_in(world.ada, row, value=46).status == "off_track"


def test_pace_is_judged_by_the_entrys_own_day(world: World, key_result: KeyResult) -> None:
    early = okr.check_in(world.ada, key_result, value=1, on=date(2026, 10, 5))
    assert early.status == "", "no verdict in the first tenth"


def test_milestones_keep_their_steps_when_words_are_corrected(world: World) -> None:
    steps = [{"title": "A", "weight": 1}, {"title": "B", "weight": 3}]
    key_result = world.key_result(world.objective(), kind="milestones", steps=steps)
    by_steps = okr.check_in(world.ada, key_result, done_steps=[1])
    assert fresh(key_result).progress == Decimal("0.75")
    by_steps = okr.correct_check_in(world.ada, by_steps, note="B is done")
    assert (by_steps.value, by_steps.done_steps) == (3, [1])
    by_value = okr.correct_check_in(world.ada, by_steps, value=1)
    assert (by_value.value, by_value.done_steps) == (1, [])
    assert okr.correct_check_in(world.ada, by_value, note="one").value == 1
    for places in ([2], [-1], ["0"], "0", None):
        with refused(422, field="done_steps"):
            okr.check_in(world.ada, key_result, done_steps=places)


def test_a_baseline_counts_when_its_number_is_confirmed(world: World) -> None:
    key_result = world.key_result(world.objective(), kind="baseline")
    found = okr.check_in(world.ada, key_result, value=17, confirmed=False)
    assert fresh(key_result).progress == 0
    okr.correct_check_in(world.ada, found, confirmed=True)
    assert fresh(key_result).progress == 1


def test_withdrawing_falls_back_step_by_step(world: World, key_result: KeyResult) -> None:
    first = okr.check_in(world.ada, key_result, value=10, confidence=6, on=MONDAY)
    second = okr.check_in(world.ada, key_result, value=20, confidence=7)
    with records("check_in.withdrawn"):
        okr.withdraw_check_in(world.ada, second)
        okr.withdraw_check_in(world.ada, second)
    assert (fresh(key_result).current, fresh(key_result).confidence) == (10, 6)
    okr.withdraw_check_in(world.ada, first)
    row = fresh(key_result)
    assert (row.current, row.progress, row.confidence, row.last_on) == (None, None, None, None)
    assert row.next_due_on == date(2026, 10, 16)
    with records("check_in.restored"):
        okr.restore_check_in(world.ada, second)
        okr.restore_check_in(world.ada, second)
    assert fresh(key_result).current == 20
    assert CheckIn.objects.count() == 2


def test_undo_of_a_correction_and_a_second_one(world: World, key_result: KeyResult) -> None:
    old = okr.check_in(world.ada, key_result, value=10)
    new = okr.correct_check_in(world.ada, old, value=12)
    with refused(422, code="state"):
        okr.restore_check_in(world.ada, old)
    okr.withdraw_check_in(world.ada, new)
    okr.restore_check_in(world.ada, old)
    assert fresh(key_result).current == 10
    with refused(422, code="state"):
        okr.restore_check_in(world.ada, new)
    okr.correct_check_in(world.ada, old, value=13)
    assert (fresh(key_result).current, fresh(key_result).check_ins_count) == (13, 1)


# --- confidence


def test_a_fall_by_three_needs_a_word(world: World, key_result: KeyResult) -> None:
    okr.check_in(world.ada, key_result, confidence=8, value=1)
    with refused(422, field="note", code="note"):
        okr.check_in(world.ada, key_result, confidence=5)
    okr.check_in(world.ada, key_result, confidence=5, note="两位同事离开")
    okr.check_in(world.ada, key_result, confidence=3)
    assert fresh(key_result).confidence == 3


def test_a_fall_is_measured_from_the_day_before_it(world: World, key_result: KeyResult) -> None:
    okr.check_in(world.ada, key_result, confidence=6, value=1, on=MONDAY)
    slip = okr.check_in(world.ada, key_result, confidence=9)
    okr.correct_check_in(world.ada, slip, confidence=5)
    okr.check_in(world.ada, key_result, confidence=4, on=TUESDAY)
    with refused(422, field="note"):
        okr.check_in(world.ada, key_result, confidence=1, on=TUESDAY)


def test_words_alone_are_a_check_in(world: World, key_result: KeyResult) -> None:
    okr.check_in(world.ada, key_result, value=20, confidence=6)
    okr.check_in(world.ada, key_result, note="还在谈")
    row = fresh(key_result)
    assert (row.current, row.confidence, row.check_ins_count) == (20, 6, 2)


def test_every_check_in_is_one_event_with_plain_data(world: World, key_result: KeyResult) -> None:
    row = okr.check_in(world.ada, key_result, value=Decimal("1.50"), confidence=6)
    event = Event.objects.order_by("-pk")[0]
    assert (event.actor_id, event.about) == (world.ada.pk, f"objective:{key_result.objective_id}")
    assert event.under == f"person:{world.ada.pk}"
    wanted = {"check_in": row.pk, "on": "2026-10-14", "value": 1.5, "confidence": 6, "id": key_result.pk}
    assert wanted.items() <= event.data.items()
