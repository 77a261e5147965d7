"""A committed objective becomes a KPI: openly, by both sides, before its cycle starts, and nothing else goes along."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tandem.activity.models import Notification
from tandem.core.errors import Invalid, NotAllowed, Refusal
from tandem.cycles.commands import create_cycle
from tandem.okr import commands as okr
from tandem.okr.models import Objective, Promotion
from tandem.people.actors import SYSTEM
from tests.api.conftest import Door
from tests.pages.conftest import browse
from tests.world import World, fresh

__all__ = ["browse"]

pytestmark = pytest.mark.django_db


@contextmanager
def refused(kind: type[Refusal]) -> Iterator[None]:
    with pytest.raises(kind), transaction.atomic():
        yield


@pytest.fixture
def later(world: World) -> Any:
    return create_cycle(SYSTEM, None, name="2027 Q1", start=date(2027, 1, 4), end=date(2027, 3, 31))


def committed(world: World, later: Any, **fields: Any) -> Objective:
    fields = {"title": "No order is ever lost", "ambition": "committed", **fields}
    return world.objective(world.ada, cycle=later, **fields)


def test_both_sides_sign_and_the_objective_says_where_it_went(world: World, later: Any) -> None:
    one = committed(world, later)
    okr.add_key_result(world.ada, one, title="Orders lost", kind="maintain", high=0)
    asked = okr.propose_promotion(world.ada, one, words="It must not fail.")
    assert not asked.is_done
    assert Notification.objects.filter(person=world.lin, event__verb="objective.promotion_proposed").exists()
    with refused(NotAllowed):
        okr.sign_promotion(world.ada, asked)
    with refused(NotAllowed):
        okr.sign_promotion(world.ben, asked)
    done = okr.sign_promotion(world.lin, asked)
    assert (done.owner_side, done.other_side) == (world.ada, world.lin)
    one = fresh(one)
    assert (one.state, one.dropped_reason) == ("dropped", "It must not fail.")
    with refused(Invalid):
        okr.reactivate_objective(world.ada, one)
    with refused(Invalid):
        okr.withdraw_promotion(world.ada, done)


def test_the_leader_may_propose_and_the_owner_signs(world: World, later: Any) -> None:
    asked = okr.propose_promotion(world.lin, committed(world, later), words="The number is enough.")
    done = okr.sign_promotion(world.ada, asked)
    assert (done.owner_side, done.other_side) == (world.ada, world.lin)


def test_it_stays_a_goal_when_either_takes_it_back(world: World, later: Any) -> None:
    one = committed(world, later)
    okr.withdraw_promotion(world.lin, okr.propose_promotion(world.ada, one, words="It must not fail."))
    assert not Promotion.objects.exists()
    assert fresh(one).state == "active"


def test_what_was_changed_since_is_proposed_anew(world: World, later: Any) -> None:
    one = committed(world, later)
    asked = okr.propose_promotion(world.ada, one, words="It must not fail.")
    okr.add_key_result(world.ada, one, title="Orders lost", kind="maintain", high=0)
    with refused(Invalid):
        okr.sign_promotion(world.lin, asked)


@pytest.mark.parametrize("fields", [{"ambition": "aspirational"}, {"published": True, "drop": True}])
def test_refused(world: World, later: Any, fields: dict[str, Any]) -> None:
    drops = fields.pop("drop", False)
    one = committed(world, later, **fields)
    if drops:
        one = okr.drop_objective(world.ada, one, reason="No.")
    with refused(Invalid):
        okr.propose_promotion(world.ada, one, words="x")


def test_not_once_the_cycle_began(world: World, later: Any) -> None:
    asked = okr.propose_promotion(world.ada, committed(world, later), words="It must not fail.")
    with time_machine.travel("2027-01-04T09:00+00:00", tick=False), refused(Invalid):
        okr.sign_promotion(world.lin, asked)
    with refused(Invalid):
        okr.propose_promotion(world.ada, world.objective(ambition="committed"), words="x")
    with refused(Invalid):
        okr.propose_promotion(world.ada, committed(world, later), words=" ")


def test_both_doors(world: World, later: Any, browse: Any) -> None:
    one = committed(world, later)
    page = browse(world.ada)
    assert "Propose it as a KPI" in page.get(f"/objectives/{one.pk}/").content.decode()
    assert "Propose it as a KPI" not in browse(world.ben).get(f"/objectives/{one.pk}/").content.decode()
    page.post(f"/objectives/{one.pk}/promote/", {"words": "It must not fail."})
    asked = Door(world.lin).get(f"/objectives/{one.pk}/promotion")["promotion"]
    assert (asked["words"], asked["done"]) == ("It must not fail.", False)
    assert "Sign: it becomes a KPI" in browse(world.lin).get(f"/objectives/{one.pk}/").content.decode()
    assert Door(world.lin).post(f"/promotions/{asked['id']}/sign")["done"]
    shown = browse(world.ben).get(f"/objectives/{one.pk}/").content.decode()
    assert "Promoted to a KPI by both sides" in shown
