"""What goes wrong in a round: closed while somebody writes, a worker killed half way, weights that nearly add up."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tandem.activity.models import Claim, Notification
from tandem.config.jobs import remind_of_rounds
from tandem.kpi import commands as kpi
from tandem.kpi.commands import reminders
from tandem.kpi.models import Round, Stage
from tests.kpi.scoring_world import Quarter, opened
from tests.pages.conftest import LANGUAGES, text_of
from tests.proof import refused
from tests.world import QUARTER, World, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter(world: World) -> Quarter:
    return opened(world, self_review_until=QUARTER[1])


def closed(quarter: Quarter) -> None:
    """Everything is settled and the round is closed."""
    for who in (quarter.world.ada, quarter.world.ben, quarter.world.web):
        quarter.reviewed(who)
    quarter.to(Stage.COMMUNICATED)
    with time_machine.travel("2026-12-01T09:00+08:00", tick=False):
        quarter.to(Stage.CLOSED)
        kpi.close_round(quarter.world.hana, fresh(quarter.round))


def test_what_was_begun_before_the_round_closed_is_refused_clearly(quarter: Quarter) -> None:
    world = quarter.world
    card, item, one = quarter.card(world.ada), quarter.item(world.ada), quarter.round
    closed(quarter)
    with refused(409):
        kpi.note_item(world.lin, item, actual=1, note="x", version=card.version)
    late: list[Callable[[], Any]] = [
        lambda: kpi.note_item(world.lin, item, actual=1, note="x"),
        lambda: kpi.claim_factor(world.ada, item, words="x", evidence="y"),
        lambda: kpi.hand_in_review(world.lin, card),
        lambda: kpi.appeal(world.ada, card, words="x"),
        lambda: kpi.edit_round(world.hana, one, appeal_days=3),
        lambda: kpi.move_cards(world.hana, one, to=Stage.SELF_REVIEW),
        lambda: kpi.remind_of_round(world.hana, one),
        lambda: kpi.delegate_reviews(world.hana, one, reviewer=world.lin, to=world.wei),
        lambda: kpi.close_round(world.hana, one),
    ]
    for act in late:
        with refused(422):
            act()
    assert quarter.item(world.ada).actual == 80


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_page_nothing_typed_is_lost(quarter: Quarter, browse: Callable[..., Client], language: str) -> None:
    world, item = quarter.world, quarter.item(quarter.world.ada)
    closed(quarter)
    lin, hana = browse(world.lin, language=language), browse(world.hana, language=language)
    answer = lin.post(f"/kpi/scorecard-items/{item.pk}/note/", {"actual": "70", "note": "Counted anew 重新数过"})
    assert answer.status_code == 422
    answer = lin.post(f"/kpi/scorecard-items/{item.pk}/claim/", {"words": "Fire 火灾", "evidence": "x"})
    assert answer.status_code == 422
    for path, sent in (("move/", {"to": "closed"}), ("remind/", {}), ("edit/", {"grades": "A: 0"}), ("refresh/", {}),
                       ("delegate/", {"reviewer": world.lin.pk, "to": world.wei.pk})):  # fmt: skip
        answer = hana.post(f"/kpi/rounds/{quarter.round.pk}/{path}", sent)
        assert answer.status_code == 422, path
        assert text_of(answer)


def test_a_worker_killed_half_way_has_told_nobody_and_the_next_tells_all(
    quarter: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarter.to(Stage.SELF_REVIEW)

    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    with time_machine.travel(f"{QUARTER[1]}T09:00+08:00", tick=False):
        with monkeypatch.context() as patch:
            patch.setattr(reminders, "tell_each", killed)
            with pytest.raises(KeyboardInterrupt), transaction.atomic():
                remind_of_rounds()
        assert not Claim.objects.filter(what__startswith="self:").exists()
        remind_of_rounds()
        remind_of_rounds()
    assert Notification.objects.filter(event__verb="scorecard.self_review_due").count() == 3


def test_a_bulk_move_that_breaks_moves_nobody(quarter: Quarter, monkeypatch: pytest.MonkeyPatch) -> None:
    from tandem.kpi.commands import rounds

    seen: list[Any] = []

    def killed(_actor: Any, verb: str, card: Any, **_data: Any) -> None:
        seen.append(card)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rounds, "record", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            kpi.move_cards(quarter.world.hana, quarter.round, to=Stage.SELF_REVIEW)
    assert set(Round.objects.get().cards.values_list("stage", flat=True)) == {Stage.RUNNING}


@pytest.mark.parametrize(
    "weights", [("60", "39.99"), ("60", "40.01"), ("99.99", "0.001"), ("1e400", "40"), ("60", "四十")]
)
def test_weights_that_nearly_add_up_are_refused_by_name(world: World, indicator: Any, weights: tuple[str, str]) -> None:
    indicator("one")
    indicator("two")
    items = [{"indicator": code, "target": 1, "weight": one} for code, one in zip(("one", "two"), weights, strict=True)]
    with refused(422, field="weight"):
        kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=items)
