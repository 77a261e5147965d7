"""A round from accepted targets to closed scorecards, and every refusal on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tandem.activity.models import Event, Notification
from tandem.core.clock import today
from tandem.core.errors import Conflict, Invalid, NotAllowed, Refusal
from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator, Scorecard, Stage
from tandem.kpi.queries import closed_scorecards, dimensions_of, standing
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.kpi.scoring_world import Quarter, opened, with_targets
from tests.world import World, fresh

pytestmark = pytest.mark.django_db
D = Decimal


@contextmanager
def refused(kind: type[Refusal]) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """What a command refuses is rolled back, as it is outside of tests."""
    with pytest.raises(kind) as refusal, transaction.atomic():
        yield refusal


@pytest.fixture
def quarter(world: World) -> Quarter:
    return opened(world, grades=[["A", 90], ["B", 70], ["C", 0]])


def test_a_round_from_targets_to_closed(quarter: Quarter) -> None:
    world = quarter.world
    assert {card.name for card in quarter.round.cards.all()} == {"Ada Byron", "Ben", "Web"}
    assert quarter.card(world.ada).manager == world.lin
    assert quarter.card(world.web).manager == world.wei
    assert quarter.card(world.ada).unscored == 2

    quarter.to(Stage.SELF_REVIEW)
    assert Notification.objects.filter(person=world.ada, event__verb="scorecard.self_review").exists()
    kpi.mark_item(world.ada, quarter.item(world.ada, "attitude"), value=5)
    kpi.review_oneself(world.ada, quarter.card(world.ada), words="A good quarter.")
    kpi.note_item(world.lin, quarter.item(world.ada), actual="76", note="From the build server")
    kpi.mark_item(world.lin, quarter.item(world.ada, "attitude"), value=4)
    card = kpi.hand_in_review(world.lin, quarter.card(world.ada), words="Agreed.")
    assert (card.stage, card.total, card.grade) == (Stage.CALIBRATION, D("89.00"), "B")
    assert quarter.item(world.ada).sum == "60 × 76 ÷ 80 = 57.00"

    kpi.calibrate(world.hana, card, adjustment="1.5", words="The same as in the other team.")
    quarter.to(Stage.COMMUNICATED)
    card = quarter.card(world.ada)
    assert (card.result, card.grade, card.total) == (D("90.50"), "A", D("89.00"))
    kpi.acknowledge(world.ada, card)
    quarter.to(Stage.CLOSED)
    (closed,) = closed_scorecards(world.hana, world.quarter)
    assert (closed.person, closed.total, closed.grade) == (world.ada.pk, D("90.50"), "A")
    assert [(one.code, one.points) for one in closed.items] == [("coverage", D("57.00")), ("attitude", D("32.00"))]
    assert closed_scorecards(world.ben, world.quarter) == []


def test_an_appeal_is_decided_by_somebody_who_did_not_score(quarter: Quarter) -> None:
    world = quarter.world
    card = quarter.communicated(world.ada)
    kpi.appeal(world.ada, card, words="The build was broken for a week.")
    with refused(NotAllowed):
        kpi.decide_appeal(world.lin, quarter.card(world.ada), words="No.")
    kpi.decide_appeal(world.hana, quarter.card(world.ada), result="95", words="That week does not count.")
    card = quarter.card(world.ada)
    assert (card.stage, card.result, card.total, card.grade) == (Stage.RESOLVED, D(95), D(92), "A")
    assert (card.appeal.result_before, card.appeal.grade_before, card.appeal.decided_by) == (D(92), "A", world.hana)
    assert Notification.objects.filter(person=world.ada, event__verb="scorecard.resolved").exists()


def test_who_calibrated_does_not_decide(quarter: Quarter) -> None:
    world = quarter.world
    nia = people.set_roles(SYSTEM, world.nia, people_team=True)
    card = quarter.reviewed(world.ada)
    kpi.calibrate(world.hana, card, adjustment=-2, words="Level.")
    quarter.to(Stage.COMMUNICATED)
    kpi.appeal(world.ada, quarter.card(world.ada), words="Why?")
    with refused(NotAllowed):
        kpi.decide_appeal(world.hana, quarter.card(world.ada), words="It stays.")
    kpi.decide_appeal(nia, quarter.card(world.ada), words="It stays.")
    assert quarter.card(world.ada).result == D(90)


def test_silence_is_flagged_and_not_signed(quarter: Quarter) -> None:
    world = quarter.world
    card = quarter.communicated(world.ada)
    moved = kpi.move_cards(world.hana, quarter.round, to=Stage.CLOSED)
    assert (moved.moved, [one.name for one, _why in moved.left]) == (0, ["Ada Byron"])
    assert card.respond_until is not None
    with time_machine.travel(f"{card.respond_until}T23:00+08:00", tick=False):
        assert not quarter.card(world.ada).is_late
    with time_machine.travel("2026-11-20T09:00+08:00", tick=False):
        with refused(Invalid):
            kpi.appeal(world.ada, quarter.card(world.ada), words="Too late")
        quarter.to(Stage.CLOSED)
    card = quarter.card(world.ada)
    assert (card.stage, card.was_silent, card.answered_at) == (Stage.CLOSED, True, None)


def test_marks_are_mixed_by_roles_and_the_missing_leave(world: World) -> None:
    quarter = opened(world, mix={"self": 10, "manager": 70, "peer": 20})
    item = quarter.item(world.ada, "attitude")
    kpi.mark_item(world.ada, item, value=5)
    kpi.mark_item(world.lin, item, value="4")
    assert quarter.item(world.ada, "attitude").actual == D("4.13")
    kpi.name_reviewers(world.hana, quarter.card(world.ada), manager=world.lin, peers=[world.ben, world.otto])
    kpi.mark_item(world.ben, item, value=2)
    kpi.mark_item(world.otto, item, value=3)
    assert quarter.item(world.ada, "attitude").actual == D("3.80")
    with refused(NotAllowed):
        kpi.mark_item(world.chen, item, value=5)


def test_what_does_not_apply_gives_its_weight_away(quarter: Quarter) -> None:
    world = quarter.world
    kpi.note_item(world.lin, quarter.item(world.ada, "attitude"), applies=False, note="Worked alone")
    kpi.note_item(world.lin, quarter.item(world.ada), actual=80, note="Counted")
    card = quarter.card(world.ada)
    assert (card.total, card.unscored) == (D(100), 0)
    assert (quarter.item(world.ada).counted, quarter.item(world.ada, "attitude").counted) == (D(100), D(0))
    kpi.note_item(world.lin, quarter.item(world.ada, "attitude"), note="")
    assert quarter.card(world.ada).unscored == 1


def test_nothing_is_final_while_something_is_not_scored(quarter: Quarter) -> None:
    world = quarter.world
    quarter.to(Stage.MANAGER_REVIEW)
    with refused(Invalid) as refusal:
        kpi.hand_in_review(world.lin, quarter.card(world.ada))
    assert refusal.value.code == "unscored"
    assert "Test coverage" in refusal.value.message


def test_a_second_view_sends_back_with_words(world: World) -> None:
    quarter = opened(world, second_review=True)
    assert quarter.card(world.ada).second == world.wei
    card = quarter.reviewed(world.ada)
    assert card.stage == Stage.SECOND_REVIEW
    with refused(Invalid):
        kpi.hand_in_second_review(world.wei, card, back=True)
    assert kpi.hand_in_second_review(world.wei, card, back=True, words="Look again.").stage == Stage.MANAGER_REVIEW
    card = kpi.hand_in_review(world.lin, quarter.card(world.ada))
    assert kpi.hand_in_second_review(world.wei, card).stage == Stage.CALIBRATION


def test_readings_are_the_actuals_and_nobody_types_them(quarter: Quarter) -> None:
    world = quarter.world
    coverage = Indicator.objects.get(code="coverage")
    kpi.enter_reading(world.hana, coverage, carrier=world.ada, on=today(), value="72")
    kpi.refresh_round(world.hana, quarter.round)
    item = quarter.item(world.ada)
    assert (item.actual, item.points, item.by_hand) == (D(72), D("54.00"), False)
    assert item.read_at is not None
    kpi.note_item(world.lin, item, actual=80, note="The counter stood still for a week")
    kpi.enter_reading(world.hana, coverage, carrier=world.ada, on=today(), value="73")
    kpi.refresh_round(world.hana, fresh(quarter.round))
    assert (quarter.item(world.ada).read, quarter.item(world.ada).actual) == (D(73), D(80))
    kpi.note_item(world.lin, quarter.item(world.ada), note="")
    assert quarter.item(world.ada).actual == D(73)


def test_targets_accepted_later_come_in_and_what_is_handed_in_stays(world: World) -> None:
    one = kpi.open_round(world.hana, None, cycle=world.quarter)
    assert one.cards.count() == 0
    with_targets(world)
    assert kpi.refresh_round(world.hana, one) == 3
    quarter = Quarter(world, one)
    quarter.reviewed(world.ada)
    assert kpi.refresh_round(world.hana, fresh(one)) == 0
    assert quarter.card(world.ada).total == D(92)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"grades": []}, "grades"),
        ({"grades": [["A", "x"]]}, "grades"),
        ({"grades": [["A", 90], ["A", 80]]}, "grades"),
        ({"grades": [["A"]]}, "grades"),
        ({"grades": "A"}, "grades"),
        ({"grades": [["A", 10**6]]}, "grades"),
        ({"mix": {"boss": 1}}, "mix"),
        ({"mix": {"self": 0}}, "mix"),
        ({"appeal_days": 0}, "appeal_days"),
        ({"appeal_days": True}, "appeal_days"),
        ({"smallest_group": 10**6}, "smallest_group"),
        ({"color": 1}, "color"),
    ],
)
def test_rules_of_a_round_are_refused_by_name(world: World, fields: dict[str, Any], field: str) -> None:
    with refused(Invalid) as refusal:
        kpi.open_round(world.hana, None, cycle=world.quarter, **fields)
    assert refusal.value.field == field


def test_one_round_a_cycle_and_none_of_the_backlog(quarter: Quarter) -> None:
    world = quarter.world
    for cycle in (world.quarter, world.backlog):
        with refused(Invalid):
            kpi.open_round(world.hana, None, cycle=cycle)


def test_what_comes_at_the_wrong_time_is_refused(quarter: Quarter) -> None:
    world, card = quarter.world, quarter.card(quarter.world.ada)
    item = quarter.item(world.ada)
    wrong = [
        lambda: kpi.review_oneself(world.ada, card),
        lambda: kpi.hand_in_review(world.lin, card),
        lambda: kpi.acknowledge(world.ada, card),
        lambda: kpi.appeal(world.ada, card, words="x"),
        lambda: kpi.decide_appeal(world.hana, card, words="x"),
        lambda: kpi.calibrate(world.hana, card, adjustment=1, words="x"),
        lambda: kpi.move_cards(world.hana, quarter.round, to="appealed"),
        lambda: kpi.close_round(world.hana, quarter.round),
        lambda: kpi.note_item(world.lin, item, actual=5, note=" "),
        lambda: kpi.note_item(world.lin, item, actual="10^30", note="x"),
        lambda: kpi.mark_item(world.lin, quarter.item(world.ada, "attitude"), value=6),
        lambda: kpi.mark_item(world.lin, item, value=3),
        lambda: kpi.name_reviewers(world.hana, card, manager=world.ada),
        lambda: kpi.name_reviewers(world.hana, card, manager=world.leo),
    ]
    for act in wrong:
        with refused(Invalid):
            act()
    with refused(Conflict):
        kpi.note_item(world.lin, item, actual=5, note="x", version=99)


def test_a_closed_round_stays(quarter: Quarter) -> None:
    world = quarter.world
    for who in (world.ada, world.ben, world.web):
        card = quarter.communicated(who)
        kpi.acknowledge(world.lin if who is world.web else who, card)
    quarter.to(Stage.CLOSED)
    one = kpi.close_round(world.hana, fresh(quarter.round))
    for act in (kpi.close_round, kpi.refresh_round):
        with refused(Invalid):
            act(world.hana, one)


def test_the_board_counts(quarter: Quarter, django_assert_num_queries: Any) -> None:
    quarter.communicated(quarter.world.ada)
    with django_assert_num_queries(2):
        state = standing(quarter.world.hana, quarter.round)
    assert (state.total, state.unscored, state.stages["communicated"], state.grades["A"]) == (3, 2, 1, 1)


def test_who_sees_a_scorecard(quarter: Quarter) -> None:
    world = quarter.world
    sees = {
        who.name: {card.name for card in Scorecard.objects.visible_to(who)}
        for who in (
            world.ada,
            world.ben,
            world.lin,
            world.wei,
            world.grace,
            world.hana,
            world.omar,
            world.chen,
            world.otto,
        )
    }
    every = {"Ada Byron", "Ben", "Web"}
    assert sees == {
        "Ada Byron": {"Ada Byron"}, "Ben": {"Ben"}, "林小雨": every, "王伟": every, "Grace Hopper": every,
        "Hana": every, "Omar": set(), "陈晨": set(), "Otto": set(),
    }  # fmt: skip


def test_scores_are_in_no_event(quarter: Quarter) -> None:
    quarter.communicated(quarter.world.ada)
    told = Event.objects.filter(verb__startswith="scorecard.")
    assert told.exists()
    assert all(set(one.data) <= {"name", "on"} for one in told)


def test_two_levels_from_targets_to_a_result(world: World) -> None:
    kpi.add_indicator(SYSTEM, None, code="margin", name_en="Margin", dimension="finance")
    kpi.add_indicator(SYSTEM, None, code="revenue", name_en="Revenue", dimension="finance")
    kpi.add_indicator(SYSTEM, None, code="returns", name_en="Returns", dimension="customer")
    items = [
        {"indicator": "margin", "target": 100, "weight": 70, "dimension_weight": 40},
        {"indicator": "revenue", "target": 100, "weight": 30, "dimension_weight": 40},
        {"indicator": "returns", "target": 100, "weight": 100, "dimension_weight": "59.99"},
    ]
    with refused(Invalid) as refusal:
        kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=items)
    assert (refusal.value.field, "99.99" in refusal.value.message) == ("dimension_weight", True)
    items[2]["dimension_weight"] = 60
    scheme = kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=items)
    kpi.accept_targets(world.lin, scheme)
    with refused(Invalid) as refusal:
        first = scheme.targets.get(indicator__code="margin")
        kpi.change_targets(world.wei, fresh(scheme), changes={first.pk: {"dimension_weight": 41}}, reason="x")
    assert refusal.value.field == "dimension_weight"
    quarter = Quarter(world, kpi.open_round(world.hana, None, cycle=world.quarter))
    for code, actual in (("margin", 80), ("revenue", 100), ("returns", 90)):
        kpi.note_item(world.wei, quarter.item(world.web, code), actual=actual, note="Counted")
    assert quarter.card(world.web).total == D("88.40")
    inside = dimensions_of(world.hana, quarter.card(world.web).items.all())
    assert [(one.name, one.inside, one.points) for one in inside] == [
        ("finance", D(86), D("34.40")), ("customer", D(90), D("54.00")),
    ]  # fmt: skip
    quarter.to(Stage.MANAGER_REVIEW)
    kpi.hand_in_review(world.wei, quarter.card(world.web))
    quarter.to(Stage.COMMUNICATED)
    kpi.acknowledge(world.lin, quarter.card(world.web))
    quarter.to(Stage.CLOSED)
    (closed,) = closed_scorecards(world.hana, world.quarter)
    assert [(one.weight, one.points) for one in closed.items] == [
        (D(28), D("22.40")), (D(12), D("12.00")), (D(60), D("54.00")),
    ]  # fmt: skip
