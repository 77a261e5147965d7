"""Nobody has to remember a round: suppliers and reviewers are reminded, each once; managers who are away hand on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tandem.activity.models import Event, Notification
from tandem.config.jobs import PERIODIC_JOBS, remind_of_rounds
from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator, Round, Stage
from tandem.kpi.queries import by_unit, late_values, waits_of
from tandem.kpi.rules import reminders
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.kpi.scoring_world import Quarter, opened
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.proof import refused
from tests.world import World, fresh

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 20)


@pytest.fixture
def quarter(world: World) -> Quarter:
    return opened(world, self_review_until=DUE, review_until=DUE)


def on(day: date) -> Any:
    return time_machine.travel(f"{day}T09:00+08:00", tick=False)


def told(verb: str) -> list[str]:
    rows = Notification.objects.filter(event__verb=verb).order_by("person__email")
    return [one.person.email.partition("@")[0] for one in rows.select_related("person")]


@pytest.mark.parametrize(
    ("away", "expected"), [(-3, None), (-2, -2), (0, -2), (1, 1), (30, 1)],
)  # fmt: skip
def test_once_before_and_once_after(away: int, expected: int | None) -> None:
    moment = reminders.moment(DUE, DUE + timedelta(days=away))
    assert moment == (None if expected is None else DUE + timedelta(days=expected))
    assert reminders.moment(None, DUE) is None


@pytest.mark.parametrize(
    ("newest", "today", "late"),
    [
        (None, date(2026, 10, 31), False),
        (None, date(2026, 11, 1), True),
        (date(2026, 10, 5), date(2026, 11, 4), False),
        (date(2026, 10, 5), date(2026, 11, 5), True),
        (date(2026, 12, 20), date(2027, 3, 1), False),
        (date(2026, 11, 30), date(2027, 1, 1), True),
    ],
)
def test_a_value_is_late_when_it_stood_still_for_a_month(newest: date | None, today: date, late: bool) -> None:
    assert reminders.is_waited_for(newest, date(2026, 10, 1), date(2026, 12, 31), today) is late


def test_a_value_of_a_short_cycle_is_late_when_the_cycle_is_over() -> None:
    assert reminders.is_waited_for(None, date(2026, 10, 1), date(2026, 10, 7), date(2026, 10, 8))
    assert not reminders.is_waited_for(None, date(2026, 10, 1), date(2026, 10, 7), date(2026, 10, 7))


def test_by_the_dates_of_the_round_and_nobody_twice(quarter: Quarter) -> None:
    quarter.to(Stage.SELF_REVIEW)
    kpi.review_oneself(quarter.world.ben, quarter.card(quarter.world.ben))
    remind_of_rounds()
    assert told("scorecard.self_review_due") == []
    for day in (DUE - timedelta(days=1), DUE):
        with on(day):
            remind_of_rounds()
            remind_of_rounds()
    assert told("scorecard.self_review_due") == ["ada", "lin"]
    assert told("round.review_due") == ["lin"]
    with on(DUE + timedelta(days=3)):
        remind_of_rounds()
        assert kpi.remind_of_round(quarter.world.hana, quarter.round) == 0
    assert told("scorecard.self_review_due") == ["ada", "ada", "lin", "lin"]
    assert Event.objects.filter(verb="round.review_due").last().data == {"name": "2026 Q4", "count": 1}


def test_silence_is_called_to_mind_and_signs_nothing(quarter: Quarter) -> None:
    card = quarter.communicated(quarter.world.ada)
    assert card.respond_until is not None
    with on(card.respond_until + timedelta(days=5)):
        remind_of_rounds()
        assert quarter.card(quarter.world.ada).is_late
    assert told("scorecard.answer_due") == ["ada"]
    assert quarter.card(quarter.world.ada).stage == Stage.COMMUNICATED


def test_suppliers_of_late_values_once_a_week(quarter: Quarter) -> None:
    world, coverage = quarter.world, Indicator.objects.get(code="coverage")
    kpi.edit_indicator(world.hana, coverage, supplier=world.otto)
    monday = date(2026, 11, 9)
    with on(monday):
        kpi.enter_reading(world.otto, coverage, carrier=world.ada, on=monday, value=70)
        assert [(one.name, one.indicator) for one in late_values(world.hana)] == [("Otto", coverage.pk)] * 2
        assert late_values(world.otto) == []
        remind_of_rounds()
    with on(monday + timedelta(days=6)):
        remind_of_rounds()
        assert told("reading.late") == ["otto"]
    with on(monday + timedelta(days=7)):
        remind_of_rounds()
        assert told("reading.late") == ["otto", "otto"]
        assert waits_of(world.hana, quarter.round).suppliers == [("Otto", 2)]
    assert Event.objects.filter(verb="reading.late").last().data == {"count": 2}


def test_nobody_else_reminds_and_a_closed_round_is_quiet(quarter: Quarter) -> None:
    for act in (kpi.remind_of_round, kpi.remind_suppliers):
        with refused(403):
            act(quarter.world.lin, quarter.round)
    Round.objects.update(closed_at="2026-11-01T00:00Z")
    with refused(422):
        kpi.remind_of_round(quarter.world.hana, fresh(quarter.round))
    remind_of_rounds()
    assert "remind-of-rounds" in PERIODIC_JOBS


def test_a_manager_who_is_away_hands_on_to_who_sees_it_anyway(quarter: Quarter) -> None:
    world = quarter.world
    moved = kpi.delegate_reviews(world.lin, quarter.round, reviewer=world.lin, to=world.otto)
    assert (moved.moved, len(moved.left)) == (0, 2)
    moved = kpi.delegate_reviews(world.lin, quarter.round, reviewer=world.lin, to=world.wei)
    assert (moved.moved, quarter.card(world.ada).manager) == (2, world.wei)
    with refused(403):
        kpi.delegate_reviews(world.lin, quarter.round, reviewer=world.wei, to=world.lin)
    with refused(403):
        kpi.delegate_reviews(world.wei, quarter.round, reviewer=world.lin, to=world.wei)


def test_the_people_team_names_anybody_but_the_carrier(quarter: Quarter) -> None:
    world = quarter.world
    quarter.reviewed(world.ben)  # handed in: it stays with who wrote it
    moved = kpi.delegate_reviews(world.hana, quarter.round, reviewer=world.lin, to=world.ada)
    assert (moved.moved, [card.name for card, _why in moved.left]) == (0, ["Ada Byron"])
    for who in (world.lin, world.leo):
        with refused(422, field="to"):
            kpi.delegate_reviews(world.hana, quarter.round, reviewer=world.lin, to=who)


def test_the_board_counts_by_unit(quarter: Quarter, django_assert_num_queries: Any) -> None:
    quarter.communicated(quarter.world.ada)
    with django_assert_num_queries(1):
        (web,) = by_unit(quarter.world.hana, quarter.round)
    assert (web.name, web.total, web.communicated, web.review, web.unscored) == ("Web", 3, 1, 2, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_moves_a_unit_reminds_and_hands_on(
    quarter: Quarter, browse: Callable[..., Client], language: str
) -> None:
    world, hana = quarter.world, browse(quarter.world.hana, language=language)
    board = f"/kpi/rounds/{quarter.round.pk}/"
    assert hana.post(f"{board}move/", {"to": "self_review", "unit": world.data.pk}).status_code == 302
    assert quarter.card(world.ada).stage == Stage.RUNNING
    hana.post(f"{board}move/", {"to": "self_review", "unit": world.web.pk})
    assert quarter.card(world.ada).stage == Stage.SELF_REVIEW
    with on(DUE):
        hana = browse(world.hana, language=language)
        assert hana.post(f"{board}remind/").status_code == 302
    assert told("scorecard.self_review_due") == ["ada", "ben", "lin"]
    hana = browse(world.hana, language=language)
    assert "Web" in text_of(hana.get(f"{board}?unit={world.web.pk}"))
    wrong = {"reviewer": world.lin.pk, "to": world.lin.pk}
    assert hana.post(f"{board}delegate/", wrong).status_code == 422
    assert hana.post(f"{board}delegate/", {"reviewer": world.lin.pk, "to": world.grace.pk}).status_code == 302
    assert quarter.card(world.ben).manager == world.grace
    assert browse(world.lin).get(f"{board}delegate/").status_code == 404
    grace = browse(world.grace, language=language)
    assert f"{board}delegate/" in grace.get("/kpi/scorecards/").content.decode()
    assert grace.post(f"{board}delegate/", {"to": world.wei.pk}).headers["Location"] == "/kpi/scorecards/"
    assert quarter.card(world.ben).manager == world.wei


def test_peers_are_chosen_on_the_page(quarter: Quarter, browse: Callable[..., Client]) -> None:
    world, card = quarter.world, quarter.card(quarter.world.ada)
    hana, page = browse(world.hana), f"/kpi/scorecards/{quarter.card(quarter.world.ada).pk}/reviewers/"
    sent = {"manager": world.lin.pk, "peer_1": world.ben.pk, "peer_3": world.otto.pk}
    assert hana.post(page, sent).status_code == 302
    assert set(card.peers.all()) == {world.ben, world.otto}
    assert "Otto" in text_of(hana.get(page))
    assert hana.post(page, sent | {"peer_1": world.ada.pk}).status_code == 422
    hana.post(page, {"manager": world.lin.pk})
    assert not card.peers.exists()


def test_the_same_through_the_api(quarter: Quarter, door: Callable[[Person], Door]) -> None:
    world, hana, one = quarter.world, door(quarter.world.hana), f"/rounds/{quarter.round.pk}"
    found = hana.get(one)
    assert [(line["name"], line["total"]) for line in found["units"]] == [("Web", 3)]
    assert hana.post(f"{one}/reminders") == {"told": 0}
    assert hana.get(f"{one}/scorecards?unit={world.data.pk}")["items"] == []
    body = {"reviewer": world.lin.pk, "to": world.wei.pk}
    assert door(world.lin).post(f"{one}/delegation", body) == {"moved": 2, "left": []}
    door(world.lin).post(f"{one}/delegation", body, 404)
    door(world.lin).post(f"{one}/reminders", None, 404)
    assert (
        hana.post(f"{one}/delegation", {**body, "reviewer": world.wei.pk, "to": 10**9}, 422)["error"]["field"] == "to"
    )


def test_the_board_costs_a_fixed_number_of_queries(
    quarter: Quarter, browse: Callable[..., Client], asks: Callable[[Client, str], int]
) -> None:
    quarter.communicated(quarter.world.ada)
    assert asks(browse(quarter.world.hana), f"/kpi/rounds/{quarter.round.pk}/") <= TOP
